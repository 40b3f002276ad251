import type { MatcherContext, MatcherResult } from './failure';
import { GIVEN_MATCHERS, given } from './given';
import { judgedRoute, type Routed } from './route';
import { snapshotMatchers } from './snapshot-matchers';
import type { Request } from './types';

/** What is used of the `expect` of a runner. */
export interface Expect {
  (actual: unknown): object;
  /** Adds matchers. */
  // biome-ignore lint/suspicious/noExplicitAny: every expect has a type of its own for its matchers
  extend(matchers: any): void;
  /** The counters of the running test. */
  getState(): { readonly assertionCalls?: number; readonly numPassingAsserts?: number };
  /** Changes the counters of the running test. */
  setState(state: { readonly assertionCalls?: number; readonly numPassingAsserts?: number }): void;
}

/**
 * Adds the matchers to an `expect`. Importing the package does that for the one of jest.
 *
 * @throws TypeError for what is no `expect`
 */
export function extendExpect(expect: Expect): void {
  if (typeof expect !== 'function' || typeof expect.extend !== 'function') {
    throw new TypeError(`extendExpect: ${typeof expect} is no expect; give the one of jest`);
  }
  expect.extend({ ...GIVEN_MATCHERS, toRoute: toRoute(expect), ...snapshotMatchers(expect) });
}

/**
 * A matcher that leads on. `expect` gives back nothing but what the promise of an asynchronous matcher becomes when
 * `then` and `catch` have been called on it. So this answers with something like a promise that is settled at once, and
 * that becomes an `expect` of the request and its answer.
 */
function toRoute(expect: Expect) {
  return function (this: MatcherContext, subject: unknown, request: Request) {
    let found: Routed | undefined;
    const result = judgedRoute(this, given(subject), request, (routed) => {
      found = routed;
    });
    return {
      ...result,
      // biome-ignore lint/suspicious/noThenProperty: this is what `expect` takes for a promise
      then(settle: (result: MatcherResult) => void) {
        settle(result);
        return { catch: () => expect(found) };
      },
    };
  };
}

/** The `expect` of the test in which this is loaded; `undefined` outside of jest. */
export function expectOfJest(): Expect | undefined {
  const { expect } = globalThis as { readonly expect?: Expect };
  if (expect !== undefined) {
    return expect;
  }
  // With `injectGlobals: false` there is no other way to it. Outside of jest this package throws, or is not there.
  let globals: { readonly expect?: Expect };
  try {
    globals = require('@jest/globals');
  } catch {
    return undefined;
  }
  if (globals.expect === undefined) {
    throw new Error(
      'cdk8s-networking/jest: there is no expect yet; name this file in setupFilesAfterEnv and not in setupFiles',
    );
  }
  return globals.expect;
}
