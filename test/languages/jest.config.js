const everyday = require('../../jest.config');

/** @type {import('jest').Config} */
module.exports = {
  ...everyday,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/languages/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Compilers of several languages, on a busy machine.
  testTimeout: 1_200_000,
  maxWorkers: 1,
};
