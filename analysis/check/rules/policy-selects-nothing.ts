import { type CiliumSelection, ciliumSelections } from '../facts/cilium';
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
 * A NetworkPolicy whose `podSelector`, or a CiliumNetworkPolicy whose `endpointSelector`, matches no workload of its namespace.
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
    for (const policy of facts.policies) {
      if (otherHome(facts, policy) === undefined) {
        yield* ofSelector(facts, { ...policy, path: ['spec', 'podSelector'] });
      }
    }
    for (const subject of facts.once(ciliumSelections).subjects) {
      yield* ofSelector(facts, subject);
    }
  },
});

function* ofSelector(
  facts: Facts,
  { manifest, path, namespace, selector }: CiliumSelection & { readonly namespace: string },
): Generator<Found<PolicySelectsNothing>> {
  const { pods } = facts;
  const around = pods.in(namespace);
  const isNobody = around.length > 0 && pods.select(selector, namespace).length === 0;
  if (isNobody && !asksForGivenLabel(selector) && !mayMeanOperated(facts, selector, new Set([namespace]))) {
    const near = nearestTo(selector, around);
    yield {
      manifest,
      path,
      args: { selector: selectorText(selector), namespace, nearest: near?.nearest },
      related: near === undefined ? [] : [near.related],
    };
  }
}
