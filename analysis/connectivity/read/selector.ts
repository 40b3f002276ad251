import { OPERATORS, type Requirement, type Selector } from '../selector';
import type { Field } from './field';
import { checkLabelKey, checkLabelValue } from './labels';

/**
 * Reads a label selector. One that is not given or empty has no requirement: who asks knows which of the two it is.
 *
 * @param bare what of a key is that of a label, where something may stand before it
 */
export function readSelector(field: Field, bare: (key: string) => string = (key) => key): Selector {
  field.checkKeys(['matchLabels', 'matchExpressions']);
  const requirements: Requirement[] = [];
  for (const [key, member] of field.get('matchLabels').members()) {
    if (checkLabelKey(bare(key), member) && checkLabelValue(member)) {
      requirements.push({ key, operator: 'In', values: new Set([(member.value as string | null) ?? '']) });
    }
  }
  for (const expression of field.get('matchExpressions').mappings('give a mapping with key, operator and values')) {
    const requirement = readExpression(expression, bare);
    if (requirement !== undefined) {
      requirements.push(requirement);
    }
  }
  return requirements;
}

function readExpression(field: Field, bare: (key: string) => string): Requirement | undefined {
  field.checkKeys(['key', 'operator', 'values']);
  const key = field.get('key');
  if (typeof key.value !== 'string') {
    key.wrong('bad-selector', 'give the key of a label');
    return undefined;
  }
  const operator = field.get('operator');
  if (!isOperator(operator.value)) {
    operator.wrong('bad-selector', `use ${OPERATORS.slice(0, -1).join(', ')} or ${OPERATORS.at(-1)}`);
    return undefined;
  }
  const values = field.get('values');
  const items = values.items();
  const takesValues = operator.value === 'In' || operator.value === 'NotIn';
  if (takesValues && items.length === 0) {
    values.report('bad-selector', `${values.place} is empty; ${operator.value} takes at least one value`);
    return undefined;
  }
  if (!takesValues && items.length > 0) {
    values.report('bad-selector', `${values.place} is not empty; ${operator.value} takes no values`);
    return undefined;
  }
  const valid = items.map((item) => checkLabelValue(item));
  return checkLabelKey(bare(key.value), key) && valid.every(Boolean)
    ? {
        key: key.value,
        operator: operator.value,
        values: new Set(items.map((item) => (item.value as string | null) ?? '')),
      }
    : undefined;
}

function isOperator(value: unknown): value is (typeof OPERATORS)[number] {
  return OPERATORS.includes(value as (typeof OPERATORS)[number]);
}
