import {
  type ChangedObject,
  type Connection,
  type ConnectionChange,
  type ConnectivityComparison,
  type ExposureChange,
  type LoneWorkload,
  type Peer,
  peerText,
  portsText,
  type UnseenChange,
} from '../../analysis';
import { listIn } from '../../analysis/manifest/lists';
import { merged } from '../connections/merged';
import { podsLines } from '../connections/unseen';
import { counted } from '../counted';
import { printable } from '../printable';
import type { Style } from '../style';
import { becauseLine, undecidedWhy } from './because';
import { pairCounts } from './connections-rows';
import { exposureChangeText } from './exposure-change';
import { peersText, portsChange } from './peers';

const HEADS: readonly (readonly [ConnectionChange['change'], string])[] = [
  ['opened', 'opened'],
  ['ports', 'other ports'],
  ['closed', 'closed'],
];

/** What a change does to connections, for people: what is opened first, each with the objects that did it. */
export function* connectionsDiffText(comparison: ConnectivityComparison, style: Style): Generator<string> {
  const marked = { opened: style.red, ports: style.bold, closed: style.green };
  for (const [change, head] of HEADS) {
    const own = comparison.connections.filter((one) => one.change === change);
    if (own.length > 0) {
      yield `${marked[change](head)}\n`;
    }
    for (const one of own) {
      yield `  ${peersText(one.from)} → ${peersText(one.to)}: ${portsChange(one)}\n`;
      yield* becauseText(one.because, style);
    }
  }
  const { added, removed } = comparison.workloads;
  yield* workloadsText('new workloads', added, style);
  yield* workloadsText('workloads that are gone', removed, style);
  yield* unseenChangesText(untold(comparison), style);
  yield* exposuresText(comparison.exposures, style);
  if (comparison.undecided.length > 0) {
    yield `${style.bold('not decided')}: what these do that changed\n`;
    for (const one of comparison.undecided) {
      yield* becauseText([one], style);
      yield `      ${undecidedWhy(one)}\n`;
    }
  }
  yield `${connectionsVerdict(comparison)}\n`;
}

/** What a change does to connections, in one sentence. */
export function connectionsVerdict(comparison: ConnectivityComparison): string {
  const { opened, ports, closed } = pairCounts(comparison);
  const parts = [
    ...(opened > 0 ? [`${counted(opened, 'connection')} opened`] : []),
    ...(closed > 0 ? [`${counted(closed, 'connection')} closed`] : []),
    ...(ports > 0 ? [`${counted(ports, 'connection')} on other ports`] : []),
    ...exposureCounts(comparison.exposures),
    ...unseenCounts(untold(comparison)),
  ];
  const { undecided } = comparison;
  const rest = undecided.length > 0 ? `; ${counted(undecided.length, 'changed object')} not decided` : '';
  return `${parts.length === 0 ? 'no connection differs between workloads of both sides' : parts.join(', ')}${rest}`;
}

function* becauseText(because: readonly ChangedObject[], style: Style): Generator<string> {
  for (const one of because) {
    yield `    ${style.dim(printable(becauseLine(one)))}\n`;
  }
}

/** So many workloads are told with their connections. */
const MOST_WORKLOADS = 20;

function* workloadsText(head: string, workloads: readonly LoneWorkload[], style: Style): Generator<string> {
  if (workloads.length > 0) {
    yield `${style.bold(head)}\n`;
  }
  for (const [at, workload] of workloads.entries()) {
    yield `  ${printable(peerText(workload))}\n`;
    for (const line of at < MOST_WORKLOADS ? connectionLines(workload) : []) {
      yield `    ${style.dim(line)}\n`;
    }
  }
}

/** The connections of a workload that is on one side alone, those on the same ports in one line. */
export function connectionLines(workload: LoneWorkload): readonly string[] {
  const { incoming, outgoing, externals } = workload.connections();
  return [
    ...byPorts(merged(incoming, externals), ({ from }) => from).map(
      ({ peers, ports }) => `from ${peersText(peers)}: ${ports}`,
    ),
    ...byPorts(merged(outgoing, externals), ({ to }) => to).map(
      ({ peers, ports }) => `to ${peersText(peers)}: ${ports}`,
    ),
  ];
}

function byPorts(connections: Iterable<Connection>, other: (connection: Connection) => Peer) {
  const found = new Map<string, Peer[]>();
  for (const connection of connections) {
    listIn(found, portsText(connection.ports)).push(other(connection));
  }
  return [...found].map(([ports, peers]) => ({ ports, peers }));
}

/** What pods may do that no manifest shows, and no connection tells. */
export function untold({ unseen }: ConnectivityComparison): readonly UnseenChange[] {
  return unseen.filter(({ isMet }) => !isMet);
}

function* unseenChangesText(changes: readonly UnseenChange[], style: Style): Generator<string> {
  if (changes.length > 0) {
    yield `${style.bold('pods that are not among the manifests')}\n`;
  }
  for (const [head, lines] of unseenChangeLines(changes)) {
    for (const line of lines) {
      yield `  ${head}: ${printable(line)}\n`;
    }
  }
}

/** What pods may do that no manifest shows, by what becomes of it; workloads of which the same is true in one line. */
export function unseenChangeLines(changes: readonly UnseenChange[]): readonly (readonly [string, readonly string[]])[] {
  return HEADS.map(([change, head]) => {
    const own = changes.filter((one) => one.change === change);
    return [head, podsLines(own.map((one) => ({ row: rowOf(one), ports: unseenPorts(one) })))] as const;
  });
}

function rowOf({ before, after }: UnseenChange) {
  return (after ?? before) as NonNullable<typeof after>;
}

function unseenPorts({ before, after }: UnseenChange): string {
  return portsChange({ before: before?.ports ?? null, after: after?.ports ?? null });
}

function* exposuresText(exposures: readonly ExposureChange[], style: Style): Generator<string> {
  if (exposures.length > 0) {
    yield `${style.bold('ways that lead in')}\n`;
  }
  for (const one of exposures) {
    yield `  ${one.change}: ${exposureChangeText(one)}\n`;
  }
}

function exposureCounts(exposures: readonly ExposureChange[]): readonly string[] {
  return (['opened', 'closed', 'changed'] as const).flatMap((change) => {
    const count = exposures.filter((one) => one.change === change).length;
    return count === 0 ? [] : [`${counted(count, 'way')} in ${change}`];
  });
}

function unseenCounts(unseen: readonly UnseenChange[]): readonly string[] {
  return unseen.length === 0 ? [] : [`${counted(unseen.length, 'change')} for pods that no manifest shows`];
}
