/** The protocols that a NetworkPolicy knows, in the order in which answers list them. */
export const PROTOCOLS = ['SCTP', 'TCP', 'UDP'] as const;

/** @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ */
export type Protocol = (typeof PROTOCOLS)[number];

/** Ports of one protocol, both ends included, from 1 to 65535. */
export interface PortRange {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
}

/**
 * `all` when every port of TCP, UDP and SCTP is open; else ranges sorted by protocol and port, of which no two touch or
 * overlap. An empty list is no port at all.
 */
export type Ports = 'all' | readonly PortRange[];

/** One port. */
export interface Port {
  readonly protocol: Protocol;
  /** From 1 to 65535. */
  readonly port: number;
}

/** Whether a port is among others. */
export function includesPort(ports: Ports, { protocol, port }: Port): boolean {
  return (
    ports === 'all' || ports.some((range) => range.protocol === protocol && range.from <= port && port <= range.to)
  );
}

/** Ports in words: `all`, `none` or `TCP 80, TCP 8000-8999, UDP 53`. */
export function portsText(ports: Ports): string {
  if (ports === 'all') {
    return 'all';
  }
  const whole = (range: PortRange) => range.from === 1 && range.to === 65535;
  return ports.length === 0
    ? 'none'
    : ports
        .map((range) => {
          const numbers = range.from === range.to ? `${range.from}` : `${range.from}-${range.to}`;
          return `${range.protocol} ${whole(range) ? 'all' : numbers}`;
        })
        .join(', ');
}
