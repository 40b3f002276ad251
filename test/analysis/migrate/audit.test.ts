import { auditOf, migrate, readManifests } from '../../../analysis';
import { ingress, path } from '../routing/objects';
import { migrated } from './helper';

const audited = (objects: readonly object[], options: Parameters<typeof migrated>[1] = {}) =>
  auditOf(migrated(objects, { allowDifferences: true, ...options }));

const web = (annotations: Readonly<Record<string, string>>, host = 'a.test') =>
  ingress('web', { annotations, rules: [path(host, '/', 'Prefix', 'main')] });

test('an Ingress that is taken over as it is has nothing to do', () => {
  expect(audited([web({ 'ssl-redirect': 'false' })])).toEqual([
    {
      ingress: 'default/web',
      outcome: 'taken-over',
      exact: ['routes', 'ssl-redirect'],
      extension: [],
      hand: [],
      impossible: [],
    },
  ]);
});

test('annotations are exact, by extension, by hand or impossible, each with what to do and where it stands', () => {
  const annotations = {
    'auth-type': 'basic',
    'auth-secret': 'passwords',
    'configuration-snippet': 'deny all;',
    'enable-modsecurity': 'true',
    'proxy-buffer-size': '8k',
    'enable-access-log': 'false',
  };
  const [row] = audited([web(annotations)], { target: 'traefik' });
  expect(row).toMatchObject({
    outcome: 'left-out',
    exact: ['routes'],
    extension: [
      {
        what: 'auth-type, auth-secret',
        how: 'Middleware default/web-basic-auth; Secret passwords has to have one key alone',
        file: 'objects[3]',
      },
    ],
    hand: [
      { what: 'configuration-snippet', how: 'nobody can say what a snippet does' },
      { what: 'proxy-buffer-size', how: expect.stringMatching(/settings of the implementation/) },
    ],
    impossible: [{ what: 'enable-modsecurity' }],
  });
});

test('without a target, those are named that have something for it', () => {
  const [row] = audited([web({ 'limit-rps': '5' })]);
  expect(row).toMatchObject({
    outcome: 'left-out',
    extension: [{ what: 'limit-rps', how: '--for envoy-gateway, nginx-gateway-fabric, traefik' }],
  });
});

test('requests that go elsewhere are impossible, with the option that accepts them where there is one', () => {
  const rows = audited([
    ingress('case', {
      annotations: { 'rewrite-target': '/$2' },
      rules: [path('a.test', '/api(/|$)(.*)', 'ImplementationSpecific', 'main')],
    }),
    ingress('query', {
      annotations: { 'permanent-redirect': 'https://b.test/new' },
      rules: [path('b.test', '/', 'Prefix', 'main')],
    }),
  ]);
  expect(rows.map(({ ingress: name, exact, impossible }) => [name, exact, impossible.map(({ how }) => how)])).toEqual([
    ['default/case', ['rewrite-target'], ['--accept path-case']],
    ['default/query', ['permanent-redirect'], ['--accept redirect-query']],
  ]);
});

test('what keeps an Ingress back besides its annotations is by hand where an option helps, else impossible', () => {
  const [forced] = audited([web({ 'force-ssl-redirect': 'true' })]);
  expect(forced).toMatchObject({
    exact: ['force-ssl-redirect'],
    hand: [{ what: 'a.test/', how: expect.stringMatching(/--tls-terminated-upstream/) }],
  });
  const [prefix] = audited([web({ 'server-alias': '~^x' })]);
  expect(prefix).toMatchObject({ impossible: [{ how: expect.stringMatching(/cannot be said by a hostname/) }] });
});

test('what nothing is served of is told as such', () => {
  const canary = ingress('canary', {
    annotations: { canary: 'true', 'canary-weight': '5' },
    rules: [path('b.test', '/', 'Prefix', 'canary')],
  });
  expect(audited([canary])).toMatchObject([
    {
      outcome: 'nothing-served',
      impossible: [{ what: 'everything', how: 'it is a canary, and joins no main Ingress' }],
    },
  ]);
});

test('an annotation that ingress-nginx does not read decides nothing: it is told with what was meant, and keeps no Ingress back', () => {
  expect(audited([web({ 'force-ssl-redirct': 'true' })], { input: 'tolerant' })).toMatchObject([
    {
      outcome: 'taken-over',
      hand: [
        {
          what: 'force-ssl-redirct',
          how: 'ingress-nginx reads no such annotation; did you mean nginx.ingress.kubernetes.io/force-ssl-redirect?',
        },
      ],
    },
  ]);
});

describe('an Ingress in which something is wrong is told, and costs no other its audit', () => {
  const good = ingress('good', { rules: [path('good.test', '/', 'Prefix', 'main')] });
  const audit = (objects: readonly object[]) => audited([good, ...objects], { leavesOutMistakes: true });
  const bad = (host: string, at = '/', annotations = {}) =>
    ingress('bad', { annotations, rules: [path(host, at, 'Prefix', 'other')] });

  test.each([
    ['a host with a space', bad('shop a.test'), 'spec.rules[0].host is "shop a.test"; give a DNS name'],
    ['a path without slash', bad('a.test', 'x'), 'spec.rules[0].http.paths[0].path is "x"; begin it with "/"'],
    [
      'a value for which nginx refuses its configuration',
      bad('a.test', '/', { 'rewrite-target': '/$' }),
      'annotation nginx.ingress.kubernetes.io/rewrite-target is "/$", for which nginx refuses',
    ],
    [
      'the www. of a wildcard host',
      bad('*.a.test', '/', { 'from-to-www-redirect': 'true' }),
      'from-to-www-redirect of the wildcard host *.a.test makes nginx refuse',
    ],
    ['no spec', { ...bad('a.test'), spec: undefined }, 'spec gives neither rules nor a defaultBackend'],
  ])('%s', (_, object, how) => {
    expect(audit([object])).toMatchObject([
      { ingress: 'default/good', outcome: 'taken-over' },
      {
        ingress: 'default/bad',
        outcome: 'left-out',
        exact: [],
        hand: [{ what: 'mistake', how: expect.stringContaining(how), file: 'objects[4]' }],
        impossible: [],
      },
    ]);
  });

  test('all of its mistakes, and no name', () => {
    const nameless = readManifests(
      `kind: Ingress\napiVersion: networking.k8s.io/v1\nmetadata: { namespace: shop }\nspec: { defaultBackend: { service: { name: a, port: { number: 80 } } } }\n---\n${JSON.stringify(
        { ...bad('a b'), spec: { rules: 'none', ingressClassName: [] } },
      )}`,
      'shop.yaml',
    );
    const { objects, mistaken } = migrate(nameless, {
      gateway: { namespace: 'infra', name: 'web' },
      leavesOutMistakes: true,
    });
    expect(objects).toEqual([]);
    expect(mistaken.map(({ ingress: name, line, message }) => [name, line, message.slice(0, 21)])).toEqual([
      ['?', 3, 'metadata.name is miss'],
      ['default/bad', 6, 'spec.rules is "none";'],
      ['default/bad', 6, 'spec gives neither ru'],
      ['default/bad', 6, 'spec.ingressClassName'],
    ]);
  });

  test('a Service that is wrong is told of each Ingress that leads to it', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'odd' },
      spec: { ports: [{ port: 99999 }] },
    };
    const leading = ingress('leading', { rules: [path('a.test', '/', 'Prefix', 'odd')] });
    const [, row, ...others] = audit([service, leading]);
    expect(row).toMatchObject({
      ingress: 'default/leading',
      outcome: 'left-out',
      hand: [{ how: expect.stringContaining('Service default/odd: spec.ports[0].port is 99999') }],
    });
    expect(others).toEqual([]);
  });

  test('nothing goes on where an answer rests on it for all: classes to choose from', () => {
    const other = ingress('other', { className: 'other', rules: [path('b.test', '/', 'Prefix', 'main')] });
    const { problems, mistaken } = migrated([good, other, bad('shop a.test')], { leavesOutMistakes: true });
    expect([problems.map(({ code }) => code).sort(), mistaken]).toEqual([['bad-host', 'several-classes'], []]);
  });

  test('one of a class that was not asked about is a warning', () => {
    const other = ingress('other', { className: 'other', rules: [path('b b.test', '/', 'Prefix', 'main')] });
    const { warnings, migrated: taken } = migrated([good, other], { ingressClass: 'nginx', leavesOutMistakes: true });
    expect([warnings.map(({ code }) => code), taken]).toEqual([['bad-host'], ['default/good']]);
  });
});
