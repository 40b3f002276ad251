import * as fs from 'node:fs';
import * as path from 'node:path';

// What a consumer of the packed library writes, and how it is installed there.

export const root = path.join(__dirname, '../..');
export const own = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

/** What a consumer writes, but for how it gets at the library. */
const PROGRAM = `
const app = new NetworkingApp();
new IngressNginx(new Chart(app, 'ingress-nginx'), 'ingress-nginx', { provider: IngressNginxProvider.AWS });
const shop = new Chart(app, 'shop');
new OnlineBoutique(shop, 'shop');
new Calico(new Chart(new Construct(app, 'calico'), 'calico'), 'calico');
new ArgoCdApps(app, 'argocd', {
  repoUrl: 'https://git.example.com/team/shop.git',
  apps: [{ name: 'shop', charts: [shop] }],
});
process.stdout.write(app.synthYaml());
`;
const NAMES = 'ArgoCdApps, Calico, IngressNginx, IngressNginxProvider, NetworkingApp, OnlineBoutique';
const imports = (from: (names: string, module: string) => string) =>
  [from('Construct', 'constructs'), from('Chart', 'cdk8s'), from(NAMES, own.name)].join('\n');
export const REQUIRED = imports((names, module) => `const { ${names} } = require('${module}');`) + PROGRAM;
export const IMPORTED = imports((names, module) => `import { ${names} } from '${module}';`) + PROGRAM;

/** What can be imported, as package.json names it. */
export const ENTRIES = Object.keys(own.exports).filter((entry) => !entry.endsWith('.json'));

/** What a consumer writes who tests manifests. */
export const TESTED = `
const app = new App();
new OnlineBoutique(new Chart(app, 'shop'), 'shop');
test('the shop is open, and nothing leads to it', () => {
  expect(app).toAllowConnection({ from: 'loadgenerator', to: 'frontend', port: 8080 });
  expect(app).toAllowAllConnections();
  expect(app).not.toRoute({ url: 'http://shop.example.com/' });
  expect(app).toMatchRoutingSnapshot();
});
test('the shop is routed', () => {
  expect([app, INGRESS]).toRoute({ url: 'http://shop.example.com/', headers: { FOO: 'bar' } }).toBackend('frontend');
  expect([app, INGRESS]).toRoute({ url: 'http://shop.example.com/' }).not.toBackend('cartservice');
});
const INGRESS = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web' },
  spec: { ingressClassName: 'nginx', defaultBackend: { service: { name: 'frontend', port: { number: 80 } } } },
};
`;
/** Each is an error without the comment, and the comment is one without the error. */
export const UNTYPED = `
// @ts-expect-error: a peer is missing
expect(app).toDenyConnection({ from: 'frontend' });
// @ts-expect-error: no protocol
expect(app).toDenyConnection({ from: 'frontend', to: 'cartservice', port: 53, protocol: 'ICMP' });
// @ts-expect-error: no request
expect(app).toRoute('http://shop.example.com/');
// @ts-expect-error: follows toRoute
expect(app).toBackend('frontend');
// @ts-expect-error: no name
expect(app).toRoute({ url: 'http://shop.example.com/' }).toBackend(7);
// @ts-expect-error: nothing follows
expect(app).toDenyAllConnections().toBackend('frontend');
`;
export const TEST_NAMES: [string, string][] = [
  ['App, Chart', 'cdk8s'],
  ['OnlineBoutique', own.name],
];
export const WITH_JEST_GLOBALS: [string, string] = ['expect, test', '@jest/globals'];

/** Names with their modules, as CommonJS has them. */
export const required = (names: [string, string][]) =>
  names.map(([what, module]) => `const { ${what} } = require('${module}');`).join('\n');

/** Names with their modules, as ES modules and TypeScript have them. */
export const imported = (names: [string, string][]) =>
  names.map(([what, module]) => `import { ${what} } from '${module}';`).join('\n');

/** How packages are installed quickly, and without what they would run. */
export const QUICK = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];

/** The release of a dependency that is installed here; a consumer gets the same. */
export const release = (name: string) => {
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8'));
  return `${name}@${version}`;
};
