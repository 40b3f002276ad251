import { InvalidArgumentError } from 'commander';
import { Refusal } from '../refusal';
import type { Expectation, Expected } from './expectation';

/** Less than any rounding of what a person writes. */
const ROUNDING = 1e-9;

/** The share of one group, `GROUP=0.05` or `GROUP=5%`. */
export function parseShare(text: string): Expected {
  const [, label, number, percent] = /^(.+)=(\d+(?:\.\d+)?)(%?)$/s.exec(text) ?? [];
  const share = Number(number) / (percent === '%' ? 100 : 1);
  if (label === undefined || !(share >= 0 && share <= 1)) {
    throw new InvalidArgumentError('Give GROUP=SHARE with a share from 0 to 1, e.g. canary=0.05 or canary=5%.');
  }
  return { label, share };
}

/**
 * The shares that a person expects of groups. What is left is that of all other groups together.
 *
 * @throws Refusal for a group that is given twice, and for more than all
 */
export function expectedShares(given: readonly Expected[]): Expectation {
  const labels = new Set(given.map(({ label }) => label));
  if (labels.size < given.length) {
    throw new Refusal(['--expect-share: a group is given twice; give each once']);
  }
  const sum = given.reduce((total, { share }) => total + share, 0);
  if (sum > 1 + ROUNDING) {
    throw new Refusal([`--expect-share: the shares add up to ${Number(sum.toFixed(9))}; give at most 1`]);
  }
  const rest = sum > 1 - ROUNDING ? 0 : 1 - sum;
  const others = 'all others';
  return {
    by: 'what was expected',
    shares: rest > 0 ? [...given, { label: others, share: rest }] : given,
    originOf: (group) => ({ label: group !== undefined && labels.has(group) ? group : others }),
  };
}
