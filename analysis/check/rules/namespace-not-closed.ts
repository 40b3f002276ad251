import type { Facts } from '../facts/facts';
import { isolation } from '../facts/isolation';
import { workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `namespace-not-closed` hold. */
export interface NamespaceNotClosed {
  readonly namespace: string;
  /** Some of the workloads to which everybody may connect. */
  readonly workloads: readonly string[];
  readonly count: number;
}

/** A namespace with workloads that no policy selects for ingress, so that everybody may connect to them. */
export const rule = defineRule({
  code: 'namespace-not-closed',
  severity: 'info',
  offByDefault: true,
  reads: ['NetworkPolicy', 'Namespace', 'workloads'],
  *check(facts: Facts): Generator<Found<NamespaceNotClosed>> {
    const isolated = facts.once(isolation);
    for (const namespace of facts.pods.namespaces) {
      const open = facts.pods
        .in(namespace)
        .filter((workload) => !workload.onNode && isolated.of(workload, 'ingress').length === 0);
      const [first] = open;
      if (first !== undefined) {
        const declared = facts.namespaces.declared.get(namespace);
        yield {
          manifest: declared ?? first.manifest,
          path: ['metadata'],
          args: { namespace, workloads: open.slice(0, 3).map(workloadText), count: open.length },
        };
      }
    }
  },
});
