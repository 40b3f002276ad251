import { NONE, type PortSet, type PortSets } from './port-sets';
import type { Row } from './rows';
import type { Side } from './side';

/**
 * Workloads as one end of connections: those whose pods fall into the same classes are one group. A workload has more
 * than one class only where several manifests tell of its pods; what one of its pods may do, the workload may.
 */
export class Ends {
  /** The group of each workload. */
  readonly groupOf: Int32Array;
  /** The workloads of each group, in ascending order. */
  readonly members: number[][] = [];
  /** The same, one behind the other, and where those of each group begin. */
  readonly places: Int32Array;
  readonly firstPlace: Int32Array;
  /** The classes of each group. */
  readonly classesOf: (readonly number[])[] = [];
  private readonly groupsOfClass: number[][];
  /** By class: the first of its groups. */
  private readonly groupOfClass: Int32Array;
  private oneToOne: boolean | undefined;
  /** The groups of the row that was gathered last. */
  private readonly gathered: Int32Array;

  constructor(side: Side, archetypesOfOwner: readonly (readonly number[])[]) {
    this.groupOf = new Int32Array(archetypesOfOwner.length);
    this.groupsOfClass = side.profileOf.map((): number[] => []);
    const ids = new Map<string, number>();
    for (const [workload, pods] of archetypesOfOwner.entries()) {
      const classes = [...new Set(pods.map((pod) => side.classOf[pod] as number))].sort((a, b) => a - b);
      const key = classes.join(' ');
      let id = ids.get(key);
      if (id === undefined) {
        id = this.members.push([]) - 1;
        this.classesOf.push(classes);
        ids.set(key, id);
        for (const podClass of classes) {
          this.groupsOfClass[podClass]?.push(id);
        }
      }
      this.groupOf[workload] = id;
      this.members[id]?.push(workload);
    }
    this.firstPlace = new Int32Array(this.members.length + 1);
    for (const [group, own] of this.members.entries()) {
      this.firstPlace[group + 1] = (this.firstPlace[group] as number) + own.length;
    }
    this.places = Int32Array.from(this.members.flat());
    this.gathered = new Int32Array(this.members.length);
    this.groupOfClass = Int32Array.from(this.groupsOfClass, (groups) => groups[0] as number);
  }

  /** The groups behind the classes of some rows, with everything that any of their classes has: good until the next ones. */
  gather(rows: readonly Row[], sets: PortSets): GroupRow {
    const [only] = rows;
    if (rows.length === 1 && only !== undefined && this.isOneToOne) {
      const { groupOfClass, gathered } = this;
      const { classes, ports } = only;
      for (let at = 0; at < classes.length; at++) {
        gathered[at] = groupOfClass[classes[at] as number] as number;
      }
      return { groups: gathered.subarray(0, classes.length), ports };
    }
    const ports = new Map<number, PortSet>();
    for (const row of rows) {
      for (const [at, podClass] of row.classes.entries()) {
        for (const group of this.groupsOfClass[podClass] as readonly number[]) {
          ports.set(group, sets.union(ports.get(group) ?? NONE, row.ports[at] as PortSet));
        }
      }
    }
    return { groups: Int32Array.from(ports.keys()), ports: Int32Array.from(ports.values()) };
  }

  /** Whether each group has one class of its own, as it is where no workload has different pods. */
  private get isOneToOne(): boolean {
    this.oneToOne ??=
      this.classesOf.every(({ length }) => length === 1) && this.groupsOfClass.every(({ length }) => length === 1);
    return this.oneToOne;
  }
}

/** The groups of targets to which one group of sources may connect, in no order, and on which ports; never on none. */
export interface GroupRow {
  readonly groups: Int32Array;
  readonly ports: Int32Array;
}
