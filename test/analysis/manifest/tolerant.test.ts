import { Cluster } from '../../../analysis/connectivity';
import { judged, readManifests } from '../../../analysis/manifest';
import { Routes } from '../../../analysis/routing';

const texts = (text: string, degree: 'strict' | 'tolerant') => {
  const reading = readManifests(text, 'a.yaml');
  const { problems, warnings } = judged(reading.problems, degree);
  const told = (found: typeof problems) => found.map(({ code, line, message }) => `${code} ${line}: ${message}`);
  return {
    names: reading.manifests.map(({ kind, name }) => `${kind} ${name}`),
    problems: told(problems),
    warnings: told(warnings),
  };
};

const object = (apiVersion: string, kind: string, metadata = 'name: a', rest = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { ${metadata} }\n${rest}`;

/** What can be understood: an error where input is read strictly, else a warning, and the object is there. */
describe('what can still be understood', () => {
  test.each([
    [
      'a name with an underscore',
      object('v1', 'Pod', 'name: my_pod'),
      ['Pod my_pod'],
      /^bad-name 3: Pod: metadata.name is "my_pod"; use/,
    ],
    [
      'a name in capitals',
      object('v1', 'Service', 'name: Web'),
      ['Service Web'],
      /^bad-name 3: Service: metadata.name is "Web"; use/,
    ],
    [
      'a namespace with a dot',
      object('v1', 'Pod', 'name: a, namespace: a.b'),
      ['Pod a'],
      /^bad-namespace 3: Pod a: metadata.namespace is "a.b"; use/,
    ],
    [
      'batch/v1beta1',
      object('batch/v1beta1', 'CronJob'),
      ['CronJob a'],
      /^retired-api-version 1: CronJob: apiVersion batch\/v1beta1 is not served .* use batch\/v1, as which it is read$/,
    ],
    [
      'apps/v1beta2',
      object('apps/v1beta2', 'Deployment'),
      ['Deployment a'],
      /^retired-api-version 1: .* use apps\/v1, as which it is read$/,
    ],
    [
      'extensions/v1beta1',
      object('extensions/v1beta1', 'NetworkPolicy'),
      ['NetworkPolicy a'],
      /^retired-api-version 1: .* use networking.k8s.io\/v1, as which it is read$/,
    ],
    [
      'a list as a document',
      `- ${object('v1', 'Pod').trim().replaceAll('\n', '\n  ')}\n`,
      ['Pod a'],
      /^list-document 1: the document is a list of objects, which kubectl refuses; it is read as a List$/,
    ],
    [
      'fields of a server',
      object('v1', 'Pod', 'name: a, uid: "1", resourceVersion: "2"'),
      ['Pod a'],
      /^server-fields 3: Pod a: metadata.resourceVersion is for the API server to write; leave/,
    ],
    [
      'an annotation that is a number',
      object('v1', 'Pod', 'name: a, annotations: { x: 5 }'),
      ['Pod a'],
      /^bad-annotations 3: .* it is taken as "5"$/,
    ],
    [
      'a label that no answer needs',
      object('apps/v1', 'Deployment', 'name: a, labels: { v: 1.0 }'),
      ['Deployment a'],
      /^bad-labels 3: .*; no answer needs it$/,
    ],
    [
      'a ConfigMap without name',
      object('v1', 'ConfigMap', ''),
      [],
      /^no-name 3: ConfigMap: metadata.name is missing \(it is left out\)$/,
    ],
    [
      'Chart.yaml',
      'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      [],
      /^no-kind 1: kind is missing; this is the description of a Helm chart; a manifest/,
    ],
    [
      'values.yaml',
      'image:\n  tag: x\nreplicas: 2\n',
      [],
      /^no-kind 1: kind is missing; this is no Kubernetes object; a manifest/,
    ],
    [
      'a workflow',
      'name: ci\non: [push]\njobs: {}\n',
      [],
      /^no-kind 1: kind is missing; this is a workflow; a manifest/,
    ],
    [
      'a kustomization without kind',
      'resources: [a.yaml]\n',
      [],
      /^no-kind 1: kind is missing; this is a kustomization; a manifest/,
    ],
    [
      'a kustomization',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n',
      [],
      /^not-an-object 2: Kustomization: kustomize reads this, no cluster does; what it changes is not known here/,
    ],
    [
      'a patch',
      '- op: replace\n  path: /x\n  value: 1\n',
      [],
      /^not-an-object 1: the document is a list; a manifest is/,
    ],
    ['just a text', 'hello\n', [], /^not-an-object 1: the document is "hello"; a manifest is/],
  ])('%s', (_, text, names, expected) => {
    expect(texts(text, 'strict')).toEqual({ names, problems: [expect.stringMatching(expected)], warnings: [] });
    expect(texts(text, 'tolerant')).toEqual({ names, problems: [], warnings: [expect.stringMatching(expected)] });
  });

  test('what a cluster printed has one warning, whatever a server adds', () => {
    const item = (name: string) =>
      `- apiVersion: v1\n  kind: Pod\n  metadata: { name: ${name}, uid: "1", resourceVersion: "2", generation: 3, creationTimestamp: "2026-01-01T00:00:00Z", managedFields: [] }\n  status: { phase: Running }\n`;
    expect(
      texts(
        `apiVersion: v1\nkind: List\nmetadata: { resourceVersion: "" }\nitems:\n${item('a')}${item('b')}${item('c')}`,
        'tolerant',
      ),
    ).toEqual({
      names: ['Pod a', 'Pod b', 'Pod c'],
      problems: [],
      warnings: [
        'server-fields 7: Pod a: metadata.managedFields is for the API server to write, and 2 more objects have such fields; leave them out to apply it',
      ],
    });
  });

  test('an owner of a group of former times is a warning however input is read', () => {
    const text = object(
      'v1',
      'Pod',
      'name: a, ownerReferences: [{ apiVersion: extensions/v1beta1, kind: DaemonSet, name: d, controller: true }]',
    );
    for (const degree of ['strict', 'tolerant'] as const) {
      expect(texts(text, degree)).toEqual({
        names: ['Pod a'],
        problems: [],
        warnings: [
          'retired-api-version 3: Pod a: its owner, a DaemonSet, is of extensions/v1beta1; it is taken as apps/v1',
        ],
      });
    }
  });
});

/** On which an answer would rest: errors, however input is read. */
describe('what cannot be understood', () => {
  test.each([
    [
      'a template for a name',
      object('v1', 'Pod', 'name: "{{ .Release.Name }}"'),
      /^bad-name 3: .*; a template, e.g. of Helm; render it first$/,
    ],
    [
      'a placeholder for a namespace',
      object('v1', 'Pod', `name: a, namespace: "\${NS}"`),
      /^bad-namespace 3: .*; a placeholder that nobody filled in/,
    ],
    ['a name that is a number', object('v1', 'Pod', 'name: 1'), /^bad-name 3: Pod: metadata.name is 1;/],
    ['a Pod without name', object('v1', 'Pod', ''), /^no-name 3: Pod: metadata.name is missing$/],
    [
      'a label of a Pod that is a number',
      object('v1', 'Pod', 'name: a, labels: { v: 1 }'),
      /^bad-labels 3: Pod a: metadata.labels: "v" is 1; give a text/,
    ],
    [
      'kind in the wrong case',
      'apiVersion: v1\nKind: Pod\nmetadata: { name: a }\n',
      /^no-kind 1: kind is missing; did you mean kind where it says Kind\?$/,
    ],
    [
      'kind misspelt',
      'apiVersion: networking.k8s.io/v1\nknd: NetworkPolicy\nmetadata: { name: a }\nspec: {}\n',
      /^no-kind 1: kind is missing; did you mean kind where it says knd\?$/,
    ],
    [
      'no kind, and all else of a manifest',
      'apiVersion: apps/v1\nmetadata: { name: a }\nspec: {}\n',
      /^no-kind 1: kind is missing; a manifest says what it is/,
    ],
    [
      'a version that means something else',
      object('networking.k8s.io/v2', 'NetworkPolicy'),
      /^retired-api-version 1: .* use networking.k8s.io\/v1$/,
    ],
    [
      'an annotation that is a list, of the controller',
      object('v1', 'Pod', 'name: a, annotations: { nginx.ingress.kubernetes.io/canary: [] }'),
      /^bad-annotations 3: /,
    ],
  ])('%s', (_, text, expected) => {
    for (const degree of ['strict', 'tolerant'] as const) {
      expect(texts(text, degree)).toEqual({ names: [], problems: [expect.stringMatching(expected)], warnings: [] });
    }
  });
});

test('an Ingress of v1beta1 leads where one of v1 does', () => {
  const text = [
    object('v1', 'Service', 'name: web', 'spec: { ports: [{ name: http, port: 80 }] }\n'),
    object(
      'networking.k8s.io/v1beta1',
      'Ingress',
      'name: web',
      'spec:\n  backend: { serviceName: web, servicePort: 80 }\n  rules: [{ host: a.example, http: { paths: [{ path: /x, backend: { serviceName: web, servicePort: http } }] } }]\n',
    ),
  ].join('---\n');
  const routes = Routes.ofIngressNginx(readManifests(text, 'a.yaml'), { input: 'tolerant' });
  expect(routes.problems).toEqual([]);
  expect(routes.warnings.map(({ code }) => code)).toEqual(['retired-api-version']);
  expect(routes.route({ url: 'http://a.example/x' })).toMatchObject({
    outcome: 'backends',
    backends: [{ service: 'web', port: 80 }],
  });
});

describe('two objects of one name', () => {
  const policy = (peers: string) =>
    object('networking.k8s.io/v1', 'NetworkPolicy', 'name: p', `spec: { podSelector: {}, ingress: ${peers} }\n`);
  const pods = [object('v1', 'Pod', 'name: a'), object('v1', 'Pod', 'name: b')];

  test('the last one counts, and the warning says so', () => {
    const text = [...pods, policy('[]'), policy('[{}]')].join('---\n');
    const cluster = Cluster.from(readManifests(text, 'a.yaml'), { input: 'tolerant' });
    expect(cluster.problems).toEqual([]);
    expect(cluster.warnings).toEqual([
      {
        code: 'duplicate-object',
        severity: 'tolerable',
        file: 'a.yaml',
        line: 14,
        message:
          'NetworkPolicy p: the same object stands at a.yaml:9 with other content; keep one of them; this one, which comes last, is taken',
      },
    ]);
    expect([...cluster.connections({ to: cluster.find('b') })].map(({ ports }) => ports)).toContain('all');
  });

  test('are the same where they differ in what a server writes', () => {
    const text = [
      object('v1', 'Namespace', 'name: a, uid: "1"'),
      object('v1', 'Namespace', 'name: a, generation: 2'),
    ].join('---\n');
    const { problems } = Cluster.from(readManifests(text, 'a.yaml'));
    expect(problems.map(({ code }) => code)).toEqual(['server-fields']);
  });
});

/** What an API server refuses of a workload, and answers can do without. */
describe('a workload that an API server refuses', () => {
  const template = 'template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c }] } }';
  test.each([
    [
      'a selector that does not fit the labels of the template',
      object('apps/v1', 'Deployment', 'name: a', `spec: { selector: { matchLabels: { app: wbe } }, ${template} }\n`),
      'Deployment a: spec.selector.matchLabels.app is "wbe"; the template has "web", and an API server refuses a selector that does not fit it',
    ],
    [
      'a selector by a label that the template has not',
      object('apps/v1', 'DaemonSet', 'name: a', `spec: { selector: { matchLabels: { tier: x } }, ${template} }\n`),
      'DaemonSet a: spec.selector.matchLabels.tier is "x"; the template has no such label, and an API server refuses a selector that does not fit it',
    ],
  ])('by %s is an error, or a warning and a workload all the same', (_, text, message) => {
    const reading = readManifests(text, 'a.yaml');
    const [strict, tolerant] = (['strict', 'tolerant'] as const).map((input) => Cluster.from(reading, { input }));
    expect(strict?.problems.map((one) => one.message)).toEqual([message]);
    expect(tolerant?.problems).toEqual([]);
    expect(tolerant?.warnings.map((one) => one.message)).toEqual([message]);
    expect(tolerant?.workloads.map(({ name }) => name)).toEqual(['a']);
  });
});
