import { listIn } from '../../manifest/lists';
import { LabelIndex } from '../engine/label-index';
import type { Pod, PodOwner, Service } from '../model';

/** A workload, and those of its pods that a Service selects; at least one. */
export interface Selected {
  readonly owner: PodOwner;
  readonly pods: readonly Pod[];
}

interface Entry {
  readonly owner: PodOwner;
  readonly pod: Pod;
}

/** Finds the pods behind Services: a namespace may have thousands of either. */
export class ServicePods {
  private readonly entries = new Map<string, Entry[]>();
  private readonly keys = new Map<string, Set<string>>();
  private readonly indices = new Map<string, LabelIndex>();

  constructor(owners: readonly PodOwner[], services: readonly Service[]) {
    for (const owner of owners) {
      for (const pod of owner.pods) {
        listIn(this.entries, owner.workload.namespace).push({ owner, pod });
      }
    }
    for (const { namespace, selector } of services) {
      const keys = this.keys.get(namespace) ?? new Set();
      this.keys.set(namespace, keys);
      for (const key of selector.keys()) {
        keys.add(key);
      }
    }
  }

  /** The workloads that a Service selects, in their order; none where it has no selector. */
  of({ namespace, selector }: Service): readonly Selected[] {
    if (selector.size === 0) {
      return [];
    }
    const requirements = [...selector].map(([key, value]) => ({
      key,
      operator: 'In' as const,
      values: new Set([value]),
    }));
    const entries = this.entries.get(namespace) ?? [];
    const selected = new Map<PodOwner, Pod[]>();
    for (const id of this.index(namespace).select(requirements)) {
      const { owner, pod } = entries[id] as Entry;
      listIn(selected, owner).push(pod);
    }
    return [...selected].map(([owner, pods]) => ({ owner, pods }));
  }

  private index(namespace: string): LabelIndex {
    let index = this.indices.get(namespace);
    if (index === undefined) {
      const labels = (this.entries.get(namespace) ?? []).map(({ pod }) => pod.labels);
      index = new LabelIndex(labels, this.keys.get(namespace) ?? new Set());
      this.indices.set(namespace, index);
    }
    return index;
  }
}
