import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, App, Chart, type ChartProps } from 'cdk8s';
import { Construct } from 'constructs';
import { ExposedService, NetworkingApp } from '../../constructs';
import '../../jest';
import { failure, lines, SHOP } from './failure';

const service = (name: string, annotations = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop', annotations },
  spec: { selector: { app: 'nobody' }, ports: [{ port: 80 }] },
});
const CODE = 'service-selects-nothing';

test('manifests without a fault have no findings', () => {
  expect([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }]).toHaveNoFindings();
});

test('a finding is told as the command check tells it, with the place, the rule and what to do', () => {
  expect(failure(() => expect(SHOP).toHaveNoFindings({ severity: 'warning' }))).toMatchSnapshot();
});

test('not asks for a finding', () => {
  expect(service('web')).not.toHaveNoFindings();
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  expect(failure(() => expect(namespace).not.toHaveNoFindings())).toBe(
    lines(`
      expect(manifests).not.toHaveNoFindings()

      Expected: some finding
      Received: none
    `).trimEnd(),
  );
});

test('a rule that is off finds nothing, and one with a severity of its own finds that', () => {
  expect(service('web')).toHaveNoFindings({ rules: { [CODE]: 'off' } });
  const rules = { 'backend-missing': 'warning', 'controller-closed': 'on' } as const;
  expect(failure(() => expect(SHOP).toHaveNoFindings({ rules, severity: 'error' }))).toMatch(
    /Expected: no finding of severity error\nReceived: 1 error, \d+ of less severity/,
  );
  expect(SHOP).toHaveNoFindings({ rules: { ...rules, 'controller-closed': 'off' }, severity: 'error' });
});

test('what is milder than the severity does not count', () => {
  const rules = { [CODE]: 'info' } as const;
  expect(service('web')).toHaveNoFindings({ rules, severity: 'warning' });
  expect(service('web')).not.toHaveNoFindings({ rules });
});

test('what is ignored does not count: of a rule, of one object, by the annotation', () => {
  const two = [service('web'), service('api')];
  expect(two).toHaveNoFindings({ ignore: [CODE] });
  expect(two).toHaveNoFindings({ ignore: [`${CODE}=shop/web`, `${CODE}=Service shop/api`] });
  expect(two).not.toHaveNoFindings({ ignore: [`${CODE}=shop/web`] });
  expect(service('web', { 'cdk8s-networking/ignore': CODE })).toHaveNoFindings();
});

test('what ignores nothing is a finding', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  expect(failure(() => expect(namespace).toHaveNoFindings({ ignore: [CODE] }))).toContain('[unused-ignore]');
});

test('of many findings the first ten are told', () => {
  const many = Array.from({ length: 12 }, (_, index) => service(`web-${index}`));
  const text = failure(() => expect(many).toHaveNoFindings());
  expect(text.split(`[${CODE}]`)).toHaveLength(11);
  expect(text).toMatch(/\n\n… and 2 more$/);
});

test.each([
  [{ severity: 'fatal' }, 'severity is "fatal"; give error, warning or info'],
  [{ severity: null }, 'severity is null; give error, warning or info'],
  [{ rules: ['x'] }, 'rules is ["x"]; give settings by rule, such as { "service-open-to-world": "off" }'],
  [{ rules: { 'dns-close': 'off' } }, 'there is no rule dns-close; did you mean dns-closed?'],
  [{ rules: { toString: 'off' } }, 'there is no rule toString; docs/checks lists the rules'],
  [{ rules: { [CODE]: 'never' } }, `the rule ${CODE} is set to "never"; give on, off, error, warning or info`],
  [{ ignore: CODE }, `ignore is "${CODE}"; give a list such as ["service-open-to-world=Service shop/web"]`],
  [{ ignore: [7] }, 'ignore[0] is 7; give RULE or RULE=OBJECT, such as "service-open-to-world=shop/web"'],
  [{ ignore: [`${CODE}=`] }, `ignore[0] is "${CODE}="; give RULE or RULE=OBJECT`],
  [{ ignore: ['dns-close'] }, 'there is no rule dns-close; did you mean dns-closed?'],
  [{ rule: {} }, 'the question has rule; it may have rules, ignore, severity, alternatives'],
  [{ alternatives: 'dist' }, 'alternatives is "dist"; give a list of files and folders, such as ["dist/variants"]'],
  [{ alternatives: [''] }, 'alternatives is [""]; give a list of files and folders'],
])('fails, also after not, for %j', (question, reason) => {
  const wrong = question as never;
  expect(failure(() => expect(service('web')).toHaveNoFindings(wrong))).toContain(reason);
  expect(failure(() => expect(service('web')).not.toHaveNoFindings(wrong))).toContain(reason);
});

test.each([
  ['nothing', '---\n---\n'],
  [
    'what an API server refuses',
    '{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: x }, spec: 7 }\n',
  ],
])('manifests that hold %s fail, also after not', (_, text) => {
  failure(() => expect(text).toHaveNoFindings());
  failure(() => expect(text).not.toHaveNoFindings());
});

describe('a whole app', () => {
  /** A chart whose policy lets a port in. */
  function chartOf(scope: Construct, id: string, port: number, props: ChartProps = {}): Chart {
    const chart = new Chart(scope, id, props);
    new ApiObject(chart, 'policy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'backend' },
      spec: {
        podSelector: { matchLabels: { app: 'backend' } },
        policyTypes: ['Ingress'],
        ingress: [{ ports: [{ port }] }],
      },
    });
    return chart;
  }

  const backend = (app: App) =>
    new ExposedService(new Chart(app, 'shop'), 'backend', {
      image: 'registry.example/backend:1',
      port: 8080,
      servicePort: 80,
    });

  test.each([
    ['NetworkingApp', () => new NetworkingApp()],
    ['App of cdk8s', () => new App()],
  ])('as a %s is judged with all of its charts together', (_, make) => {
    const right = make();
    backend(right);
    chartOf(right, 'policy', 8080);
    expect(right).toHaveNoFindings();

    const wrong = make();
    backend(wrong);
    chartOf(wrong, 'policy', 80);
    expect(failure(() => expect(wrong).toHaveNoFindings())).toContain(
      'policy/policy: error NetworkPolicy default/backend [port-of-service]',
    );
    // Without the Service of the other chart nobody could know.
    expect(wrong.node.findChild('policy')).toHaveNoFindings({ severity: 'error' });
  });

  test('is judged with each of its alternatives in the place of what that replaces', () => {
    const appOf = (usual: number, other: number) => {
      const app = new NetworkingApp();
      backend(app);
      chartOf(app, 'policy', usual);
      const variants = new Construct(app, 'variants');
      NetworkingApp.alternative(variants);
      chartOf(variants, 'one', other);
      chartOf(variants, 'two', 8080);
      return app;
    };
    expect(appOf(8080, 8080)).toHaveNoFindings();
    expect(failure(() => expect(appOf(8080, 80)).toHaveNoFindings())).toMatch(/variants\/one\/policy: error/);
    expect(failure(() => expect(appOf(80, 8080)).toHaveNoFindings())).toMatch(/\n\s*policy\/policy: error/);
  });

  test('that was written is judged by its folder, with alternatives that are named', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'written-'));
    try {
      const app = new NetworkingApp({ outdir: folder });
      backend(app);
      chartOf(app, 'policy', 8080);
      const variants = new Construct(app, 'variants');
      NetworkingApp.alternative(variants);
      chartOf(variants, 'one', 8081);
      app.synth();
      expect(failure(() => expect(folder).toHaveNoFindings())).toContain('the same object stands at');
      expect(folder).toHaveNoFindings({ alternatives: [path.join(folder, 'variants')] });
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
