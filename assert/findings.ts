import { GIVEN_MATCHERS } from '../jest/given';
import type { FindingsQuestion, Subject } from '../jest/types';
import { hold } from './assertion';

/**
 * `check` finds nothing wrong with the manifests.
 *
 * @throws AssertionError where it finds something that counts, and where the manifests cannot be used
 * @example
 * assertHasNoFindings(app, { ignore: ['service-open-to-world=shop/web'], severity: 'warning' });
 */
export function assertHasNoFindings(subject: Subject, question?: FindingsQuestion): void {
  hold({ called: assertHasNoFindings }, (context) => GIVEN_MATCHERS.toHaveNoFindings.call(context, subject, question));
}
