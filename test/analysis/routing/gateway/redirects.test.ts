import { gateway, httpRoute, https, listener, path, redirect, routesOf, served, where } from './objects';

const redirected = (requestRedirect: object, ...matches: object[]) =>
  served(httpRoute('one', [redirect(requestRedirect, ...matches)]));

describe('RequestRedirect', () => {
  test('without fields it is a 302 to the same place', () => {
    expect(where(redirected({}), 'http://x.test/a%20b?c=d')).toBe('302 http://x.test/a%20b?c=d');
  });

  test.each([301, 302, 303, 307, 308])('it has the status %d', (statusCode) => {
    expect(where(redirected({ statusCode }), 'http://x.test/')).toBe(`${statusCode} http://x.test/`);
  });

  test('it has the scheme and the hostname that are given', () => {
    expect(where(redirected({ scheme: 'https' }), 'http://x.test/a')).toBe('302 https://x.test/a');
    expect(where(redirected({ hostname: 'y.test' }), 'http://x.test/a')).toBe('302 http://y.test/a');
  });

  test('ReplaceFullPath replaces the path and keeps the query', () => {
    const routes = redirected({ path: { type: 'ReplaceFullPath', replaceFullPath: '/new' } });
    expect(where(routes, 'http://x.test/a/b?c=d')).toBe('302 http://x.test/new?c=d');
  });

  // The table of the specification.
  test.each([
    ['/foo/bar', '/foo', '/xyz', '/xyz/bar'],
    ['/foo/bar', '/foo', '/xyz/', '/xyz/bar'],
    ['/foo/bar', '/foo/', '/xyz', '/xyz/bar'],
    ['/foo/bar', '/foo/', '/xyz/', '/xyz/bar'],
    ['/foo', '/foo', '/xyz', '/xyz'],
    ['/foo/', '/foo', '/xyz', '/xyz/'],
    ['/foo/bar', '/foo', '', '/bar'],
    ['/foo/', '/foo', '', '/'],
    ['/foo', '/foo', '', '/'],
    ['/foo/', '/foo', '/', '/'],
    ['/foo', '/foo', '/', '/'],
    ['/foo/bar?q=1', '/', '/xyz', '/xyz/foo/bar?q=1'],
    ['/foo/a%20b%25', '/foo', '/xyz', '/xyz/a%20b%25'],
    ['/foo/a%2Fb', '/foo', '/xyz', '/xyz/a%2Fb'],
    ['/foo/%C3%A9', '/foo', '/xyz', '/xyz/%C3%A9'],
    ['/foo//%C3%A9/./%41', '/foo', '/xyz', '/xyz/%C3%A9/A'],
    // What is behind the prefix is left as it was sent, as it is where nothing is replaced.
    ['/foo//bar', '/foo', '/xyz', '/xyz//bar'],
    ['//', '/', '', '//'],
    ['//foo', '/foo', '/xyz', '/xyz'],
    ['/%66oo/bar', '/foo', '/xyz', '/xyz/bar'],
    ['/f%20o/bar', '/f%20o', '/xyz', '/xyz/bar'],
    ['/foo/bar', '/foo', '/ä b', '/%C3%A4%20b/bar'],
  ])('ReplacePrefixMatch makes of %s under %s by "%s" %s', (sent, prefix, replacePrefixMatch, there) => {
    const routes = redirected({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch } }, path(prefix));
    expect(where(routes, `http://x.test${sent}`)).toBe(`302 http://x.test${there}`);
  });
});

describe('the port of a redirect', () => {
  const behind = (listeners: object[], requestRedirect: object) =>
    routesOf(gateway(listeners), httpRoute('one', [redirect(requestRedirect)]));
  const odd = [listener('http', { port: 8080 }), https('https', { port: 8443 })];

  test('is the one that is given, and is written but for the usual one of the scheme', () => {
    expect(where(behind([listener('http')], { port: 8080 }), 'http://x.test/')).toBe('302 http://x.test:8080/');
    expect(where(behind([listener('http')], { port: 80 }), 'http://x.test/')).toBe('302 http://x.test/');
    expect(where(behind([listener('http')], { port: 443 }), 'http://x.test/')).toBe('302 http://x.test:443/');
    expect(where(behind([listener('http')], { port: 443, scheme: 'https' }), 'http://x.test/')).toBe(
      '302 https://x.test/',
    );
    expect(where(behind([https('https')], { port: 443 }), 'https://x.test/')).toBe('302 https://x.test/');
    expect(where(behind([https('https')], { port: 80 }), 'https://x.test/')).toBe('302 https://x.test:80/');
  });

  test('with a scheme, is the usual one of that', () => {
    const routes = behind(odd, { scheme: 'https' });
    expect(where(routes, 'http://x.test:8080/')).toBe('302 https://x.test/');
    expect(where(routes, 'https://x.test:8443/')).toBe('302 https://x.test/');
    expect(where(behind(odd, { scheme: 'http' }), 'https://x.test:8443/')).toBe('302 http://x.test/');
  });

  test('without a scheme, is that of the listener', () => {
    const routes = behind(odd, { hostname: 'y.test' });
    expect(where(routes, 'http://x.test:8080/')).toBe('302 http://y.test:8080/');
    expect(where(routes, 'https://x.test:8443/')).toBe('302 https://y.test:8443/');
  });

  test('of the Host header says nothing', () => {
    const routes = behind([listener('http')], {});
    expect(where(routes, 'http://x.test/', { Host: 'x.test:80' })).toBe('302 http://x.test/');
  });
});

test('a filter for HTTPS only, on the HTTP listener alone, redirects once', () => {
  const routes = routesOf(
    gateway([listener('http'), https('https')]),
    httpRoute('to-https', [redirect({ scheme: 'https', statusCode: 301 })], {
      parents: [{ name: 'web', namespace: 'infra', sectionName: 'http' }],
      hostnames: ['shop.example.com'],
    }),
    httpRoute('shop', [{ backendRefs: [{ name: 'a', port: 80 }] }], {
      parents: [{ name: 'web', namespace: 'infra', sectionName: 'https' }],
      hostnames: ['shop.example.com'],
    }),
  );
  expect(where(routes, 'http://shop.example.com/cart?item=1')).toBe('301 https://shop.example.com/cart?item=1');
  expect(where(routes, 'https://shop.example.com/cart')).toBe('a');
});
