import type { NetworkingMatchers } from './types';

declare global {
  namespace jest {
    // The parameters have to be those of @types/jest.
    interface Matchers<R, T> extends NetworkingMatchers<R> {}
  }
}

// Where expect is not installed, or cannot be found from here, there is nothing to add to and this is no error.
// biome-ignore lint/suspicious/noTsIgnore: where it is installed there is no error to expect
/** @ts-ignore */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends NetworkingMatchers<R> {}
}
