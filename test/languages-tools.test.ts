import * as fs from 'node:fs';
import * as path from 'node:path';

const root = path.join(__dirname, '..');
const read = (file: string) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));

test('other languages are compiled against the releases that the constructs are tested with', () => {
  const { dependencies } = read('languages/package.json') as { dependencies: Record<string, string> };
  const shared = Object.keys(dependencies).filter((name) => !name.startsWith('jsii'));
  expect(shared).toEqual(expect.arrayContaining(Object.keys(read('package.json').peerDependencies)));
  const installed = shared.map((name) => [name, read(`node_modules/${name}/package.json`).version]);
  expect(shared.map((name) => [name, dependencies[name]])).toEqual(installed);
});
