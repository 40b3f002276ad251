import type { Facts } from '../facts/facts';
import { otherHome } from '../facts/home';
import { selectorText } from '../facts/selector-text';
import { defineRule, type Found } from '../rule';

/** What the findings of `policy-in-wrong-namespace` hold. */
export interface PolicyInWrongNamespace {
  readonly selector: string;
  readonly namespace: string;
  /** Whether the manifest names its namespace. */
  readonly isWritten: boolean;
  /** The namespace whose pods it fits. */
  readonly home: string;
}

/** A NetworkPolicy that fits no pod of its own namespace, and pods of exactly one other. */
export const rule = defineRule({
  code: 'policy-in-wrong-namespace',
  severity: 'warning',
  reads: ['NetworkPolicy', 'workloads'],
  *check(facts: Facts): Generator<Found<PolicyInWrongNamespace>> {
    for (const policy of facts.policies) {
      const home = otherHome(facts, policy);
      if (home !== undefined) {
        const { manifest, namespace, selector } = policy;
        const isWritten = manifest.namespace !== undefined;
        const related = facts.pods.select(selector, home).slice(0, 1);
        yield {
          manifest,
          path: ['metadata', ...(isWritten ? ['namespace'] : [])],
          args: { selector: selectorText(selector), namespace, isWritten, home },
          related: related.map((workload) => ({
            role: 'nearest',
            manifest: workload.manifest,
            path: [...workload.template, 'metadata', 'labels'],
          })),
        };
      }
    }
  },
});
