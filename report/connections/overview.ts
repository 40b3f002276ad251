import type { DoubtfulPair, Overview, Peer, Ports, UnseenConnection, Workload } from '../../analysis/connectivity';
import { counted } from '../counted';
import { numberText } from '../numbers';
import { once } from '../once';
import { peerLabel } from '../peers';
import { portsWords } from '../ports';
import type { Style } from '../style';
import { wrapped } from '../wrapped';
import type { ConnectionsAnswer } from './answer';
import { besideText } from './beside';
import { Crowd, type Told } from './crowd';

/** So many characters a line of names has where nobody says how wide the screen is. */
const WIDTH = 100;

/** Who can connect to whom for people: what is open to all once for all of it, then what is left, by workload. */
export function* overviewText(
  { workloads, externals, overview, ...answer }: ConnectionsAnswer & { readonly overview: Overview },
  style: Style,
  width?: number,
): Generator<string> {
  const { open, free, incoming, outgoing, isolated, connections } = overview;
  const beside = { ...answer, unmet: [...(answer.unmet ?? [])] };
  if (workloads.length === 0) {
    yield 'no workloads: none of these manifests owns pods\n';
    yield* besideText(beside, style, width);
    return;
  }
  const page = new Page(new Crowd(workloads, externals), style, width ?? WIDTH);
  const sureness = surenessOf(beside);
  yield* page.all('open to everybody:', open);
  yield* page.all('may connect to everything:', free);
  yield* page.limited('open to these alone:', incoming, {
    nobody: 'nobody',
    sureness: sureness.to,
    told: { workloads: free, text: 'all that may connect to everything' },
  });
  yield* page.limited('may connect to these alone:', outgoing, {
    nobody: 'nothing',
    sureness: sureness.from,
    told: { workloads: open, text: 'all that is open to everybody' },
  });
  yield* besideText(beside, style, width);
  const { any, ingress, egress } = isolated;
  const directions = any === 0 ? '' : ` (ingress ${numberText(ingress)}, egress ${numberText(egress)})`;
  const rest = workloads.length - any;
  yield `\n${counted(workloads.length, 'workload')}: ${numberText(any)} isolated${directions}, ${numberText(rest)} not; ${counted(connections, 'connection')}\n`;
}

/** How sure it is that nobody may connect to a workload, or it to nobody. */
type Sureness = 'sure' | 'own' | 'unsure';

/** Of which workloads more may be open than connections show: below, or to pods like their own alone. */
function surenessOf({
  unmet = [],
  unseen = [],
  doubtful = [],
}: Pick<ConnectionsAnswer, 'unmet' | 'unseen' | 'doubtful'>) {
  const doubts = doubtful === 'many' ? [] : doubtful;
  const [below, own] = [[...unmet, ...doubts], unseen].map(endsOf) as [Ends, Ends];
  const told =
    (end: keyof Ends) =>
    (workload: Workload): Sureness =>
      doubtful === 'many' || below[end].has(workload) ? 'unsure' : own[end].has(workload) ? 'own' : 'sure';
  return { from: told('from'), to: told('to') };
}

/** The peers at either end of some connections. */
type Ends = Readonly<Record<'from' | 'to', ReadonlySet<Peer>>>;

function endsOf(pairs: Iterable<Pick<UnseenConnection, 'from' | 'to'> | DoubtfulPair>): Ends {
  const ends = { from: new Set<Peer>(), to: new Set<Peer>() };
  for (const { from, to } of pairs) {
    if (!('pods' in from)) {
      ends.from.add(from);
    }
    if (!('pods' in to)) {
      ends.to.add(to);
    }
  }
  return ends;
}

/** How those are told that are closed to all. */
interface Closed {
  readonly nobody: string;
  readonly sureness: (workload: Workload) => Sureness;
  /** Those that may be at the other end, as the lists above call them. */
  readonly told: Told;
}

/** Ports in words, and as a line of their own. */
interface PortsText {
  readonly text: string;
  readonly line: string;
}

/** Writes the parts of an overview one below the other. */
class Page {
  private isFirst = true;
  private readonly portsOf: (ports: Ports) => PortsText;
  private readonly lines = new WeakMap<readonly string[], string[]>();

  constructor(
    private readonly crowd: Crowd,
    private readonly style: Style,
    private readonly width: number,
  ) {
    this.portsOf = once((ports: Ports) => {
      const text = portsWords(ports);
      return { text, line: `${wrapped('    ', text.split(' '), width)}\n` };
    });
  }

  /** Workloads of which all the same is true, a line for each namespace. */
  *all(head: string, workloads: readonly Workload[]): Generator<string> {
    if (workloads.length === 0) {
      return;
    }
    yield this.head(head);
    const namespaces = this.crowd.byNamespace(workloads);
    const widest = Math.min(24, Math.max(...namespaces.map(([namespace]) => namespace.length)));
    for (const [namespace, names] of namespaces) {
      yield `${wrapped(`  ${namespace.padEnd(widest)}  `, names, this.width)}\n`;
    }
  }

  /** Workloads with what is open at each. */
  *limited(head: string, all: Overview['incoming'], closed: Closed): Generator<string> {
    let isFirst = true;
    for (const { workloads, others } of all) {
      yield isFirst ? this.head(head) : '';
      isFirst = false;
      if (others.length === 0) {
        yield* this.closed(workloads, closed);
        continue;
      }
      yield `${wrapped('  ', this.names(workloads), this.width)}\n`;
      const texts = others.map(({ ports }) => this.portsOf(ports));
      const widest = Math.min(28, Math.max(...texts.map(({ text }) => text.length)));
      for (const [index, { places }] of others.entries()) {
        const words = this.crowd.words(places, workloads, closed.told);
        const ports = texts[index] as PortsText;
        yield ports.text.length > widest
          ? `${ports.line}      ${this.behind(6, words)}`
          : `    ${ports.text.padEnd(widest)}  ${this.behind(widest + 6, words)}`;
      }
    }
  }

  /** Words behind so many characters, to the end of the line; the same words stand behind thousands of ports. */
  private behind(indent: number, words: readonly string[]): string {
    const known = this.lines.get(words) ?? [];
    this.lines.set(words, known);
    let line = known[indent];
    if (line === undefined) {
      line = `${wrapped(' '.repeat(indent), words, this.width).slice(indent)}\n`;
      known[indent] = line;
    }
    return line;
  }

  /** Those that nothing among the manifests is connected to, apart from those of which more may be true. */
  private *closed(workloads: readonly Workload[], { nobody, sureness }: Closed): Generator<string> {
    const texts = {
      sure: nobody,
      own: `${nobody} among these manifests but pods of its own`,
      unsure: `${nobody} among these manifests; for others see below`,
    };
    for (const [which, text] of Object.entries(texts)) {
      const own = workloads.filter((one) => sureness(one) === which);
      if (own.length > 0) {
        yield `${wrapped('  ', this.names(own), this.width)}\n    ${this.style.red(text)}\n`;
      }
    }
  }

  private names(workloads: readonly Workload[]): readonly string[] {
    const [only] = workloads;
    return workloads.length === 1 && only !== undefined ? [peerLabel(only)] : this.crowd.all(workloads);
  }

  private head(text: string): string {
    const separator = this.isFirst ? '' : '\n';
    this.isFirst = false;
    return `${separator}${this.style.bold(text)}\n`;
  }
}
