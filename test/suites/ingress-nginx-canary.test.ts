import { Routes } from '../../analysis';
import { ingress, path, paths, service } from '../analysis/routing/objects';
import { where } from '../analysis/routing/where';

// The canary cases of ingress-nginx' own end-to-end tests, as facts in our own words. Source: github.com/kubernetes/ingress-nginx,
// test/e2e/annotations/canary.go (Apache-2.0). The host is foo, its Service http-svc, that of the canary http-svc-canary.

const SERVICES = [service('http-svc'), service('http-svc-canary')];
const URL = 'http://foo/';
const HEADER = { 'canary-by-header': 'CanaryByHeader' };

const main = (parts: object = {}) => ingress('foo', { rules: [path('foo', '/', 'Prefix', 'http-svc')], ...parts });
const canary = (annotations: Readonly<Record<string, string>>, parts: object = {}) =>
  ingress('foo-canary', {
    rules: [path('foo', '/', 'Prefix', 'http-svc-canary')],
    annotations: { canary: 'true', ...annotations },
    ...parts,
  });
const routesOf = (...objects: object[]) => {
  const routes = Routes.ofIngressNginx([...SERVICES, ...objects]);
  expect(routes.problems).toEqual([]);
  return routes;
};
/** Where requests with these headers go. */
const sent = (routes: Routes, ...headers: readonly Readonly<Record<string, string>>[]) =>
  headers.map((given) => where(routes, URL, given).replace(/:80$/, ''));
const by = (value: string, name = 'CanaryByHeader') => ({ [name]: value });
const cookie = (name: string, value: string) => ({ Cookie: `${name}=${value}` });

const MAIN = 'http-svc';
const CANARY = 'http-svc-canary';

describe('ingress-nginx, tested by itself:', () => {
  test('a request without the header goes to the main Service', () => {
    expect(sent(routesOf(main(), canary(HEADER)), {})).toEqual([MAIN]);
  });

  test('a canary alone is found by no request', () => {
    expect(sent(routesOf(canary(HEADER)), by('always'))).toEqual(['404']);
  });

  test.each([
    ['before', [main({ created: '2024-01-01T00:00:00Z' }), canary(HEADER, { created: '2024-01-02T00:00:00Z' })]],
    ['after', [canary(HEADER, { created: '2024-01-01T00:00:00Z' }), main({ created: '2024-01-02T00:00:00Z' })]],
  ])('the main Ingress is made %s the canary', (_, objects) => {
    expect(sent(routesOf(...objects), by('never'), by('always'))).toEqual([MAIN, CANARY]);
  });

  test('the main Ingress is changed', () => {
    const changed = main({ metadata: { annotations: { foo: 'bar' } } });
    expect(sent(routesOf(changed, canary(HEADER)), by('never'), by('always'))).toEqual([MAIN, CANARY]);
  });

  test('the canary is changed to another header', () => {
    const routes = routesOf(main(), canary({ 'canary-by-header': 'CanaryByHeader2' }));
    expect(sent(routes, by('never', 'CanaryByHeader2'), by('always', 'CanaryByHeader2'))).toEqual([MAIN, CANARY]);
    expect(sent(routes, by('always'))).toEqual([MAIN]);
  });

  test('a header without a value is always, never, or nothing', () => {
    const routes = routesOf(main(), canary(HEADER));
    expect(sent(routes, by('always'), by('never'), by('badheadervalue'))).toEqual([CANARY, MAIN, MAIN]);
  });

  test('a header with a value is that value and no other', () => {
    const routes = routesOf(main(), canary({ ...HEADER, 'canary-by-header-value': 'DoCanary' }));
    expect(sent(routes, by('DoCanary'), by('always'), by('never'), by('otherheadervalue'))).toEqual([
      CANARY,
      MAIN,
      MAIN,
      MAIN,
    ]);
  });

  test('a cookie is asked where the header has another value', () => {
    const routes = routesOf(
      main(),
      canary({ ...HEADER, 'canary-by-header-value': 'DoCanary', 'canary-by-cookie': 'CanaryByCookie' }),
    );
    expect(sent(routes, { ...by('otherheadervalue'), ...cookie('CanaryByCookie', 'always') })).toEqual([CANARY]);
  });

  test('a cookie is always, never, or nothing', () => {
    const routes = routesOf(main(), canary({ 'canary-by-cookie': 'Canary-By-Cookie' }));
    const name = 'Canary-By-Cookie';
    expect(sent(routes, cookie(name, 'always'), cookie(name, 'never'), cookie(name, 'badcookievalue'))).toEqual([
      CANARY,
      MAIN,
      MAIN,
    ]);
  });

  test.each([
    ['0', MAIN],
    ['100', CANARY],
  ])('a weight of %s sends all to %s', (weight, to) => {
    expect(sent(routesOf(main(), canary({ 'canary-weight': weight })), {})).toEqual([to]);
  });

  test('a canary for every host is not used as the server for what has none', () => {
    const all = (name: string, to: string, annotations = {}) =>
      ingress(name, { defaultBackend: { service: { name: to, port: { number: 80 } } }, annotations });
    const routes = routesOf(all('foo-canary', CANARY, { canary: 'true', ...HEADER }), all('foo', MAIN));
    expect(sent(routes, {}, by('never'))).toEqual([MAIN, MAIN]);
  });

  test('a canary with a host that no other Ingress has makes no server', () => {
    const bar = ingress('bar', { rules: [path('bar', '/', 'Prefix', 'http-svc')] });
    const routes = routesOf(canary(HEADER), bar);
    expect([where(routes, URL, by('always')), where(routes, 'http://bar/')]).toEqual(['404', 'http-svc:80']);
  });

  test('a canary with several paths that match none leaves the others alone', () => {
    const several = ingress('foo-canary', {
      rules: [paths('foo', ['/foo', 'Prefix', CANARY], ['/bar', 'Prefix', CANARY])],
      annotations: { canary: 'true', ...HEADER },
    });
    const routes = routesOf(several, main());
    expect(['', 'foo', 'bar'].map((one) => where(routes, `http://foo/${one}`, by('always')))).toEqual(
      Array(3).fill('http-svc:80'),
    );
  });

  test('a pattern is matched as it is written', () => {
    const routes = routesOf(main(), canary({ ...HEADER, 'canary-by-header-pattern': '^Do[A-Z][a-z]+y$' }));
    expect(sent(routes, by('DoCanary'), by('Docanary'))).toEqual([CANARY, MAIN]);
  });

  test('a pattern beside a value is not asked', () => {
    const pattern = { 'canary-by-header-value': 'DoCanary', 'canary-by-header-pattern': '^Do[A-Z][a-z]+y$' };
    expect(sent(routesOf(main(), canary({ ...HEADER, ...pattern })), by('DoCananry'))).toEqual([MAIN]);
  });

  test('a pattern that is none matches nothing, and keeps the cookie from being asked', () => {
    const pattern = { 'canary-by-header-pattern': '[][**da?$&*', 'canary-by-cookie': 'CanaryByCookie' };
    const routes = Routes.ofIngressNginx([...SERVICES, main(), canary({ ...HEADER, ...pattern })]);
    expect(sent(routes, { ...by('DoCanary'), ...cookie('CanaryByCookie', 'always') })).toEqual([MAIN]);
  });

  test('a weight that is the total sends all to the canary, and one of 50 half', () => {
    const total = { 'canary-weight': '1000', 'canary-weight-total': '1000' };
    expect(sent(routesOf(main(), canary(total)), {})).toEqual([CANARY]);
    expect(routesOf(main(), canary({ 'canary-weight': '50' })).route({ url: URL })).toMatchObject({
      backends: [
        { service: MAIN, probability: 0.5 },
        { service: CANARY, probability: 0.5 },
      ],
    });
  });

  test.each<Readonly<Record<string, string>>>([
    {},
    { 'affinity-canary-behavior': 'sticky' },
    { 'affinity-canary-behavior': 'legacy' },
  ])('a session cookie of the main Ingress leaves the first request to header and weight: %j', (behavior) => {
    const sticky = main({ annotations: { affinity: 'cookie', 'session-cookie-name': 'aff' } });
    const forced = { 'canary-by-header': 'ForceCanary', 'canary-by-header-value': 'yes', 'canary-weight': '50' };
    const routes = routesOf(sticky, canary({ ...forced, ...behavior }));
    expect(sent(routes, by('yes', 'ForceCanary'))).toEqual([CANARY]);
    expect(routes.route({ url: URL })).toMatchObject({ backends: [{ probability: 0.5 }, { probability: 0.5 }] });
  });

  test('what is expected wrongly is seen', () => {
    const routes = routesOf(main(), canary(HEADER));
    expect(() => expect(sent(routes, by('always'))).toEqual([MAIN])).toThrow(CANARY);
  });
});
