import type { Expect } from '../jest/expect';
import type { MatcherContext, MatcherResult } from '../jest/failure';
import { GIVEN_MATCHERS, given } from '../jest/given';

import { judgedRoute, type Routed } from '../jest/route';
import { snapshotMatchers } from '../jest/snapshot-matchers';
import type { Request } from '../jest/types';

/** What is used of the `expect` of vitest beyond what jest has. */
interface ExpectOfVitest extends Expect {
  readonly soft?: (actual: unknown) => object;
}

interface ContextOfVitest extends MatcherContext {
  /** Whether this is `expect.soft`. */
  readonly soft?: boolean;
}

/**
 * Adds the matchers to an `expect` of vitest. Importing the package does that for the global one, and so for that of every test.
 *
 * @throws TypeError for what is no `expect`
 */
export function extendExpect(expect: Expect): void {
  if (typeof expect !== 'function' || typeof expect.extend !== 'function') {
    throw new TypeError(`extendExpect: ${typeof expect} is no expect; give the one of vitest`);
  }
  expect.extend({ ...GIVEN_MATCHERS, toRoute: toRoute(expect), ...snapshotMatchers(expect) });
}

/**
 * The matcher that leads on. What a matcher answers ends with it, but vitest gives back what the promise of an asynchronous one
 * becomes. So this answers with something like a promise that is settled at once: it throws where the assertion fails, and else
 * becomes an `expect` of the request and its answer.
 */
function toRoute(expect: ExpectOfVitest) {
  return function (this: ContextOfVitest, subject: unknown, request: Request) {
    let found: Routed | undefined;
    const result = judgedRoute(this, given(subject), request, (routed) => {
      found = routed;
    });
    // Some releases take only a Promise for one, others whatever has `then`.
    return Object.assign(Object.create(Promise.prototype), result, {
      // biome-ignore lint/suspicious/noThenProperty: this is what vitest waits for
      then: (settle: (result: MatcherResult) => void) => {
        settle(result);
        return again(expect, this.soft, found);
      },
    });
  };
}

/** An `expect` of the answer. It belongs to the assertion that led to it, and is not counted as another. */
function again(expect: ExpectOfVitest, soft: boolean | undefined, found: Routed | undefined): object {
  const { assertionCalls } = expect.getState();
  const next = soft && expect.soft !== undefined ? expect.soft(found) : expect(found);
  expect.setState({ assertionCalls });
  return next;
}

/**
 * The `expect` of the vitest in which this is loaded; `undefined` outside of it. `require` of vitest is refused by vitest, and this
 * is how its own packages share it.
 */
export function expectOfVitest(): Expect | undefined {
  return (globalThis as { readonly [key: symbol]: Expect | undefined })[Symbol.for('expect-global')];
}
