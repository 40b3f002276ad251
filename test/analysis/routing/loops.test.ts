import { Routes, sameRouting } from '../../../analysis';
import { gateway, httpRoute, https, listener, redirect, routesOf, rule, path as withPath } from './gateway/objects';
import { ingress, path, service } from './objects';

const notes = (routes: Routes, url: string) => routes.route({ url }).notes;

describe('a redirect that never ends is noted', () => {
  test('of a route that is attached to the listener to which it redirects', () => {
    const routes = routesOf(
      gateway([listener('http'), https('https')]),
      httpRoute('one', [redirect({ scheme: 'https', statusCode: 301 })], { hostnames: ['shop.test'] }),
    );
    const end =
      'redirects lead back to the same URL, so that they never end: https://shop.test/cart, then https://shop.test/cart';
    expect(notes(routes, 'https://shop.test/cart')).toEqual([end]);
    // From HTTP it leads into the same loop.
    expect(notes(routes, 'http://shop.test/cart')).toEqual([end]);
  });

  test('and not of one that is attached to the listener of HTTP alone', () => {
    const only = (sectionName: string) => ({ parents: [{ name: 'web', namespace: 'infra', sectionName }] });
    const routes = routesOf(
      gateway([listener('http'), https('https')]),
      httpRoute('one', [redirect({ scheme: 'https' })], only('http')),
      httpRoute('two', [rule('a')], only('https')),
    );
    expect(notes(routes, 'http://shop.test/')).toBeUndefined();
  });

  test('of two routes that redirect to each other', () => {
    const routes = routesOf(
      gateway([listener('http')]),
      httpRoute('one', [
        redirect({ path: { type: 'ReplaceFullPath', replaceFullPath: '/b' } }, withPath('/a', 'Exact')),
        redirect({ path: { type: 'ReplaceFullPath', replaceFullPath: '/a' } }, withPath('/b', 'Exact')),
      ]),
    );
    expect(notes(routes, 'http://x/a?q=1')).toEqual([
      'redirects lead back to the same URL, so that they never end: http://x/a?q=1, then http://x/b?q=1, then http://x/a?q=1',
    ]);
  });

  test('of a path that grows', () => {
    const routes = routesOf(
      gateway([listener('http')]),
      httpRoute('one', [
        redirect({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/a/a' } }, withPath('/a')),
      ]),
    );
    expect(notes(routes, 'http://x/a')).toEqual([
      'redirects lead on and on, so that no request comes to a backend: http://x/a, then http://x/a/a, then http://x/a/a/a, then http://x/a/a/a/a and so on',
    ]);
  });

  test('of ingress-nginx', () => {
    const routes = Routes.ofIngressNginx([
      service('web'),
      ingress('web', {
        annotations: { 'permanent-redirect': 'http://shop.test/' },
        rules: [path('shop.test', '/', 'Prefix', 'web')],
      }),
    ]);
    expect(notes(routes, 'http://shop.test/')).toEqual([
      'redirects lead back to the same URL, so that they never end: http://shop.test/, then http://shop.test/',
    ]);
  });
});

describe('a way to the backend that is lost behind a redirect', () => {
  const before = Routes.ofIngressNginx([
    service('web', 'shop', [{ port: 80 }]),
    ingress('web', {
      namespace: 'shop',
      annotations: { 'force-ssl-redirect': 'true' },
      rules: [path('shop.test', '/', 'Prefix', 'web')],
    }),
  ]);
  const after = (listeners: readonly object[]) =>
    routesOf(
      gateway(listeners),
      httpRoute('web', [redirect({ scheme: 'https', statusCode: 308 })], {
        hostnames: ['shop.test'],
        parents: [{ name: 'web', namespace: 'infra', sectionName: 'http' }],
      }),
    );

  test('is never called the same: HTTP is redirected to HTTPS, which nobody takes', () => {
    const compared = sameRouting(before, after([listener('http')]), { accept: ['redirect-slash', 'controller-paths'] });
    expect(compared).toMatchObject({ same: false, proven: false });
    expect(compared.settings).toMatchObject([
      {
        what: 'HTTPS to shop.test',
        request: { url: 'https://shop.test/' },
        before: { says: ['it is answered, without a certificate for the host'] },
        after: { says: ['HTTP is redirected there, and nothing takes it: no such request comes to a Service'] },
      },
    ]);
  });
});
