import type { PortSpec } from '../model';
import { PairMemory } from './memory';
import { ALL, NONE, type PortSet, type PortSets } from './port-sets';

/**
 * The ports of rules, as a number that equal specifications share: without names it is their set of ports, and else below that
 * of nothing known, -1.
 */
export type SpecId = number;

/** What a pod's named ports stand for, as a number that pods with the same names share. */
export type TableId = number;

/** The table of who has no named port. */
export const NO_NAMES: TableId = 0;

/** No names. */
const NO_KEYS: readonly string[] = [];

/** So many numbers are below 0 and stand for no specification. */
const BEFORE = 2;

/** Every specification of ports that occurs, once, and what each comes to at a pod. */
export class PortSpecs {
  /** Those with names. */
  private readonly named: PortSpec[] = [];
  private readonly namedIds = new Map<string, SpecId>();
  private readonly tableIds = new Map<string, TableId>([['', NO_NAMES]]);
  private readonly resolved = new PairMemory();

  constructor(
    private readonly sets: PortSets,
    private readonly tables: ReadonlyMap<string, PortSet>[] = [new Map()],
  ) {}

  /** How many have names. */
  get size(): number {
    return this.named.length;
  }

  /** These with other sets, which know the ports of so many of those with names by the same numbers. */
  first(named: number, sets: PortSets): PortSpecs {
    const specs = new PortSpecs(sets, this.tables);
    for (const spec of this.named.slice(0, named)) {
      specs.intern(spec);
    }
    return specs;
  }

  intern({ numbers, names }: PortSpec): SpecId {
    if (numbers === ALL || names.length === 0) {
      return numbers;
    }
    const key = `${numbers} ${names.join(' ')}`;
    let id = this.namedIds.get(key);
    if (id === undefined) {
      id = 1 - BEFORE - this.named.push({ numbers, names });
      this.namedIds.set(key, id);
    }
    return id;
  }

  union(a: SpecId, b: SpecId): SpecId {
    if (a === b || b === NONE || a === ALL) {
      return a;
    }
    return this.hasNames(a) || this.hasNames(b) ? this.unionOf([a, b]) : this.sets.union(a, b);
  }

  /** What any of several specifications names; what they are on the way there is not kept. */
  unionOf(all: readonly SpecId[]): SpecId {
    if (!all.some((spec) => this.hasNames(spec))) {
      return this.sets.unionOf(all);
    }
    const specs = all.map((spec) => this.specOf(spec));
    return this.intern({
      numbers: this.sets.unionOf(specs.map(({ numbers }) => numbers)),
      names: [...new Set(specs.flatMap(({ names }) => names))].sort(),
    });
  }

  specOf(spec: SpecId): PortSpec {
    return this.hasNames(spec) ? (this.named[-BEFORE - spec] as PortSpec) : { numbers: spec, names: NO_KEYS };
  }

  hasNames(spec: SpecId): boolean {
    return spec < 0;
  }

  internTable(table: ReadonlyMap<string, PortSet>): TableId {
    const key = [...table]
      .map((entry) => entry.join(' '))
      .sort()
      .join(' ');
    let id = this.tableIds.get(key);
    if (id === undefined) {
      id = this.tables.push(table) - 1;
      this.tableIds.set(key, id);
    }
    return id;
  }

  /** The ports that a specification opens to a pod with these named ports. */
  resolve(spec: SpecId, table: TableId): PortSet {
    if (!this.hasNames(spec)) {
      return spec;
    }
    let ports = this.resolved.get(spec, table);
    if (ports === undefined) {
      const { numbers, names } = this.specOf(spec);
      const named = this.tables[table] as ReadonlyMap<string, PortSet>;
      ports = this.sets.unionOf([numbers, ...names.map((name) => named.get(name) ?? NONE)]);
      this.resolved.set(spec, table, ports);
    }
    return ports;
  }
}
