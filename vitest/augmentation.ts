import type { NetworkingMatchers } from '../jest/types';

// Where vitest is not installed there is nothing to add to and this is no error.
// biome-ignore lint/suspicious/noTsIgnore: where it is installed there is no error to expect
/** @ts-ignore */
declare module 'vitest' {
  // The parameters have to be those of vitest.
  // biome-ignore lint/suspicious/noExplicitAny: so does their default
  interface Assertion<T = any> extends NetworkingMatchers<void> {}
}
