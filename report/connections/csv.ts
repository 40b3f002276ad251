import { isExternal, type Peer, type Ports, portsText } from '../../analysis/connectivity';
import { csvLine } from '../csv';
import { once } from '../once';
import type { ConnectionsAnswer } from './answer';
import { rowsText } from './rows';

const HEADS = ['from_namespace', 'from_kind', 'from', 'to_namespace', 'to_kind', 'to', 'ports'];

/** Connections as comma-separated values, one a line. Addresses have neither namespace nor kind. */
export function* connectionsCsv(answer: Pick<ConnectionsAnswer, 'connections' | 'rows'>): Generator<string> {
  yield csvLine(HEADS);
  const end = once((peer: Peer) => `${csvLine(cells(peer)).slice(0, -1)},`);
  const last = once((ports: Ports) => csvLine([portsText(ports)]));
  yield* rowsText(answer, { head: end, tail: (to, ports) => [end(to), last(ports)].join('') });
}

function cells(peer: Peer): string[] {
  return isExternal(peer) ? ['', '', peer.ipRange] : [peer.namespace, peer.kind, peer.name];
}
