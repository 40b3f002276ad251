import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Validation } from 'cdk8s-cli/plugins';
import { NetworkingValidation } from '../../validation';
import { runOffline } from '../helpers/app-copy';

const ROOT = path.join(__dirname, '../..');
const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

let folder: string;
const write = (file: string, text: string) => fs.writeFileSync(path.join(folder, file), text);

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'validation-'));
  const modules = path.join(folder, 'node_modules');
  fs.mkdirSync(modules);
  for (const name of ['cdk8s', 'cdk8s-plus-27', 'constructs', 'cdk8s-cli']) {
    fs.symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name));
  }
  fs.symlinkSync(ROOT, path.join(modules, 'cdk8s-networking'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** Two objects are called backend, and the policy names the port of the Service in the place of the pod's. */
const PLANTED = `
const { ApiObject, App, Chart } = require('cdk8s');
const { Construct } = require('constructs');
const { ExposedService, NetworkingApp } = require('cdk8s-networking');
const app = APP;
const chart = new Chart(app, 'shop');
new ExposedService(chart, 'backend', { image: 'registry.example/backend:1', port: 8080, servicePort: 80 });
const policies = new Construct(chart, 'policies');
new ApiObject(policies, 'PLACE', {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'backend' },
  spec: { podSelector: { matchLabels: { app: 'backend' } }, ingress: [{ ports: [{ port: 80 }] }] },
});
app.synth();
`;
const app = (make: string, place = 'backend-policy') =>
  write('main.js', PLANTED.replace('APP', make).replace('PLACE', place));

const LOCAL = './node_modules/cdk8s-networking/lib/validation';

/** A cdk8s.yaml that names the plugin. */
const configure = (name = LOCAL, properties = '{}') =>
  write(
    'cdk8s.yaml',
    `language: typescript\napp: node main.js\nvalidations:\n  - { package: ${name}, class: NetworkingValidation, version: ${version}, properties: ${properties} }\n`,
  );

function synth(settings: Readonly<Record<string, string>> = {}) {
  const report = path.join(folder, 'report.json');
  const ran = runOffline(
    'node node_modules/cdk8s-cli/bin/cdk8s synth --check-upgrade=false --validation-reports-output-file report.json',
    folder,
    settings,
  );
  const reports = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')).reports : [];
  return { ...ran, violations: reports[0]?.violations, summary: reports[0]?.summary };
}

const ERROR = {
  ruleName: 'port-of-service',
  recommendation: expect.stringContaining('error: '),
  fix: expect.stringContaining('8080'),
  violatingConstructs: [
    {
      resourceName: 'NetworkPolicy backend',
      constructPath: 'shop/policies/backend-policy',
      manifestPath: 'dist/shop.k8s.yaml',
      locations: ['dist/shop.k8s.yaml:44:11'],
    },
  ],
};

describe('cdk8s synth with the plugin', () => {
  test('fails on a planted error, with the path of the construct, file, line and advice', () => {
    app('new NetworkingApp()');
    configure();
    const { status, stdout, violations, summary } = synth();
    expect(violations).toEqual([ERROR]);
    expect(summary).toMatchObject({ status: 'failure', metadata: { Errors: '1', Silenced: '0' } });
    expect(status).toBe(2);
    expect(stdout).toContain('Construct Path: shop/policies/backend-policy');
    expect(stdout).toContain('> dist/shop.k8s.yaml:44:11');
    const line = fs.readFileSync(path.join(folder, 'dist/shop.k8s.yaml'), 'utf8').split('\n')[43];
    expect(line?.slice(10)).toBe('port: 80');
  });

  test('finds the class by the bare name of the package where it is installed as a plugin, without a network', () => {
    app('new NetworkingApp()');
    configure('cdk8s-networking');
    const plugins = path.join(folder, 'plugins');
    const at = path.join(plugins, 'cdk8s-networking', version, 'node_modules');
    fs.mkdirSync(at, { recursive: true });
    fs.symlinkSync(ROOT, path.join(at, 'cdk8s-networking'));
    const { status, violations } = synth({ CDK8S_PLUGINS_DIR: plugins });
    expect(violations).toEqual([ERROR]);
    expect(status).toBe(2);
  });

  test('names no construct for an app of cdk8s itself where two objects have one name, rather than the wrong one', () => {
    app('new App()');
    configure();
    const [{ violatingConstructs }] = synth().violations;
    expect(violatingConstructs[0]).toMatchObject({
      resourceName: 'NetworkPolicy backend',
      manifestPath: 'dist/shop.k8s.yaml',
    });
    expect(violatingConstructs[0]).not.toHaveProperty('constructPath');
  });

  test('takes severities and rules from its properties', () => {
    app('new NetworkingApp()');
    configure(LOCAL, '{ rules: { port-of-service: warning } }');
    expect(synth()).toMatchObject({ status: 0, violations: [{ recommendation: expect.stringMatching(/^warning: /) }] });
    fs.rmSync(path.join(folder, 'report.json'));
    configure(LOCAL, '{ rules: { port-of-service: off } }');
    expect(synth()).toMatchObject({ status: 0, violations: [], summary: { metadata: { Errors: '0', Warnings: '0' } } });
    fs.rmSync(path.join(folder, 'report.json'));
    configure(
      LOCAL,
      '{ ignore: [{ rule: port-of-service, object: NetworkPolicy default/backend, reason: a demonstration }] }',
    );
    expect(synth()).toMatchObject({ status: 0, violations: [], summary: { metadata: { Silenced: '1' } } });
  });

  test('takes what the configuration file says too', () => {
    app('new NetworkingApp()');
    configure();
    write('cdk8s-networking.yaml', 'checks: { rules: { port-of-service: off } }');
    expect(synth()).toMatchObject({ status: 0, violations: [] });
  });

  test('fails for properties that nobody knows, and says which there are', () => {
    app('new NetworkingApp()');
    configure(LOCAL, '{ failon: warning, tell: everything, rules: { no-rule: off } }');
    const { status, stdout, stderr } = synth();
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain(
      '"failon" is not known; known are rules, ignore, failOn, alternatives, tell, input, config',
    );
    expect(stdout + stderr).toContain('tell is "everything"; use error, warning, info');
    expect(stdout + stderr).toContain('"no-rule" is not known; no rule has this code');
    expect(stdout + stderr).not.toMatch(/^\s+at /m);
  });
});

test('the types of cdk8s-cli take it for a validation plugin', () => {
  const plugin: Validation = new NetworkingValidation();
  expect(typeof plugin.validate).toBe('function');
});
