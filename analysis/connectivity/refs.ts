import type { Path } from '../manifest';
import type { PolicyRef, RuleRef } from './explanation';
import type { Direction, Policy, Rule } from './model';
import { MIDDLE, type OrderedPolicy, type OrderedRule } from './tiers';

/** What answers call a policy. */
export function refOf(policy: Policy | OrderedPolicy): PolicyRef {
  const { namespace, name, source } = policy;
  return {
    kind: 'kind' in policy ? policy.kind : 'NetworkPolicy',
    tier: 'tier' in policy ? policy.tier.name : MIDDLE.name,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    file: source.file,
    line: source.line,
  };
}

/** What answers call a rule of a policy, but for the ports about which it decides. */
export function refOfRule(
  rule: Rule | OrderedRule,
  policy: Policy | OrderedPolicy,
  direction: Direction,
): Omit<RuleRef, 'ports'> {
  return {
    policy: refOf(policy),
    direction,
    index: rule.index,
    line: policy.source.lineOf(pathOf(rule, direction)),
    action: 'verb' in rule ? rule.verb : 'Allow',
    ...('name' in rule && rule.name !== undefined ? { name: rule.name } : {}),
    ...placeOf(rule),
  };
}

/** Where a rule stands in its policy. */
export function pathOf(rule: Rule | OrderedRule, direction: Direction): Path {
  return ('place' in rule ? rule.place?.path : undefined) ?? ['spec', direction, rule.index];
}

/** Where a rule stands, in words, if it is not where all others do. */
export function placeOf(rule: Rule | OrderedRule): { readonly place?: string } {
  return 'place' in rule && rule.place !== undefined ? { place: rule.place.text } : {};
}
