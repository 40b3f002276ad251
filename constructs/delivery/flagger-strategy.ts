import { CanaryRule, problems as ruleProblems } from '../canary/canary-rule';
import { listOf } from '../fields';
import { integer, type Problems, shown } from '../values';
import { timesProblems } from './delivery-metric';

/** How the next version comes in. */
export type FlaggerPlan =
  | { readonly kind: 'canary'; readonly stepWeight: number; readonly maxWeight: number }
  | { readonly kind: 'weights'; readonly weights: readonly number[] }
  | { readonly kind: 'blue-green'; readonly iterations: number }
  | { readonly kind: 'ab-test'; readonly rule: CanaryRule; readonly iterations: number };

/**
 * How Flagger brings in the next version of a service.
 *
 * Wrong values are refused by the service that is given the delivery.
 *
 * @see https://docs.flagger.app/usage/deployment-strategies
 *
 * @example
 *
 *   FlaggerStrategy.canary(5, 50);
 */
export class FlaggerStrategy {
  /**
   * The next version takes a share of the requests, which grows with each good check; once it has reached the maximum, the
   * version is promoted.
   *
   * @param stepWeight how many of 100 requests are added with each check
   * @param maxWeight the weight to be reached, a multiple of the step: Flagger adds whole steps, and would go beyond it
   */
  public static canary(stepWeight: number, maxWeight: number): FlaggerStrategy {
    return new FlaggerStrategy({ kind: 'canary', stepWeight, maxWeight }, (what) => {
      const problems = [...percent(`stepWeight of ${what}`, stepWeight), ...percent(`maxWeight of ${what}`, maxWeight)];
      return problems.length > 0 || maxWeight % stepWeight === 0
        ? problems
        : [`maxWeight of ${what} is ${maxWeight}; give a multiple of the step, ${stepWeight}`];
    });
  }

  /**
   * The next version takes one share of the requests after the other.
   *
   * @param weights of 100, each above the one before
   */
  public static weights(weights: number[]): FlaggerStrategy {
    return new FlaggerStrategy({ kind: 'weights', weights }, (what) => {
      const at = `weights of ${what}`;
      const problems = WEIGHTS(at, weights);
      return problems.length > 0
        ? problems
        : weights
            .filter((weight, index) => index > 0 && weight <= (weights[index - 1] ?? 0))
            .map((weight) => `${at} go back to ${weight}; give weights that grow`);
    });
  }

  /**
   * The next version is checked so many times without any request of the route, and then takes all of them.
   *
   * @param iterations how many checks, from 1
   */
  public static blueGreen(iterations: number): FlaggerStrategy {
    return new FlaggerStrategy({ kind: 'blue-green', iterations }, (what) =>
      timesProblems(`iterations of ${what}`, iterations),
    );
  }

  /**
   * Some requests go to the next version, B, all others to the one that serves, A, for so many checks.
   *
   * @param rule which requests: `CanaryRule.header` with a value, `CanaryRule.headerPattern` or `CanaryRule.cookie`
   * @param iterations how many checks, from 1
   */
  public static abTest(rule: CanaryRule, iterations: number): FlaggerStrategy {
    return new FlaggerStrategy({ kind: 'ab-test', rule, iterations }, (what) => [
      ...abRuleProblems(what, rule),
      ...timesProblems(`iterations of ${what}`, iterations),
    ]);
  }

  private constructor(
    /** @internal */
    public readonly _plan: FlaggerPlan,
    /** @internal */
    public readonly _problems: (what: string) => Problems,
  ) {}
}

/** What is wrong with a strategy. */
export function flaggerStrategyProblems(what: string, value: unknown): Problems {
  return value instanceof FlaggerStrategy
    ? value._problems(what)
    : [`${what} is ${shown(value)}; give a FlaggerStrategy such as FlaggerStrategy.canary(5, 50)`];
}

const percent = (what: string, value: unknown) => integer(what, value, 1, 100);
const WEIGHTS = listOf(percent, '[1, 5, 20, 50]');

function abRuleProblems(what: string, rule: unknown): Problems {
  const problems = ruleProblems(rule).map((problem) => `${what}: ${problem}`);
  if (problems.length > 0 || !(rule instanceof CanaryRule)) {
    return problems;
  }
  const [term, ...others] = rule._terms;
  return others.length === 0 && term !== undefined && term.kind !== 'weight' && term.kind !== 'header'
    ? []
    : [
        `the rule of ${what} is not one that Flagger can tell; give CanaryRule.header with a value, CanaryRule.headerPattern or CanaryRule.cookie, alone`,
      ];
}
