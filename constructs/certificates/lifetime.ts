import type { Duration } from 'cdk8s';
import { type Problems, shown } from '../values';

/** How long a certificate is asked for, and when it is renewed. */
export interface Lifetime {
  readonly duration?: Duration;
  readonly renewBefore?: Duration;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** What cert-manager asks for when a Certificate says nothing. */
const DEFAULT = 90 * 24 * HOUR;

/** A length of time of a minute or more as cert-manager writes it, so that it is not rewritten: `2160h0m0s`. */
export function durationText(duration: Duration): string {
  const seconds = duration.toSeconds();
  const hours = seconds < HOUR ? '' : `${Math.floor(seconds / HOUR)}h`;
  return `${hours}${Math.floor((seconds % HOUR) / MINUTE)}m${seconds % MINUTE}s`;
}

/** What is wrong with a certificate's duration. */
export function durationProblems(what: string, value: unknown): Problems {
  return atLeast(what, value, HOUR, 'Duration.days(90)', 'an hour');
}

/** What is wrong with how long before its end a certificate is renewed. */
export function renewBeforeProblems(what: string, value: unknown): Problems {
  return atLeast(what, value, 5 * MINUTE, 'Duration.days(30)', '5 minutes');
}

/** What is wrong with two lengths that are right on their own. */
export function lifetimeProblems(what: string, { duration, renewBefore }: Lifetime): Problems {
  const whole = duration === undefined ? DEFAULT : secondsOf(duration);
  const before = secondsOf(renewBefore);
  return whole !== undefined && before !== undefined && before >= whole
    ? [
        `${what}renewBefore is ${before / HOUR} hours; give less than the ${whole / HOUR} hours of the whole certificate`,
      ]
    : [];
}

function atLeast(what: string, value: unknown, least: number, example: string, words: string): Problems {
  const seconds = secondsOf(value);
  if (seconds === undefined) {
    return [`${what} is ${shown(value)}; give a Duration of cdk8s such as ${example}`];
  }
  return seconds >= least && Number.isInteger(seconds)
    ? []
    : [`${what} is ${seconds} seconds; give ${words} or more, in whole seconds`];
}

function secondsOf(value: unknown): number | undefined {
  const seconds = (Object(value) as Partial<Duration>).toSeconds;
  return typeof seconds === 'function' ? seconds.call(value, { integral: false }) : undefined;
}
