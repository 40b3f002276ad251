/**
 * Matchers for vitest: who can connect to whom, where requests go, and what is wrong. Importing this adds them to `expect`.
 *
 * @packageDocumentation
 */
import './augmentation';
import { expectOfVitest, extendExpect } from './expect';

export * from '../jest/core';
export { extendExpect } from './expect';

const expect = expectOfVitest();
if (expect !== undefined) {
  extendExpect(expect);
}
