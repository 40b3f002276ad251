import { Routes } from '../../../../analysis';
import { ingress, path as ingressPath } from '../objects';
import { gateway, httpRoute, https, listener, redirect, rule, SERVICES, where } from './objects';

const web = gateway([listener('http')]);
const other = gateway([listener('http')], { name: 'other' });
const onWeb = httpRoute('one', [rule('a')]);
const onOther = httpRoute('two', [rule('b')], { parents: [{ name: 'other', namespace: 'infra' }] });
const old = ingress('old', { namespace: 'shop', rules: [ingressPath('x.test', '/', 'Prefix', 'c')] });

const problems = (...given: Parameters<typeof Routes.of>) =>
  Routes.of(...given).problems.map(({ code, message }) => `${code} ${message}`);

describe('which Gateway', () => {
  test('the only one there is', () => {
    expect(where(Routes.ofGateway([web, onWeb, onOther, ...SERVICES]), 'http://x/')).toBe('a');
  });

  test('the one that is named', () => {
    const objects = [web, other, onWeb, onOther, ...SERVICES];
    expect(where(Routes.ofGateway(objects, { gateway: 'infra/web' }), 'http://x/')).toBe('a');
    expect(where(Routes.ofGateway(objects, { gateway: 'infra/other' }), 'http://x/')).toBe('b');
    expect(Routes.ofGateway(objects, { gateway: 'infra/web' }).notes).toEqual([]);
  });

  test('fails with the choices where there are several', () => {
    expect(problems([other, web])).toEqual([
      'several-gateways there are the Gateways "infra/other", "infra/web"; choose one',
    ]);
  });

  test('fails with the choices where none has the name', () => {
    expect(problems([web], { gateway: 'web' })).toEqual([
      'unknown-gateway no Gateway is "web", as NAMESPACE/NAME; there are "infra/web"',
    ]);
    expect(problems([old], { gateway: 'infra/web' })).toEqual([
      'unknown-gateway no Gateway is "infra/web", as NAMESPACE/NAME; there is none',
    ]);
  });
});

describe('Ingresses or a Gateway', () => {
  test('whichever there is', () => {
    expect(where(Routes.of([web, onWeb, ...SERVICES]), 'http://x.test/')).toBe('a');
    expect(where(Routes.of([old, ...SERVICES]), 'http://x.test/')).toBe('c');
    expect(where(Routes.of(SERVICES), 'http://x.test/')).toBe('404');
  });

  test('fails with the choices where there are both', () => {
    expect(problems([web, other, old, onWeb])).toEqual([
      'several-targets there are Ingresses of the class "nginx", and the Gateways "infra/other", "infra/web"; choose one',
    ]);
    expect(problems([web, ingress('old', { rules: [], className: null, defaultBackend: {} })])).toEqual([
      'several-targets there are Ingresses without class, and the Gateway "infra/web"; choose one',
    ]);
  });

  test('the one that is chosen', () => {
    const both = [web, onWeb, old, ...SERVICES];
    expect(where(Routes.of(both, { gateway: 'infra/web' }), 'http://x.test/')).toBe('a');
    expect(where(Routes.of(both, { ingressClass: 'nginx' }), 'http://x.test/')).toBe('c');
  });

  test('fails if both are chosen', () => {
    expect(() => Routes.of([web, old], { gateway: 'infra/web', ingressClass: 'nginx' })).toThrow(
      new RangeError('ingressClass nginx and gateway infra/web: give one of them'),
    );
  });

  test('routes whose Gateway is missing are noted', () => {
    expect(Routes.of([onWeb]).notes).toMatchObject([{ code: 'not-served' }]);
  });
});

describe('the table', () => {
  test('has a row for each match, by host and path, with its listener and what else it asks for', () => {
    const routes = Routes.of([
      gateway([listener('http'), https('https', { hostname: '*.x.test' })]),
      httpRoute('one', [rule('a', { headers: [{ name: 'X', value: '1' }], method: 'GET' }), rule('b')], {
        hostnames: ['a.x.test'],
        parents: [{ name: 'web', namespace: 'infra', sectionName: 'https' }],
      }),
      httpRoute('two', [redirect({ scheme: 'https', statusCode: 301 })], {
        parents: [{ name: 'web', namespace: 'infra', sectionName: 'http' }],
      }),
      ...SERVICES,
    ]);
    expect(
      routes
        .table()
        .map(({ host, path, when, listener: name, tls, backends, redirect: to, rule: { name: route } }) => [
          host,
          path,
          when,
          name,
          tls,
          backends[0]?.service ?? `${to?.status} ${to?.location}`,
          route,
        ]),
    ).toEqual([
      ['a.x.test', '/', 'method GET and header x is "1"', 'https:443', true, 'a', 'one'],
      ['a.x.test', '/', undefined, 'https:443', true, 'b', 'one'],
      [null, '/', undefined, 'http:80', false, '301 https://{host}{path and query}', 'two'],
    ]);
  });
});

describe('reasons', () => {
  test('name the listener, the rule and its place, and the backends', () => {
    const routes = Routes.of([
      web,
      httpRoute('one', [rule('a', { headers: [{ name: 'X', value: '1' }] })]),
      ...SERVICES,
    ]);
    expect(routes.explain({ url: 'http://x.test/cart', headers: { x: '1' } })).toMatchObject({
      because: [
        'listener http, for every host: x.test',
        'path /cart is below / and header x is "1": HTTPRoute shop/one, path / (PathPrefix)',
        'backendRef a',
      ],
    });
    expect(routes.explain({ url: 'http://x.test/cart' }).because).toEqual([
      'listener http, for every host: x.test',
      'no path matches /cart',
    ]);
  });

  test('a path that nobody can resolve is refused by the gateway', () => {
    expect(Routes.of([web, onWeb, ...SERVICES]).route({ url: 'http://x/%zz' })).toMatchObject({
      outcome: 'error',
      status: 400,
      why: expect.stringContaining('the gateway refuses the path'),
    });
  });
});
