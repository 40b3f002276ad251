/**
 * Whether every host of a pattern is one of a listener's. A listener without hostname is for every host; `*.` stands for one
 * or more labels.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#listener
 */
export function covers(hostname: string | undefined, host: string): boolean {
  return hostname === undefined || hostname === host || (hostname.startsWith('*.') && host.endsWith(hostname.slice(1)));
}

/** Whether a listener and a route have a host in common. */
export function meets(hostname: string | undefined, host: string): boolean {
  return covers(hostname, host) || (hostname !== undefined && covers(host, hostname));
}

/** How specific the hostname of a listener is, the more the higher: whole names, then long ones. */
export function specificity(hostname: string | undefined): number {
  return hostname === undefined ? 0 : hostname.length + (hostname.startsWith('*.') ? 0 : 1000);
}
