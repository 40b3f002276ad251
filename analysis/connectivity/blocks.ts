import { ADDRESSES_END, type AddressRange, IPV6_START, without } from './addresses';
import type { Pod, PodOwner, Rule } from './model';
import { blocksOfPods } from './networks';

/** What is known of the nodes of a cluster. */
export interface Nodes {
  /** Addresses of nodes by their names. */
  readonly byName: ReadonlyMap<string, readonly bigint[]>;
  /** All addresses that nodes may have; empty where nobody knows. */
  readonly ranges: readonly AddressRange[];
}

/** Which pods the `ipBlock`s of rules match beside addresses outside. */
export interface BlockOptions {
  readonly nodes: Nodes;
  /** All addresses that pods may have of which no manifest tells any; empty where nobody knows. */
  readonly pods: readonly AddressRange[];
  /** `outside`: none but those on the network of their node; `everywhere`: all pods. */
  readonly ipBlocks: 'outside' | 'everywhere';
}

/** Which blocks, by number, hold a pod, and of which nobody knows. */
export interface Held {
  readonly id: number;
  readonly sure: ReadonlySet<number>;
  readonly doubtful: ReadonlySet<number>;
}

/** Which blocks hold pods, each of the different answers once, and whether some block holds one, or may hold one. */
export interface HeldPods {
  readonly all: readonly Held[];
  readonly sure: boolean;
  readonly doubtful: boolean;
}

const FAMILIES: readonly AddressRange[] = [
  { start: 0n, end: IPV6_START },
  { start: IPV6_START, end: ADDRESSES_END },
];

/** Every different block of addresses that rules speak of, and which pods it holds. */
export class Blocks {
  /** The addresses of each block. */
  readonly all: (readonly AddressRange[])[] = [];
  private readonly ids = new Map<string, number>();
  private readonly known = new Map<string, Held>();
  private bounds: readonly bigint[] | undefined;

  constructor(private readonly options: BlockOptions) {}

  /** The same rules, each with the number of its block, if it has one. */
  numbered<Some extends Rule>(rules: readonly Some[]): readonly Some[] {
    return rules.map((rule) => {
      const block = this.of(rule);
      return block === undefined ? rule : { ...rule, block };
    });
  }

  /** The number of the block of a rule, if it has one. */
  of({ addresses, everybody }: Pick<Rule, 'addresses' | 'everybody'>): number | undefined {
    return addresses.length === 0 || everybody ? undefined : this.idOf(addresses);
  }

  /** The same pod with the blocks that hold it. All rules have to be numbered by then. */
  placed(pod: Pod): Pod {
    return this.all.length > 0 && (pod.onNode || this.options.ipBlocks === 'everywhere')
      ? { ...pod, held: this.held(pod) }
      : pod;
  }

  /** What would be known of pods of the cluster network, if blocks matched pods. All rules have to be numbered by then. */
  heldPods(owners: readonly PodOwner[]): HeldPods {
    const pods = this.all.length === 0 ? [] : owners.flatMap((owner) => owner.pods).filter(({ onNode }) => !onNode);
    const all = [...new Set(pods.map((pod) => this.held(pod)))];
    return {
      all,
      sure: all.some(({ sure }) => sure.size > 0),
      doubtful: all.some(({ doubtful }) => doubtful.size > 0),
    };
  }

  private idOf(addresses: readonly AddressRange[]): number {
    const key = addresses.map(({ start, end }) => `${start}-${end}`).join(',');
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.all.push(addresses) - 1;
      this.ids.set(key, id);
    }
    return id;
  }

  private held(pod: Pod): Held {
    const { ranges, isExact } = pod.onNode ? { ranges: this.nodeRanges(pod), isExact: false } : this.podRanges(pod);
    const isAssumed = !pod.onNode && ranges.length === 0;
    const own = isAssumed ? blocksOfPods() : ranges;
    // No block tells apart addresses between the same two bounds.
    const bounds = own.map(({ start, end }) => `${this.boundOf(start)}-${this.boundOf(end - 1n)}`);
    const key = `${isExact} ${isAssumed} ${bounds.join(',')}`;
    let held = this.known.get(key);
    if (held === undefined) {
      const answers = this.all.map((block) => holds(block, own, { isExact, isAssumed }));
      const places = (answer: Answer) => new Set([...answers.keys()].filter((id) => answers[id] === answer));
      held = { id: this.known.size, sure: places('yes'), doubtful: places('unknown') };
      this.known.set(key, held);
    }
    return held;
  }

  /** All addresses that a pod of the cluster network has, or may have. */
  private podRanges({ addresses = [] }: Pod): { readonly ranges: readonly AddressRange[]; readonly isExact: boolean } {
    return addresses.length > 0
      ? { ranges: single(addresses), isExact: true }
      : { ranges: this.options.pods, isExact: false };
  }

  /** How many bounds are not behind an address. */
  private boundOf(address: bigint): number {
    this.bounds ??= [...new Set(this.all.flat().flatMap(({ start, end }) => [start, end]))].sort((a, b) =>
      a < b ? -1 : 1,
    );
    let low = 0;
    let high = this.bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.bounds[middle] as bigint) <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** All addresses that the node of a pod may have. */
  private nodeRanges({ addresses = [], nodeName }: Pod): readonly AddressRange[] {
    const { byName, ranges } = this.options.nodes;
    const own = addresses.length > 0 ? addresses : (byName.get(nodeName ?? '') ?? []);
    return own.length === 0 ? ranges : single(own);
  }
}

type Answer = 'yes' | 'no' | 'unknown';

/**
 * Whether a block holds a pod that has some of these addresses. A block of a whole family holds everybody; of two families,
 * it is enough to be held in one.
 *
 * @param isExact whether the pod has all of these addresses; else it has some of them, and nobody knows which, or where
 *   there are none, it may have any
 * @param isAssumed whether it is not known to have an address of any of the two families
 */
function holds(
  block: readonly AddressRange[],
  own: readonly AddressRange[],
  { isExact, isAssumed }: { readonly isExact: boolean; readonly isAssumed: boolean },
): Answer {
  if (FAMILIES.some((family) => without(family, block).length === 0)) {
    return 'yes';
  }
  if (own.length === 0) {
    return 'unknown';
  }
  const shares = own.map((range) => ({ range, left: without(range, block) }));
  const isHeld = FAMILIES.some(({ start, end }) => {
    const ofFamily = shares.filter(({ range }) => range.start >= start && range.start < end);
    return ofFamily.length > 0 && ofFamily.every(({ left }) => left.length === 0);
  });
  if (isHeld) {
    return isAssumed ? 'unknown' : 'yes';
  }
  const isApart = shares.every(
    ({ range, left: [first] }) => first !== undefined && first.start === range.start && first.end === range.end,
  );
  return isApart ? 'no' : isExact ? 'yes' : 'unknown';
}

function single(addresses: readonly bigint[]): readonly AddressRange[] {
  return addresses.map((start) => ({ start, end: start + 1n }));
}
