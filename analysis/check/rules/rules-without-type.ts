import type { Facts } from '../facts/facts';
import { defineRule, type Found } from '../rule';

/** What the findings of `rules-without-type` hold. */
export interface RulesWithoutType {
  readonly direction: 'ingress' | 'egress';
  /** What `policyTypes` has to name. */
  readonly type: 'Ingress' | 'Egress';
}

/** Rules for a direction that `policyTypes` leaves out: network plugins do not agree on what they mean. */
export const rule = defineRule({
  code: 'rules-without-type',
  severity: 'error',
  reads: ['NetworkPolicy'],
  *check({ policies }: Facts): Generator<Found<RulesWithoutType>> {
    for (const { manifest, hasTypes, isolates, rules } of policies) {
      for (const direction of ['ingress', 'egress'] as const) {
        if (hasTypes && !isolates.has(direction) && rules.some((rule) => rule.direction === direction)) {
          yield {
            manifest,
            path: ['spec', direction],
            args: { direction, type: direction === 'ingress' ? 'Ingress' : 'Egress' },
            related: [{ role: 'because', manifest, path: ['spec', 'policyTypes'] }],
          };
        }
      }
    }
  },
});
