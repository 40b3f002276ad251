import { Routes, readManifests } from '../../../analysis';
import { ingress, path, service } from './objects';
import { problemsOf } from './where';

/** The problems of an Ingress that is written in a file, with everything of it from line 7. */
function refused(spec: string, annotations = ''): string[] {
  const text = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {${annotations}}
spec:
${spec}`;
  return problemsOf(Routes.ofIngressNginx(readManifests(text, 'web.yaml')));
}

const BACKEND = 'backend: {service: {name: web, port: {number: 80}}}';

function rule(host: string, item: string): string {
  return `  rules:\n  - host: ${host}\n    http:\n      paths:\n      - ${item}\n`;
}

test.each([
  ['https://shop.example.com', 'is "https://shop.example.com"; leave out the scheme: "shop.example.com"'],
  ['"http://shop.example.com:80/x"', 'is "http://shop.example.com:80/x"; leave out the scheme: "shop.example.com"'],
  ['Shop.example.com', 'is "Shop.example.com"; give a DNS name in lower case, without port, or "*." and such a name'],
  [
    '"shop.example.com:80"',
    'is "shop.example.com:80"; give a DNS name in lower case, without port, or "*." and such a name',
  ],
  ['"*"', 'is "*"; give a DNS name in lower case, without port, or "*." and such a name'],
  ['a.*.com', 'is "a.*.com"; give a DNS name in lower case, without port, or "*." and such a name'],
  ['10.0.0.1', 'is the address 10.0.0.1; give a DNS name'],
])('fails the host %s', (host, what) => {
  expect(refused(rule(host, `{path: /, pathType: Prefix, ${BACKEND}}`))).toEqual([
    `bad-host web.yaml:8: Ingress default/web: spec.rules[0].host ${what}`,
  ]);
});

test.each([
  ['{path: cart, pathType: Prefix', 'bad-path', 'path is "cart"; begin it with "/"'],
  ['{path: cart, pathType: ImplementationSpecific', 'bad-path', 'path is "cart"; begin it with "/"'],
  ['{pathType: Exact', 'bad-path', 'path is missing; begin it with "/"'],
  ['{path: /a//b, pathType: Exact', 'bad-path', 'path is "/a//b"; a path of type Exact holds no "//"'],
  ['{path: /a/.., pathType: Prefix', 'bad-path', 'path is "/a/.."; a path of type Prefix holds no "/.."'],
  ['{path: /, pathType: prefix', 'bad-path-type', 'pathType is "prefix"; give Exact, Prefix or ImplementationSpecific'],
  ['{path: /', 'bad-path-type', 'pathType is missing; give Exact, Prefix or ImplementationSpecific'],
  ['{path: [1], pathType: Prefix', 'bad-shape', 'path is a list; give a text'],
])('fails the path %s', (item, code, what) => {
  expect(refused(rule('a.test', `${item}, ${BACKEND}}`))[0]).toBe(
    `${code} web.yaml:11: Ingress default/web: spec.rules[0].http.paths[0].${what}`,
  );
});

test.each([
  ['', 'backend is missing; give a service with its port'],
  [', backend: {}', 'backend gives no service; give a service'],
  [', backend: {serviceName: web, servicePort: 80}', 'backend gives no service; give a service'],
  [', backend: {service: {name: web}}', 'backend.service.port gives neither number nor name'],
  [', backend: {service: {port: {number: 80}}}', 'backend.service.name is missing; give the name of a Service'],
  [
    ', backend: {service: {name: web, port: {number: 0}}}',
    'backend.service.port.number is 0; give a number from 1 to 65535',
  ],
  [
    ', backend: {service: {name: web, port: {number: "80"}}}',
    'backend.service.port.number is "80"; give a number from 1 to 65535',
  ],
  [
    ', backend: {service: {name: web, port: {number: 80, name: http}}}',
    'backend.service.port gives a number and a name; give one',
  ],
])('fails the backend %s', (backend, what) => {
  const found = refused(rule('a.test', `{path: /, pathType: Prefix${backend}}`));
  expect(found.filter((line) => !line.startsWith('unknown-field '))).toEqual([
    `bad-backend web.yaml:11: Ingress default/web: spec.rules[0].http.paths[0].${what}`,
  ]);
});

test.each([
  ['  {}', 'bad-shape', 6, 'spec gives neither rules nor a defaultBackend; give one of them'],
  ['  rules: {}', 'bad-shape', 7, 'spec.rules is a mapping; give a list'],
  [
    '  rules:\n  - host: a.test\n    http: {paths: []}',
    'bad-shape',
    9,
    'spec.rules[0].http.paths holds no path; give at least one, or leave out "http"',
  ],
  [
    '  ingressClassName: [a]\n  rules: [{host: a.test}]',
    'bad-shape',
    7,
    'spec.ingressClassName is a list; give a text',
  ],
  [
    '  tls: [{hosts: [A]}]\n  rules: [{host: a.test}]',
    'bad-host',
    7,
    'spec.tls[0].hosts[0] is "A"; give a DNS name in lower case, without port, or "*." and such a name',
  ],
])('fails the spec %j', (spec, code, line, what) => {
  expect(refused(spec)[0]).toBe(`${code} web.yaml:${line}: Ingress default/web: ${what}`);
});

test('fails a Service that an API server refuses, whoever asks', () => {
  const text =
    'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports: [{port: 80}, {port: 81, name: b}]\n';
  const message =
    'bad-service a.yaml:5: Service default/web: spec.ports[0].name is missing; with several ports, give each a name';
  expect(problemsOf(Routes.ofIngressNginx(readManifests(text, 'a.yaml')))).toContain(message);
});

test('fails two classes of one Ingress; the same one given twice is taken, as by an API server', () => {
  const twice = (annotated: string) =>
    refused('  ingressClassName: nginx\n  rules: [{host: a.test}]', `kubernetes.io/ingress.class: ${annotated}`);
  expect(twice('internal')).toEqual([
    'bad-class web.yaml:7: Ingress default/web: spec.ingressClassName is "nginx", and the annotation kubernetes.io/ingress.class "internal"; give one of them',
  ]);
  expect(twice('nginx')).toEqual([]);
});

test.each([
  ['canary-weight: "5%"', 'canary-weight is "5%", which counts as not given; give a whole number'],
  ['canary-weight: "0.5"', 'canary-weight is "0.5", which counts as not given; give a whole number'],
  ['canary-weight-total: ""', 'canary-weight-total is "", which counts as not given; give a whole number'],
  ['canary: "yes"', 'canary is "yes", which counts as not given; give "true" or "false"'],
  ['ssl-redirect: "on"', 'ssl-redirect is "on", which counts as not given; give "true" or "false"'],
  ['use-regex: "yes"', 'use-regex is "yes", which counts as not given; give "true" or "false"'],
  [
    'temporal-redirect: else.test',
    'temporal-redirect is "else.test", which counts as not given; give a URL with http or https',
  ],
  ['app-root: app', 'app-root is "app", which counts as not given; give an absolute path such as "/app"'],
])('fails the annotation %s', (annotation, what) => {
  const found = refused(
    rule('a.test', `{path: /, pathType: Prefix, ${BACKEND}}`),
    `nginx.ingress.kubernetes.io/${annotation}`,
  );
  expect(found).toEqual([
    `bad-annotation web.yaml:5: Ingress default/web: annotation nginx.ingress.kubernetes.io/${what}`,
  ]);
});

test('fails a canary with a rule without paths, which makes the controller crash', () => {
  const routes = Routes.ofIngressNginx([
    service('web'),
    ingress('main', { rules: [path('a.test', '/', 'Prefix', 'web')] }),
    ingress('canary', { annotations: { canary: 'true' }, rules: [{ host: 'a.test' }] }),
  ]);
  expect(problemsOf(routes)).toEqual([
    'bad-configuration objects[2]:0: Ingress default/canary: a canary with a rule without paths makes the controller crash; give it paths',
  ]);
});

test('what is right is served all the same', () => {
  const rules = [path('a.test', '/', 'Prefix', 'web'), path('b.test', 'x', 'Prefix', 'web')];
  const routes = Routes.ofIngressNginx([service('web'), ingress('web', { rules })]);
  expect(routes.problems).toHaveLength(1);
  expect(routes.route({ url: 'http://a.test/' }).outcome).toBe('backends');
});

test('problems of reading are problems of the routes', () => {
  const routes = Routes.ofIngressNginx(readManifests('kind: [', 'broken.yaml'));
  expect(routes.problems).toMatchObject([{ code: 'syntax', file: 'broken.yaml' }]);
});

test('fails one object with two contents', () => {
  const twice = [service('web'), service('web', 'default', [{ port: 81 }])];
  expect(Routes.ofIngressNginx(twice).problems).toMatchObject([{ code: 'duplicate-object' }]);
});

describe('what is no request', () => {
  const routes = Routes.ofIngressNginx([]);

  test.each([
    ['/cart', 'url is "/cart"; give an absolute one such as "http://shop.example.com/cart"'],
    ['shop.example.com', 'url is "shop.example.com"; give an absolute one such as "http://shop.example.com/cart"'],
    ['ftp://a.test/', 'url is "ftp://a.test/"; give an absolute one such as "http://shop.example.com/cart"'],
    ['http:///x', 'url is "http:///x"; give an absolute one such as "http://shop.example.com/cart"'],
    ['http://*.example.com/', 'the host is "*.example.com"; a request is for one host: give such as "www.example.com"'],
    ['http://a.test:65536/', 'the port of "a.test:65536" is 65536; give one from 1 to 65535'],
    ['http://a b/', 'the host is "a b"; give one such as "shop.example.com"'],
    ['http://:80/', 'the host is ":80"; give one such as "shop.example.com"'],
  ])('fails the URL %s', (url, message) => {
    expect(() => routes.route({ url })).toThrow(new RangeError(message));
  });

  test.each([
    [{ method: 'get' }, 'method is "get"; give one in capitals such as "GET"'],
    [{ headers: { 'a b': 'c' } }, 'header name "a b": use letters, digits and "-"'],
    [{ headers: { a: 'b\nc' } }, 'header a is "b\\nc"; give a text of one line'],
    [{ headers: { a: 5 as never } }, 'header a is 5; give a text of one line'],
    [{ headers: { Foo: 'a', FOO: 'b' } }, 'header FOO is given twice; give it once, with the values joined by ", "'],
    [{ headers: { Host: '' } }, 'the host is ""; give one such as "shop.example.com"'],
    [{ headers: { Host: 'http://a.test' } }, 'the host is "http://a.test"; give one such as "shop.example.com"'],
  ])('fails %j', (parts, message) => {
    expect(() => routes.route({ url: 'http://a.test/', ...parts })).toThrow(new RangeError(message));
  });
});

describe('names that make nginx refuse its configuration', () => {
  const named = (annotations: Readonly<Record<string, string>>, host = 'a.test') =>
    problemsOf(
      Routes.ofIngressNginx([
        service('web'),
        ingress('web', { annotations, rules: [path(host, '/', 'Prefix', 'web')] }),
      ]),
    );

  test('fails a redirect to www. of a wildcard host', () => {
    expect(named({ 'from-to-www-redirect': 'true' }, '*.a.test')).toEqual([
      'bad-configuration objects[1]:0: Ingress default/web: from-to-www-redirect of the wildcard host *.a.test makes nginx refuse the name www.*.a.test, and with it the whole configuration',
    ]);
    expect(named({ 'from-to-www-redirect': 'true' })).toEqual([]);
  });

  test.each(['*', '*.', 'a*.b.test', 'www.*.test', '*.a.*', 'a..test', '~', '~^(www'])(
    'fails the server-alias %s',
    (alias) => {
      expect(named({ 'server-alias': alias })).toEqual([
        `bad-configuration objects[1]:0: Ingress default/web: nginx refuses the server-alias ${alias}, and with it the whole configuration; give a name, "*." and a name, a name and ".*", or "~" and a regular expression`,
      ]);
    },
  );

  test.each(['b.test', '*.b.test', 'www.b.*', '.b.test', 'B.test', '~^www\\d+\\.b\\.test$'])(
    'takes the server-alias %s',
    (alias) => {
      expect(named({ 'server-alias': alias })).toEqual([]);
    },
  );
});
