import { selectorKey } from '../../connectivity/selector';
import { listIn } from '../../manifest/lists';
import type { Facts } from '../facts/facts';
import type { PolicyFacts, RuleFacts } from '../facts/policies';
import { coversPorts, rulePortsText } from '../facts/rule-ports';
import { defineRule, type Found } from '../rule';

/** What the findings of `rule-has-no-effect` hold. */
export interface RuleHasNoEffect {
  readonly direction: 'ingress' | 'egress';
  readonly ports: string;
  /** The policy whose rule opens all of it, `NAMESPACE/NAME`; undefined for the same policy. */
  readonly policy: string | undefined;
  /** The place of that rule, from 1. */
  readonly by: number;
}

/** A rule for some peers beside one that opens the same ports to everybody: rules add up, so the narrower changes nothing. */
export const rule = defineRule({
  code: 'rule-has-no-effect',
  severity: 'warning',
  reads: ['NetworkPolicy'],
  *check({ policies }: Facts): Generator<Found<RuleHasNoEffect>> {
    const open = openRules(policies);
    for (const policy of policies) {
      for (const rule of policy.rules) {
        const broad = rule.peers === undefined ? undefined : broader(policy, rule, open);
        if (broad !== undefined) {
          const isOwn = broad.policy === policy;
          yield {
            manifest: policy.manifest,
            path: rule.path,
            args: {
              direction: rule.direction,
              ports: rulePortsText(rule),
              policy: isOwn ? undefined : `${broad.policy.namespace}/${broad.policy.name}`,
              by: broad.rule.index + 1,
            },
            // Of two policies, one may be there to say what is wanted when the other is gone.
            ...(isOwn ? {} : { severity: 'info' }),
            related: [{ role: 'because', manifest: broad.policy.manifest, path: broad.rule.path }],
          };
        }
      }
    }
  },
});

interface OpenRule {
  readonly policy: PolicyFacts;
  readonly rule: RuleFacts;
}

/** The rules for everybody, by namespace, direction and selector of their policies. */
function openRules(policies: readonly PolicyFacts[]): ReadonlyMap<string, readonly OpenRule[]> {
  const open = new Map<string, OpenRule[]>();
  for (const policy of policies) {
    for (const rule of policy.rules) {
      if (rule.peers === undefined && policy.isolates.has(rule.direction)) {
        listIn(open, keyOf(policy, rule, selectorKey(policy.selector))).push({ policy, rule });
      }
    }
  }
  return open;
}

/** A rule for everybody that holds for all pods of a policy: of the policy itself, of the same pods, or of all pods. */
function broader(
  policy: PolicyFacts,
  rule: RuleFacts,
  open: ReadonlyMap<string, readonly OpenRule[]>,
): OpenRule | undefined {
  const keys = new Set([keyOf(policy, rule, selectorKey(policy.selector)), keyOf(policy, rule, '')]);
  const candidates = [...keys].flatMap((key) => open.get(key) ?? []).filter((one) => coversPorts(one.rule, rule));
  return candidates.find((one) => one.policy === policy) ?? candidates[0];
}

function keyOf({ namespace }: PolicyFacts, { direction }: RuleFacts, selector: string): string {
  return `${namespace} ${direction} ${selector}`;
}
