/**
 * Matchers for jest: who can connect to whom, where requests go, and what is wrong. Importing this adds them to `expect`.
 *
 * @packageDocumentation
 */
import './augmentation';
import { expectOfJest, extendExpect } from './expect';

export * from './core';
export { extendExpect } from './expect';

const expect = expectOfJest();
if (expect !== undefined) {
  extendExpect(expect);
}
