import { type External, isExternal, type Peer, type Workload } from '../../analysis/connectivity';
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
}

/** Names many peers in few words. */
export class Crowd {
  private readonly inNamespace: ReadonlyMap<string, readonly Workload[]>;
  /** How many workloads have a name within their namespace. */
  private readonly namesakes = new Map<string, number>();
  private readonly places: ReadonlyMap<External, number>;
  private readonly placeOf: ReadonlyMap<Workload, number>;
  private readonly facts = new Map<readonly Peer[], Facts>();
  private readonly told = new Map<Told, ReadonlySet<Workload>>();
  private readonly apart = new Map<Told, Map<readonly Peer[], Apart>>();

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
    this.places = new Map(externals.map((range, place) => [range, place]));
  }

  /**
   * Peers in words, each of which may begin a line.
   *
   * @param peers in lists that do not change: what is found out about one is kept
   * @param beside workloads that are not expected among the peers: a workload is not connected to itself, and is not told
   *   where it is alone
   * @param told workloads that were told before; what is found out beside the same object is kept, too
   */
  words(peers: readonly Peer[], beside: readonly Workload[] = [], told?: Told): readonly string[] {
    const inside = this.inside(peers, beside.length === 1 ? beside[0] : undefined, told);
    const { outside } = this.factsOf(peers);
    return joined({ first: [...inside.first, ...outside.first], count: inside.count + outside.count });
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

  private inside(peers: readonly Peer[], own: Workload | undefined, told?: Told): Parts {
    const { inside } = this.factsOf(peers);
    const isAmong = own !== undefined && inside.has(own);
    const count = inside.size - (isAmong ? 1 : 0);
    if (count === 0) {
      return { first: [], count: 0 };
    }
    const expected = this.workloads.length - (own === undefined ? 0 : 1);
    const missing = expected - count;
    if (missing === 0 && expected > 1) {
      return { first: [['every workload']], count: 1 };
    }
    if (missing > 0 && missing <= FEW && missing * 3 < expected) {
      const names = this.fullNames(this.workloads.filter((one) => one !== own && !inside.has(one)));
      return { first: [['every workload but', ...names]], count: 1 };
    }
    if (told !== undefined) {
      const { lacking, others } = this.apartFrom(peers, told);
      const isTold = this.toldOf(told);
      const but = lacking.filter((one) => one !== own);
      const expectedTold = isTold.size - (own !== undefined && isTold.has(own) ? 1 : 0);
      if (but.length <= FEW && expectedTold > 2 * (FEW + but.length)) {
        const rest = this.inside(others, own);
        const words = but.length === 0 ? [told.text] : [`${told.text},`, 'but', 'not', ...this.fullNames(but)];
        return { first: [words, ...rest.first], count: rest.count + 1 };
      }
    }
    const namespaces = [...inside.byNamespace].filter(([, [first, second]]) => first !== own || second !== undefined);
    const part = ([namespace, members]: (typeof namespaces)[number]) => {
      const isOwn = own?.namespace === namespace;
      const all = (this.inNamespace.get(namespace)?.length ?? 0) - (isOwn ? 1 : 0);
      return all > 1 && members.length - (isOwn && isAmong ? 1 : 0) === all
        ? [`${namespace}: all ${all}`]
        : headed(namespace, this.names(isOwn ? members.filter((one) => one !== own) : members));
    };
    return { first: namespaces.slice(0, MOST_PARTS + 1).map(part), count: namespaces.length };
  }

  private factsOf(peers: readonly Peer[]): Facts {
    let facts = this.facts.get(peers);
    if (facts === undefined) {
      const outside = peers.filter(isExternal);
      const inside =
        outside.length === 0
          ? (peers as readonly Workload[])
          : peers.filter((peer): peer is Workload => !isExternal(peer));
      const ranges =
        outside.length > 0 && outside.length === this.externals.length
          ? [['any address']]
          : [false, true].flatMap((isV6) => this.rangesOf(outside, isV6));
      facts = {
        inside: new Inside(inside, this.placeOf),
        outside: { first: ranges.slice(0, MOST_PARTS + 1), count: ranges.length },
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
  private apartFrom(peers: readonly Peer[], told: Told): Apart {
    const known = this.apart.get(told) ?? new Map<readonly Peer[], Apart>();
    this.apart.set(told, known);
    let apart = known.get(peers);
    if (apart === undefined) {
      const { inside } = this.factsOf(peers);
      const lacking: Workload[] = [];
      for (const one of told.workloads) {
        if (!inside.has(one) && lacking.push(one) > FEW + 1) {
          break;
        }
      }
      const isTold = this.toldOf(told);
      apart = { lacking, others: lacking.length > FEW + 1 ? [] : inside.workloads.filter((one) => !isTold.has(one)) };
      known.set(peers, apart);
    }
    return apart;
  }

  private toldOf(told: Told): ReadonlySet<Workload> {
    const known = this.told.get(told) ?? new Set(told.workloads);
    this.told.set(told, known);
    return known;
  }

  private fullNames(workloads: readonly Workload[]): readonly string[] {
    return commas(workloads.map((one) => `${one.namespace}/${this.name(one)}`));
  }

  private names(workloads: readonly Workload[]): readonly string[] {
    const more = workloads.length - MOST_NAMES;
    const told = (more > 1 ? workloads.slice(0, MOST_NAMES) : workloads).map((one) => this.name(one));
    return commas(more > 1 ? [...told, `and ${more} more`] : told);
  }
}

/** The workloads of a list. There may be thousands of lists with thousands in each, so that as little as can be is kept of one. */
class Inside {
  private readonly sorted: Int32Array;
  private known: ReadonlyMap<string, readonly Workload[]> | undefined;

  constructor(
    readonly workloads: readonly Workload[],
    private readonly placeOf: ReadonlyMap<Workload, number>,
  ) {
    this.sorted = Int32Array.from(workloads, (one) => placeOf.get(one) as number).sort();
  }

  get size(): number {
    return this.sorted.length;
  }

  get byNamespace(): ReadonlyMap<string, readonly Workload[]> {
    this.known ??= byNamespace(this.workloads);
    return this.known;
  }

  has(workload: Workload): boolean {
    const wanted = this.placeOf.get(workload) ?? -1;
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle] as number) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return wanted >= 0 && this.sorted[low] === wanted;
  }
}

/** A list beside workloads that were told before. */
interface Apart {
  /** All of them, or more than are ever named. */
  readonly lacking: readonly Workload[];
  /** Left out where too many are lacking. */
  readonly others: readonly Workload[];
}

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
