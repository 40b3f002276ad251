import type { Duration } from 'cdk8s';
import { headerValue } from '../canary/canary-rule';
import { header, integer, type Problems, shown } from '../values';
import { timesProblems } from './delivery-metric';
import { durationProblems } from './duration';

/** What a step does. */
export type StepAction =
  | { readonly kind: 'weight'; readonly weight: number }
  | { readonly kind: 'pause'; readonly duration: Duration | undefined }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'analysis'; readonly times: number };

/**
 * A step of a canary of Argo Rollouts.
 *
 * Wrong values are refused by the service that is given the delivery.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 *
 * @example
 *
 *   [RolloutStep.weight(5), RolloutStep.pause(Duration.minutes(10)), RolloutStep.weight(50), RolloutStep.pause()];
 */
export class RolloutStep {
  /**
   * The next version takes so many of 100 requests.
   *
   * @param percent from 1 to 100
   */
  public static weight(percent: number): RolloutStep {
    return new RolloutStep({ kind: 'weight', weight: percent }, (what) =>
      integer(`percent of ${what}`, percent, 1, 100),
    );
  }

  /**
   * Nothing moves for a while.
   *
   * @param duration how long; left out, until a person promotes or aborts
   */
  public static pause(duration?: Duration): RolloutStep {
    return new RolloutStep({ kind: 'pause', duration }, (what) =>
      duration === undefined ? [] : durationProblems(`duration of ${what}`, duration),
    );
  }

  /**
   * Requests with a header go to the next version, whatever its weight, until it is promoted or taken back. Over a Gateway
   * alone: with ingress-nginx Argo Rollouts does nothing about such a step.
   *
   * @param name the name of the header: letters, digits and "-"
   * @param value its whole value
   */
  public static header(name: string, value: string): RolloutStep {
    return new RolloutStep({ kind: 'header', name, value }, (what) => headerProblems(what, name, value));
  }

  /**
   * The metrics of the delivery's analysis are measured, and all of them have to hold before the next step.
   *
   * @param times how many times each is measured, from 1
   */
  public static analysis(times: number): RolloutStep {
    return new RolloutStep({ kind: 'analysis', times }, (what) => timesProblems(`times of ${what}`, times));
  }

  private constructor(
    /** @internal */
    public readonly _action: StepAction,
    /** @internal */
    public readonly _problems: (what: string) => Problems,
  ) {}
}

/** What is wrong with a header that requests are told apart by. */
export function headerProblems(what: string, name: unknown, value: unknown): Problems {
  return [...header(`name of ${what}`, name), ...headerValue(`value of ${what}`, value)];
}

/** What is wrong with a step. */
export function stepProblems(what: string, value: unknown): Problems {
  return value instanceof RolloutStep
    ? value._problems(what)
    : [`${what} is ${shown(value)}; give a RolloutStep such as RolloutStep.weight(5)`];
}
