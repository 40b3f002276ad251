import { Routes } from '../../../analysis';
import { BlueGreen, CanaryRule } from '../../../constructs';
import { where } from '../../analysis/routing/where';
import { shopWith } from './shop';

const URL = 'http://shop.example.com/cart';
const MAIN = 'frontend:8080';
const CANARY = 'frontend-canary:8080';

/** Where requests with these headers go, by the manifests of a canary with this rule. */
function goes(rule: CanaryRule, headers: Readonly<Record<string, string>> = {}): string {
  const routes = Routes.ofIngressNginx(shopWith(rule));
  expect([routes.problems, routes.notes]).toEqual([[], []]);
  return where(routes, URL, headers);
}

const share = (of: number) => `${1 - of} ${MAIN}, ${of} ${CANARY}`;

test('a weight of 5 is one request of 20', () => {
  expect(goes(CanaryRule.weight(5))).toBe(share(0.05));
});

test('a weight of 7 of a total of 1000 is 7 requests of 1000', () => {
  expect(goes(CanaryRule.weight(7, { total: 1000 }))).toBe(share(0.007));
});

test('a header of a value is every request that has it, and one of 20 of the others', () => {
  const rule = CanaryRule.header('FOO', 'bar').orWeight(5);
  expect(goes(rule, { FOO: 'bar' })).toBe(CANARY);
  expect(goes(rule, { FOO: 'never' })).toBe(share(0.05));
  expect(goes(rule)).toBe(share(0.05));
});

test('a header of a value alone leaves all others at the main service', () => {
  expect(goes(CanaryRule.header('FOO', 'bar'), { FOO: 'bar' })).toBe(CANARY);
  expect(goes(CanaryRule.header('FOO', 'bar'), { FOO: 'baz' })).toBe(MAIN);
  expect(goes(CanaryRule.header('FOO', 'bar'))).toBe(MAIN);
});

test('a header says always or never', () => {
  expect(goes(CanaryRule.header('X-Canary'), { 'X-Canary': 'always' })).toBe(CANARY);
  expect(goes(CanaryRule.header('X-Canary').orWeight(100), { 'X-Canary': 'never' })).toBe(MAIN);
  expect(goes(CanaryRule.header('X-Canary').orWeight(100), { 'X-Canary': 'yes' })).toBe(CANARY);
});

test('a pattern is found anywhere in a header', () => {
  expect(goes(CanaryRule.headerPattern('X-Region', 'eu|us'), { 'X-Region': 'eu-west' })).toBe(CANARY);
  expect(goes(CanaryRule.headerPattern('X-Region', '^eu$'), { 'X-Region': 'eu-west' })).toBe(MAIN);
});

test('a cookie says always or never', () => {
  expect(goes(CanaryRule.cookie('beta'), { Cookie: 'a=b; beta=always' })).toBe(CANARY);
  expect(goes(CanaryRule.cookie('beta').orWeight(100), { Cookie: 'beta=never' })).toBe(MAIN);
});

test('a header decides before a cookie', () => {
  const rule = CanaryRule.header('X-Canary').orCookie('beta');
  expect(goes(rule, { 'X-Canary': 'never', Cookie: 'beta=always' })).toBe(MAIN);
  expect(goes(rule, { 'X-Canary': 'perhaps', Cookie: 'beta=always' })).toBe(CANARY);
});

test.each([
  [BlueGreen.BLUE, MAIN],
  [BlueGreen.GREEN, CANARY],
])('blue-green sends all to %s, and either can be reached by the header', (live, everybody) => {
  const rule = CanaryRule.blueGreen(live, 'X-Side');
  expect(goes(rule)).toBe(everybody);
  expect(goes(rule, { 'X-Side': 'always' })).toBe(CANARY);
  expect(goes(rule, { 'X-Side': 'never' })).toBe(MAIN);
});

test('A/B keeps whoever has the cookie where it was, and sends half of the others to either', () => {
  const rule = CanaryRule.abTestByCookie('version');
  expect(goes(rule)).toBe(share(0.5));
  expect(goes(rule, { Cookie: 'version=always' })).toBe(CANARY);
  expect(goes(rule, { Cookie: 'version=never' })).toBe(MAIN);
});

test('A/B by a header sends a group to B and a share of the others', () => {
  const rule = CanaryRule.abTestByHeader('X-Group', 'b', 10);
  expect(goes(rule, { 'X-Group': 'b' })).toBe(CANARY);
  expect(goes(rule, { 'X-Group': 'a' })).toBe(share(0.1));
});

test('without a rule nobody goes to the canary', () => {
  expect(goes(undefined as never)).toBe(MAIN);
});
