import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from '../helpers/random';
import { commandLine } from './command-line';

// Whichever field of whatever kind is misspelt, each verb that reads it names it with what was meant: strictly read, it is an error;
// tolerantly, a warning, unless the answer cannot be given without the field.

jest.setTimeout(600_000);

type Fields = Readonly<Record<string, unknown>>;

const meta = (name: string, more: Fields = {}) => ({ name, namespace: 'shop', ...more });
const template = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'example/web:1.0.0', ports: [{ name: 'http', containerPort: 8080 }] }] },
};
const backend = { service: { name: 'web', port: { number: 80 } } };
const OBJECTS: readonly Fields[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'a' } } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: meta('web'),
    spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta('web'),
    spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }] },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: meta('web'),
    spec: {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            { namespaceSelector: {}, podSelector: { matchLabels: { app: 'x' } } },
            { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
          ],
          ports: [{ protocol: 'TCP', port: 8080, endPort: 8081 }],
        },
      ],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx' },
    spec: { controller: 'k8s.io/ingress-nginx' },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: meta('web', { annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': 'true' } }),
    spec: {
      ingressClassName: 'nginx',
      defaultBackend: backend,
      tls: [{ hosts: ['shop.test'], secretName: 'tls' }],
      rules: [{ host: 'shop.test', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
    },
  },
];

const GATEWAY: readonly Fields[] = [
  ...OBJECTS.slice(0, 3),
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: meta('web'),
    spec: {
      gatewayClassName: 'eg',
      listeners: [
        {
          name: 'http',
          port: 80,
          protocol: 'HTTP',
          hostname: '*.test',
          allowedRoutes: { namespaces: { from: 'All' }, kinds: [{ kind: 'HTTPRoute' }] },
        },
      ],
    },
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: meta('web'),
    spec: {
      parentRefs: [{ name: 'web', sectionName: 'http' }],
      hostnames: ['shop.test'],
      rules: [
        {
          matches: [
            {
              path: { type: 'Exact', value: '/a' },
              method: 'GET',
              headers: [{ name: 'X', value: 'y' }],
              queryParams: [{ name: 'q', value: '1' }],
            },
          ],
          filters: [
            {
              type: 'URLRewrite',
              urlRewrite: { hostname: 'x.test', path: { type: 'ReplaceFullPath', replaceFullPath: '/b' } },
            },
          ],
          timeouts: { request: '5s' },
          backendRefs: [{ name: 'web', port: 80, weight: 1 }],
        },
      ],
    },
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: meta('web'),
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
      to: [{ group: '', kind: 'Service', name: 'web' }],
    },
  },
];

interface Slip {
  readonly objects: readonly Fields[];
  readonly object: number;
  readonly path: readonly (string | number)[];
}

/** What people name themselves, in which there is nothing to misspell. */
const FREE = new Set(['labels', 'annotations', 'matchLabels', 'selector']);

function slipsIn(objects: readonly Fields[]): Slip[] {
  const walk = (value: unknown, path: readonly (string | number)[], object: number, isFree: boolean): Slip[] => {
    if (Array.isArray(value)) {
      return value.flatMap((item, index) => walk(item, [...path, index], object, isFree));
    }
    if (typeof value !== 'object' || value === null) {
      return [];
    }
    return Object.entries(value).flatMap(([key, below]) => {
      const holdsNames =
        FREE.has(key) && !(key === 'selector' && typeof below === 'object' && 'matchLabels' in (below as object));
      return [
        ...(isFree ? [] : [{ objects, object, path: [...path, key] }]),
        ...walk(below, [...path, key], object, holdsNames),
      ];
    });
  };
  return objects.flatMap((one, object) =>
    walk(one, [], object, false).filter(
      ({ path }) => !['apiVersion', 'kind', 'metadata', 'metadata,name'].includes(String(path)),
    ),
  );
}

function misspelt({ objects, object, path }: Slip, typed: string): readonly Fields[] {
  const change = (value: unknown, [key, ...rest]: readonly (string | number)[]): unknown => {
    if (key === undefined) {
      return value;
    }
    if (Array.isArray(value)) {
      return value.map((item, index) => (index === key ? change(item, rest) : item));
    }
    return Object.fromEntries(
      Object.entries(value as Fields).map(([name, below]) =>
        name === key ? [rest.length === 0 ? typed : name, change(below, rest)] : [name, below],
      ),
    );
  };
  return objects.map((one, index) => (index === object ? (change(one, path) as Fields) : one));
}

const VERBS: readonly (readonly [
  verb: string,
  argv: (file: string, right: string) => readonly string[],
  isForGateways: boolean,
])[] = [
  ['connections', (file) => ['connections', file], true],
  ['route', (file) => ['route', file, '--url', 'http://shop.test/'], true],
  ['graph', (file) => ['graph', file, '--format', 'dot'], true],
  ['diff', (file, right) => ['diff', right, file], true],
  ['check', (file) => ['check', file], true],
  ['migrate', (file) => ['migrate', file, '--gateway', 'infra/web'], false],
];

test('a misspelt field is named by each verb: an error where read strictly, else a warning', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'misspelt-'));
  const write = (name: string, objects: readonly Fields[]) => {
    const file = join(folder, name);
    writeFileSync(file, objects.map((one) => JSON.stringify(one)).join('\n---\n'));
    return file;
  };
  const slips = [...slipsIn(OBJECTS), ...slipsIn(GATEWAY)];
  expect(slips.length).toBeGreaterThan(130);
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...slips),
        fc.nat(),
        fc.constantFrom(...VERBS),
        async (slip, at, [verb, argv, isForGateways]) => {
          if (slip.objects === GATEWAY && !isForGateways) {
            return;
          }
          const name = slip.path.at(-1) as string;
          const index = at % name.length;
          const typed = `${name.slice(0, index)}q${name.slice(index)}`;
          const [file, right] = [write('wrong.yaml', misspelt(slip, typed)), write('right.yaml', slip.objects)];
          for (const degree of ['strict', 'tolerant']) {
            const { status, stdout, stderr } = await commandLine([...argv(file, right), '--input', degree]);
            const told = `${stdout}\n${stderr}`
              .split('\n')
              .filter((line) => line.includes(`${typed} is no field of this kind; did you mean`));
            const where = [verb, degree, typed, String(slip.path)];
            expect([...where, told.some((line) => new RegExp(`(mean|or) ${name}\\b`).test(line))]).toEqual([
              ...where,
              true,
            ]);
            expect([...where, degree === 'strict' ? status : 'any']).toEqual([
              ...where,
              degree === 'strict' ? 2 : 'any',
            ]);
            expect([...where, status === 2 || told.every((line) => line.includes('warning: '))]).toEqual([
              ...where,
              true,
            ]);
          }
        },
      ),
      { numRuns: process.env.NIGHTLY === '1' ? 2_000 : 120 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
