import { AssertionError } from 'node:assert';
import { Unanswerable } from '../jest/failure';
import { given } from '../jest/given';
import { connectivityOf, routingOf } from '../jest/snapshot-matchers';
import type { Subject } from '../jest/types';

/**
 * Who can connect to whom, and what is exposed, as a text for a snapshot. No place of a manifest stands in it, so that it changes
 * only where the meaning does.
 *
 * @throws AssertionError for manifests that cannot be used
 * @example
 * test('the shop', (t) => t.assert.snapshot(connectivityText(app)));
 */
export function connectivityText(subject: Subject): string {
  return text(connectivityText, () => connectivityOf(given(subject)));
}

/**
 * All routes, as a text for a snapshot.
 *
 * @throws AssertionError for manifests that cannot be used
 */
export function routingText(subject: Subject): string {
  return text(routingText, () => routingOf(given(subject)));
}

function text(called: (subject: Subject) => string, of: () => string): string {
  try {
    return of();
  } catch (error) {
    if (error instanceof Unanswerable || error instanceof RangeError) {
      throw new AssertionError({ message: error.message, operator: called.name, stackStartFn: called });
    }
    throw error;
  }
}
