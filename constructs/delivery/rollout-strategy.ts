import type { Duration } from 'cdk8s';
import { fields, listOf } from '../fields';
import { type Problems, shown } from '../values';
import { durationProblems } from './duration';
import { headerProblems, type RolloutStep, stepProblems } from './rollout-step';

/** Settings of a blue-green deployment of Argo Rollouts. */
export interface BlueGreenRolloutOptions {
  /**
   * After how long the next version takes all requests, once it is ready.
   *
   * @default - a person promotes it
   */
  readonly promoteAfter?: Duration;

  /**
   * How long the former version stays, so that it can be gone back to at once.
   *
   * @default - 30 seconds, as the controller does
   */
  readonly keepFormer?: Duration;
}

/** How the next version comes in. */
export type RolloutPlan =
  | { readonly kind: 'canary'; readonly steps: readonly RolloutStep[] }
  | { readonly kind: 'blue-green'; readonly options: BlueGreenRolloutOptions }
  | { readonly kind: 'ab-test'; readonly header: string; readonly value: string; readonly duration?: Duration };

/**
 * How Argo Rollouts brings in the next version of a service.
 *
 * Wrong values are refused by the service that is given the delivery.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/canary/
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/bluegreen/
 *
 * @example
 *
 *   RolloutStrategy.canary([RolloutStep.weight(5), RolloutStep.pause(), RolloutStep.weight(50), RolloutStep.pause()]);
 */
export class RolloutStrategy {
  /**
   * The next version takes a share of the requests, which grows step by step, and after the last step all of them.
   *
   * @param steps what is done, one after the other; the first is a weight or a header, since no Pod of the next version runs
   * before, and each weight is above the one before
   */
  public static canary(steps: RolloutStep[]): RolloutStrategy {
    return new RolloutStrategy({ kind: 'canary', steps }, (what) => stepsProblems(`steps of ${what}`, steps));
  }

  /**
   * The next version runs beside the one that serves, behind a Service of its own, and takes all requests at once.
   *
   * @param options when it does
   */
  public static blueGreen(options: BlueGreenRolloutOptions = {}): RolloutStrategy {
    return new RolloutStrategy({ kind: 'blue-green', options }, (what) => BLUE_GREEN(`options of ${what}`, options));
  }

  /**
   * Requests with a header go to the next version, B, and all others to the one that serves, A.
   *
   * @param header the name of the header: letters, digits and "-"
   * @param value its whole value
   * @param duration how long; left out, until a person promotes or aborts
   */
  public static abTest(header: string, value: string, duration?: Duration): RolloutStrategy {
    return new RolloutStrategy({ kind: 'ab-test', header, value, duration }, (what) => [
      ...headerProblems(`the header of ${what}`, header, value),
      ...(duration === undefined ? [] : durationProblems(`duration of ${what}`, duration)),
    ]);
  }

  private constructor(
    /** @internal */
    public readonly _plan: RolloutPlan,
    /** @internal */
    public readonly _problems: (what: string) => Problems,
  ) {}
}

/** What is wrong with a strategy. */
export function strategyProblems(what: string, value: unknown): Problems {
  return value instanceof RolloutStrategy
    ? value._problems(what)
    : [`${what} is ${shown(value)}; give a RolloutStrategy such as RolloutStrategy.canary([RolloutStep.weight(5)])`];
}

const BLUE_GREEN = fields({ promoteAfter: durationProblems, keepFormer: durationProblems });
const STEPS = listOf(stepProblems, '[RolloutStep.weight(5), RolloutStep.pause()]');

function stepsProblems(what: string, steps: unknown): Problems {
  const problems = STEPS(what, steps);
  if (problems.length > 0) {
    return problems;
  }
  const actions = (steps as RolloutStep[]).map(({ _action }) => _action);
  const [first] = actions;
  const isFirst = first?.kind === 'weight' || first?.kind === 'header';
  const weights = actions.flatMap((action) => (action.kind === 'weight' ? [action.weight] : []));
  return [
    ...(isFirst
      ? []
      : [
          `${what} begin with ${first?.kind}; no Pod of the next version runs by then, begin with RolloutStep.weight or RolloutStep.header`,
        ]),
    ...weights
      .filter((weight, at) => at > 0 && weight <= (weights[at - 1] ?? 0))
      .map((weight) => `${what} go back to the weight ${weight}; give weights that grow`),
  ];
}
