const everyday = require('../../jest.config');

/** @type {import('jest').Config} */
module.exports = {
  ...everyday,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/cluster/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // A build of an API server, at low priority on a busy machine.
  testTimeout: 3_600_000,
  // Each file has a server of its own.
  maxWorkers: 1,
};
