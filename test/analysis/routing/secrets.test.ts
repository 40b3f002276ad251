import { Routes, sameRouting } from '../../../analysis';
import { controller, ingress, path, service } from './objects';
import { where } from './where';

// What the controller does with the Secrets that annotations name, by the parsers of its annotations auth, authtls and proxyssl.

const BASIC = { 'auth-type': 'basic', 'auth-secret': 'users' };

const secret = (name: string, data: Readonly<Record<string, string>>, namespace = 'default') => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace },
  data,
});

const config = (data: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' },
  data,
});

const RELEASES = ['1.8', '1.11', '1.12', '1.15'];

function routesIn(
  controllerVersion: string,
  annotations: Readonly<Record<string, string>>,
  ...others: readonly object[]
): Routes {
  const web = ingress('main', { annotations, rules: [path('a.test', '/', 'Prefix', 'web')] });
  return Routes.ofIngressNginx([service('web'), web, ...others], { controllerVersion, input: 'tolerant' });
}

/** Where a request goes in each release, and what is said of it. */
function inAll(annotations: Readonly<Record<string, string>>, ...others: readonly object[]) {
  const all = RELEASES.map((release) => routesIn(release, annotations, ...others));
  return {
    answers: all.map((routes) => where(routes, 'http://a.test/')),
    notes: all.map((routes) => (routes.route({ url: 'http://a.test/' }).notes ?? []).join('; ')),
  };
}

const each = <Value>(value: Value) => RELEASES.map(() => value);

describe('auth-secret', () => {
  const ASKS = 'auth-type "basic" with auth-secret "users" of Ingress default/main asks for a password first';

  test('asks for a password where the Secret is among the manifests, or something there makes it', () => {
    const sealed = { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'users' }, spec: {} };
    const external = {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'from-vault' },
      spec: { target: { name: 'users' } },
    };
    const vault = {
      apiVersion: 'secrets.hashicorp.com/v1beta1',
      kind: 'VaultStaticSecret',
      metadata: { name: 'from-vault' },
      spec: { destination: { name: 'users' } },
    };
    for (const one of [secret('users', { auth: 'eA==' }), sealed, external, vault]) {
      expect(inAll(BASIC, one)).toEqual({ answers: each('web:80'), notes: each(ASKS) });
    }
  });

  test('is open where the Secret may be elsewhere: without it, every request is answered 503', () => {
    const open = `it cannot be said whether ${ASKS}, or answers 503: Secret default/users is not among the manifests; --assume-secrets takes it as there`;
    for (const others of [[], [secret('users', { auth: 'eA==' }, 'team')], [secret('other', { auth: 'eA==' })]]) {
      expect(inAll(BASIC, ...others)).toEqual({ answers: each('web:80'), notes: each(open) });
    }
  });

  test('is taken as there where that is asked for, with a note', () => {
    const web = ingress('main', { annotations: BASIC, rules: [path('a.test', '/', 'Prefix', 'web')] });
    const routes = Routes.ofIngressNginx([service('web'), web], { assumeSecrets: true });
    expect(routes.route({ url: 'http://a.test/' }).notes).toEqual([
      `${ASKS}; Secret default/users is not among the manifests, and taken as there`,
    ]);
  });

  test('that is missing on both sides is no difference, and one on one side is not decided', () => {
    const [without, same, there] = [
      routesIn('1.15', BASIC),
      routesIn('1.15', BASIC),
      routesIn('1.15', BASIC, secret('users', { auth: 'eA==' })),
    ];
    expect(sameRouting(without, same)).toMatchObject({ same: true, proven: true });
    expect(sameRouting(without, there)).toMatchObject({ proven: false });
  });

  test.each([
    [{ users: 'eA==' }, {}, '503'],
    [{}, {}, '503'],
    [{ '.htpasswd': 'eA==' }, { 'auth-secret-type': 'auth-file' }, '503'],
    [{ me: 'eA==' }, { 'auth-secret-type': 'auth-map' }, 'web:80'],
  ])('whose Secret holds %j, with %j: %s in all releases', (data, annotations, expected) => {
    const all = { ...BASIC, ...annotations } as Record<string, string>;
    expect(inAll(all, secret('users', data as Record<string, string>)).answers).toEqual(each(expected));
  });

  test('a Secret without its key is a warning with what would be right, and an error where input is strict', () => {
    const { warnings } = routesIn('1.15', BASIC, secret('users', {}));
    expect(warnings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'bad-annotation Ingress default/main: annotation nginx.ingress.kubernetes.io/auth-secret is "users", for which every request is answered 503; Secret default/users has to have the key auth',
    ]);
  });

  test('does nothing without auth-type', () => {
    expect(inAll({ 'auth-secret': 'users' }, secret('users', {}))).toEqual({
      answers: each('web:80'),
      notes: each(''),
    });
  });
});

describe('a Secret of another namespace', () => {
  const far = { 'auth-type': 'basic', 'auth-secret': 'team/users' };
  const there = secret('users', { auth: 'eA==' }, 'team');

  test('is taken before 1.12, and said to be open from then on where the ConfigMap is not known', () => {
    const { answers, notes } = inAll(far, there);
    expect(answers).toEqual(each('web:80'));
    expect(notes.map((note) => note.includes('of another namespace'))).toEqual([false, false, true, true]);
  });

  test.each([
    [{}, ['web:80', 'web:80', '503', '503']],
    [{ 'allow-cross-namespace-resources': 'true' }, ['web:80', 'web:80', 'web:80', 'web:80']],
    [{ 'allow-cross-namespace-resources': 'false' }, ['web:80', '503', '503', '503']],
  ])('with the ConfigMap %j: %j', (data, answers) => {
    expect(inAll(far, there, controller([]), config(data as Record<string, string>)).answers).toEqual(answers);
    expect(routesIn('1.15', far, there, controller([]), config({})).warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('name a Secret of default: allow-cross-namespace-resources of the controller is off'),
    ]);
  });
});

describe.each([
  ['auth-tls-secret', '403'],
  ['proxy-ssl-secret', '503'],
])('%s', (annotation, refused) => {
  test.each([
    ['default/ca', { 'ca.crt': 'eA==' }, 'web:80'],
    ['default/ca', { 'tls.crt': 'eA==', 'tls.key': 'eA==' }, 'web:80'],
    ['default/ca', { 'tls.crt': 'eA==' }, refused],
    ['default/ca', {}, refused],
    // The controller takes a name with its namespace alone.
    ['ca', { 'ca.crt': 'eA==' }, refused],
  ])('"%s" with a Secret of %j: %s in all releases', (name, data, expected) => {
    expect(inAll({ [annotation]: name }, secret('ca', data as Record<string, string>)).answers).toEqual(each(expected));
  });

  test('is open where the Secret may be elsewhere', () => {
    const { answers, notes } = inAll({ [annotation]: 'default/ca' });
    expect(answers).toEqual(each('web:80'));
    expect(notes).toEqual(
      each(
        expect.stringMatching(
          /^it cannot be said whether .*, or (answers 503|every request for its hosts is answered 403): Secret default\/ca is not among the manifests; --assume-secrets takes it as there$/,
        ),
      ),
    );
  });

  test('that names another Secret is a difference', () => {
    const of = (name: string) =>
      routesIn(
        '1.15',
        { [annotation]: `default/${name}` },
        secret('a', { 'ca.crt': '' }),
        secret('b', { 'ca.crt': '' }),
      );
    expect(sameRouting(of('a'), of('a'))).toMatchObject({ same: true });
    expect(sameRouting(of('a'), of('b')).proven).toBe(false);
  });
});

describe('a client certificate that cannot be asked for costs the whole host, whichever Ingress has the path', () => {
  const rules = (...paths: readonly (readonly [host: string, path: string])[]) =>
    paths.map(([host, text]) => path(host, text, 'Prefix', 'web'));
  const objects = (secretName: string) => [
    service('web'),
    ingress('one', { annotations: { 'auth-tls-secret': secretName }, rules: rules(['a.test', '/one']) }),
    ingress('two', { annotations: { 'app-root': '/two' }, rules: rules(['a.test', '/two'], ['b.test', '/']) }),
    secret('empty', {}),
    secret('ca', { 'ca.crt': 'eA==' }),
  ];
  const read = (secretName: string) => Routes.ofIngressNginx(objects(secretName), { input: 'tolerant' });
  const URLS = ['http://a.test/', 'http://a.test/one', 'http://a.test/two', 'https://a.test/none', 'http://b.test/two'];

  test('where its Secret has no certificate', () => {
    const routes = read('default/empty');
    expect(URLS.map((url) => where(routes, url))).toEqual(['403', '403', '403', '403', 'web:80']);
    expect(routes.explain({ url: 'http://a.test/two' }).answer).toMatchObject({
      rule: { name: 'one', host: 'a.test' },
    });
    expect(routes.warnings.map(({ message }) => message)).toEqual([
      'Ingress default/one: annotation nginx.ingress.kubernetes.io/auth-tls-secret is "default/empty", for which every request for its hosts is answered 403; Secret default/empty has to have the key ca.crt, or tls.crt with tls.key',
    ]);
  });

  test('where its Secret may be elsewhere, each answer of the host says so once', () => {
    const routes = read('default/gone');
    const open =
      'it cannot be said whether auth-tls-secret "default/gone" of Ingress default/one asks for a client certificate first, or every request for its hosts is answered 403: Secret default/gone is not among the manifests; --assume-secrets takes it as there';
    expect(URLS.map((url) => routes.route({ url }).notes)).toEqual([[open], [open], [open], [open], undefined]);
  });

  test('and costs nothing where it can', () => {
    const routes = read('default/ca');
    expect(URLS.map((url) => where(routes, url))).toEqual([
      '302 http://a.test/two',
      'web:80',
      'web:80',
      '404',
      'web:80',
    ]);
  });
});
