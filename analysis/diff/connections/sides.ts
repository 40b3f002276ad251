import { type Cluster, peerText, type Workload } from '../../connectivity';
import { NONE, type PortSet } from '../../connectivity/engine/port-sets';
import type { Ports } from '../../connectivity/ports';

/** A workload that is on both sides, by its place on each. */
export interface Common {
  readonly workload: Workload;
  readonly before: number;
  readonly after: number;
}

/** The workloads of two clusters: on both sides, and on one alone. */
export function matched(before: Cluster, after: Cluster) {
  const places = new Map(before.workloads.map((workload, place) => [peerText(workload), place]));
  const common: Common[] = [];
  const added: Workload[] = [];
  for (const [place, workload] of after.workloads.entries()) {
    const old = places.get(peerText(workload));
    if (old === undefined) {
      added.push(workload);
    } else {
      common.push({ workload, before: old, after: place });
      places.delete(peerText(workload));
    }
  }
  return { common, added, removed: [...places.values()].map((place) => before.workloads[place] as Workload) };
}

/** Sets of ports of two clusters, of which each counts its own: equal ones are one number here. */
export class SharedPorts {
  private readonly ids = new Map<string, number>([['', 0]]);
  private readonly known = {
    before: new Map<PortSet, number>([[NONE, 0]]),
    after: new Map<PortSet, number>([[NONE, 0]]),
  };
  private readonly ports: (Ports | null)[] = [null];

  constructor(private readonly portsOf: { readonly [side in 'before' | 'after']: (set: PortSet) => Ports }) {}

  /** The number of a set; 0 for no port. */
  idOf(side: 'before' | 'after', set: PortSet): number {
    let id = this.known[side].get(set);
    if (id === undefined) {
      const ports = this.portsOf[side](set);
      const key = JSON.stringify(ports);
      id = this.ids.get(key) ?? this.ports.push(ports) - 1;
      this.ids.set(key, id);
      this.known[side].set(set, id);
    }
    return id;
  }

  /** The ports of a number; `null` for none. */
  of(id: number): Ports | null {
    return this.ports[id] as Ports | null;
  }
}
