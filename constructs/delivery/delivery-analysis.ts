import type { Duration } from 'cdk8s';
import { fieldsWith, listOf, pattern } from '../fields';
import { integer, type Problems } from '../values';
import { type DeliveryMetric, metricProblems } from './delivery-metric';
import { durationProblems } from './duration';

/** What is measured of the next version, and how often it may be bad. */
export interface DeliveryAnalysis {
  /** The URL of Prometheus, such as "http://prometheus.monitoring:9090". */
  readonly prometheus: string;

  /** What has to hold, at least one; each of its own name. */
  readonly metrics: DeliveryMetric[];

  /**
   * The time between two measurements, and what each of them looks back on.
   *
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;

  /**
   * How many bad measurements are put up with, from 0; the next one takes the new version back. Argo Rollouts counts those of
   * each metric, Flagger all of them.
   *
   * @default 0
   */
  readonly failures?: number;
}

const ANALYSIS = fieldsWith(['prometheus', 'metrics'], {
  prometheus: pattern(
    /^https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?(\/[\w.~/-]*)?$/,
    'give the URL of Prometheus such as "http://prometheus.monitoring:9090"',
  ),
  metrics: listOf(metricProblems, '[DeliveryMetric.successRate(99)]'),
  interval: durationProblems,
  failures: (what, value) => integer(what, value, 0, 1000),
});

/** What is wrong with an analysis. */
export function analysisProblems(what: string, value: unknown): Problems {
  const problems = ANALYSIS(what, value);
  if (problems.length > 0) {
    return problems;
  }
  const names = (value as DeliveryAnalysis).metrics.map(({ _name }) => _name);
  return [...new Set(names)]
    .filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
    .map((name) => `${what}.metrics has "${name}" twice; give one of each name`);
}
