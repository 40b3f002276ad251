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

/** Names many peers in few words. */
export class Crowd {
  private readonly inNamespace = new Map<string, Workload[]>();
  /** How many workloads have a name within their namespace. */
  private readonly namesakes = new Map<string, number>();
  private readonly places: ReadonlyMap<External, number>;

  constructor(
    private readonly workloads: readonly Workload[],
    private readonly externals: readonly External[],
  ) {
    for (const workload of workloads) {
      listIn(this.inNamespace, workload.namespace).push(workload);
      const key = keyOf(workload);
      this.namesakes.set(key, (this.namesakes.get(key) ?? 0) + 1);
    }
    this.places = new Map(externals.map((range, place) => [range, place]));
  }

  /**
   * Peers in words, each of which may begin a line.
   *
   * @param beside workloads that are not expected among the peers: a workload is not connected to itself
   */
  words(peers: readonly Peer[], beside: readonly Workload[] = [], told?: Told): readonly string[] {
    const inside = peers.filter((peer): peer is Workload => !isExternal(peer));
    const outside = peers.filter(isExternal);
    return joined([...this.inside(inside, beside, told), ...this.outside(outside)]);
  }

  /** Workloads in words, each by its name. */
  all(workloads: readonly Workload[]): readonly string[] {
    return joined(
      this.byNamespace(workloads).map(([namespace, names]) => [`${namespace}: ${names[0]}`, ...names.slice(1)]),
    );
  }

  /** Workloads by namespace: its name, and theirs as words. */
  byNamespace(workloads: readonly Workload[]): readonly (readonly [string, readonly string[]])[] {
    const found = new Map<string, Workload[]>();
    for (const workload of workloads) {
      listIn(found, workload.namespace).push(workload);
    }
    return [...found].map(([namespace, own]) => [namespace, this.names(own)]);
  }

  /** As `--from` and `--to` know it: the kind is told only where the namespace has two of the name. */
  name(workload: Workload): string {
    return (this.namesakes.get(keyOf(workload)) ?? 0) > 1 ? `${workload.kind}/${workload.name}` : workload.name;
  }

  private inside(peers: readonly Workload[], beside: readonly Workload[], told?: Told): readonly (readonly string[])[] {
    if (peers.length === 0) {
      return [];
    }
    const among = new Set(peers);
    const expected = this.workloads.filter((workload) => beside.length !== 1 || workload !== beside[0]);
    const missing = expected.filter((workload) => !among.has(workload));
    if (missing.length === 0 && expected.length > 1) {
      return [['every workload']];
    }
    if (missing.length > 0 && missing.length <= FEW && missing.length * 3 < expected.length) {
      return [['every workload but', ...commas(missing.map((one) => `${one.namespace}/${this.name(one)}`))]];
    }
    const expectedTold = (told?.workloads ?? []).filter((one) => beside.length !== 1 || one !== beside[0]);
    const lacking = expectedTold.filter((one) => !among.has(one));
    if (told !== undefined && lacking.length <= FEW && expectedTold.length > 2 * (FEW + lacking.length)) {
      const but =
        lacking.length === 0 ? [] : ['but', ...commas(lacking.map((one) => `${one.namespace}/${this.name(one)}`))];
      const named = new Set(expectedTold);
      return [
        [told.text, ...but],
        ...this.inside(
          peers.filter((one) => !named.has(one)),
          beside,
        ),
      ];
    }
    return this.byNamespace(peers).map(([namespace, names]) => {
      const own = (this.inNamespace.get(namespace) ?? []).filter((one) => beside.length !== 1 || one !== beside[0]);
      const isAll = own.length > 1 && own.every((one) => among.has(one));
      return isAll ? [`${namespace}: all ${own.length}`] : [`${namespace}: ${names[0]}`, ...names.slice(1)];
    });
  }

  private outside(ranges: readonly External[]): readonly (readonly string[])[] {
    if (ranges.length > 0 && ranges.length === this.externals.length) {
      return [['any address']];
    }
    return runsOf(ranges, this.places).map((range) => [peerLabel(range)]);
  }

  private names(workloads: readonly Workload[]): readonly string[] {
    const more = workloads.length - MOST_NAMES;
    const told = (more > 1 ? workloads.slice(0, MOST_NAMES) : workloads).map((one) => this.name(one));
    return commas(more > 1 ? [...told, `and ${more} more`] : told);
  }
}

/** Parts one behind the other, of very many the first. */
function joined(parts: readonly (readonly string[])[]): readonly string[] {
  const more = parts.length - MOST_PARTS;
  const first = more > 1 ? [...parts.slice(0, MOST_PARTS), [`and ${more} more`]] : parts;
  return first.flatMap((part, index) =>
    part.map((word, place) => `${word}${place < part.length - 1 || index === first.length - 1 ? '' : ';'}`),
  );
}

function commas(words: readonly string[]): readonly string[] {
  return words.map((word, index) => (index === words.length - 1 ? word : `${word},`));
}

function keyOf({ namespace, name }: Workload): string {
  return `${namespace}/${name}`;
}
