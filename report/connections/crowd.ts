import type { External, Workload } from '../../analysis/connectivity';
import { isAmong, placeAmong } from '../../analysis/connectivity/ascending';
import { listIn } from '../../analysis/manifest/lists';
import { peerLabel } from '../peers';
import { runsOf } from './merged';

/** So many names of one namespace, and so many namespaces or ranges of addresses, are told at most. */
const MOST_NAMES = 24;
const MOST_PARTS = 24;
/** Of nearly all workloads, so many that are not among them are named instead. */
const FEW = 3;

/** Workloads that were told before, and how they are called since. */
export interface Told {
  readonly workloads: readonly Workload[];
  readonly text: string;
}

/** Parts of what is told, of very many the first alone. */
interface Parts {
  readonly first: readonly (readonly string[])[];
  readonly count: number;
}

/** What is known of a list of peers, which may be at the other end of thousands of workloads. */
interface Facts {
  readonly inside: Inside;
  readonly outside: Parts;
  /** How they are told beside workloads that make no difference to it, and beside what was told before. */
  readonly words: Map<Told | undefined, readonly string[]>;
  readonly apart: Map<Told, Apart>;
}

/** The place of nobody. */
const NOBODY = -1;

/** Names many peers in few words. Peers are given by their places: among the workloads, and the addresses behind them. */
export class Crowd {
  private readonly inNamespace: ReadonlyMap<string, readonly Workload[]>;
  /** How many workloads have a name within their namespace. */
  private readonly namesakes = new Map<string, number>();
  private readonly places: ReadonlyMap<External, number>;
  private readonly placeOf: ReadonlyMap<Workload, number>;
  /** By place: the number of its namespace. */
  private readonly namespaceOf: Int32Array;
  private readonly facts = new Map<Int32Array, Facts>();
  private readonly told = new Map<Told, Int32Array>();

  /** @param workloads by namespace, as a cluster has them */
  constructor(
    private readonly workloads: readonly Workload[],
    private readonly externals: readonly External[],
  ) {
    this.inNamespace = byNamespace(workloads);
    for (const workload of workloads) {
      const key = keyOf(workload);
      this.namesakes.set(key, (this.namesakes.get(key) ?? 0) + 1);
    }
    this.placeOf = new Map(workloads.map((workload, place) => [workload, place]));
    const numbers = new Map([...this.inNamespace.keys()].map((namespace, number) => [namespace, number]));
    this.namespaceOf = Int32Array.from(workloads, ({ namespace }) => numbers.get(namespace) as number);
    this.places = new Map(externals.map((range, place) => [range, place]));
  }

  /**
   * Peers in words, each of which may begin a line; the same list of words where there is nothing else to tell.
   *
   * @param peers places in ascending order, in lists that do not change: what is found out about one is kept
   * @param beside workloads that are not expected among the peers: a workload is not connected to itself, and is not told
   *   where it is alone
   * @param told workloads that were told before; what is found out beside the same object is kept, too
   */
  words(peers: Int32Array, beside: readonly Workload[] = [], told?: Told): readonly string[] {
    const facts = this.factsOf(peers);
    const [only] = beside;
    const own = beside.length === 1 && only !== undefined ? (this.placeOf.get(only) as number) : NOBODY;
    if (own !== NOBODY && this.matters(own, facts, told)) {
      return this.wordsOf(facts, own, told);
    }
    const words = facts.words.get(told) ?? this.wordsOf(facts, NOBODY, told);
    facts.words.set(told, words);
    return words;
  }

  /** Workloads in words, each by its name. */
  all(workloads: readonly Workload[]): readonly string[] {
    const parts = this.byNamespace(workloads).map(([namespace, names]) => headed(namespace, names));
    return joined({ first: parts, count: parts.length });
  }

  /** Workloads by namespace: its name, and theirs as words. */
  byNamespace(workloads: readonly Workload[]): readonly (readonly [string, readonly string[]])[] {
    return [...byNamespace(workloads)].map(([namespace, own]) => [namespace, this.names(own)]);
  }

  /** As `--from` and `--to` know it: the kind is told only where the namespace has two of the name. */
  name(workload: Workload): string {
    return (this.namesakes.get(keyOf(workload)) ?? 0) > 1 ? `${workload.kind}/${workload.name}` : workload.name;
  }

  /** Whether peers may be told otherwise beside this workload than beside others. */
  private matters(own: number, facts: Facts, told: Told | undefined): boolean {
    const { inside } = facts;
    return (
      inside.hasNamespaceOf(own) ||
      this.workloads.length - 1 - inside.size <= FEW ||
      (told !== undefined && told.workloads.length > 2 * FEW && this.apartFrom(facts, told).lacking.length <= FEW + 1)
    );
  }

  private wordsOf(facts: Facts, own: number, told: Told | undefined): readonly string[] {
    const inside = this.inside(facts, own, told);
    const { outside } = facts;
    return joined({ first: [...inside.first, ...outside.first], count: inside.count + outside.count });
  }

  private inside(facts: Facts, own: number, told?: Told): Parts {
    const { inside } = facts;
    const count = inside.size - (inside.has(own) ? 1 : 0);
    if (count === 0) {
      return { first: [], count: 0 };
    }
    const expected = this.workloads.length - (own === NOBODY ? 0 : 1);
    const missing = expected - count;
    if (missing === 0 && expected > 1) {
      return { first: [['every workload']], count: 1 };
    }
    if (missing > 0 && missing <= FEW && missing * 3 < expected) {
      const names = this.fullNames([...inside.missing()].filter((place) => place !== own));
      return { first: [['every workload but', ...names]], count: 1 };
    }
    if (told !== undefined) {
      const { lacking, others } = this.apartFrom(facts, told);
      const isTold = this.toldOf(told);
      const but = lacking.filter((one) => one !== own);
      const expectedTold = isTold.length - (isAmong(isTold, own) ? 1 : 0);
      if (but.length <= FEW && expectedTold > 2 * (FEW + but.length)) {
        const rest = this.inside(this.factsOf(others), own);
        const words = but.length === 0 ? [told.text] : [`${told.text},`, 'but', 'not', ...this.fullNames(but)];
        return { first: [words, ...rest.first], count: rest.count + 1 };
      }
    }
    return this.parts(inside, own);
  }

  /** Workloads namespace by namespace. */
  private parts(inside: Inside, own: number): Parts {
    const alone = inside.has(own) && inside.isAlone(own) ? 1 : 0;
    const first: (readonly string[])[] = [];
    for (const places of inside.namespaces()) {
      if (first.length > MOST_PARTS) {
        break;
      }
      const members = this.workloadsAt(places.filter((place) => place !== own));
      const [one] = members;
      if (one !== undefined) {
        const { namespace } = one;
        const isOwn = own !== NOBODY && this.workloads[own]?.namespace === namespace;
        const all = (this.inNamespace.get(namespace)?.length ?? 0) - (isOwn ? 1 : 0);
        first.push(
          all > 1 && members.length === all ? [`${namespace}: all ${all}`] : headed(namespace, this.names(members)),
        );
      }
    }
    return { first, count: inside.countOfNamespaces - alone };
  }

  private factsOf(peers: Int32Array): Facts {
    let facts = this.facts.get(peers);
    if (facts === undefined) {
      const end = placeAmong(peers, this.workloads.length);
      const outside = Array.from(
        peers.subarray(end),
        (place) => this.externals[place - this.workloads.length] as External,
      );
      const ranges =
        outside.length > 0 && outside.length === this.externals.length
          ? [['any address']]
          : [false, true].flatMap((isV6) => this.rangesOf(outside, isV6));
      facts = {
        inside: new Inside(peers.subarray(0, end), this.namespaceOf),
        outside: { first: ranges.slice(0, MOST_PARTS + 1), count: ranges.length },
        words: new Map(),
        apart: new Map(),
      };
      this.facts.set(peers, facts);
    }
    return facts;
  }

  /** Addresses of one family: where few blocks are missing, these are told. */
  private rangesOf(outside: readonly External[], isV6: boolean): readonly (readonly string[])[] {
    const ofFamily = (ranges: readonly External[]) => ranges.filter(({ ipRange }) => ipRange.includes(':') === isV6);
    const own = ofFamily(outside);
    const among = new Set(own);
    const labels = (ranges: readonly External[]) => runsOf(ranges, this.places).map(peerLabel);
    const told = labels(own);
    const missing = labels(ofFamily(this.externals).filter((range) => !among.has(range)));
    const isShort = missing.length > 0 && missing.length <= FEW && missing.length < told.length;
    return isShort && missing.every((label) => !label.includes('-'))
      ? [[`any IPv${isV6 ? 6 : 4} but`, ...commas(missing)]]
      : told.map((label) => [label]);
  }

  /** Peers without those that were told before, and those of these that are missing; of many missing ones only some. */
  private apartFrom({ inside, apart }: Facts, told: Told): Apart {
    let known = apart.get(told);
    if (known === undefined) {
      const isTold = this.toldOf(told);
      const lacking: number[] = [];
      for (const place of isTold) {
        if (!inside.has(place) && lacking.push(place) > FEW + 1) {
          break;
        }
      }
      const isFar = lacking.length > FEW + 1;
      known = { lacking, others: isFar ? NONE : inside.places.filter((place) => !isAmong(isTold, place)) };
      apart.set(told, known);
    }
    return known;
  }

  private toldOf(told: Told): Int32Array {
    const known =
      this.told.get(told) ?? Int32Array.from(told.workloads, (one) => this.placeOf.get(one) as number).sort();
    this.told.set(told, known);
    return known;
  }

  private workloadsAt(places: Int32Array | readonly number[]): readonly Workload[] {
    return Array.from(places, (place) => this.workloads[place] as Workload);
  }

  private fullNames(places: readonly number[]): readonly string[] {
    return commas(this.workloadsAt(places).map((one) => `${one.namespace}/${this.name(one)}`));
  }

  private names(workloads: readonly Workload[]): readonly string[] {
    const more = workloads.length - MOST_NAMES;
    const told = (more > 1 ? workloads.slice(0, MOST_NAMES) : workloads).map((one) => this.name(one));
    return commas(more > 1 ? [...told, `and ${more} more`] : told);
  }
}

/** The workloads of a list. There may be thousands of lists with thousands in each, so that nothing is made of one. */
class Inside {
  private known: number | undefined;

  constructor(
    readonly places: Int32Array,
    private readonly namespaceOf: Int32Array,
  ) {}

  get size(): number {
    return this.places.length;
  }

  has(place: number): boolean {
    return isAmong(this.places, place);
  }

  /** Whether one that is among them is the only one of its namespace. */
  isAlone(place: number): boolean {
    const at = placeAmong(this.places, place);
    return ![at - 1, at + 1].some((other) => this.isIn(other, this.namespaceOf[place]));
  }

  /** Whether any is in the namespace of a workload. They stand by namespace, so that only the nearest can be. */
  hasNamespaceOf(place: number): boolean {
    const at = placeAmong(this.places, place);
    return [at - 1, at].some((other) => this.isIn(other, this.namespaceOf[place]));
  }

  get countOfNamespaces(): number {
    if (this.known === undefined) {
      this.known = 0;
      let before: number | undefined;
      for (const place of this.places) {
        const namespace = this.namespaceOf[place];
        this.known += namespace === before ? 0 : 1;
        before = namespace;
      }
    }
    return this.known;
  }

  /** The places of each namespace, one after the other. */
  *namespaces(): Generator<Int32Array> {
    for (let start = 0; start < this.size; ) {
      const namespace = this.namespaceOf[this.places[start] as number];
      let end = start + 1;
      while (this.isIn(end, namespace)) {
        end++;
      }
      yield this.places.subarray(start, end);
      start = end;
    }
  }

  /** The places of all others. */
  *missing(): Generator<number> {
    let next = 0;
    for (let place = 0; place < this.namespaceOf.length; place++) {
      if (this.places[next] === place) {
        next++;
      } else {
        yield place;
      }
    }
  }

  private isIn(at: number, namespace: number | undefined): boolean {
    const place = this.places[at];
    return place !== undefined && this.namespaceOf[place] === namespace;
  }
}

/** A list beside workloads that were told before, by place. */
interface Apart {
  /** All of them, or more than are ever named. */
  readonly lacking: readonly number[];
  /** Left out where too many are lacking. */
  readonly others: Int32Array;
}

const NONE = new Int32Array(0);

function byNamespace(workloads: readonly Workload[]): ReadonlyMap<string, readonly Workload[]> {
  const found = new Map<string, Workload[]>();
  for (const workload of workloads) {
    listIn(found, workload.namespace).push(workload);
  }
  return found;
}

function headed(namespace: string, [first, ...rest]: readonly string[]): readonly string[] {
  return [`${namespace}: ${first}`, ...rest];
}

/** Parts one behind the other, of very many the first. */
function joined({ first, count }: Parts): readonly string[] {
  const more = count - MOST_PARTS;
  const told = more > 1 ? [...first.slice(0, MOST_PARTS), [`and ${more} more`]] : first;
  return told.flatMap((part, index) =>
    part.map((word, place) => `${word}${place < part.length - 1 || index === told.length - 1 ? '' : ';'}`),
  );
}

function commas(words: readonly string[]): readonly string[] {
  return words.map((word, index) => (index === words.length - 1 ? word : `${word},`));
}

function keyOf({ namespace, name }: Workload): string {
  return `${namespace}/${name}`;
}
