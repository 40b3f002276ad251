import type { Duration } from 'cdk8s';
import { fields } from '../fields';
import { dnsLabel, integer, type Problems, shown, text } from '../values';
import { durationProblems } from './duration';

/** Where a measured value has to lie; at least one end is given. */
export interface MetricRange {
  /**
   * The least value that is good.
   *
   * @default - none: however low
   */
  readonly min?: number;

  /**
   * The greatest value that is good.
   *
   * @default - none: however high
   */
  readonly max?: number;
}

/** What is asked, once it is known what the next version is called. */
export type Measured =
  | { readonly kind: 'success-rate' }
  | { readonly kind: 'latency'; readonly quantile: number }
  | { readonly kind: 'query'; readonly query: string };

/**
 * A value of Prometheus that says whether the next version of a service is good enough.
 *
 * Wrong values are refused by the service that is given the delivery.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/analysis/prometheus/
 * @see https://docs.flagger.app/usage/metrics
 *
 * @example
 *
 *   DeliveryMetric.successRate(99);
 */
export class DeliveryMetric {
  /**
   * How many of 100 requests to the next version are answered without a status of 500 or above: by the metrics of
   * ingress-nginx for an Ingress, by those of Istio for a Gateway of Istio.
   *
   * @param atLeast the least share that is good, from 0 to 100
   */
  public static successRate(atLeast: number): DeliveryMetric {
    return new DeliveryMetric('success-rate', { kind: 'success-rate' }, { min: atLeast }, (what) =>
      between(`atLeast of ${what}`, atLeast, 0, 100),
    );
  }

  /**
   * How long requests to the next version take, by the same metrics.
   *
   * @param atMost the longest that is good
   * @param quantile the part of the requests that has to be as quick, above 0 and below 1
   */
  public static latency(atMost: Duration, quantile: number = 0.99): DeliveryMetric {
    const problems = (what: string) => [
      ...durationProblems(`atMost of ${what}`, atMost, 'milliseconds'),
      ...(typeof quantile === 'number' && quantile > 0 && quantile < 1
        ? []
        : [`quantile of ${what} is ${shown(quantile)}; give a number above 0 and below 1, such as 0.99`]),
    ];
    const most = problems('').length > 0 ? 0 : atMost.toMilliseconds();
    return new DeliveryMetric('latency', { kind: 'latency', quantile }, { max: most }, problems);
  }

  /**
   * Whatever else Prometheus knows, such as the errors that an app counts itself.
   *
   * @param name what the value is called: a DNS label
   * @param query the question in PromQL, whose answer is one number
   * @param range where that number has to lie
   */
  public static query(name: string, query: string, range: MetricRange): DeliveryMetric {
    return new DeliveryMetric(String(name), { kind: 'query', query }, Object(range), (what) => [
      ...dnsLabel(`name of ${what}`, name),
      ...queryProblems(`query of ${what}`, query),
      ...rangeProblems(`range of ${what}`, range),
    ]);
  }

  private constructor(
    /** @internal */
    public readonly _name: string,
    /** @internal */
    public readonly _measured: Measured,
    /** @internal */
    public readonly _range: MetricRange,
    /** @internal */
    public readonly _problems: (what: string) => Problems,
  ) {}
}

/** What is wrong with a metric. */
export function metricProblems(what: string, value: unknown): Problems {
  return value instanceof DeliveryMetric
    ? value._problems(what)
    : [`${what} is ${shown(value)}; give a DeliveryMetric such as DeliveryMetric.successRate(99)`];
}

function between(what: string, value: unknown, from: number, to: number): Problems {
  return typeof value === 'number' && value >= from && value <= to
    ? []
    : [`${what} is ${shown(value)}; give a number from ${from} to ${to}`];
}

function queryProblems(what: string, value: unknown): Problems {
  const problems = text(what, value);
  return problems.length === 0 && String(value).trim() === ''
    ? [`${what} is ${shown(value)}; give a question in PromQL such as 'sum(rate(errors_total[1m]))'`]
    : problems;
}

const RANGE = fields({ min: finite, max: finite });

function rangeProblems(what: string, value: unknown): Problems {
  const problems = RANGE(what, value);
  const { min, max } = Object(value) as MetricRange;
  if (problems.length > 0) {
    return problems;
  }
  if (min === undefined && max === undefined) {
    return [`${what} says nothing; give min or max`];
  }
  return min !== undefined && max !== undefined && min > max
    ? [`${what} has min ${min} above max ${max}; give a min that is at most the max`]
    : [];
}

function finite(what: string, value: unknown): Problems {
  return typeof value === 'number' && Number.isFinite(value)
    ? []
    : [`${what} is ${shown(value)}; give a number such as 0.5`];
}

/** How many times something is measured. */
export function timesProblems(what: string, value: unknown): Problems {
  return integer(what, value, 1, 10_000);
}
