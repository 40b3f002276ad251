import type { Duration } from 'cdk8s';
import { fieldsWith, listOf } from '../fields';
import { flag, type Problems } from '../values';
import { withoutRequests } from './argo-rollouts-props';
import { analysisProblems, type DeliveryAnalysis } from './delivery-analysis';
import { durationProblems } from './duration';
import { type FlaggerStrategy, flaggerStrategyProblems } from './flagger-strategy';
import { type FlaggerWebhook, webhookProblems } from './flagger-webhook';
import { type SessionAffinity, sessionAffinityProblems } from './session-affinity';

/** Settings of `ProgressiveDelivery.flagger`. */
export interface FlaggerProps {
  /** How the next version comes in. */
  readonly strategy: FlaggerStrategy;

  /** What is measured with each check; the interval is the time between two of them. */
  readonly analysis: DeliveryAnalysis;

  /**
   * Who is asked or told while a version comes in; each of its own name.
   *
   * @default - nobody
   */
  readonly webhooks?: FlaggerWebhook[];

  /**
   * Has those who were sent to the next version once be sent there again, for a share of the requests over a Gateway that has
   * regular expressions.
   *
   * @default - each request is sent anew
   */
  readonly sessionAffinity?: SessionAffinity;

  /**
   * How long the next version may take until its Pods are ready, in whole seconds; after that it is taken back.
   *
   * @default - 10 minutes, as Flagger does
   */
  readonly progressDeadline?: Duration;

  /**
   * Whether each next version takes all requests at once, without being measured: for a repair that can't wait.
   *
   * @default false
   */
  readonly skipAnalysis?: boolean;
}

const FLAGGER = fieldsWith(['strategy', 'analysis'], {
  strategy: flaggerStrategyProblems,
  analysis: analysisProblems,
  webhooks: listOf(webhookProblems, "[FlaggerWebhook.rollout('load-test', url)]"),
  sessionAffinity: sessionAffinityProblems,
  progressDeadline: (what, value) => durationProblems(what, value),
  skipAnalysis: flag,
});

/** What is wrong with the settings. */
export function flaggerProblems(what: string, props: FlaggerProps): Problems {
  const problems = FLAGGER(what, props);
  if (problems.length > 0) {
    return problems;
  }
  const { strategy, analysis, webhooks = [], sessionAffinity } = props;
  const { kind } = strategy._plan;
  return [
    ...(kind === 'blue-green' ? withoutRequests(`${what}.analysis`, analysis) : []),
    ...(sessionAffinity !== undefined && kind !== 'canary' && kind !== 'weights'
      ? [
          `${what}.sessionAffinity is given with a strategy that sends no share of the requests; use FlaggerStrategy.canary or weights, or leave it out`,
        ]
      : []),
    ...togetherProblems(`${what}.webhooks`, webhooks, analysis),
  ];
}

/** What is wrong with webhooks beside each other, and with what they take of an interval. */
function togetherProblems(what: string, webhooks: readonly FlaggerWebhook[], analysis: DeliveryAnalysis): Problems {
  const names = webhooks.map(({ _name }) => _name);
  const interval = analysis.interval?.toSeconds() ?? 60;
  const taken = webhooks.filter(({ _type }) => _type === 'rollout').reduce((sum, { _seconds }) => sum + _seconds, 0);
  return [
    ...[...new Set(names)]
      .filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
      .map((name) => `${what} has "${name}" twice; give one of each name`),
    ...(taken >= interval
      ? [
          `${what} may take ${taken} seconds with each check, and a check comes every ${interval}; give shorter timeouts, or a longer analysis.interval`,
        ]
      : []),
  ];
}
