import { type Peer, type PortRange, PROTOCOLS } from '../../analysis/connectivity';

/** What a page shows of everything; an empty list or text restricts nothing. */
export interface Filter {
  readonly namespaces: readonly string[];
  /** Keys of workloads: these and what they are connected with. */
  readonly focus: readonly string[];
  /** A port or a range, with its protocol or without: `80`, `8000-8100`, `udp:53`; of no protocol named, all three. */
  readonly port: string;
  /** `TCP`, `UDP`, `SCTP` or nothing. */
  readonly protocol: string;
  /** Only what a change did. */
  readonly isChanged: boolean;
}

/** The ports of a filter: undefined where it has none, a sentence where they cannot be understood. */
export function askedPorts({
  port,
  protocol,
}: Pick<Filter, 'port' | 'protocol'>): readonly PortRange[] | undefined | string {
  const text = port.trim();
  if (text === '') {
    return protocol === '' ? undefined : portsOf(protocol, 1, 65535);
  }
  const [, named = protocol, first, last = first] = /^(?:([a-z]+)[/: ]\s*)?(\d{1,5})(?:-(\d{1,5}))?$/i.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (!(from >= 1 && to >= from && to <= 65535) || (named !== '' && portsOf(named, 1, 1).length === 0)) {
    return `${JSON.stringify(text)} is no port; give one from 1 to 65535 such as 80, or 8000-8100, or udp:53`;
  }
  return portsOf(named, from, to);
}

function portsOf(name: string, from: number, to: number): readonly PortRange[] {
  return PROTOCOLS.filter((protocol) => name === '' || protocol === name.toUpperCase()).map((protocol) => ({
    protocol,
    from,
    to,
  }));
}

/** Whether a workload is in one of the namespaces of a filter. */
export function isInside(peer: Peer, { namespaces }: Pick<Filter, 'namespaces'>): boolean {
  return 'namespace' in peer && (namespaces.length === 0 || namespaces.includes(peer.namespace));
}
