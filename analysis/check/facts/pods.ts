import { LabelIndex } from '../../connectivity/engine/label-index';
import { type Selector, selectorKey } from '../../connectivity/selector';
import { listIn } from '../../manifest/lists';
import type { WorkloadFacts } from './workloads';

/** Finds workloads by the labels of their pods; what was found once is kept. */
export class PodSelection {
  private readonly byNamespace = new Map<string, WorkloadFacts[]>();
  private readonly indices = new Map<string, { keys: ReadonlySet<string>; labels: LabelIndex }>();
  private readonly found = new Map<string, readonly WorkloadFacts[]>();

  constructor(readonly all: readonly WorkloadFacts[]) {
    for (const workload of all) {
      listIn(this.byNamespace, workload.namespace).push(workload);
    }
  }

  /** The namespaces that have workloads. */
  get namespaces(): readonly string[] {
    return [...this.byNamespace.keys()];
  }

  /** The workloads of a namespace. */
  in(namespace: string): readonly WorkloadFacts[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** The workloads of a namespace whose pods a selector matches, also those on the network of their node. */
  select(selector: Selector, namespace: string): readonly WorkloadFacts[] {
    if (selector.length === 0) {
      return this.in(namespace);
    }
    const key = `${namespace} ${selectorKey(selector)}`;
    let found = this.found.get(key);
    if (found === undefined) {
      const own = this.in(namespace);
      found = this.indexOf(namespace, own, selector)
        .select(selector)
        .map((id) => own[id] as WorkloadFacts);
      this.found.set(key, found);
    }
    return found;
  }

  /** The same in several namespaces, one after the other: who only wants to know of one asks no further. */
  *selectIn(selector: Selector, namespaces: Iterable<string>): Generator<WorkloadFacts> {
    for (const namespace of namespaces) {
      yield* this.select(selector, namespace);
    }
  }

  private indexOf(namespace: string, own: readonly WorkloadFacts[], selector: Selector): LabelIndex {
    const before = this.indices.get(namespace);
    const wanted = selector.map(({ key }) => key);
    if (before !== undefined && wanted.every((key) => before.keys.has(key))) {
      return before.labels;
    }
    const keys = new Set([...(before?.keys ?? []), ...wanted]);
    const labels = new LabelIndex(
      own.map((workload) => workload.labels),
      keys,
    );
    this.indices.set(namespace, { keys, labels });
    return labels;
  }
}
