import {
  type ChangedObject,
  type ConnectionChange,
  type ConnectivityComparison,
  type ExposureChange,
  type Peer,
  type Ports,
  peerText,
  portsText,
} from '../../analysis';
import { counted } from '../counted';
import { peerLabel } from '../peers';
import { printable } from '../printable';
import type { Style } from '../style';
import { pairCounts } from './connections-rows';

/** So many peers of one change are named. */
const MOST_PEERS = 6;

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
  yield* listText('new workloads', added.map(peerText), style);
  yield* listText('workloads that are gone', removed.map(peerText), style);
  yield* exposuresText(comparison.exposures, style);
  if (comparison.undecided.length > 0) {
    yield `${style.bold('not decided')}: these changed, and are not evaluated\n`;
    yield* becauseText(comparison.undecided, style);
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
  ];
  const { undecided } = comparison;
  const rest = undecided.length > 0 ? `; ${counted(undecided.length, 'changed object')} not evaluated` : '';
  return `${parts.length === 0 ? 'no connection differs between workloads of both sides' : parts.join(', ')}${rest}`;
}

function* becauseText(because: readonly ChangedObject[], style: Style): Generator<string> {
  for (const { object, change, file, line } of because) {
    const place = line > 0 ? `${file}:${line}` : file;
    yield `    ${style.dim(printable(`${object} ${change === 'changed' ? 'changed' : `is ${change}`}, ${place}`))}\n`;
  }
}

function* listText(head: string, names: readonly string[], style: Style): Generator<string> {
  if (names.length > 0) {
    yield `${style.bold(head)}\n${names.map((name) => `  ${printable(name)}\n`).join('')}`;
  }
}

function* exposuresText(exposures: readonly ExposureChange[], style: Style): Generator<string> {
  if (exposures.length > 0) {
    yield `${style.bold('ways that lead in')}\n`;
  }
  for (const { change, before, after } of exposures) {
    const own = after ?? before;
    if (own !== null) {
      const { via, host, path, service, to } = own;
      const where = `${via.kind} ${via.namespace}/${via.name}${host === null && path === null ? '' : ` ${host ?? '*'}${path ?? ''}`}`;
      const lead = to === null ? `Service ${service}` : peerText(to);
      yield `  ${change}: ${printable(`${where} → ${lead}: ${own.why}`)}\n`;
    }
  }
}

function exposureCounts(exposures: readonly ExposureChange[]): readonly string[] {
  return (['opened', 'closed', 'changed'] as const).flatMap((change) => {
    const count = exposures.filter((one) => one.change === change).length;
    return count === 0 ? [] : [`${counted(count, 'way')} in ${change}`];
  });
}

/** Some peers by name, and how many more there are. */
export function peersText(peers: readonly Peer[]): string {
  const named = peers.slice(0, MOST_PEERS).map((peer) => printable(peerLabel(peer)));
  const more = peers.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The ports of a change: those that are there now, or `before → after` where both are. */
export function portsChange({ before, after }: Pick<ConnectionChange, 'before' | 'after'>): string {
  return [before, after]
    .filter((ports): ports is Ports => ports !== null)
    .map(portsText)
    .join(' → ');
}
