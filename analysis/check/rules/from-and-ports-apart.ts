import type { Facts } from '../facts/facts';
import type { RuleFacts } from '../facts/policies';
import { coversPorts, rulePortsText } from '../facts/rule-ports';
import { defineRule, type Found } from '../rule';

/** What the findings of `from-and-ports-apart` hold. */
export interface FromAndPortsApart {
  readonly direction: 'ingress' | 'egress';
  /** What the rule without peers opens to everybody. */
  readonly ports: string;
  /** The place of the rule without ports, from 1. */
  readonly other: number;
}

/**
 * A policy with a rule that has peers and no ports, and a rule that has ports and no peers: rules add up, so the peers may
 * connect on every port, and everybody on these.
 */
export const rule = defineRule({
  code: 'from-and-ports-apart',
  severity: 'warning',
  reads: ['NetworkPolicy'],
  *check({ policies }: Facts): Generator<Found<FromAndPortsApart>> {
    for (const { manifest, rules } of policies) {
      for (const direction of ['ingress', 'egress'] as const) {
        const own = rules.filter((rule) => rule.direction === direction);
        const peersOnly = own.find(({ peers, ports }) => peers !== undefined && ports === undefined);
        const portsOnly = own.filter(({ peers, ports }) => peers === undefined && ports !== undefined);
        for (const rule of peersOnly === undefined ? [] : portsOnly) {
          yield {
            manifest,
            path: rule.path,
            args: { direction, ports: rulePortsText(rule), other: (peersOnly as RuleFacts).index + 1 },
            // A port for all beside rules that are whole, such as that of metrics, is a way to write it.
            ...(isPortOfItsOwn(rule, own) ? { severity: 'info' } : {}),
            related: [{ role: 'because', manifest, path: (peersOnly as RuleFacts).path }],
          };
        }
      }
    }
  },
});

function isPortOfItsOwn(rule: RuleFacts, all: readonly RuleFacts[]): boolean {
  const whole = all.filter(({ peers, ports }) => peers !== undefined && ports !== undefined);
  return whole.length > 0 && !whole.some((other) => coversPorts(other, rule));
}
