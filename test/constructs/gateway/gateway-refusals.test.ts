import {
  AcmeSolver,
  AllowedNamespaces,
  Gateway,
  GatewayImplementation,
  GatewayListener,
  type GatewayProps,
  Issuer,
  Tls,
} from '../../../constructs';
import { refusal } from '../../helpers/synth';
import { HOST, messageOf, parts } from './apps';

/** A host as long as one can be. */
const LONG = `${'a.'.repeat(126)}a`;
const no = (value: unknown) => value as never;
const of = (props: unknown) => refusal((chart) => void new Gateway(chart, 'web', no(props)));
const withListener = (...listeners: unknown[]) => of({ className: 'eg', listeners });
const withImplementation = (props: unknown) =>
  of({ className: 'eg', implementation: GatewayImplementation.of(no(props)) });

describe('fails, and makes nothing,', () => {
  test.each<[string, unknown, string]>([
    ['if there are no props', null, "props is null; give an object such as { key: 'value' }"],
    [
      'if a setting is not known',
      { class: 'eg' },
      'class is not known; give className, implementation, listeners, name, namespace, annotations, createClass, controller, admittedElsewhere',
    ],
    ['if nothing says the class', {}, 'className is missing; give it, or an implementation that brings one'],
    [
      'if the implementation brings no class',
      { implementation: GatewayImplementation.of({ controllerName: 'example.com/gateways' }) },
      'className is missing; give it, or an implementation that brings one',
    ],
    [
      'if the class is no name',
      { className: 'Eg' },
      'className is "Eg"; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
    ],
    [
      'if the implementation is a text',
      { implementation: 'envoy' },
      'implementation is "envoy"; give a GatewayImplementation such as GatewayImplementation.ENVOY_GATEWAY',
    ],
    [
      'if the name is too long for a label',
      { className: 'eg', name: 'a'.repeat(64) },
      `name is "${'a'.repeat(64)}"; use at most 63 characters, since the Gateway's Pods carry it as a label`,
    ],
    [
      'if the name is none',
      { className: 'eg', name: 'web_1' },
      'name is "web_1"; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
    ],
    [
      'if the namespace is a text',
      { className: 'eg', namespace: 'infra' },
      'namespace is "infra"; give a namespace such as { name: \'shop\' }',
    ],
    [
      'if an annotation is a number',
      { className: 'eg', annotations: { a: 1 } },
      'annotations: "a" is 1; an annotation is text, write "1"',
    ],
    [
      'if annotations are a list',
      { className: 'eg', annotations: [] },
      "annotations is a list; give an object such as { key: 'value' }",
    ],
    ['if createClass is a text', { className: 'eg', createClass: 'yes' }, 'createClass is "yes"; give true or false'],
    [
      'if a class is to be made for nobody',
      { className: 'eg', createClass: true },
      'createClass is true; give the implementation whose class is made',
    ],
    [
      'if the controller is a text',
      { className: 'eg', controller: 'envoy' },
      'controller is "envoy"; give an ExposedService, a DefaultDenyNamespace or a Peer such as Peer.workload(…)',
    ],
    [
      'if it is admitted in two ways',
      {
        className: 'eg',
        admittedElsewhere: true,
        controller: new Gateway(parts().infra, 'x', { implementation: GatewayImplementation.ISTIO }),
      },
      'admittedElsewhere and controller are given; leave one out',
    ],
    [
      'if there are no listeners',
      { className: 'eg', listeners: [] },
      'listeners is empty; give a list such as [GatewayListener.http()], or leave it out',
    ],
  ])('%s', (_, props, message) => {
    expect(of(props)).toBe(`shop/web: ${message}`);
  });

  test('if the id is no name and none is given', () => {
    expect(refusal((chart) => void new Gateway(chart, 'Web', { className: 'eg' }))).toBe(
      'shop/Web: the name, taken from the id, is "Web"; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
    );
  });

  const tls = Tls.secret('any');
  const listener = 'listeners[0]';
  test.each<[string, unknown[], string]>([
    ['is none', ['http'], `${listener} is "http"; give GatewayListener.http() or GatewayListener.https({ tls })`],
    [
      'has a hostname with a scheme',
      [GatewayListener.http({ hostname: 'http://a.test' })],
      `${listener}.hostname is "http://a.test"; leave out the scheme "http://"`,
    ],
    ['has port 0', [GatewayListener.http({ port: 0 })], `${listener}.port is 0; give an integer from 1 to 65535`],
    [
      'for HTTP has a certificate',
      [GatewayListener.http(no({ tls }))],
      `${listener}.tls is not known; give hostname, port, name, allowedNamespaces`,
    ],
    [
      'has a name with spaces',
      [GatewayListener.http({ name: 'a b' })],
      `${listener}.name is "a b"; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends`,
    ],
    [
      'allows a text',
      [GatewayListener.http({ allowedNamespaces: no('All') })],
      `${listener}.allowedNamespaces is "All"; give AllowedNamespaces.SAME, ALL, named(…) or labelled(…)`,
    ],
    [
      'allows no namespaces',
      [GatewayListener.http({ allowedNamespaces: AllowedNamespaces.named([]) })],
      `the namespaces of ${listener}.allowedNamespaces is empty; give a list such as [{ name: 'shop' }], or leave it out`,
    ],
    [
      'allows a namespace that is none',
      [GatewayListener.http({ allowedNamespaces: AllowedNamespaces.named([no('shop')]) })],
      `the namespaces of ${listener}.allowedNamespaces[0] is "shop"; give a namespace such as { name: 'shop' }`,
    ],
    [
      'allows null',
      [GatewayListener.http({ allowedNamespaces: AllowedNamespaces.named(no(null)) })],
      `the namespaces of ${listener}.allowedNamespaces is null; give a list such as [{ name: 'shop' }], or leave it out`,
    ],
    [
      'allows no labels',
      [GatewayListener.http({ allowedNamespaces: AllowedNamespaces.labelled({}) })],
      `the labels of ${listener}.allowedNamespaces is empty; give at least one label`,
    ],
    [
      'for HTTPS has no certificate',
      [GatewayListener.https({ hostname: HOST })],
      `${listener} has no certificate; give GatewayListener.https tls or secrets`,
    ],
    [
      'has a text for a certificate',
      [GatewayListener.https({ tls: no('shop-tls') })],
      `${listener}.tls is "shop-tls"; give Tls.secret(name) or Tls.certManager(issuer)`,
    ],
    [
      'has a Secret without name',
      [GatewayListener.https({ secrets: [no({})] })],
      `${listener}.secrets[0].name is missing`,
    ],
    [
      'wants one for a wildcard from an authority that can only prove single hosts',
      [
        GatewayListener.https({
          hostname: '*.example.com',
          tls: Tls.certManager(Issuer.acme({ email: 'ops@shop.example', solver: AcmeSolver.http01Ingress() })),
        }),
      ],
      `${listener}.hostname is "*.example.com"; HTTP-01 can't prove a wildcard, give the issuer a solver by DNS-01`,
    ],
    [
      'has a host that is too long for its name',
      [GatewayListener.http({ hostname: LONG })],
      `the name of the listener for ${LONG} has 258 characters; give it one of at most 253`,
    ],
    [
      'wants a certificate made and has no host',
      [GatewayListener.https({ tls: Tls.certManager(Issuer.existing('internal')) })],
      `${listener}.hostname is missing; a certificate is made for a host`,
    ],
  ])('if a listener %s', (_, listeners, message) => {
    expect(withListener(...listeners)).toBe(`shop/web: ${message}`);
  });

  test.each<[string, GatewayListener[], string]>([
    [
      'have the same port and host',
      [GatewayListener.http(), GatewayListener.http({ name: 'two' })],
      'the Gateway web listens for HTTP to every host on port 80 already, by http (HTTP 80); leave one out',
    ],
    [
      'have the same name',
      [GatewayListener.http({ name: 'a' }), GatewayListener.http({ name: 'a', port: 81 })],
      'the Gateway web has a listener "a" already; give this one another name',
    ],
    [
      'share a port and differ in protocol',
      [GatewayListener.http({ port: 443 }), GatewayListener.https({ tls })],
      'port 443 of the Gateway web is for HTTP already, by http-443 (HTTP 443); give another port',
    ],
    [
      'have names that come to the same',
      [
        GatewayListener.https({ tls, hostname: '*.example.com' }),
        GatewayListener.https({ tls, hostname: 'wildcard.example.com' }),
      ],
      'the Gateway web has a listener "https-wildcard.example.com" already; give this one another name',
    ],
  ])('if two listeners %s', (_, listeners, message) => {
    expect(withListener(...listeners)).toBe(`shop/web: ${message}`);
  });

  test('if there are more than 64 listeners', () => {
    const listeners = Array.from({ length: 65 }, (_, at) => GatewayListener.http({ port: 1000 + at }));
    expect(withListener(...listeners)).toBe(
      'shop/web: the Gateway web has 64 listeners, which is the most; make another',
    );
  });

  test.each<[string, unknown, string]>([
    ['has no controller', {}, 'implementation.controllerName is missing'],
    ['is null', null, "implementation is null; give an object such as { key: 'value' }"],
    [
      'has a controller without domain',
      { controllerName: 'envoy' },
      'implementation.controllerName is "envoy"; give a domain and a path such as "example.com/gateway-controller"',
    ],
    [
      'has Pods without labels',
      { controllerName: 'a.test/b', pods: { labels: {} } },
      'implementation.pods.labels is empty; give at least one label',
    ],
    [
      'has Pods in a text',
      { controllerName: 'a.test/b', pods: { labels: { a: 'b' }, namespace: 'x' } },
      'implementation.pods.namespace is "x"; give a namespace such as { name: \'shop\' }',
    ],
    [
      'says perhaps',
      { controllerName: 'a.test/b', regularExpressions: 'perhaps' },
      'implementation.regularExpressions is "perhaps"; give true or false',
    ],
    [
      'says maybe',
      { controllerName: 'a.test/b', redirect308: 1 },
      'implementation.redirect308 is 1; give true or false',
    ],
  ])('if an implementation %s', (_, props, message) => {
    expect(withImplementation(props)).toBe(`shop/web: ${message}`);
  });
});

describe('addListener fails', () => {
  const gateway = () => new Gateway(parts().infra, 'web', { className: 'eg' } satisfies GatewayProps);

  test('if the listener is wrong', () => {
    expect(messageOf(() => gateway().addListener(GatewayListener.https()))).toBe(
      'infra/web: the listener has no certificate; give GatewayListener.https tls or secrets',
    );
  });

  test('if one for the same port and host is there', () => {
    expect(messageOf(() => gateway().addListener(GatewayListener.http({ name: 'other' })))).toBe(
      'infra/web: the Gateway infra/web listens for HTTP to every host on port 80 already, by http (HTTP 80); leave one out',
    );
  });
});

describe('Gateway.existing fails', () => {
  const place = { name: 'edge', namespace: { name: 'gateways' } };
  test.each<[string, unknown, string]>([
    ['without values', null, "props is null; give an object such as { key: 'value' }"],
    ['without namespace', { name: 'edge' }, 'props.namespace is missing'],
    [
      'with a certificate, which is there already',
      { ...place, listeners: [GatewayListener.https({ tls: Tls.secret('a') })] },
      'props.listeners[0] has a certificate; the Gateway is there already, leave it out',
    ],
    [
      'with a listener twice',
      { ...place, listeners: [GatewayListener.http(), GatewayListener.http()] },
      'the Gateway gateways/edge listens for HTTP to every host on port 80 already, by http (HTTP 80); leave one out',
    ],
  ])('%s', (_, props, message) => {
    expect(messageOf(() => Gateway.existing(no(props)))).toBe(`Gateway.existing: ${message}`);
  });
});
