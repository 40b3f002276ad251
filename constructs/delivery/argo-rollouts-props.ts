import type { Problems } from '../values';
import type { DeliveryAnalysis } from './delivery-analysis';
import type { RolloutStrategy } from './rollout-strategy';

/** Settings of `ProgressiveDelivery.argoRollouts`. */
export interface ArgoRolloutsProps {
  /** How the next version comes in. */
  readonly strategy: RolloutStrategy;

  /**
   * What is measured from the first step on, and by each `RolloutStep.analysis`; of a blue-green deployment, before it moves.
   *
   * @default - nothing
   */
  readonly analysis?: DeliveryAnalysis;

  /**
   * The name of the Service of the next version.
   *
   * @default - the name of the service with "-canary" after it, of a blue-green deployment with "-preview"
   */
  readonly canaryName?: string;
}

/** What of an analysis the strategy can't have. */
export function analysisOfStrategy(what: string, { strategy, analysis }: ArgoRolloutsProps): Problems {
  const { _plan: plan } = strategy;
  if (analysis === undefined) {
    return plan.kind === 'canary' && plan.steps.some(({ _action }) => _action.kind === 'analysis')
      ? [`${what}.strategy has an analysis, and nothing says what is measured; give analysis`]
      : [];
  }
  return plan.kind === 'blue-green' ? withoutRequests(`${what}.analysis`, analysis) : [];
}

/** What is measured of a version that takes no requests by its route yet. */
export function withoutRequests(what: string, { metrics }: DeliveryAnalysis): Problems {
  return metrics
    .filter(({ _measured }) => _measured.kind !== 'query')
    .map(
      ({ _name }) =>
        `${what} has ${_name}; the next version of a blue-green deployment takes no requests before it moves, use DeliveryMetric.query`,
    );
}
