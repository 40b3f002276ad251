import type { Duration } from 'cdk8s';
import { fieldsWith, pattern } from '../fields';
import { durationProblems } from './duration';

/** A cookie by which those who were sent to the next version once are sent there again. */
export interface SessionAffinity {
  /** The name of the cookie: letters, digits and "-._~". Flagger sets it, and gives each version of the service another value. */
  readonly cookieName: string;

  /**
   * How long a browser keeps the cookie.
   *
   * @default Duration.days(1)
   */
  readonly maxAge?: Duration;
}

/** What is wrong with it. */
export const sessionAffinityProblems = fieldsWith(['cookieName'], {
  cookieName: pattern(/^[A-Za-z0-9._~-]+$/, 'use letters, digits and "-._~"'),
  maxAge: (what, value) => durationProblems(what, value),
});

/** In seconds; an API server fills it in, so that it is always written. */
export const USUAL_MAX_AGE = 86_400;
