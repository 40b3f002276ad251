import { Routes } from '../../../analysis';
import { controller, ingress, path, service } from './objects';
import { notesOf, where } from './where';

const PREFIX = 'nginx.ingress.kubernetes.io';

function routesOf(annotations: Readonly<Record<string, string>>, input: 'strict' | 'tolerant' = 'tolerant'): Routes {
  const web = ingress('web', { rules: [path('a.test', '/', 'Prefix', 'web')], metadata: { annotations } });
  return Routes.ofIngressNginx([service('web'), web], { input, controllerVersion: '1.15' });
}

const warningsOf = ({ warnings }: Routes) => warnings.map(({ code, message }) => `${code}: ${message}`);

describe('an annotation that looks like one of ingress-nginx and is none is named with what was meant', () => {
  test.each([
    [`${PREFIX}/force-ssl-redirct`, 'force-ssl-redirect'],
    [`${PREFIX}/force_ssl_redirect`, 'force-ssl-redirect'],
    [`${PREFIX}/Force-SSL-Redirect`, 'force-ssl-redirect'],
    [`${PREFIX}/rewrite-targets`, 'rewrite-target'],
    [`${PREFIX}/cannary-weight`, 'canary-weight'],
    [`${PREFIX}/whitelist-source-ranges`, 'whitelist-source-range'],
    [`${PREFIX}/proxy-body-sizes`, 'proxy-body-size'],
    ['nginx.ingress.kubernetes.com/force-ssl-redirect', 'force-ssl-redirect'],
    ['ngnix.ingress.kubernetes.io/force-ssl-redirect', 'force-ssl-redirect'],
    ['nginx.ingress.kubernetes/rewrite-target', 'rewrite-target'],
    ['nginx.ingres.kubernetes.io/rewrite-taget', 'rewrite-target'],
    ['ingress.kubernetes.io/rewrite-target', 'rewrite-target'],
  ])('%s', (key, meant) => {
    const routes = routesOf({ [key]: 'true' });
    const message = `annotation ${key} is none that ingress-nginx reads; did you mean ${PREFIX}/${meant}?`;
    expect(warningsOf(routes)).toEqual([`unknown-annotation: Ingress default/web: ${message}`]);
    expect(where(routes, 'http://a.test/')).toBe('web:80');
    expect(routesOf({ [key]: 'true' }, 'strict').problems).toMatchObject([{ code: 'unknown-annotation' }]);
  });

  test.each([
    ['an annotation of somebody else', 'cert-manager.io/cluster-issuer'],
    ['one of Kubernetes', 'kubernetes.io/tls-acme'],
    ['one of the old prefix that ingress-nginx never read', 'ingress.kubernetes.io/backends'],
    ['one of the controller of NGINX Inc.', 'nginx.org/rewrites'],
    ['one without prefix', 'rewrite-target'],
  ])('but not %s: %s', (_, key) => {
    const routes = routesOf({ [key]: 'true' });
    expect([warningsOf(routes), notesOf(routes)]).toEqual([[], []]);
  });

  test('nor one that stands there under the right name too', () => {
    const both = { 'ingress.kubernetes.io/ssl-redirect': 'true', [`${PREFIX}/ssl-redirect`]: 'true' };
    expect(warningsOf(routesOf(both))).toEqual([]);
  });
});

test('an annotation that comes near to none is noted as one that does nothing', () => {
  expect(notesOf(routesOf({ [`${PREFIX}/service-match`]: 'x' }))).toEqual([
    `no-effect: Ingress default/web: ${PREFIX}/service-match is none of the annotations that ingress-nginx reads`,
  ]);
});

test('an annotation that ingress-nginx has given up is noted as such', () => {
  expect(notesOf(routesOf({ [`${PREFIX}/secure-backends`]: 'true' }))).toEqual([
    `no-effect: Ingress default/web: ${PREFIX}/secure-backends does nothing: ingress-nginx has given it up`,
  ]);
});

test('a controller with a prefix of its own reads no other', () => {
  const args = ['--annotations-prefix=team.example.com'];
  const deployment = controller(args);
  const web = ingress('web', {
    rules: [path('a.test', '/', 'Prefix', 'web')],
    annotations: { 'force-ssl-redirect': 'true' },
  });
  const routes = Routes.ofIngressNginx([service('web'), web, deployment], { input: 'tolerant' });
  expect(where(routes, 'http://a.test/')).toBe('web:80');
  expect(warningsOf(routes)).toEqual([
    `unknown-annotation: Ingress default/web: annotation ${PREFIX}/force-ssl-redirect is none that ingress-nginx reads; did you mean team.example.com/force-ssl-redirect?`,
  ]);
});
