/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // What installs packages or runs other people's compilers and runners takes longer than all the rest: npm run test:slow. What
  // asks an API server, or compiles for other languages, has a command of its own: npm run test:cluster, test:languages.
  testPathIgnorePatterns: [
    '<rootDir>/test/(cluster|languages)/',
    ...(process.env.SLOW === '1' ? [] : ['\\.slow\\.test\\.ts$']),
  ],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
  testEnvironment: '<rootDir>/test/environment.js',
  snapshotResolver: '<rootDir>/test/snapshot-resolver.js',
  // How fast a machine is says nothing about the code: on a busy one, 5 seconds are over soon.
  testTimeout: 60_000,
  // By default jest leaves one processor to others, which halves what a small machine can do.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/.synth/'],
};
