import { join } from 'node:path';
import { loadedBy } from '../helpers/loaded';

// What the program loads is told by one build of it for all of these.

const ROOT = join(__dirname, '../..');
const FIXTURES = join(__dirname, 'fixtures');

test('--help loads nothing of the engines, and no command loads cdk8s', async () => {
  const help = await loadedBy(FIXTURES, '--help');
  expect(help).toMatch(/^cli\/run\.ts$/m);
  expect(help).not.toMatch(/js-yaml|ip-address|analysis\/(manifest|routing)|connectivity\/cluster/);
  const connections = await loadedBy(FIXTURES, 'connections', 'stars');
  expect(connections).toMatch(/^analysis\/connectivity\/cluster\.ts$/m);
  expect(connections).not.toMatch(
    /cdk8s-plus|node_modules\/(cdk8s|constructs)\/|analysis\/(routing\/ingress-nginx|diff\/same)/,
  );
  const plain = await loadedBy(ROOT, 'connections', 'dist/stars');
  expect(plain).toMatch(/^analysis\/connectivity\/cluster\.ts$/m);
  expect(plain).not.toMatch(/node_modules\/(js-yaml|ip-address|commander|picocolors)/);
  // What few manifests need.
  expect(plain).not.toMatch(/calico\/policy|cilium\/policy|tiers\/p|delivery\/(flagger|rollout)\.|gateway-api\/read\./);
  expect(plain).not.toMatch(/report\/connections\/(explain|matrix|sentence)/);
  expect(await loadedBy(FIXTURES, 'route', 'shop')).not.toMatch(/cdk8s-plus|node_modules\/(cdk8s|constructs)\//);
});

test('only the command of certificates loads the library of certificates', async () => {
  expect(await loadedBy(FIXTURES, 'certificate', '--host', 'a.example.com')).toMatch(/^cli\/certificate\/x509\.ts$/m);
  for (const argv of [['--help'], ['certificate', '--help']]) {
    expect(await loadedBy(FIXTURES, ...argv)).not.toMatch(
      /certificate\/x509|@peculiar|reflect-metadata|constructs\/|ip-address/,
    );
  }
  expect(await loadedBy(FIXTURES, 'connections', 'stars')).not.toMatch(/certificate\/x509|@peculiar|reflect-metadata/);
});
