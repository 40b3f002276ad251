import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import {
  AllowedNamespaces,
  DefaultDenyNamespace,
  ExposedService,
  Exposure,
  Gateway,
  type GatewayExposureProps,
  GatewayImplementation,
  GatewayListener,
  NetworkingApp,
  PathType,
  Tls,
} from '../../../constructs';
import { ENVOY, failureOf, frontendOf, HOST, IMAGE, messageOf, type Parts, parts, webOf } from './apps';

const no = (value: unknown) => value as never;
const tls = Tls.secret('shop-tls');
const regularExpression = PathType.REGULAR_EXPRESSION;
const existing = (props: object = {}) => Gateway.existing({ name: 'edge', namespace: { name: 'gateways' }, ...props });

/** What a service is refused with, once nothing of it has been left. */
function refused(props: Partial<GatewayExposureProps> | ((all: Parts) => Partial<GatewayExposureProps>)): string {
  const all = parts();
  const given = typeof props === 'function' ? props(all) : props;
  const gateway = 'gateway' in given ? given.gateway : webOf(all);
  const message = messageOf(() => frontendOf(all, no(gateway), given));
  expect(all.shop.node.children).toEqual([]);
  return message;
}

describe('fails, and makes nothing,', () => {
  test.each<[string, Partial<GatewayExposureProps>, string]>([
    [
      'if the Gateway is a text',
      { gateway: no('web') },
      'exposure.gateway is "web"; give a Gateway, or Gateway.existing({ name, namespace })',
    ],
    [
      'if the Gateway is a plain object',
      { gateway: no({ name: 'web' }) },
      'exposure.gateway is an object; give a Gateway, or Gateway.existing({ name, namespace })',
    ],
    ['if the Gateway is missing', { gateway: no(undefined) }, 'exposure.gateway is missing'],
    [
      'if a setting is one of an Ingress',
      no({ className: 'nginx' }),
      'exposure.className is not known; give gateway, host, path, pathType, tls, httpsOnly, listener, routeName, routeNamespace, annotations, timeouts, cors, backendTls',
    ],
    ['if the host has a port', { host: 'a.test:80' }, 'exposure.host is "a.test:80"; leave out the port'],
    ['if the path is relative', { path: 'cart' }, 'exposure.path is "cart"; a path begins with "/"'],
    [
      'if the path ends with a slash',
      { path: '/cart/' },
      'exposure.path is "/cart/"; a Gateway can\'t tell it from "/cart", which nginx redirects; leave out the "/" at the end',
    ],
    [
      'if the path goes up',
      { path: '/a/../b' },
      'exposure.path is "/a/../b"; give a path without "." and ".." as elements',
    ],
    [
      'if the path is escaped',
      { path: '/a%20b' },
      'exposure.path is "/a%20b"; give a path of letters, digits and -._~!$&\'()*+,;=:@',
    ],
    [
      'if the path type is not known',
      { pathType: no('PathPrefix') },
      'exposure.pathType is "PathPrefix"; give one of "Prefix", "Exact", "ImplementationSpecific", "RegularExpression"',
    ],
    [
      'if the path type is left to a controller of Ingresses',
      { pathType: PathType.IMPLEMENTATION_SPECIFIC },
      'exposure.pathType is "ImplementationSpecific", which a Gateway does not know; give PathType.PREFIX, PathType.EXACT or PathType.REGULAR_EXPRESSION',
    ],
    [
      'if tls is a text',
      { tls: no('shop-tls') },
      'exposure.tls is "shop-tls"; give Tls.secret(name) or Tls.certManager(issuer)',
    ],
    ['if httpsOnly is a text', { httpsOnly: no('yes') }, 'exposure.httpsOnly is "yes"; give true or false'],
    [
      'if the listener is no name',
      { listener: 'HTTP' },
      'exposure.listener is "HTTP"; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
    ],
    [
      'if the name of the route is none',
      { routeName: 'a_b' },
      'exposure.routeName is "a_b"; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
    ],
    [
      'if the namespace of the route is a text',
      { routeNamespace: no('infra') },
      'exposure.routeNamespace is "infra"; give a namespace such as { name: \'shop\' }',
    ],
    [
      'if an annotation has no text',
      { annotations: no({ a: true }) },
      'exposure.annotations: "a" is true; an annotation is text, write "true"',
    ],
    [
      'if a regular expression is none',
      { path: '/a(', pathType: regularExpression },
      'exposure.path is "/a("; it is no regular expression',
    ],
    [
      'if a regular expression is empty',
      { path: '', pathType: regularExpression },
      'exposure.path is ""; give a regular expression such as "^v[0-9]+$"',
    ],
    [
      'if a Gateway that is there already is given a certificate',
      { gateway: existing(), tls },
      `exposure.tls is given, and the Gateway gateways/edge is there already; have a listener with the certificate for ${HOST} added where it is made, and leave tls out`,
    ],
    [
      'if a Gateway of unknown listeners is to be HTTPS only',
      { gateway: existing(), httpsOnly: true },
      'exposure.httpsOnly is true, and nothing says which listeners the Gateway gateways/edge has; name them, by listeners of Gateway.existing',
    ],
  ])('%s', (_, props, message) => {
    expect(refused(props)).toBe(`shop/frontend: ${message}`);
  });

  test.each([
    ['nobody says what serves the Gateway', undefined, 'not every Gateway has'],
    ['its implementation is not known to have them', GatewayImplementation.KONG, 'Kong is not known to have'],
  ])('if a path is a regular expression and %s', (_, implementation, who) => {
    expect(
      refused((all) => ({
        gateway: webOf(all, { className: 'any', implementation }),
        path: '/a.*',
        pathType: regularExpression,
      })),
    ).toBe(
      `shop/frontend: exposure.path is "/a.*"; ${who} regular expressions; give PathType.PREFIX or PathType.EXACT, or a Gateway whose implementation has them`,
    );
  });

  test.each([
    ['/a\\d+(?<x>b)', 'groups that begin with "(?", other than "(?:"'],
    ['/\\Qa\\E', 'escapes of letters and digits other than \\d, \\w, \\s and \\b'],
    ['/(a)\\1', 'escapes of letters and digits other than \\d, \\w, \\s and \\b'],
    ['/[]a]', 'a class that begins with "]"'],
    ['/[[:alpha:]]', 'a class with "[" or escapes of letters inside'],
    ['/a++', 'possessive quantifiers'],
    ['/a{2}+', 'possessive quantifiers'],
    ['/a{1000}', '"{" other than in quantifiers with numbers up to 999'],
    ['/{id}', '"{" other than in quantifiers with numbers up to 999'],
    ['/a}', '"}" without "{"'],
    ['/a]', '"]" without "["'],
    ['/(*UTF8)a', 'verbs such as "(*UTF8)"'],
    ['/ä', 'characters that are not ASCII'],
  ])('if implementations differ about the expression %s', (path, why) => {
    expect(refused({ path, pathType: regularExpression })).toBe(
      `shop/frontend: exposure.path is "${path.replaceAll('\\', '\\\\')}"; implementations of the Gateway API differ about ${why}`,
    );
  });

  test('if an Ingress is given a regular expression', () => {
    const { shop } = parts();
    const exposure = Exposure.ingress({ host: HOST, path: '/a', pathType: regularExpression });
    expect(messageOf(() => new ExposedService(shop, 'frontend', { ...IMAGE, exposure }))).toBe(
      'shop/frontend: exposure.pathType is "RegularExpression"; give one of "Prefix", "Exact", "ImplementationSpecific"',
    );
  });

  test('if two routes have the same name', () => {
    const all = parts();
    const gateway = webOf(all);
    const exposure = Exposure.gateway({ gateway, host: HOST }).and(
      Exposure.gateway({ gateway, host: 'b.example.com' }),
    );
    expect(messageOf(() => new ExposedService(all.shop, 'frontend', { ...IMAGE, exposure }))).toBe(
      'shop/frontend: exposure makes the HTTPRoute "frontend" a second time; give it another name, by routeName',
    );
  });
});

describe('fails for a certificate', () => {
  test('if the Gateway has another one for the host', () => {
    const all = parts();
    const gateway = webOf(all);
    const service = frontendOf(all, gateway, { tls });
    const other = Exposure.gateway({ gateway, host: HOST, path: '/a', routeName: 'a', tls: Tls.secret('other') });
    expect(messageOf(() => service.expose(other))).toBe(
      `shop/frontend: the Gateway infra/web has another certificate for ${HOST}; give the same tls, or leave it out`,
    );
  });

  test('if its listener has another name already', () => {
    const all = parts();
    const gateway = webOf(all);
    const service = frontendOf(all, gateway, { tls });
    const other = Exposure.gateway({ gateway, host: HOST, path: '/a', routeName: 'a', tls, listener: 'a' });
    expect(messageOf(() => service.expose(other))).toBe(
      `shop/frontend: the listener of the Gateway infra/web for ${HOST} is "https-${HOST}", not "a"; give that one`,
    );
  });

  test('if port 443 is for HTTP, and makes nothing', () => {
    const listeners = [GatewayListener.http({ port: 443 })];
    expect(refused((all) => ({ gateway: webOf(all, { implementation: ENVOY, listeners }), tls }))).toBe(
      'shop/frontend: port 443 of the Gateway infra/web is for HTTP already, by http-443 (HTTP 443); give another port',
    );
  });

  test('if it is for one that another exposure of the app has', () => {
    const all = parts();
    const gateway = webOf(all);
    frontendOf(all, gateway, { tls, listener: 'shop' });
    const exposure = Exposure.gateway({ gateway, host: 'b.example.com', tls, listener: 'shop' });
    expect(messageOf(() => new ExposedService(all.shop, 'other', { ...IMAGE, exposure }))).toBe(
      'shop/other: the Gateway infra/web has a listener "shop" already; give this one another name',
    );
  });
});

/** What makes synthesis fail for a service that a Gateway with these listeners exposes. */
function failed(listeners: GatewayListener[], props: Partial<GatewayExposureProps> = {}): string {
  const all = parts();
  frontendOf(all, webOf(all, { implementation: ENVOY, listeners }), props);
  return failureOf(all.app);
}

describe('fails at synth', () => {
  const other = { hostname: 'other.example.com' };
  const secure = (props: object) => GatewayListener.https({ secrets: [{ name: 'any' }], ...props });
  const { SAME } = AllowedNamespaces;
  test.each<[string, GatewayListener[], Partial<GatewayExposureProps>, string]>([
    [
      'if no listener is for the host',
      [GatewayListener.http(other), secure(other)],
      {},
      `no listener of the Gateway infra/web is for ${HOST}; there are http-other.example.com (HTTP 80 for other.example.com), https-other.example.com (HTTPS 443 for other.example.com)`,
    ],
    [
      'if the listener is not there',
      [GatewayListener.http()],
      { listener: 'web' },
      'the Gateway infra/web has no listener "web"; there are http (HTTP 80)',
    ],
    [
      'if the listener is for another host',
      [GatewayListener.http(other)],
      { listener: 'http-other.example.com' },
      `listener "http-other.example.com" of the Gateway infra/web is for other.example.com, not for ${HOST}; name another`,
    ],
    [
      'if the requests come to a listener with a more specific host',
      [GatewayListener.http(), GatewayListener.http({ hostname: HOST })],
      { listener: 'http' },
      `requests for ${HOST} on port 80 of the Gateway infra/web come to the listener "http-${HOST}", not to "http"; name that one`,
    ],
    [
      'if the listener takes no routes of other namespaces',
      [GatewayListener.http({ allowedNamespaces: SAME })],
      {},
      'listener "http" of the Gateway infra/web takes routes of the namespace of the Gateway only, and the HTTPRoute "frontend" is in "shop"; change its allowedNamespaces, or give routeNamespace',
    ],
    [
      'if the listener takes routes of some namespaces',
      [GatewayListener.http({ allowedNamespaces: AllowedNamespaces.named([{ name: 'a' }, { name: 'b' }]) })],
      {},
      'listener "http" of the Gateway infra/web takes routes of "a", "b" only, and the HTTPRoute "frontend" is in "shop"; change its allowedNamespaces, or give routeNamespace',
    ],
    [
      'if requests come to a listener that does not take the route, and another of the port does',
      [
        GatewayListener.http(),
        GatewayListener.http({ port: 8080 }),
        GatewayListener.http({ hostname: HOST, allowedNamespaces: SAME }),
      ],
      {},
      `listener "http-${HOST}" of the Gateway infra/web takes routes of the namespace of the Gateway only, and the HTTPRoute "frontend" is in "shop"; change its allowedNamespaces, or give routeNamespace`,
    ],
    [
      'if the one that redirects would not be taken',
      [GatewayListener.http({ allowedNamespaces: SAME }), secure({})],
      { httpsOnly: true },
      'listener "http" of the Gateway infra/web takes routes of the namespace of the Gateway only, and the HTTPRoute "frontend-redirect" is in "shop"; change its allowedNamespaces, or give routeNamespace',
    ],
    [
      'if nothing is for HTTPS',
      [GatewayListener.http(), secure(other)],
      { httpsOnly: true },
      `no listener of the Gateway infra/web is for HTTPS to ${HOST}; give tls, or add one by addListener`,
    ],
    [
      'if nothing can be redirected',
      [GatewayListener.http(other)],
      { tls },
      `no listener of the Gateway infra/web is for HTTP to ${HOST}, so nothing can be redirected; add one, or give httpsOnly: false`,
    ],
    [
      'if HTTPS is to come in by HTTP',
      [GatewayListener.http(), secure({})],
      { httpsOnly: true, listener: 'http' },
      'listener "http" of the Gateway infra/web is for HTTP; httpsOnly needs one for HTTPS',
    ],
  ])('%s', (_, listeners, props, message) => {
    expect(failed(listeners, props)).toBe(`shop/frontend: ${message}`);
  });

  test('if the labels of a namespace that the manifests have are others than the listener wants', () => {
    const labelled = (labels: Record<string, string>) => {
      const all = parts();
      const allowedNamespaces = AllowedNamespaces.labelled({ team: 'shop' });
      const listeners = [GatewayListener.http({ allowedNamespaces })];
      frontendOf(all, webOf(all, { implementation: ENVOY, listeners }));
      new DefaultDenyNamespace(all.shop, 'namespace', { name: 'shop', labels });
      return failureOf(all.app);
    };
    expect(labelled({ team: 'blog' })).toBe(
      'shop/frontend: listener "http" of the Gateway infra/web takes routes of namespaces with the labels team=shop only, and the HTTPRoute "frontend" is in "shop"; change its allowedNamespaces, or give routeNamespace',
    );
    expect(labelled({ team: 'shop' })).toBe('');
  });

  test('but not if the manifests don’t have the namespace', () => {
    const allowedNamespaces = AllowedNamespaces.labelled({ team: 'shop' });
    expect(failed([GatewayListener.http({ allowedNamespaces })])).toBe('');
    const byName = AllowedNamespaces.labelled({ 'kubernetes.io/metadata.name': 'shop' });
    const all = parts();
    new k8s.KubeNamespace(all.infra, 'shop', { metadata: { name: 'shop' } });
    frontendOf(
      all,
      webOf(all, { implementation: ENVOY, listeners: [GatewayListener.http({ allowedNamespaces: byName })] }),
    );
    expect(failureOf(all.app)).toBe('');
  });

  test('if two services take the same requests', () => {
    const all = parts();
    const gateway = webOf(all);
    frontendOf(all, gateway);
    new ExposedService(all.shop, 'other', { ...IMAGE, exposure: Exposure.gateway({ gateway, host: HOST }) });
    expect(failureOf(all.app)).toBe(
      `shop/other: shop/frontend/frontend-route and shop/other/other-route both take ${HOST}/; the Gateway serves the older one, leave one out`,
    );
  });

  test('if two services of a chart take the same requests of a Gateway that is there', () => {
    const { app, shop } = parts();
    const expose = (chart: Chart, name: string) => {
      const gateway = Gateway.existing({ name: 'edge', namespace: { name: 'gateways' } });
      new ExposedService(chart, name, { ...IMAGE, exposure: Exposure.gateway({ gateway, host: HOST }) });
    };
    expose(shop, 'frontend');
    // The Gateway of this name may be that of another cluster.
    const elsewhere = new Chart(app, 'elsewhere', { namespace: 'shop' });
    NetworkingApp.alternative(elsewhere);
    expose(elsewhere, 'frontend');
    expect(failureOf(app)).toBe('');
    expose(shop, 'other');
    expect(failureOf(app)).toBe(
      `shop/other: shop/frontend/frontend-route and shop/other/other-route both take ${HOST}/; the Gateway serves the older one, leave one out`,
    );
  });

  test('if a path of a host that is HTTPS only would be served by HTTP, unless that is said', () => {
    const withOther = (props: Partial<GatewayExposureProps>) => {
      const all = parts();
      const gateway = webOf(all);
      const exposure = Exposure.gateway({ gateway, host: HOST, path: '/cart', ...props });
      new ExposedService(all.shop, 'cart', { ...IMAGE, exposure });
      frontendOf(all, gateway, { tls });
      return failureOf(all.app);
    };
    expect(withOther({})).toBe(
      `shop/cart: ${HOST} is HTTPS only by shop/frontend/frontend-route, and this is served by HTTP as well; give httpsOnly: true, or false if that is meant`,
    );
    expect([withOther({ httpsOnly: true }), withOther({ httpsOnly: false }), withOther({ tls })]).toEqual(['', '', '']);
  });

  test('if no manifest names the namespace of the Gateway and one names that of the route', () => {
    const all = parts();
    const gateway = new Gateway(new Chart(all.app, 'edge'), 'web', { className: 'eg' });
    frontendOf(all, gateway);
    expect(failureOf(all.app)).toBe(
      'shop/frontend: the Gateway web is in a namespace that no manifest names, so the HTTPRoute "frontend" of "shop" can\'t name it; give the Gateway a namespace',
    );
  });

  test('if no manifest names the namespace of the route, unless the listener takes all', () => {
    const unnamed = (allowedNamespaces?: AllowedNamespaces) => {
      const app = new NetworkingApp();
      const gateway = new Gateway(new Chart(app, 'infra', { namespace: 'infra' }), 'web', {
        className: 'eg',
        listeners: [GatewayListener.http({ allowedNamespaces })],
      });
      const exposure = Exposure.gateway({ gateway, host: HOST });
      new ExposedService(new Chart(app, 'shop'), 'frontend', { ...IMAGE, exposure });
      return failureOf(app);
    };
    expect(unnamed()).toBe(
      'shop/frontend: listener "http" of the Gateway infra/web can\'t let the HTTPRoute "frontend" in, whose namespace no manifest names; give the service a namespace, or the listener AllowedNamespaces.ALL',
    );
    expect(unnamed(AllowedNamespaces.SAME)).toMatch(
      'is in a namespace that no manifest names; change its allowedNamespaces',
    );
    expect(unnamed(AllowedNamespaces.ALL)).toBe('');
  });

  test('if a Gateway that somebody else made has listeners, and none takes the route', () => {
    const all = parts();
    frontendOf(all, existing({ listeners: [GatewayListener.http({ allowedNamespaces: SAME })] }));
    expect(failureOf(all.app)).toMatch('takes routes of the namespace of the Gateway only');
    const fitting = parts();
    frontendOf(fitting, existing({ listeners: [GatewayListener.http({ allowedNamespaces: SAME })] }), {
      routeNamespace: { name: 'gateways' },
    });
    expect(failureOf(fitting.app)).toBe('');
  });
});

test('a route can’t be in another namespace than a Service whose namespace no manifest names', () => {
  const app = new NetworkingApp();
  const gateway = new Gateway(new Chart(app, 'infra', { namespace: 'infra' }), 'web', { className: 'eg' });
  const exposure = Exposure.gateway({ gateway, host: HOST, routeNamespace: { name: 'infra' } });
  expect(messageOf(() => new ExposedService(new Chart(app, 'shop'), 'frontend', { ...IMAGE, exposure }))).toBe(
    'shop/frontend: routeNamespace is "infra", and the Service "frontend" is in a namespace that no manifest names; give it one',
  );
});
