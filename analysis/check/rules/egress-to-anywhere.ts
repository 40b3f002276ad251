import type { Facts } from '../facts/facts';
import { rulePortsText } from '../facts/rule-ports';
import { defineRule, type Found } from '../rule';

/** What the findings of `egress-to-anywhere` hold. */
export interface EgressToAnywhere {
  readonly ports: string;
}

/** An egress rule with ports and no peers beside rules that name theirs: these ports are open to every address there is. */
export const rule = defineRule({
  code: 'egress-to-anywhere',
  severity: 'info',
  reads: ['NetworkPolicy'],
  *check({ policies }: Facts): Generator<Found<EgressToAnywhere>> {
    for (const { manifest, rules, isolates } of policies) {
      const own = rules.filter(({ direction }) => direction === 'egress' && isolates.has('egress'));
      const isNarrow = own.some(({ peers, ports }) => peers !== undefined && ports !== undefined);
      for (const rule of isNarrow ? own : []) {
        // DNS is asked of whoever answers.
        const isDns = rule.ports?.every(({ port }) => port === 53 || port === 5353) ?? false;
        if (rule.peers === undefined && rule.ports !== undefined && !isDns) {
          yield { manifest, path: rule.path, args: { ports: rulePortsText(rule) } };
        }
      }
    }
  },
});
