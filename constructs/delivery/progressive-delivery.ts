import { fieldsWith } from '../fields';
import { type Problems, serviceName, shown } from '../values';
import { type ArgoRolloutsProps, analysisOfStrategy } from './argo-rollouts-props';
import { analysisProblems } from './delivery-analysis';
import { type FlaggerProps, flaggerProblems } from './flagger-props';
import { strategyProblems } from './rollout-strategy';

/** Who brings in the next version, and how. */
export type Engine =
  | { readonly kind: 'argo-rollouts'; readonly props: ArgoRolloutsProps }
  | { readonly kind: 'flagger'; readonly props: FlaggerProps };

/**
 * A controller that brings in each next version of a service step by step, and takes it back when it is not good enough.
 * Given to an `ExposedService` that is made from an image, or of a Deployment of cdk8s-plus, and exposed by an Ingress or a Gateway,
 * as its `delivery`.
 *
 * Wrong values are refused by the service.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/
 * @see https://docs.flagger.app/
 *
 * @example
 *
 *   ProgressiveDelivery.argoRollouts({
 *     strategy: RolloutStrategy.canary([RolloutStep.weight(5), RolloutStep.pause()]),
 *   });
 */
export class ProgressiveDelivery {
  /**
   * Argo Rollouts, from release 1.9: a Rollout over the service's Deployment, and a Service for the next version. Over a
   * Gateway the controller needs its plugin for the Gateway API.
   *
   * @see https://argo-rollouts.readthedocs.io/en/stable/
   */
  public static argoRollouts(props: ArgoRolloutsProps): ProgressiveDelivery {
    return new ProgressiveDelivery({ kind: 'argo-rollouts', props: Object(props) }, (what) => {
      const problems = ARGO(what, props);
      return problems.length > 0 ? problems : analysisOfStrategy(what, props);
    });
  }

  /**
   * Flagger, from release 1.44: a Canary over the service's Deployment. Flagger makes the Services, the Deployment that
   * serves, and over a Gateway the HTTPRoute, so that none of these is written here.
   *
   * @see https://docs.flagger.app/
   */
  public static flagger(props: FlaggerProps): ProgressiveDelivery {
    return new ProgressiveDelivery({ kind: 'flagger', props: Object(props) }, (what) => {
      return flaggerProblems(what, props);
    });
  }

  private constructor(
    /** @internal */
    public readonly _engine: Engine,
    /** @internal */
    public readonly _problems: (what: string) => Problems,
  ) {}
}

const ARGO = fieldsWith(['strategy'], {
  strategy: strategyProblems,
  analysis: analysisProblems,
  canaryName: serviceName,
});

/** What is wrong with a delivery. */
export function deliveryProblems(what: string, value: unknown): Problems {
  return value instanceof ProgressiveDelivery
    ? value._problems(what)
    : [`${what} is ${shown(value)}; give a ProgressiveDelivery such as ProgressiveDelivery.argoRollouts({ strategy })`];
}
