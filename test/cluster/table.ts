import type { Fields } from '../helpers/fields';

// Objects of the kinds that are read, right and wrong: of each a plain one, and what a field of it may be changed to. What is
// right the API server says; nothing here does.

const metadata = (more: object = {}) => ({ name: 'web', namespace: 'default', ...more });
const template = (more: object = {}) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'web:1', ports: [{ name: 'http', containerPort: 8080 }] }], ...more },
});
const selector = { matchLabels: { app: 'web' } };

const BASES: Readonly<Record<string, Fields>> = {
  Service: {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(),
    spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  },
  NetworkPolicy: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(),
    spec: {
      podSelector: selector,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: selector }], ports: [{ protocol: 'TCP', port: 80 }] }],
      egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }],
    },
  },
  Ingress: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadata(),
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'shop.example.com',
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
          },
        },
      ],
      tls: [{ hosts: ['shop.example.com'], secretName: 'tls' }],
    },
  },
  Pod: { apiVersion: 'v1', kind: 'Pod', metadata: metadata({ labels: { app: 'web' } }), spec: template().spec },
  Deployment: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(),
    spec: { replicas: 1, selector, template: template() },
  },
  StatefulSet: {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadata(),
    spec: { serviceName: 'web', replicas: 1, selector, template: template() },
  },
  DaemonSet: {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadata(),
    spec: { selector, template: template() },
  },
  Job: {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata(),
    spec: { template: template({ restartPolicy: 'Never' }) },
  },
  CronJob: {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadata(),
    spec: { schedule: '@daily', jobTemplate: { spec: { template: template({ restartPolicy: 'Never' }) } } },
  },
  Namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web', labels: { team: 'web' } } },
  IngressClass: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx' },
    spec: { controller: 'k8s.io/ingress-nginx' },
  },
  Secret: { apiVersion: 'v1', kind: 'Secret', metadata: metadata(), type: 'Opaque', data: { key: 'dmFsdWU=' } },
};

/** What a field is to be without. */
export const NONE = Symbol('none');

const PORT_NUMBERS = [1, 80, 65_535, 0, -1, 65_536, 80.5, '80', 'http', null, NONE, true, [80]];
const PORT_NAMES = [
  'http',
  'http-2',
  'a',
  '80',
  'HTTP',
  'a--b',
  '-a',
  'a-',
  'sixteen-letters-',
  'fifteen-letters',
  '',
  null,
  7,
];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP', 'tcp', 'HTTP', '', null, 6];
const LABELS = [
  {},
  { a: '' },
  { a: 'x'.repeat(63) },
  { a: 'x'.repeat(64) },
  { a: 'two words' },
  { 'a b': 'c' },
  { a: 7 },
  { 'x/y/z': 'a' },
  { a: null },
];
const BLOCKS = [
  '10.0.0.0/8',
  '10.1.2.3/8',
  '10.0.0.0',
  '10.0.0.0/33',
  '300.0.0.0/8',
  'fd00::/8',
  '::/0',
  '',
  null,
  7,
  '010.0.0.0/8',
];
const HOSTS = [
  'shop.example.com',
  '*.example.com',
  '*',
  'a.*.com',
  'SHOP.example.com',
  'shop_1.example.com',
  'shop.example.com:80',
  '10.1.2.3',
  '',
  null,
  7,
  'x'.repeat(64),
  'http://shop',
];
const PATHS = ['/', '/a', '/a/', 'a', '', '/a//b', '/../a', '/a b', '/a*', '/./a', '/%2f', NONE, null, 7];
const PATH_TYPES = ['Prefix', 'Exact', 'ImplementationSpecific', 'prefix', 'Regex', '', null, NONE, 7];
const NAMES = [
  'web',
  'web-1',
  'web.example',
  'Web',
  'web_1',
  '-web',
  'web-',
  '1web',
  'x'.repeat(63),
  'x'.repeat(64),
  'x'.repeat(254),
  '',
  null,
  7,
  'ünïcode',
  NONE,
];
const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'in', 'Equals', '', null];

/** What is changed, by kind: where, and to what. */
const CHANGES: readonly (readonly [kind: string, path: string, values: readonly unknown[]])[] = [
  ['Service', 'metadata.name', NAMES],
  ['Service', 'metadata.labels', LABELS],
  ['Service', 'metadata.labels', ['text', ['a'], null]],
  ['Service', 'metadata.annotations', [{ a: 'b' }, { a: 7 }, { 'a b': 'c' }, 'text']],
  ['Service', 'spec.ports.0.port', PORT_NUMBERS],
  ['Service', 'spec.ports.0.targetPort', [...PORT_NUMBERS, ...PORT_NAMES]],
  ['Service', 'spec.ports.0.protocol', PROTOCOLS],
  ['Service', 'spec.ports.0.name', PORT_NAMES],
  ['Service', 'spec.ports.0.nodePort', [30_080, 80, null]],
  ['Service', 'spec.ports.0.unknown', [1]],
  ['Service', 'spec.ports', [[], null, NONE, 'text', ['text'], {}, [{ port: 80 }, { port: 81 }]]],
  [
    'Service',
    'spec.ports',
    [
      [
        { name: 'a', port: 80 },
        { name: 'a', port: 81 },
      ],
      [
        { name: 'a', port: 80 },
        { name: 'b', port: 80 },
      ],
    ],
  ],
  [
    'Service',
    'spec.ports',
    [
      [
        { name: 'a', port: 80 },
        { name: 'b', port: 80, protocol: 'UDP' },
      ],
    ],
  ],
  ['Service', 'spec.type', ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName', 'clusterip', '', null, 7]],
  ['Service', 'spec.clusterIP', ['None', '', '10.100.0.9', 'none', 'text', 7]],
  ['Service', 'spec.selector', [{}, null, NONE, { a: 7 }, 'text', { 'a b': 'c' }, ['a']]],
  ['Service', 'spec.selectors', [{ app: 'web' }]],
  ['Service', 'spec.externalName', ['example.com']],
  ['Service', 'spec', [NONE, null, 'text', []]],
  ['NetworkPolicy', 'spec', [{}, NONE, null, 'text', { podSelector: {} }, { podSelector: null }]],
  ['NetworkPolicy', 'spec.podSelector', [{}, NONE, null, 'text', { app: 'web' }, { matchLabels: { a: 7 } }]],
  ['NetworkPolicy', 'spec.podSelector.matchLabels', LABELS],
  ['NetworkPolicy', 'spec.podSelector.matchExpressions', OPERATORS.map((operator) => [{ key: 'a', operator }])],
  [
    'NetworkPolicy',
    'spec.podSelector.matchExpressions',
    OPERATORS.map((operator) => [{ key: 'a', operator, values: ['b'] }]),
  ],
  [
    'NetworkPolicy',
    'spec.podSelector.matchExpressions',
    [
      [{ key: 'a b', operator: 'Exists' }],
      [{ operator: 'Exists' }],
      [{ key: 'a', operator: 'In', values: ['two words'] }],
      [{ key: 'a', operator: 'In', values: [7] }],
      'text',
      ['text'],
    ],
  ],
  [
    'NetworkPolicy',
    'spec.policyTypes',
    [
      ['Ingress'],
      ['Egress'],
      [],
      NONE,
      null,
      ['ingress'],
      ['Both'],
      ['Ingress', 'Ingress'],
      ['Ingress', 'Egress', 'Ingress'],
      'Ingress',
      [null],
    ],
  ],
  ['NetworkPolicy', 'spec.ingress', [[], null, NONE, [{}], [null], 'text', ['text'], {}]],
  ['NetworkPolicy', 'spec.ingress.0.from', [[], null, NONE, [{}], [null], 'text', ['text']]],
  [
    'NetworkPolicy',
    'spec.ingress.0.from.0',
    [
      { namespaceSelector: {} },
      { podSelector: {}, namespaceSelector: {} },
      { podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } },
      { podselector: {} },
      { ipBlock: {} },
      { ipBlock: null },
      { podSelector: null },
      { namespaceSelector: { matchLabels: { a: 7 } } },
    ],
  ],
  ['NetworkPolicy', 'spec.ingress.0.to', [[{ podSelector: {} }]]],
  [
    'NetworkPolicy',
    'spec.ingress.0.ports',
    [
      [],
      null,
      [{}],
      [null],
      'text',
      [80],
      [{ port: 80, endPort: 90 }],
      [{ port: 80, endPort: 79 }],
      [{ endPort: 90 }],
      [{ port: 'http', endPort: 90 }],
    ],
  ],
  ['NetworkPolicy', 'spec.ingress.0.ports.0.port', [...PORT_NUMBERS, ...PORT_NAMES]],
  ['NetworkPolicy', 'spec.ingress.0.ports.0.protocol', PROTOCOLS],
  ['NetworkPolicy', 'spec.egress.0.to.0.ipBlock.cidr', BLOCKS],
  [
    'NetworkPolicy',
    'spec.egress.0.to.0.ipBlock.except',
    [[], null, ['10.0.0.0/8'], ['10.1.0.0/16', '10.2.0.0/16'], ['192.168.0.0/16'], ['text'], [7], 'text', ['fd00::/8']],
  ],
  ['NetworkPolicy', 'spec.egress.0.from', [[{ podSelector: {} }]]],
  ['NetworkPolicy', 'spec.egres', [[]]],
  ['Ingress', 'metadata.name', NAMES],
  [
    'Ingress',
    'metadata.annotations',
    [{ 'nginx.ingress.kubernetes.io/canary': true }, { 'nginx.ingress.kubernetes.io/canary': 'true' }, { a: null }],
  ],
  ['Ingress', 'spec', [NONE, null, {}, 'text', []]],
  ['Ingress', 'spec.ingressClassName', ['nginx', 'Nginx', '', null, NONE, 'a b', 7]],
  ['Ingress', 'spec.rules', [[], null, NONE, ['text'], 'text', [{}], [null], [{ host: 'a.example.com' }]]],
  ['Ingress', 'spec.rules.0.host', HOSTS],
  [
    'Ingress',
    'spec.rules.0.http',
    [null, {}, 'text', { paths: [] }, { paths: null }, { paths: ['text'] }, { path: [] }],
  ],
  ['Ingress', 'spec.rules.0.http.paths.0.path', PATHS],
  ['Ingress', 'spec.rules.0.http.paths.0.pathType', PATH_TYPES],
  [
    'Ingress',
    'spec.rules.0.http.paths.0.backend',
    [
      NONE,
      null,
      {},
      'web',
      { serviceName: 'web', servicePort: 80 },
      { service: {} },
      { service: null },
      { service: { name: 'web' } },
      { service: { port: { number: 80 } } },
      { resource: { kind: 'Bucket', name: 'a' } },
      { resource: { kind: 'Bucket', name: 'a' }, service: { name: 'web', port: { number: 80 } } },
    ],
  ],
  ['Ingress', 'spec.rules.0.http.paths.0.backend.service.name', NAMES],
  [
    'Ingress',
    'spec.rules.0.http.paths.0.backend.service.port',
    [
      { number: 80 },
      { name: 'http' },
      { number: 80, name: 'http' },
      {},
      null,
      80,
      { number: 0 },
      { number: '80' },
      { number: 65_536 },
      { name: 'HTTP' },
      { name: '' },
    ],
  ],
  [
    'Ingress',
    'spec.defaultBackend',
    [{ service: { name: 'web', port: { number: 80 } } }, {}, null, 'web', { service: { name: 'web' } }],
  ],
  [
    'Ingress',
    'spec.tls',
    [
      [],
      null,
      [{}],
      ['text'],
      'text',
      [{ hosts: [] }],
      [{ hosts: ['a b'] }],
      [{ hosts: [7] }],
      [{ hosts: 'shop.example.com' }],
      [{ hosts: ['*.example.com'] }],
      [{ secretName: '' }],
      [{ secretName: 7 }],
    ],
  ],
  ['Ingress', 'spec.rule', [[]]],
  ['Pod', 'metadata.name', NAMES],
  ['Pod', 'metadata.labels', LABELS],
  ['Pod', 'spec.hostNetwork', [true, false, 'true', null]],
  [
    'Pod',
    'spec.containers',
    [
      [],
      NONE,
      null,
      ['text'],
      [{ name: 'a' }],
      [{ image: 'a' }],
      [{ name: 'A', image: 'a' }],
      [
        { name: 'a', image: 'a' },
        { name: 'a', image: 'b' },
      ],
    ],
  ],
  ['Pod', 'spec.containers.0.ports.0.containerPort', PORT_NUMBERS],
  ['Pod', 'spec.containers.0.ports.0.name', PORT_NAMES],
  ['Pod', 'spec.containers.0.ports.0.protocol', PROTOCOLS],
  [
    'Pod',
    'spec.containers.0.ports',
    [
      [],
      null,
      'text',
      [80],
      [{ containerPort: 80 }, { containerPort: 80 }],
      [
        { name: 'a', containerPort: 80 },
        { name: 'a', containerPort: 81 },
      ],
    ],
  ],
  ['Pod', 'spec', [NONE, null, 'text', {}]],
  ['Deployment', 'spec', [NONE, null, 'text', {}]],
  ['Deployment', 'spec.replicas', [0, 3, -1, '1', 1.5, null, NONE]],
  [
    'Deployment',
    'spec.selector',
    [
      NONE,
      null,
      {},
      'text',
      { matchLabels: { app: 'other' } },
      { app: 'web' },
      { matchLabels: { app: 'web', x: 'y' } },
    ],
  ],
  ['Deployment', 'spec.template', [NONE, null, 'text', {}, { spec: {} }]],
  ['Deployment', 'spec.template.metadata.labels', [{}, NONE, null, { app: 7 }, { app: 'web', x: 'two words' }]],
  ['Deployment', 'spec.template.spec.containers.0.ports.0.containerPort', PORT_NUMBERS],
  ['Deployment', 'spec.template.spec.container', [[]]],
  ['Deployment', 'metadata.generateName', ['web-']],
  ['StatefulSet', 'spec.serviceName', ['web', '', NONE, 7]],
  ['StatefulSet', 'spec.selector.matchLabels', [{ app: 'web' }, { app: 'other' }, {}]],
  ['DaemonSet', 'spec.selector.matchLabels', [{ app: 'web' }, { app: 'other' }, {}]],
  ['DaemonSet', 'spec.template.spec.hostNetwork', [true, 'yes']],
  ['Job', 'spec.template.spec.restartPolicy', ['Never', 'OnFailure', 'Always', NONE]],
  ['Job', 'spec.template.metadata.labels', [{ app: 'web' }, { app: 7 }]],
  ['CronJob', 'spec.schedule', ['@daily', '0 0 * * *', 'daily', '', NONE]],
  ['CronJob', 'spec.jobTemplate', [NONE, null, {}, 'text']],
  ['Namespace', 'metadata.name', NAMES],
  ['Namespace', 'metadata.labels', LABELS],
  ['IngressClass', 'metadata.name', NAMES],
  ['IngressClass', 'spec.controller', ['k8s.io/ingress-nginx', 'nginx', '', NONE, null, 7, 'a b/c']],
  ['Secret', 'data', [{ key: 'dmFsdWU=' }, { key: 'not base64!' }, { key: 7 }, { 'a b': 'dmFsdWU=' }, null]],
];

/** An object with one field changed; the path goes by keys and places of lists. */
function changed(base: Fields, path: string, value: unknown): Fields {
  const object = structuredClone(base);
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((at: Fields, key) => {
    at[key] ??= {};
    return at[key];
  }, object);
  if (value === NONE) {
    delete parent[last];
  } else {
    parent[last] = value;
  }
  return object;
}

/** A row of the table. */
export interface Row {
  readonly name: string;
  readonly object: Fields;
}

/** Every row, each object once. */
export const ROWS: readonly Row[] = [
  ...new Map(
    [
      ...Object.entries(BASES).map(([kind, object]): Row => ({ name: kind, object })),
      ...CHANGES.flatMap(([kind, path, values]) =>
        values.map((value): Row => {
          const shown = value === NONE ? 'nothing' : (JSON.stringify(value) ?? String(value));
          const short = shown.length > 90 ? `${shown.slice(0, 60)}... (${shown.length})` : shown;
          return { name: `${kind} ${path}: ${short}`, object: changed(BASES[kind] as Fields, path, value) };
        }),
      ),
    ].map((row) => [JSON.stringify(row.object), row] as const),
  ).values(),
];
