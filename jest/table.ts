import { type Cluster, isExternal, type Peer, type Ports, peerText, portsText } from '../analysis/connectivity';
import { ALL, NONE, type PortSet, PortSets } from '../analysis/connectivity/engine/port-sets';
import { explanationsText } from '../report/connections/explain';
import { peerLabel } from '../report/peers';
import { checkMembers, listOf, shownArgument } from './arguments';
import { asking, type Call, type MatcherContext, type MatcherResult, message, styleOf, Unanswerable } from './failure';
import { Manifests } from './manifests';
import { PeerNames } from './peers';
import { rangeOf } from './ports';
import type { ConnectionException, ConnectionTable } from './types';

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
}

function compared(
  context: MatcherContext,
  matcher: string,
  subject: unknown,
  table: ConnectionTable | undefined,
  rest: PortSet,
): MatcherResult {
  const call: Call = { context, matcher, given: table === undefined ? '' : shownArgument(table, 4) };
  const { cluster, count, differences } = asking(call, () => {
    if (context.isNot) {
      throw new Unanswerable(
        `"not" would say of no connection whether it is open; leave it out and name what differs in "except"`,
      );
    }
    return compare(subject, table ?? {}, rest);
  });
  return {
    pass: differences.length === 0,
    message: () => {
      const { except = [] } = table ?? {};
      const all = rest === ALL ? 'open' : 'closed';
      return message(
        call,
        `all ${count} connections are ${all}${except.length > 0 ? ', but for the exceptions' : ''}`,
        `${differences.length === 1 ? '1 is' : `${differences.length} are`} not as expected`,
        differences
          .slice(0, MOST)
          .map((difference) => differenceText(call.context, cluster, difference))
          .concat(differences.length > MOST ? [`… and ${differences.length - MOST} more`] : []),
      );
    },
  };
}

function compare(subject: unknown, table: ConnectionTable, rest: PortSet) {
  checkMembers('the table', table, ['from', 'to', 'except'], '{ except: [{ from: "frontend", to: "backend" }] }');
  const cluster = Manifests.of(subject).cluster();
  if (cluster.workloads.length === 0) {
    throw new Unanswerable('there is no workload in the manifests, and so no connection');
  }
  const names = new PeerNames(cluster);
  const everyone = [...cluster.workloads, ...cluster.externals];
  const from = table.from === undefined ? everyone : names.all('from', table.from);
  const to = table.to === undefined ? everyone : names.all('to', table.to);
  const expected = new Expected(names, rest, table.except ?? []);
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
        differences.push({ from: source, to: target, expected: wanted, received });
      }
    }
  }
  if (count === 0) {
    throw new Unanswerable('between these peers there is no connection; give at least two, one of them a workload');
  }
  expected.checkUsed();
  return { cluster, count, differences };
}

interface Exception {
  readonly from: ReadonlySet<Peer> | undefined;
  readonly to: ReadonlySet<Peer> | undefined;
  readonly ports: PortSet;
  readonly given: ConnectionException;
  used: boolean;
}

/** What the connections of a table have to be. */
class Expected {
  private readonly sets = new PortSets();
  private readonly exceptions: readonly Exception[];

  constructor(
    names: PeerNames,
    private readonly rest: PortSet,
    except: readonly ConnectionException[],
  ) {
    if (!Array.isArray(except)) {
      throw new Unanswerable(`except is ${shownArgument(except)}; give a list such as [{ from: "frontend" }]`);
    }
    this.exceptions = except.map((given, index) => {
      const what = `except[${index}]`;
      checkMembers(what, given, ['from', 'to', 'port'], '{ from: "frontend", to: "backend", port: 6379 }');
      const peers = (role: 'from' | 'to') =>
        given[role] === undefined ? undefined : new Set(names.exactly(`${what}.${role}`, given[role]));
      return { from: peers('from'), to: peers('to'), ports: this.portSet(given.port), given, used: false };
    });
  }

  ports(from: Peer, to: Peer): Ports {
    let ports = NONE;
    for (const exception of this.exceptions) {
      if ((exception.from?.has(from) ?? true) && (exception.to?.has(to) ?? true)) {
        exception.used = true;
        ports = this.sets.union(ports, exception.ports);
      }
    }
    return this.sets.portsOf(this.rest === NONE ? ports : this.complement(ports));
  }

  /** An exception that is about none of the connections would be taken for asserted. */
  checkUsed(): void {
    const index = this.exceptions.findIndex(({ used }) => !used);
    if (index >= 0) {
      const { given } = this.exceptions[index] as Exception;
      throw new Unanswerable(`except[${index}] is ${shownArgument(given)}, which is none of these connections`);
    }
  }

  private portSet(port: ConnectionException['port']): PortSet {
    if (port === undefined) {
      return ALL;
    }
    const ranges = listOf(port).map(rangeOf);
    if (ranges.length === 0) {
      throw new Unanswerable('port is an empty list; give at least one port, or leave it out for all');
    }
    return ranges.reduce(
      (all, { protocol, from, to }) => this.sets.union(all, this.sets.range(protocol, from, to)),
      NONE,
    );
  }

  private complement(ports: PortSet): PortSet {
    const open = this.sets.portsOf(ports);
    if (open === 'all') {
      return NONE;
    }
    return open.reduce((rest, { protocol, from, to }) => {
      const others = (['SCTP', 'TCP', 'UDP'] as const).reduce(
        (all, other) => (other === protocol ? all : this.sets.union(all, this.sets.range(other, 1, 65535))),
        NONE,
      );
      const below = from > 1 ? this.sets.range(protocol, 1, from - 1) : NONE;
      const above = to < 65535 ? this.sets.range(protocol, to + 1, 65535) : NONE;
      return this.sets.intersection(rest, this.sets.union(others, this.sets.union(below, above)));
    }, ALL);
  }
}

function differenceText(context: MatcherContext, cluster: Cluster, difference: Difference): string {
  const { from, to, expected, received } = difference;
  const { EXPECTED_COLOR, RECEIVED_COLOR } = context.utils;
  const style = styleOf(context);
  const [, ...why] = [...explanationsText([cluster.explain(from, to)], style)];
  return [
    style.bold(`${peerLabel(from)} -> ${peerLabel(to)}`),
    `  expected ${EXPECTED_COLOR(portsText(expected))}`,
    `  received ${RECEIVED_COLOR(portsText(received))}`,
    why.join('').trimEnd(),
  ].join('\n');
}
