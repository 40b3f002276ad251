import type { Facts } from '../facts/facts';
import { otherHome } from '../facts/home';
import { type Nearest, nearestTo } from '../facts/nearest';
import { mayMeanOperated } from '../facts/operators';
import { asksForGivenLabel } from '../facts/outside';
import { selectorText } from '../facts/selector-text';
import { defineRule, type Found } from '../rule';

/** What the findings of `policy-selects-nothing` hold. */
export interface PolicySelectsNothing {
  readonly selector: string;
  readonly namespace: string;
  readonly nearest: Nearest | undefined;
}

/**
 * A NetworkPolicy whose `podSelector` matches no workload of its namespace.
 *
 * Silent about a selector that is empty, about namespaces of which the manifests have no workload, and about labels that
 * only controllers give.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
 */
export const rule = defineRule({
  code: 'policy-selects-nothing',
  severity: 'warning',
  reads: ['NetworkPolicy', 'workloads'],
  *check(facts: Facts): Generator<Found<PolicySelectsNothing>> {
    const { pods } = facts;
    for (const policy of facts.policies) {
      const { manifest, namespace, selector } = policy;
      const around = pods.in(namespace);
      const isNobody = around.length > 0 && pods.select(selector, namespace).length === 0;
      const isKnown = !asksForGivenLabel(selector) && !mayMeanOperated(facts, selector, new Set([namespace]));
      if (isNobody && isKnown && otherHome(facts, policy) === undefined) {
        const near = nearestTo(selector, around);
        yield {
          manifest,
          path: ['spec', 'podSelector'],
          args: { selector: selectorText(selector), namespace, nearest: near?.nearest },
          related: near === undefined ? [] : [near.related],
        };
      }
    }
  },
});
