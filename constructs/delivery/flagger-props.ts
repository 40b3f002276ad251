import type { Problems } from '../values';
import { withoutRequests } from './argo-rollouts-props';
import type { DeliveryAnalysis } from './delivery-analysis';
import type { FlaggerStrategy } from './flagger-strategy';

/** Settings of `ProgressiveDelivery.flagger`. */
export interface FlaggerProps {
  /** How the next version comes in. */
  readonly strategy: FlaggerStrategy;

  /** What is measured with each check; the interval is the time between two of them. */
  readonly analysis: DeliveryAnalysis;
}

/** What is measured that can't be. */
export function flaggerMetricProblems(what: string, { strategy, analysis }: FlaggerProps): Problems {
  return strategy._plan.kind === 'blue-green' ? withoutRequests(`${what}.analysis`, analysis) : [];
}
