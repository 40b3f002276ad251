import type { Facts } from '../facts/facts';
import { isolation } from '../facts/isolation';
import { workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `egress-closes-ingress-too` hold. */
export interface EgressClosesIngressToo {
  /** Some of those that nobody may connect to. */
  readonly workloads: readonly string[];
  readonly count: number;
}

/**
 * A policy with rules for egress alone and without `policyTypes`: an API server then takes Ingress for granted too, and
 * nobody may connect to its pods.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource
 */
export const rule = defineRule({
  code: 'egress-closes-ingress-too',
  severity: 'warning',
  reads: ['NetworkPolicy', 'workloads'],
  *check(facts: Facts): Generator<Found<EgressClosesIngressToo>> {
    const isolated = facts.once(isolation);
    for (const { manifest, hasTypes, rules, workloads } of facts.policies) {
      const isAlone = rules.length > 0 && rules.every(({ direction }) => direction === 'egress');
      if (hasTypes || !isAlone || 'ingress' in Object(manifest.object.spec)) {
        continue;
      }
      const closed = workloads.filter((workload) => isolated.rules(workload, 'ingress').length === 0);
      if (closed.length > 0) {
        yield {
          manifest,
          path: ['spec', 'egress'],
          args: { workloads: closed.slice(0, 3).map(workloadText), count: closed.length },
          fix: { safe: false, edits: [{ kind: 'add', manifest, path: ['spec', 'policyTypes'], value: ['Egress'] }] },
        };
      }
    }
  },
});
