import {
  type Cluster,
  isExternal,
  type Peer,
  type Ports,
  peerText,
  portsText,
  type UnseenOpening,
} from '../analysis/connectivity';
import { ALL, NONE, type PortSet } from '../analysis/connectivity/engine/port-sets';
import { explanationsText } from '../report/connections/explain';
import { peerLabel } from '../report/peers';
import { checkMembers, shownArgument } from './arguments';
import { doubtTexts } from './doubts';
import { Expected } from './expected';
import {
  asking,
  type Call,
  type MatcherContext,
  type MatcherResult,
  message,
  notesParagraph,
  styleOf,
  Unanswerable,
} from './failure';
import { Manifests } from './manifests';
import { PeerNames } from './peers';
import type { ConnectionTable } from './types';
import { unseenText, unseenWays } from './unseen';

/** So many differences are told in one message. */
const MOST = 10;

export function toDenyAllConnections(this: MatcherContext, subject: unknown, table?: ConnectionTable): MatcherResult {
  return compared(this, 'toDenyAllConnections', subject, table, NONE);
}

export function toAllowAllConnections(this: MatcherContext, subject: unknown, table?: ConnectionTable): MatcherResult {
  return compared(this, 'toAllowAllConnections', subject, table, ALL);
}

/** A connection whose open ports are not those that are expected. */
interface Difference {
  readonly from: Peer;
  readonly to: Peer;
  readonly expected: Ports;
  readonly received: Ports;
  /** On what it hangs that more or less is open than is expected; empty where it is known. */
  readonly doubts: readonly string[];
}

function compared(
  context: MatcherContext,
  matcher: string,
  subject: unknown,
  table: ConnectionTable | undefined,
  rest: PortSet,
): MatcherResult {
  const call: Call = { context, matcher, given: table === undefined ? '' : shownArgument(table, 4) };
  const ask = () => {
    if (context.isNot) {
      throw new Unanswerable(
        `"not" would say of no connection whether it is open; leave it out and name what differs in "except"`,
      );
    }
    return compare(subject, table ?? {}, rest);
  };
  return asking(call, ask, (compared) => ({
    pass: compared.differences.length + compared.unseen.length === 0,
    message: () => differencesText(call, compared, table?.except, rest),
  }));
}

interface Compared {
  readonly cluster: Cluster;
  /** How many connections were looked at. */
  readonly count: number;
  readonly differences: readonly Difference[];
  /** What is open to pods that no manifest shows. */
  readonly unseen: readonly UnseenOpening[];
}

function compare(subject: unknown, table: ConnectionTable, rest: PortSet): Compared {
  const members = ['from', 'to', 'except', ...(rest === NONE ? ['exceptUnseen'] : [])];
  checkMembers('the table', table, members, '{ except: [{ from: "frontend", to: "backend" }] }');
  const cluster = Manifests.of(subject).cluster();
  if (cluster.workloads.length === 0) {
    throw new Unanswerable('there is no workload in the manifests, and so no connection');
  }
  const names = new PeerNames(cluster);
  const everyone = [...cluster.workloads, ...cluster.externals];
  const from = table.from === undefined ? everyone : names.all('from', table.from);
  const to = table.to === undefined ? everyone : names.all('to', table.to);
  const expected = new Expected(names, rest, table.except ?? [], table.exceptUnseen);
  const differences: Difference[] = [];
  let count = 0;
  for (const source of from) {
    const open = new Map(
      [...cluster.connections({ from: [source], to })].map(({ to, ports }) => [peerText(to), ports]),
    );
    for (const target of to) {
      if (source === target || (isExternal(source) && isExternal(target))) {
        continue;
      }
      count++;
      const [wanted, received] = [expected.ports(source, target), open.get(peerText(target)) ?? []];
      if (portsText(wanted) !== portsText(received)) {
        differences.push({ from: source, to: target, expected: wanted, received, doubts: [] });
        continue;
      }
      const doubts = cluster.doubts(source, target);
      if (doubts.length > 0) {
        differences.push({ from: source, to: target, expected: wanted, received, doubts: doubtTexts(doubts) });
      }
    }
  }
  if (count === 0) {
    throw new Unanswerable('between these peers there is no connection; give at least two, one of them a workload');
  }
  expected.checkUsed();
  const unseen = rest === NONE ? unseenWays({ cluster, table, from, to, expected }) : [];
  return { cluster, count, differences, unseen };
}

function differencesText(
  call: Call,
  { cluster, count, differences, unseen }: Compared,
  except: ConnectionTable['except'] = [],
  rest: PortSet,
): string {
  const expected = `all ${count} connections are ${rest === ALL ? 'open' : 'closed'}${except.length > 0 ? ', but for the exceptions' : ''}`;
  const received = [
    ...(differences.length > 0
      ? [`${differences.length === 1 ? '1 is' : `${differences.length} are`} not as expected`]
      : []),
    ...(unseen.length > 0 ? ['policies are open to pods that no manifest shows'] : []),
  ].join(', and ');
  return message(call, expected, received, [
    ...capped(differences, (difference) => differenceText(call.context, cluster, difference)),
    ...unseenParagraphs(call.context, unseen),
    ...notesParagraph(cluster.notes),
  ]);
}

/** What is open to pods that no manifest shows, and what to do about it. */
function unseenParagraphs(context: MatcherContext, unseen: readonly UnseenOpening[]): string[] {
  return unseen.length === 0
    ? []
    : [
        ...capped(unseen, (way) => unseenText(way, styleOf(context))),
        'Add the manifests of these pods, close the rules, or say what such pods may have: exceptUnseen: true, or the ports.',
      ];
}

function capped<Item>(items: readonly Item[], text: (item: Item) => string): string[] {
  const more = items.length - MOST;
  return [...items.slice(0, MOST).map(text), ...(more > 0 ? [`… and ${more} more`] : [])];
}

function differenceText(context: MatcherContext, cluster: Cluster, difference: Difference): string {
  const { from, to, expected, received, doubts } = difference;
  const { EXPECTED_COLOR, RECEIVED_COLOR } = context.utils;
  const style = styleOf(context);
  const [, ...why] = [...explanationsText([cluster.explain(from, to)], style)];
  return [
    style.bold(`${peerLabel(from)} -> ${peerLabel(to)}`),
    `  expected ${EXPECTED_COLOR(portsText(expected))}`,
    `  received ${RECEIVED_COLOR(portsText(received))}`,
    ...(doubts.length === 0 ? [why.join('').trimEnd()] : ['  hangs on', ...doubts.map((doubt) => `    ${doubt}`)]),
  ].join('\n');
}
