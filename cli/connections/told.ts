import { type Explanation, isExternal, type Peer, peerText, type Verdict } from '../../analysis/connectivity';
import { listIn } from '../../analysis/manifest/lists';
import type { ConnectionsAnswer } from '../../report/connections/answer';
import { besideText } from '../../report/connections/beside';
import { merged } from '../../report/connections/merged';
import { type Named, portsAt } from '../../report/connections/named';
import { overviewText } from '../../report/connections/overview';
import { type AskedPair, closedText, onlyText, sentenceText } from '../../report/connections/sentence';
import { connectionsText } from '../../report/connections/text';
import { peerLabel } from '../../report/peers';
import type { Style } from '../../report/style';
import type { Question } from './question';

/** Of so many pairs, each is answered in a sentence. */
const MOST_SENTENCES = 6;

/** How the answer is written: the screen that it is for. */
export interface Screen {
  readonly style: Style;
  readonly width: number | undefined;
}

/** The answer for people: in groups where all is asked for, in sentences where these are few, else as a list. */
export function* toldText(question: Question, answer: ConnectionsAnswer, { style, width }: Screen): Generator<string> {
  const { overview } = answer;
  if (overview !== undefined) {
    yield* overviewText({ ...answer, overview }, style, width);
    return;
  }
  const pairs = pairsOf(question);
  if (pairs !== undefined) {
    yield* sentences(pairs, style, width);
    yield* besideText({ exposures: answer.exposures }, style, width);
    return;
  }
  const one = endOf(question);
  const [first, second] = merged(answer.connections, answer.externals);
  if (one !== undefined && first === undefined) {
    const doubtful = answer.doubtful ?? [];
    const unmet = [...(answer.unseen ?? [])];
    const isUnsure = doubtful.length > 0 || unmet.length > 0;
    yield* closedText({ ...one, port: question.port, explanations: question.closed(), isUnsure }, style, width);
    yield* besideText({ ...answer, unmet }, style, width);
    return;
  }
  if (one !== undefined && first !== undefined && second === undefined && (answer.doubtful ?? []).length === 0) {
    yield onlyText(first, { ...one, port: question.port }, style);
    yield* besideText(answer, style, width);
    return;
  }
  yield* connectionsText(answer, style, width);
}

function* sentences(pairs: readonly AskedPair[], style: Style, width: number | undefined): Generator<string> {
  for (const [index, pair] of pairs.entries()) {
    yield index > 0 ? '\n' : '';
    yield* sentenceText(pair, style, width);
  }
}

/** The pairs of ends that were named; `undefined` where one end was not, or there are very many. */
function pairsOf({ namedFrom, namedTo, cluster, port }: Question): readonly AskedPair[] | undefined {
  if (namedFrom === undefined || namedTo === undefined) {
    return undefined;
  }
  const isSelf = namedFrom.length === 1 && namedTo.length === 1;
  const all = namedFrom.flatMap((from) => namedTo.map((to) => [from, to] as const));
  if (all.reduce((count, [from, to]) => count + from.peers.length * to.peers.length, 0) > MOST_ASKED) {
    return undefined;
  }
  const pairs = all.flatMap(([from, to]) =>
    together(
      from,
      to,
      from.peers.flatMap((source) =>
        to.peers
          .filter((target) => (source !== target || isSelf) && !(isExternal(source) && isExternal(target)))
          .flatMap((target) =>
            (to.service === undefined ? [port] : portsAt(to.service, target, port)).map((asked): AskedPair => {
              const doubts = cluster.doubts(source, target);
              const service = to.service && { text: to.text, asked: port };
              const explanation = cluster.explain(source, target, asked);
              return { from: labelOf(source, from), to: labelOf(target, to), explanation, doubts, service };
            }),
          ),
      ),
    ),
  );
  return pairs.length > 0 && pairs.length <= MOST_SENTENCES ? pairs : undefined;
}

/** So many pairs of peers are asked at most to be told in sentences. */
const MOST_ASKED = 100;

/** One answer for all that a name stands for, where the answers do not differ: first for sources, then for targets. */
function together(from: Named, to: Named, pairs: readonly AskedPair[]): readonly AskedPair[] {
  const bySource = alike(
    pairs,
    ({ explanation }) => `${peerText(explanation.to)} ${JSON.stringify(explanation.port)}`,
  ).flatMap((own) => (own.length > 1 && areSame(own) ? [{ ...(own[0] as AskedPair), from: from.text }] : own));
  return bySource.length > 1 && to.service === undefined && areSame(bySource)
    ? [{ ...(bySource[0] as AskedPair), to: to.text }]
    : bySource;
}

function alike(pairs: readonly AskedPair[], keyOf: (pair: AskedPair) => string): readonly (readonly AskedPair[])[] {
  const groups = new Map<string, AskedPair[]>();
  for (const pair of pairs) {
    listIn(groups, keyOf(pair)).push(pair);
  }
  return [...groups.values()];
}

/** Whether the answers say the same of other ends, for the same reasons. */
function areSame(pairs: readonly AskedPair[]): boolean {
  const reasonsOf = ({ isolating, denies }: Verdict) => [isolating, denies.map(({ policy, index }) => [policy, index])];
  const keys = pairs.map(({ explanation: { port, ports, allowed, egress, ingress }, doubts }) =>
    JSON.stringify([port, port === undefined ? ports : allowed, doubts, reasonsOf(egress), reasonsOf(ingress)]),
  );
  return new Set(keys).size === 1;
}

/** An address is said as it was given, a node as what it is. */
function labelOf(peer: Peer, { text, peers }: Named): string {
  const isSaid = isExternal(peer) ? peers.length === 1 : peer.kind === 'Node';
  return isSaid ? text : peerLabel(peer);
}

/** The one end that was named; `undefined` where it was none or both. */
function endOf({
  namedFrom,
  namedTo,
}: Question): { readonly end: string; readonly direction: 'ingress' | 'egress' } | undefined {
  const named = namedFrom ?? namedTo;
  if (named === undefined || (namedFrom !== undefined && namedTo !== undefined)) {
    return undefined;
  }
  return { end: named.map(({ text }) => text).join(', '), direction: namedTo === undefined ? 'egress' : 'ingress' };
}

/** Why, for people; of an end that is closed to all, all that closes it. */
export function* toldExplanations(
  question: Question,
  text: (explanations: Iterable<Explanation>, style: Style, width?: number) => Iterable<string>,
  { style, width }: Screen,
): Generator<string> {
  const one = endOf(question);
  const [first] = one === undefined ? [] : question.connections();
  if (one === undefined || first !== undefined) {
    yield* text(question.explanations(), style, width);
    return;
  }
  const doubtful = question.doubtful();
  const unmet = [...question.unseen(false)];
  const isUnsure = doubtful.length > 0 || unmet.length > 0;
  yield* closedText({ ...one, port: question.port, explanations: question.closed(), isUnsure }, style, width);
  yield* besideText({ doubtful, unmet, exposures: [] }, style, width);
}
