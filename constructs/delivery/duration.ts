import type { Duration } from 'cdk8s';
import { type Problems, shown } from '../values';

/** What is wrong with a length of time: one of whole units, and at least one of them. */
export function durationProblems(what: string, value: unknown, unit: Unit = 'seconds'): Problems {
  const { toMilliseconds } = Object(value) as Partial<Duration>;
  if (typeof toMilliseconds !== 'function') {
    return [`${what} is ${shown(value)}; give a Duration of cdk8s such as Duration.minutes(1)`];
  }
  const held = toMilliseconds.call(value, { integral: false }) / MILLISECONDS[unit];
  return Number.isInteger(held) && held >= 1
    ? []
    : [`${what} is ${held} ${unit}; give a whole number of ${unit}, from 1`];
}

type Unit = 'seconds' | 'milliseconds';

const MILLISECONDS = { seconds: 1000, milliseconds: 1 };

/** A length of time as Prometheus, Argo Rollouts and Flagger read it: `90s`, `10m`. */
export function shortDuration(duration: Duration): string {
  const seconds = duration.toSeconds();
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
