import { NONE, type PortSet, type PortSets } from './engine/port-sets';
import type { Openings } from './engine/segments';
import type { Peer } from './peer';
import type { ConnectionPart } from './types';
import type { Row } from './workload-rows';

/** So many connections stand in the parts that are known. */
const MOST = 200_000;

/** Turns what is open from a source into parts of its row: what many sources have alike is the same part. */
export class ConnectionParts {
  private readonly inside = new Map<Row, ConnectionPart>();
  private readonly outside = new Map<Openings, ConnectionPart>();
  private size = 0;

  /** @param sets what the ports in a row are numbers of, when it is asked for */
  constructor(
    private readonly all: readonly Peer[],
    private readonly sets: () => PortSets,
  ) {}

  /** The targets of a row but the source itself. */
  ofRow(row: Row, source: number): ConnectionPart {
    return row.places.includes(source)
      ? this.part(row.places, row.ports, source)
      : this.known(this.inside, row, () => this.part(row.places, row.ports));
  }

  /** The addresses outside to which something is open; the first of them stands behind so many workloads. */
  ofOpenings(openings: Openings, workloads: number, externals: number): ConnectionPart {
    return this.known(this.outside, openings, () => {
      const to: Peer[] = [];
      const ports: ConnectionPart['ports'][number][] = [];
      openings.runs(externals, (start, end, set) => {
        const open = this.sets().portsOf(set);
        for (let range = start; range < end; range++) {
          to.push(this.all[workloads + range] as Peer);
          ports.push(open);
        }
      });
      return { to, ports };
    });
  }

  private known<Key>(memory: Map<Key, ConnectionPart>, key: Key, make: () => ConnectionPart): ConnectionPart {
    let part = memory.get(key);
    if (part === undefined) {
      part = make();
      this.size += part.to.length;
      if (this.size > MOST) {
        this.inside.clear();
        this.outside.clear();
        this.size = part.to.length;
      }
      memory.set(key, part);
    }
    return part;
  }

  private part(places: ArrayLike<number>, sets: ArrayLike<PortSet>, source = -1): ConnectionPart {
    const to: Peer[] = [];
    const ports: ConnectionPart['ports'][number][] = [];
    const all = this.sets();
    for (let at = 0; at < places.length; at++) {
      if (places[at] !== source && sets[at] !== NONE) {
        to.push(this.all[places[at] as number] as Peer);
        ports.push(all.portsOf(sets[at] as PortSet));
      }
    }
    return { to, ports };
  }
}
