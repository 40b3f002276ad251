import { isExternal, type Peer, portsText } from '../../analysis/connectivity';
import { csvLine } from '../csv';
import type { ConnectionsAnswer } from './answer';

const HEADS = ['from_namespace', 'from_kind', 'from', 'to_namespace', 'to_kind', 'to', 'ports'];

/** Connections as comma-separated values, one a line. Addresses have neither namespace nor kind. */
export function* connectionsCsv({ connections }: Pick<ConnectionsAnswer, 'connections'>): Generator<string> {
  yield csvLine(HEADS);
  for (const { from, to, ports } of connections) {
    yield csvLine([...cells(from), ...cells(to), portsText(ports)]);
  }
}

function cells(peer: Peer): string[] {
  return isExternal(peer) ? ['', '', peer.ipRange] : [peer.namespace, peer.kind, peer.name];
}
