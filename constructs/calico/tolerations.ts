import { fields, listOf } from '../fields';
import { integer, labelValue, oneOf, type Problems, qualifiedName, record, shown } from '../values';

const FIELDS = fields({
  key: qualifiedName,
  operator: (what, value) => oneOf(what, value, ['Equal', 'Exists']),
  value: labelValue,
  effect: (what, value) => oneOf(what, value, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
  tolerationSeconds: (what, value) => integer(what, value, 0, Number.MAX_SAFE_INTEGER),
});

/**
 * Checks tolerations as an API server does, which hears of these only once the operator makes Pods of them.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export const tolerations = listOf((what, value) => {
  const problems = FIELDS(what, value);
  return problems.length + record(what, value).length > 0 ? problems : togetherProblems(what, value as Given);
}, '[{ operator: "Exists" }]');

interface Given {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

function togetherProblems(what: string, { key, operator, value, effect, tolerationSeconds }: Given): Problems {
  const problems: Problems = [];
  if (key === undefined && operator !== 'Exists') {
    problems.push(`${what}.key is missing; give one, or operator: "Exists" for every taint`);
  }
  if (operator === 'Exists' && value !== undefined) {
    problems.push(`${what}.value is ${shown(value)}; with the operator "Exists" leave it out`);
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    problems.push(`${what}.tolerationSeconds is ${tolerationSeconds}; only the effect "NoExecute" knows it`);
  }
  return problems;
}
