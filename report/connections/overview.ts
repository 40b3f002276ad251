import { type Overview, portsText, type Workload } from '../../analysis/connectivity';
import { counted } from '../counted';
import { peerLabel } from '../peers';
import type { Style } from '../style';
import { wrapped } from '../wrapped';
import type { ConnectionsAnswer } from './answer';
import { besideText } from './beside';
import { Crowd } from './crowd';

/** So many characters a line of names has where nobody says how wide the screen is. */
const WIDTH = 100;

/** Who can connect to whom for people: what is open to all once for all of it, then what is left, by workload. */
export function* overviewText(
  { workloads, externals, overview, ...beside }: ConnectionsAnswer & { readonly overview: Overview },
  style: Style,
  width?: number,
): Generator<string> {
  const { open, free, incoming, outgoing, isolated, connections } = overview;
  if (workloads.length === 0) {
    yield 'no workloads: none of these manifests owns pods\n';
    yield* besideText(beside, style, width);
    return;
  }
  const page = new Page(new Crowd(workloads, externals), style, width ?? WIDTH);
  const unsure = unsureOf(beside);
  yield* page.all('open to everybody:', open);
  yield* page.all('may connect to everything:', free);
  yield* page.limited('open to these alone:', incoming, { nobody: 'nobody', isUnsure: unsure.to });
  yield* page.limited('may connect to these alone:', outgoing, { nobody: 'nothing', isUnsure: unsure.from });
  yield* besideText(beside, style, width);
  const { any, ingress, egress } = isolated;
  const number = (count: number) => count.toLocaleString('en');
  const directions = any === 0 ? '' : ` (ingress ${number(ingress)}, egress ${number(egress)})`;
  const rest = workloads.length - any;
  yield `\n${counted(workloads.length, 'workload')}: ${number(any)} isolated${directions}, ${number(rest)} not; ${counted(connections, 'connection')}\n`;
}

/** Of which workloads somebody may have something that no manifest shows. */
function unsureOf({ unmet = [], doubtful = [] }: Pick<ConnectionsAnswer, 'unmet' | 'doubtful'>) {
  const [from, to] = [new Set<string>(), new Set<string>()];
  for (const pair of [...unmet, ...(doubtful === 'many' ? [] : doubtful)]) {
    if (!('pods' in pair.from)) {
      from.add(peerLabel(pair.from));
    }
    if (!('pods' in pair.to)) {
      to.add(peerLabel(pair.to));
    }
  }
  const isAny = doubtful === 'many';
  return {
    from: (workload: Workload) => isAny || from.has(peerLabel(workload)),
    to: (workload: Workload) => isAny || to.has(peerLabel(workload)),
  };
}

/** Writes the parts of an overview one below the other. */
class Page {
  private isFirst = true;

  constructor(
    private readonly crowd: Crowd,
    private readonly style: Style,
    private readonly width: number,
  ) {}

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
  *limited(
    head: string,
    all: Overview['incoming'],
    closed: { readonly nobody: string; readonly isUnsure: (workload: Workload) => boolean },
  ): Generator<string> {
    let isFirst = true;
    for (const { workloads, others } of all) {
      yield isFirst ? this.head(head) : '';
      isFirst = false;
      if (others.length === 0) {
        yield* this.closed(workloads, closed);
        continue;
      }
      yield `${wrapped('  ', this.names(workloads), this.width)}\n`;
      const texts = others.map(({ ports }) => (ports === 'all' ? 'all ports' : portsText(ports)));
      const widest = Math.min(28, Math.max(...texts.map((text) => text.length)));
      for (const [index, { peers }] of others.entries()) {
        const words = this.crowd.words(peers, workloads);
        const ports = texts[index] as string;
        yield ports.length > widest
          ? `${wrapped('    ', ports.split(' '), this.width)}\n${wrapped(' '.repeat(6), words, this.width)}\n`
          : `${wrapped(`    ${ports.padEnd(widest)}  `, words, this.width)}\n`;
      }
    }
  }

  /** Those that nothing among the manifests is connected to, apart from those of which more may be true. */
  private *closed(
    workloads: readonly Workload[],
    { nobody, isUnsure }: { readonly nobody: string; readonly isUnsure: (workload: Workload) => boolean },
  ): Generator<string> {
    for (const [own, text] of [
      [workloads.filter((one) => !isUnsure(one)), nobody],
      [workloads.filter(isUnsure), `${nobody} among these manifests; for others see below`],
    ] as const) {
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
