import type { PortSpec } from '../model';
import { remember } from './memory';
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
  private readonly specIds = new Map<string, SpecId>();
  private readonly tables: ReadonlyMap<string, PortSet>[] = [];
  private readonly tableIds = new Map<string, TableId>();
  private readonly resolved = new Map<number, PortSet>();

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
      this.specIds.set(key, id);
    }
    return id;
  }

  union(a: SpecId, b: SpecId): SpecId {
    if (a === b || b === NONE || a === ALL) {
      return a;
    }
    const [left, right] = [this.specs[a] as PortSpec, this.specs[b] as PortSpec];
    return this.intern({
      numbers: this.sets.union(left.numbers, right.numbers),
      names: [...new Set([...left.names, ...right.names])].sort(),
    });
  }

  hasNames(spec: SpecId): boolean {
    return (this.specs[spec] as PortSpec).names.length > 0;
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
    const { numbers, names } = this.specs[spec] as PortSpec;
    if (table === NO_NAMES || names.length === 0) {
      return numbers;
    }
    const key = spec * 2 ** 26 + table;
    let ports = this.resolved.get(key);
    if (ports === undefined) {
      const named = this.tables[table] as ReadonlyMap<string, PortSet>;
      ports = names.reduce((open, name) => this.sets.union(open, named.get(name) ?? NONE), numbers);
      remember(this.resolved, key, ports);
    }
    return ports;
  }
}
