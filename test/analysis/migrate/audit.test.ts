import { auditOf } from '../../../analysis';
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
