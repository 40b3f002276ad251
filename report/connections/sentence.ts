import {
  type Connection,
  type Doubt,
  type Explanation,
  includesPort,
  type Miss,
  missPlace,
  type Peer,
  type Port,
  policyText,
  serviceText,
} from '../../analysis/connectivity';
import { peerLabel } from '../peers';
import { portsWords } from '../ports';
import { printable } from '../printable';
import type { Style } from '../style';
import { doubtTexts } from './doubts';
import { block, bothLines, deniedLines, nearestText, whyLines } from './explain';

/** A question about two ends, and its answer. */
export interface AskedPair {
  /** The ends in words. */
  readonly from: string;
  readonly to: string;
  readonly explanation: Explanation;
  /** What the answer hangs on. */
  readonly doubts: readonly Doubt[];
  /** What is open may be narrower than what policies open: to the port to which a Service leads. */
  readonly service?: { readonly text: string; readonly asked: Port | undefined } | undefined;
}

/** The answer to a question about two ends: a sentence, and why where it is not a plain yes. */
export function* sentenceText(pair: AskedPair, style: Style, width?: number): Generator<string> {
  const { explanation, doubts } = pair;
  const { allowed, services = [] } = explanation;
  const isUnsure = doubts.some(({ ports }) => isOpen(ports, explanation.port) !== allowed);
  const sentence = printable(
    isUnsure ? `whether ${said(pair, true)} cannot be told from manifests alone` : said(pair, allowed),
  );
  const marked = isUnsure ? style.bold(sentence) : allowed ? style.green(sentence) : style.red(sentence);
  const lines = [
    ...block('doubt  ', doubtTexts(doubts), width),
    ...(allowed && !isUnsure ? block('Service', services.map(serviceText), width) : whyLines(explanation, width)),
  ];
  yield `${marked}${lines.length > 0 ? ':' : ''}\n`;
  yield* lines;
}

function said({ from, to, explanation, service }: AskedPair, isOpenIt: boolean): string {
  const { port, ports, allowed } = explanation;
  const may = isOpenIt ? 'may' : 'may not';
  const on =
    port !== undefined ? ` on ${port.protocol} ${port.port}` : allowed && isOpenIt ? ` on ${portsWords(ports)}` : '';
  const leads = service === undefined || port === undefined ? '' : leadsText(service, port);
  return explanation.from === explanation.to
    ? `pods of ${to} ${may} connect to each other${on}${leads}`
    : `${from} ${may} connect to ${to}${on}${leads}`;
}

/** What stands behind the port of pods where a Service was named. */
function leadsText({ text, asked }: NonNullable<AskedPair['service']>, port: Port): string {
  return asked === undefined || asked.port === port.port
    ? `, to which ${text} leads`
    : `, to which ${asked.protocol} ${asked.port} of ${text} leads`;
}

function portSaid({ protocol, port }: Port): string {
  return `${protocol} ${port}`;
}

function isOpen(ports: Explanation['ports'], port: Port | undefined): boolean {
  return port === undefined ? ports === 'all' || ports.length > 0 : includesPort(ports, port);
}

/** A question about one end that nobody may connect to, or that may connect to nobody. */
export interface AskedEnd {
  readonly end: string;
  readonly direction: 'ingress' | 'egress';
  readonly port: Port | undefined;
  /** Why, for each at the other end. */
  readonly explanations: Iterable<Explanation>;
  /** Whether more may be open than the manifests show. */
  readonly isUnsure: boolean;
}

/** Says that one end alone is connected to another. */
export function onlyText(
  { from, to, ports }: Connection,
  { direction, port }: Pick<AskedEnd, 'direction' | 'port'>,
  style: Style,
): string {
  const rest = direction === 'ingress' ? 'nobody else' : 'to nothing else';
  const sentence = `${peerLabel(from)} may connect to ${peerLabel(to)} on ${port === undefined ? portsWords(ports) : portSaid(port)}, and ${rest} among these manifests`;
  return `${style.green(printable(sentence))}\n`;
}

/** So many reasons of a kind are told. */
const MOST_TOLD = 4;

/** Says that an end is closed to all, and why. */
export function* closedText(
  { end, direction, port, explanations, isUnsure }: AskedEnd,
  style: Style,
  width?: number,
): Generator<string> {
  const on = port === undefined ? '' : ` on ${port.protocol} ${port.port}`;
  const rest = isUnsure ? ' (others may, see below)' : '';
  const sentence =
    direction === 'ingress'
      ? `nobody among these manifests may connect to ${end}${on}${rest}`
      : `${end} may connect to nothing among these manifests, nor to addresses outside${on}${rest}`;
  const lines = [...reasons(explanations, direction, width)];
  yield `${style.red(printable(sentence))}${lines.length > 0 ? ':' : ''}\n`;
  yield* lines;
}

/** Why each of several is closed, each reason once; of rules that come near, and of reasons at other ends, some. */
function* reasons(
  explanations: Iterable<Explanation>,
  direction: AskedEnd['direction'],
  width: number | undefined,
): Generator<string> {
  const other = direction === 'ingress' ? 'egress' : 'ingress';
  const [own, others, both] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const near = new NearestMisses();
  for (const explanation of explanations) {
    const { from, to } = explanation;
    for (const line of deniedLines(explanation[direction], direction)) {
      own.add(line);
    }
    for (const line of explanation[direction].outcome === 'denied' ? [] : deniedLines(explanation[other], other)) {
      others.add(line);
    }
    for (const line of bothLines(explanation)) {
      both.add(line);
    }
    // What is wrong at the end that was asked for comes first; what others lack then opens nothing.
    const { nearest } = explanation[explanation[direction].outcome === 'denied' ? direction : other];
    if (nearest !== undefined) {
      near.add(nearest, from, to);
    }
  }
  yield* block(direction.padEnd(7), [...own], width);
  yield* block(other.padEnd(7), some(others), width);
  yield* block('both   ', some(both), width);
  yield* block('       ', some(new Set(near.lines())), width);
}

/** Of several ends that miss the same item of a rule, the one that comes nearest to it. */
class NearestMisses {
  private readonly found = new Map<string, { miss: Miss; from: Peer; to: Peer; others: number }>();

  add(miss: Miss, from: Peer, to: Peer): void {
    const key = `${policyText(miss.policy)} ${missPlace(miss)}`;
    const known = this.found.get(key);
    if (known === undefined) {
      this.found.set(key, { miss, from, to, others: 0 });
    } else {
      const isNearer = miss.faults.length < known.miss.faults.length;
      this.found.set(key, { ...(isNearer ? { miss, from, to } : known), others: known.others + 1 });
    }
  }

  *lines(): Generator<string> {
    for (const { miss, from, to, others } of this.found.values()) {
      const rest = others === 0 ? '' : `; ${others} other${others === 1 ? ' does' : 's do'} not come nearer`;
      yield `${nearestText(miss, from, to)}${rest}`;
    }
  }
}

function some(lines: ReadonlySet<string>): readonly string[] {
  const more = lines.size - MOST_TOLD;
  return more > 1 ? [...[...lines].slice(0, MOST_TOLD), `... and ${more} more of the kind`] : [...lines];
}
