import { isMapping } from '../../../manifest/value';
import { OPERATORS, type Operator, type Requirement, type Selector } from '../../selector';

/**
 * Reads a LabelSelector of a policy that is not evaluated: whoever writes such a selector otherwise means pods that nobody
 * knows.
 *
 * @returns `undefined` for what is none; no requirement for what is not given
 */
export function plainSelector(value: unknown): Selector | undefined {
  if (value === undefined || value === null) {
    return [];
  }
  if (!isMapping(value)) {
    return undefined;
  }
  const { matchLabels, matchExpressions, ...others } = value;
  const labels = plainLabels(matchLabels);
  const expressions = matchExpressions ?? [];
  if (Object.keys(others).length > 0 || labels === undefined || !Array.isArray(expressions)) {
    return undefined;
  }
  const requirements = expressions.map(requirement);
  return requirements.includes(undefined) ? undefined : [...labels, ...(requirements as Requirement[])];
}

/** Labels that must all be there; `undefined` for what are none. */
export function plainLabels(value: unknown): Selector | undefined {
  if (value === undefined || value === null) {
    return [];
  }
  if (!isMapping(value) || Object.values(value).some((one) => typeof one !== 'string')) {
    return undefined;
  }
  return Object.entries(value).map(([key, one]) => ({ key, operator: 'In', values: new Set([one as string]) }));
}

function requirement(value: unknown): Requirement | undefined {
  if (!isMapping(value)) {
    return undefined;
  }
  const { key, operator, values = [] } = value;
  return typeof key === 'string' && OPERATORS.includes(operator as (typeof OPERATORS)[number]) && Array.isArray(values)
    ? { key, operator: operator as Operator, values: new Set(values.map(String)) }
    : undefined;
}
