import type { PortSpec } from '../model';
import { PairMemory } from './memory';
import { ALL, NONE, type PortSet, type PortSets } from './port-sets';

/** The ports of rules, as a number that equal specifications share; `NONE` and `ALL` are what they are as sets. */
export type SpecId = number;

/** What a pod's named ports stand for, as a number that pods with the same names share. */
export type TableId = number;

/** The table of who has no named port. */
export const NO_NAMES: TableId = 0;

/** Every specification of ports that occurs, once, and what each comes to at a pod. */
export class PortSpecs {
  private readonly specs: PortSpec[] = [];
  /** By specification: its numbers, and whether it has names. */
  private readonly numbers: PortSet[] = [];
  private readonly named: boolean[] = [];
  private readonly specIds = new Map<string, SpecId>();
  private readonly tables: ReadonlyMap<string, PortSet>[] = [];
  private readonly tableIds = new Map<string, TableId>();
  /** By set of ports: the specification that is just these, without names. */
  private readonly ofNumbers: (SpecId | undefined)[] = [];
  private readonly resolved = new PairMemory();

  constructor(private readonly sets: PortSets) {
    this.intern({ numbers: NONE, names: [] });
    this.intern({ numbers: ALL, names: [] });
    this.internTable(new Map());
  }

  intern({ numbers, names }: PortSpec): SpecId {
    const spec: PortSpec = numbers === ALL ? { numbers, names: [] } : { numbers, names };
    const key = `${numbers} ${spec.names.join(' ')}`;
    let id = this.specIds.get(key);
    if (id === undefined) {
      id = this.specs.push(spec) - 1;
      this.numbers.push(numbers);
      this.named.push(spec.names.length > 0);
      this.specIds.set(key, id);
    }
    return id;
  }

  union(a: SpecId, b: SpecId): SpecId {
    if (a === b || b === NONE || a === ALL) {
      return a;
    }
    if (!this.named[a] && !this.named[b]) {
      return this.just(this.sets.union(this.numbers[a] as PortSet, this.numbers[b] as PortSet));
    }
    const [left, right] = [this.specs[a] as PortSpec, this.specs[b] as PortSpec];
    return this.intern({
      numbers: this.sets.union(left.numbers, right.numbers),
      names: [...new Set([...left.names, ...right.names])].sort(),
    });
  }

  /** What any of several specifications names; what they are on the way there is not kept. */
  unionOf(all: readonly SpecId[]): SpecId {
    const distinct = [...new Set(all)].filter((spec) => spec !== NONE);
    if (distinct.length <= 2) {
      return this.union(distinct[0] ?? NONE, distinct[1] ?? NONE);
    }
    const specs = distinct.map((spec) => this.specs[spec] as PortSpec);
    const numbers = this.sets.unionOf(specs.map((spec) => spec.numbers));
    const names = new Set(specs.flatMap((spec) => spec.names));
    return names.size === 0 ? this.just(numbers) : this.intern({ numbers, names: [...names].sort() });
  }

  private just(numbers: PortSet): SpecId {
    let spec = this.ofNumbers[numbers];
    if (spec === undefined) {
      spec = this.intern({ numbers, names: [] });
      this.ofNumbers[numbers] = spec;
    }
    return spec;
  }

  specOf(spec: SpecId): PortSpec {
    return this.specs[spec] as PortSpec;
  }

  hasNames(spec: SpecId): boolean {
    return this.named[spec] as boolean;
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
    if (table === NO_NAMES || !this.named[spec]) {
      return this.numbers[spec] as PortSet;
    }
    let ports = this.resolved.get(spec, table);
    if (ports === undefined) {
      const { numbers, names } = this.specs[spec] as PortSpec;
      const named = this.tables[table] as ReadonlyMap<string, PortSet>;
      ports = this.sets.unionOf([numbers, ...names.map((name) => named.get(name) ?? NONE)]);
      this.resolved.set(spec, table, ports);
    }
    return ports;
  }
}
