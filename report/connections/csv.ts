import { isExternal, type Peer, type Ports, portsText } from '../../analysis/connectivity';
import { csvLine } from '../csv';
import { once } from '../once';
import type { ConnectionsAnswer } from './answer';

const HEADS = ['from_namespace', 'from_kind', 'from', 'to_namespace', 'to_kind', 'to', 'ports'];

/** Connections as comma-separated values, one a line. Addresses have neither namespace nor kind. */
export function* connectionsCsv({ connections }: Pick<ConnectionsAnswer, 'connections'>): Generator<string> {
  yield csvLine(HEADS);
  // Millions of connections have the same ends and ports, which are written once.
  const end = once((peer: Peer) => csvLine(cells(peer)).slice(0, -1));
  const last = once((ports: Ports) => csvLine([portsText(ports)]));
  for (const { from, to, ports } of connections) {
    yield `${end(from)},${end(to)},${last(ports)}`;
  }
}

function cells(peer: Peer): string[] {
  return isExternal(peer) ? ['', '', peer.ipRange] : [peer.namespace, peer.kind, peer.name];
}
