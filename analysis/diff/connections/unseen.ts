import type { Ports, UnseenConnection, Workload } from '../../connectivity';
import type { PortSet } from '../../connectivity/engine/port-sets';
import type { Direction } from '../../connectivity/model';
import type { Pair } from '../../connectivity/unseen/pair';
import type { Unseen } from '../../connectivity/unseen/unseen';
import type { Common } from './sides';

/** What is compiled of one side. */
interface Compiled {
  readonly unseen: Unseen;
  readonly sets: { portsOf(set: PortSet): Ports };
  readonly between: (from: number, to: number) => PortSet;
}

/** Pods that no manifest shows and that may have other ports with a workload than before. */
export interface UnseenDifference {
  readonly workload: Workload;
  readonly direction: Direction;
  readonly before: UnseenConnection | null;
  readonly after: UnseenConnection | null;
  /** Whether a connection of the manifests tells the same. */
  readonly isMet: boolean;
}

/**
 * Compares what pods may do that are not among the manifests. Each pair of selectors that has a row on either side is asked of both: a row
 * that goes may still be open by a broader one, and is then not closed.
 */
export function unseenDifferences(
  before: Compiled,
  after: Compiled,
  common: readonly Common[],
): readonly UnseenDifference[] {
  const known = new Memory();
  return common.flatMap(({ workload, ...places }) =>
    (['ingress', 'egress'] as const).flatMap((direction) => {
      const [old, changed] = [
        before.unseen.openings(places.before, direction),
        after.unseen.openings(places.after, direction),
      ];
      if (known.isSame(old, changed, () => rowsKey(old, before) === rowsKey(changed, after))) {
        return [];
      }
      const pairs = new Map([...old, ...changed].map(({ pair }) => [pair.key, pair]));
      return [...pairs.values()].flatMap((pair): UnseenDifference[] => {
        const sides = [
          new End(before, places.before, direction, pair),
          new End(after, places.after, direction, pair),
        ] as const;
        const [was, is] = sides;
        if (JSON.stringify(was.ports) === JSON.stringify(is.ports)) {
          return [];
        }
        const isMet = sides.every((side) => side.isMet());
        return [{ workload, direction, before: was.row(workload), after: is.row(workload), isMet }];
      });
    }),
  );
}

/** A workload, and pods of a pair, on one side. */
class End {
  private readonly set: PortSet;
  readonly ports: Ports;

  constructor(
    private readonly side: Compiled,
    private readonly place: number,
    private readonly direction: Direction,
    private readonly pair: Pair,
  ) {
    this.set = side.unseen.portsWith(place, direction, pair);
    this.ports = side.sets.portsOf(this.set);
  }

  row(workload: Workload): UnseenConnection | null {
    const { ports } = this;
    const peer = this.side.unseen.peer(this.pair);
    return ports.length === 0
      ? null
      : this.direction === 'ingress'
        ? { from: peer, to: workload, ports }
        : { from: workload, to: peer, ports };
  }

  /** Nothing that is open needs nobody to tell it. */
  isMet(): boolean {
    const { unseen, between } = this.side;
    const ask = (other: number) =>
      this.direction === 'ingress' ? between(other, this.place) : between(this.place, other);
    return (
      this.ports.length === 0 || unseen.isMet({ pair: this.pair, ports: this.set }, this.direction, this.place, ask)
    );
  }
}

type Openings = ReturnType<Unseen['openings']>;

function rowsKey(openings: Openings, { sets }: Compiled): string {
  return JSON.stringify(openings.map(({ pair, ports }) => [pair.key, sets.portsOf(ports)]).sort());
}

/** Thousands of workloads have the same lists: each pair of lists is compared once. */
class Memory {
  private readonly known = new Map<Openings, Map<Openings, boolean>>();

  isSame(before: Openings, after: Openings, compare: () => boolean): boolean {
    const own = this.known.get(before) ?? new Map<Openings, boolean>();
    this.known.set(before, own);
    const same = own.get(after) ?? compare();
    own.set(after, same);
    return same;
  }
}
