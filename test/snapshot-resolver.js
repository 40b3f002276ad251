// Every snapshot stands in the one folder at the top, under the path that its test has below test/.
const path = require('node:path');

const tests = __dirname;
const snapshots = path.join(__dirname, '..', '__snapshots__');

module.exports = {
  resolveSnapshotPath: (test, extension) => path.join(snapshots, path.relative(tests, test)) + extension,
  resolveTestPath: (snapshot, extension) =>
    path.join(tests, path.relative(snapshots, snapshot).slice(0, -extension.length)),
  testPathForConsistencyCheck: path.join(tests, 'some', 'example.test.ts'),
};
