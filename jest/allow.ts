import {
  type Cluster,
  type Connection,
  type Explanation,
  includesPort,
  isExternal,
  type Peer,
  type Port,
  type PortRange,
  type Ports,
  portsText,
  serviceText,
} from '../analysis/connectivity';
import { tableText } from '../report/columns';
import { explanationsText } from '../report/connections/explain';
import { merged } from '../report/connections/merged';
import { peerLabel } from '../report/peers';
import { capped } from '../report/problems';
import { checkMembers, shownArgument } from './arguments';
import { doubtTexts } from './doubts';
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
import { portOf } from './ports';
import type { ConnectionQuestion } from './types';

/** So many connections are explained in one message, and so many ways named that are open instead. */
const MOST_EXPLAINED = 5;
const MOST_OPEN = 10;

export function toAllowConnection(this: MatcherContext, subject: unknown, question: ConnectionQuestion): MatcherResult {
  return judged(this, 'toAllowConnection', subject, question, !this.isNot);
}

export function toDenyConnection(this: MatcherContext, subject: unknown, question: ConnectionQuestion): MatcherResult {
  return judged(this, 'toDenyConnection', subject, question, this.isNot === true);
}

/** @param open whether the connections have to be open, `not` taken into account */
function judged(
  context: MatcherContext,
  matcher: string,
  subject: unknown,
  question: ConnectionQuestion,
  open: boolean,
): MatcherResult {
  const call: Call = { context, matcher, given: shownArgument(question) };
  return asking(
    call,
    () => ask(subject, question),
    (asked) => {
      // What may be as it is said is not wrong, but nobody knows.
      const isWrong = (one: Explanation) => !isSo(one, open) && hangsOn(asked, one, !open).length === 0;
      const wrong = asked.explanations.filter((one) => !isSo(one, open) || hangsOn(asked, one, open).length > 0);
      // Connections of which some are open and some are closed are neither allowed nor denied: `not` fails as well then.
      const right = wrong.length === 0;
      const unsure = wrong.length > 0 && !wrong.some(isWrong);
      return {
        pass: right !== (context.isNot === true),
        message: () =>
          unsure ? unsureText(call, asked, wrong, open) : wrongText(call, asked, wrong.filter(isWrong), open),
      };
    },
  );
}

/**
 * Whether a connection is open, or is closed. A number that is the port of a Service, and not one of its pods, is both here
 * and there: what a test says of it has to be right of either. Where nothing is open but such numbers, whose pods listen on
 * closed ports, nothing is.
 */
function isSo({ port, allowed, ports, services = [] }: Explanation, open: boolean): boolean {
  if (port !== undefined) {
    return allowed === open && services.every((service) => service.allowed === open);
  }
  const isInVain = ({ protocol, from, to }: PortRange) =>
    from === to && services.some((service) => service.port.protocol === protocol && service.port.port === from);
  return allowed === open && !(open && ports !== 'all' && ports.every(isInVain));
}

interface Asked {
  readonly cluster: Cluster;
  readonly port: Port | undefined;
  readonly explanations: readonly Explanation[];
}

function ask(subject: unknown, question: ConnectionQuestion): Asked {
  checkMembers('the question', question, ['from', 'to', 'port', 'protocol'], '{ from: "frontend", to: "backend" }');
  const cluster = Manifests.of(subject).cluster();
  const port = portOf(question.port, question.protocol);
  const names = new PeerNames(cluster);
  const [from, to] = [names.all('from', question.from), names.all('to', question.to)];
  // Of many workloads each other one is meant; of a single one, its own pods.
  const isItself = from.length === 1 && to.length === 1;
  const explanations = from.flatMap((source) =>
    to
      .filter((target) => (isItself || source !== target) && !(isExternal(source) && isExternal(target)))
      .map((target) => cluster.explain(source, target, port)),
  );
  if (explanations.length === 0) {
    throw new Unanswerable('from and to are both outside of the cluster; give a workload for one of them');
  }
  return { cluster, port, explanations };
}

/** On what it hangs that manifests cannot tell whether an answer is wrong. */
function hangsOn({ cluster, port }: Asked, explanation: Explanation, open: boolean): readonly string[] {
  const { from, to, services = [] } = explanation;
  const asked = port === undefined ? [] : [port, ...services.map(({ target }) => target)];
  const isSo = (ports: Ports) =>
    port === undefined
      ? (portsText(ports) !== portsText([])) === open
      : asked.every((one) => includesPort(ports, one) === open);
  const doubts = cluster.doubts(from, to).filter(({ ports }) => !isSo(ports));
  return doubtTexts(doubts);
}

function unsureText(call: Call, asked: Asked, unsure: readonly Explanation[], open: boolean): string {
  const { port } = asked;
  const what = port === undefined ? (open ? 'some port' : 'every port') : `${port.protocol} ${port.port}`;
  const paragraphs = unsure
    .slice(0, MOST_EXPLAINED)
    .map((one) =>
      [
        `${peerLabel(one.from)} -> ${peerLabel(one.to)} hangs on`,
        ...hangsOn(asked, one, isSo(one, open) ? open : !open),
      ].join('\n  '),
    );
  return message(call, `${what} is ${open ? 'open' : 'closed'}`, 'manifests alone cannot tell', [
    ...paragraphs,
    ...notesParagraph(asked.cluster.notes),
  ]);
}

function wrongText(call: Call, asked: Asked, wrong: readonly Explanation[], open: boolean): string {
  const { port, explanations } = asked;
  const what = port === undefined ? (open ? 'some port' : 'every port') : `${port.protocol} ${port.port}`;
  const paragraphs = wrong
    .slice(0, MOST_EXPLAINED)
    .map((explanation) => [...explanationsText([explanation], styleOf(call.context))].join('').trimEnd());
  if (wrong.length > MOST_EXPLAINED) {
    paragraphs.push(`… and ${wrong.length - MOST_EXPLAINED} more`);
  }
  const [first] = wrong as readonly [Explanation];
  const service = first.allowed === open ? first.services?.find(({ allowed }) => allowed !== open) : undefined;
  const received =
    explanations.length === 1 && service !== undefined
      ? serviceText(service)
      : explanations.length > 1
        ? `${wrong.length} of ${explanations.length} connections are ${open ? 'closed' : 'open'}`
        : port !== undefined
          ? `${what} is ${open ? 'closed' : 'open'}`
          : first.ports === 'all'
            ? 'every port is open'
            : open
              ? 'no port is open'
              : `${portsText(first.ports)} is open`;
  return message(call, `${what} is ${open ? 'open' : 'closed'}`, received, [
    ...paragraphs,
    ...(open ? openInstead(asked.cluster, first) : []),
    ...notesParagraph(asked.cluster.notes),
  ]);
}

/** What may connect to the target, and to what the source may connect. */
function openInstead(cluster: Cluster, { from, to }: Explanation): string[] {
  const incoming = cluster.connections({ to: [to] });
  const outgoing = cluster.connections({ from: [from] });
  return [
    ways(`To ${peerLabel(to)} may connect:`, merged(incoming, cluster.externals), ({ from }) => from),
    ways(`${peerLabel(from)} may connect to:`, merged(outgoing, cluster.externals), ({ to }) => to),
  ];
}

function ways(title: string, connections: Iterable<Connection>, other: (connection: Connection) => Peer): string {
  const rows = [...connections].map((connection) => [peerLabel(other(connection)), portsText(connection.ports)]);
  const lines = rows.length === 0 ? ['nobody'] : tableText([], rows).slice(1);
  return [title, ...capped(lines, MOST_OPEN).map((line) => `  ${line}`)].join('\n');
}
