import { type Cluster, isExternal, type Peer, portsText, type UnseenOpening } from '../analysis/connectivity';
import { NONE } from '../analysis/connectivity/engine/port-sets';
import { ruleLine } from '../report/connections/explain';
import { podsText } from '../report/connections/unseen';
import { peerLabel } from '../report/peers';
import type { Style } from '../report/style';
import type { Expected } from './expected';
import type { ConnectionTable } from './types';

/** What pods that no manifest shows may do to the peers of a table, and no connection between named peers tells. */
export interface UnseenQuestion {
  readonly cluster: Cluster;
  readonly table: ConnectionTable;
  /** The peers that the table names or means at either end. */
  readonly from: readonly Peer[];
  readonly to: readonly Peer[];
  readonly expected: Expected;
}

/**
 * Ways that a table which closes everything leaves open to pods that no manifest shows. Only where an end is left out is
 * everybody meant, and so they: who names both ends asks about these alone.
 */
export function unseenWays({ cluster, table, from, to, expected }: UnseenQuestion): readonly UnseenOpening[] {
  const workloads = (peers: readonly Peer[]) => peers.filter((peer) => !isExternal(peer));
  const all = [
    ...(table.from === undefined ? cluster.untold({ to: workloads(to) }) : []),
    ...(table.to === undefined ? cluster.untold({ from: workloads(from) }) : []),
  ];
  return all.filter((way) => expected.leftOpen(way) !== NONE);
}

/** A way in words: who may connect to whom on which ports, and the rules that open it. */
export function unseenText({ from, to, ports, rules }: UnseenOpening, { bold }: Style): string {
  const name = (end: UnseenOpening['from']) => ('pods' in end ? podsText(end) : peerLabel(end));
  return [
    `${bold(`${name(from)} -> ${name(to)}`)}: ${portsText(ports)}`,
    ...(rules.length === 0 ? ['no policy closes it'] : rules.map((rule) => ruleLine(rule, 'allowed'))).map(
      (line) => `  ${line}`,
    ),
  ].join('\n');
}
