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
  [{ rule: {} }, 'the question has rule; it may have rules, ignore, severity'],
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
