import type { NetworkingMatchers } from '../jest/types';

// The matchers of vitest are those of jest.Matchers and its own. They are found there however vitest is resolved; a file that is
// CommonJS finds another module by the name of vitest than one that imports it.
declare global {
  namespace jest {
    // The parameters have to be those of vitest.
    interface Matchers<R, T> extends NetworkingMatchers<R> {}
  }
}
