import { Routes } from '../../../analysis';
import { ingress, path, service } from './objects';
import { where } from './where';

// What the real controller does with garbled values, seen by running its releases 1.8.2 and 1.15.1: one row each, for a request
// to http://a.test/x of an Ingress that leads to `web`.

const TLS = [{ hosts: ['a.test'], secretName: 'a-tls' }];
const NOT_SERVED = '404';
const GONE = 'web:80';

type Row = readonly [annotations: Readonly<Record<string, string>>, in182: string, in1151: string, isTls?: 'tls'];

const ROWS: readonly Row[] = [
  // What counts as absent in both.
  [{ 'ssl-redirect': 'no' }, '308 https://a.test/x', '308 https://a.test/x', 'tls'],
  [{ 'ssl-redirect': 'false' }, 'web:80', 'web:80', 'tls'],
  [{ 'use-regex': 'yes' }, 'web:80', 'web:80'],
  [{ 'app-root': 'app' }, 'web:80', 'web:80'],
  // What drops the whole Ingress from 1.12 on.
  [{ 'permanent-redirect': 'https://b.test$request_uri' }, '301 https://b.test/x', NOT_SERVED],
  [{ 'permanent-redirect': 'https://b.test', 'permanent-redirect-code': 'moved' }, GONE, NOT_SERVED],
  [{ 'temporal-redirect': 'https://b.test/$host' }, '302 https://b.test/a.test', NOT_SERVED],
  [{ 'temporal-redirect': 'https://b.test', 'temporal-redirect-code': 'moved' }, '302 https://b.test', NOT_SERVED],
  [{ 'relative-redirects': 'yes' }, GONE, NOT_SERVED],
  [{ 'server-alias': 'b test' }, GONE, NOT_SERVED],
  [{ 'limit-rps': 'many' }, GONE, NOT_SERVED],
  [{ 'limit-rpm': '1.5' }, GONE, NOT_SERVED],
  [{ 'limit-connections': 'x' }, GONE, NOT_SERVED],
  [{ 'custom-http-errors': 'all' }, GONE, NOT_SERVED],
  [{ 'default-backend': 'Web' }, GONE, NOT_SERVED],
  [{ 'load-balance': 'a_b' }, GONE, NOT_SERVED],
  [{ 'upstream-vhost': 'a b' }, GONE, NOT_SERVED],
  [{ 'ssl-passthrough': 'yes' }, GONE, NOT_SERVED],
  [{ 'http2-push-preload': 'on' }, GONE, NOT_SERVED],
  [{ 'connection-proxy-header': 'Upgrade' }, GONE, NOT_SERVED],
  [{ 'auth-type': 'oauth', 'auth-secret': 'users' }, '503', NOT_SERVED],
  // What answers 503 in both.
  [{ 'whitelist-source-range': '10.0.0.0/33' }, '503', '503'],
  [{ 'auth-url': 'auth' }, '503', '503'],
  [{ 'auth-type': 'basic' }, '503', '503'],
  [{ 'auth-type': 'basic', 'auth-secret': 'empty' }, '503', '503'],
];

function routesIn(controllerVersion: string, annotations: Row[0], isTls = false): Routes {
  const web = ingress('main', {
    annotations,
    rules: [path('a.test', '/', 'Prefix', 'web')],
    ...(isTls ? { tls: TLS } : {}),
  });
  const empty = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'empty', namespace: 'default' } };
  return Routes.ofIngressNginx([service('web'), service('new'), web, empty], { controllerVersion, input: 'tolerant' });
}

test.each(ROWS.map(([annotations, in182, in1151, tls]) => [annotations, in182, in1151, tls === 'tls'] as const))(
  '%j: %s in 1.8.2, %s in 1.15.1',
  (annotations, in182, in1151, isTls) => {
    const answers = ['1.8.2', '1.15.1'].map((release) =>
      where(routesIn(release, annotations, isTls), 'http://a.test/x'),
    );
    expect(answers).toEqual([in182, in1151]);
  },
);

// An Ingress that is no canary after all has its path like others, behind the one that was there first.
test.each(['1.8.2', '1.15.1'])(
  'canary "yes", and a canary-weight of "12.5", give a canary nothing in %s',
  (release) => {
    for (const annotations of [
      { canary: 'yes', 'canary-weight': '50' },
      { canary: 'true', 'canary-weight': '12.5' },
    ]) {
      const rules = (to: string) => [path('a.test', '/', 'Prefix', to)];
      const routes = Routes.ofIngressNginx(
        [
          ...['web', 'new'].map((name) => service(name)),
          ingress('main', { rules: rules('web'), created: '2026-01-01T00:00:00Z' }),
          ingress('canary', { rules: rules('new'), annotations }),
        ],
        { controllerVersion: release, input: 'tolerant' },
      );
      expect(where(routes, 'http://a.test/x')).toBe('web:80');
    }
  },
);

test.each(['/x?y', '/x{1}', '/(x)', '/a b'])('a rewrite-target %s counts as absent in 1.15.1', (target) => {
  const answer = routesIn('1.15.1', { 'rewrite-target': target }).route({ url: 'http://a.test/z' });
  expect(answer).toMatchObject({ outcome: 'backends', upstream: { path: '/z' } });
});

test.each([
  ['1.8.2', { 'proxy-buffer-size': 'lots' }, ['bad-configuration']],
  ['1.15.1', { 'proxy-buffer-size': 'lots' }, []],
  ['1.15.1', { 'proxy-buffer-size': '8b' }, ['bad-configuration']],
])('in %s, nginx refuses its whole configuration for %j: %j', (release, annotations, codes) => {
  expect(routesIn(release, annotations).problems.map(({ code }) => code)).toEqual(codes);
});

test.each([
  ['1.8.2', ['bad-configuration']],
  ['1.13.6', ['bad-configuration']],
  ['1.13.7', []],
  ['1.14.2', ['bad-configuration']],
  ['1.14.3', []],
  ['1.15.1', []],
])('in %s, nginx refuses its whole configuration for a path with {: %j', (controllerVersion, codes) => {
  const rules = [path('a.test', '/a{b}', 'ImplementationSpecific', 'web')];
  const { problems } = Routes.ofIngressNginx([service('web'), ingress('main', { rules })], { controllerVersion });
  expect(problems.map(({ code }) => code)).toEqual(codes);
});

test.each([
  ['1.8.2', '308 http://a.test/x'],
  ['1.15.1', '308 http://a.test:80/x'],
])('in %s, a redirect from www. leads to %s', (release, expected) => {
  const routes = routesIn(release, { 'from-to-www-redirect': 'true' });
  expect(where(routes, 'http://www.a.test/x')).toBe(expected);
});
