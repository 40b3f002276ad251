/**
 * A label selector with its odd cases settled: all requirements must hold, none at all matches everything.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export type Selector = readonly Requirement[];

/** One requirement; `matchLabels` are `In` with one value. */
export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: ReadonlySet<string>;
}

export const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/**
 * How a label is compared: by an operator of Kubernetes, or by one of other makers that looks at parts of the one value that
 * is given. A label that is missing has none.
 */
export type Operator =
  | 'In'
  | 'NotIn'
  | 'Exists'
  | 'DoesNotExist'
  | 'Contains'
  | 'StartsWith'
  | 'EndsWith'
  | 'NotContains'
  | 'NotStartsWith'
  | 'NotEndsWith';

/** Whether labels meet every requirement of a selector. */
export function matches(selector: Selector, labels: ReadonlyMap<string, string>): boolean {
  return selector.every((requirement) => meets(requirement, labels));
}

/** Whether labels meet a requirement. A label that is missing is not in any list. */
export function meets({ key, operator, values }: Requirement, labels: ReadonlyMap<string, string>): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.has(value);
    case 'NotIn':
      return value === undefined || !values.has(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return operator.startsWith('Not') !== hasPart(operator, value, [...values][0] ?? '');
  }
}

function hasPart(operator: Operator, value: string | undefined, part: string): boolean {
  if (value === undefined) {
    return false;
  }
  return operator.endsWith('Contains')
    ? value.includes(part)
    : operator.endsWith('StartsWith')
      ? value.startsWith(part)
      : value.endsWith(part);
}

/** A text that two selectors share only if they are made of the same requirements. */
export function selectorKey(selector: Selector): string {
  return selector
    .map(({ key, operator, values }) => `${key} ${operator} ${[...values].sort().join(',')}`)
    .sort()
    .join(';');
}
