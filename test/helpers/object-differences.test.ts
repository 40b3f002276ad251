import type { Fields } from './api-defaults';
import { differences, fingerprint, nameOf } from './object-differences';

const deployment = (container: Fields = {}, spec: Fields = {}, podSpec: Fields = {}): Fields => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'web:1', ...container }], ...podSpec },
    },
    ...spec,
  },
});
const service = (spec: Fields): Fields => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec });
const policy = (spec: Fields): Fields => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'rule' },
  spec,
});
const role = (...rules: Fields[]): Fields => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'reader' },
  rules,
});
const job = (spec: Fields = {}): Fields => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'once' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a:1' }] } }, ...spec },
});
const webhook = (fields: Fields = {}): Fields => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'hook' },
  webhooks: [{ name: 'a.b.c', clientConfig: { service: { name: 's', namespace: 'n' } }, rules: [{}], ...fields }],
});
const binding = (subject: Fields, roleRef: Fields = {}): Fields => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'binding' },
  roleRef: { kind: 'ClusterRole', name: 'reader', ...roleRef },
  subjects: [subject],
});

const httpProbe = { httpGet: { port: 80 } };
const fullHttpProbe = {
  httpGet: { port: 80, path: '/', scheme: 'HTTP' },
  ...{ initialDelaySeconds: 0, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
};
const labelled = { matchLabels: { a: 'b' } };

const EQUAL: [string, Fields, Fields][] = [
  ['one replica', deployment(), deployment({}, { replicas: 1 })],
  [
    'a rolling update of a quarter',
    deployment(),
    deployment({}, { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } } }),
  ],
  [
    'half of a rolling update',
    deployment({}, { strategy: { rollingUpdate: { maxUnavailable: 1 } } }),
    deployment({}, { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } } }),
  ],
  [
    'history, deadline and no waiting',
    deployment(),
    deployment({}, { revisionHistoryLimit: 10, progressDeadlineSeconds: 600, minReadySeconds: 0, paused: false }),
  ],
  [
    'what every Pod has',
    deployment(),
    deployment(
      {},
      {},
      {
        ...{
          restartPolicy: 'Always',
          dnsPolicy: 'ClusterFirst',
          terminationGracePeriodSeconds: 30,
          hostNetwork: false,
        },
        ...{ schedulerName: 'default-scheduler', securityContext: {}, volumes: [], tolerations: null },
      },
    ),
  ],
  [
    'the old name of the service account',
    deployment({}, {}, { serviceAccountName: 'a' }),
    deployment({}, {}, { serviceAccount: 'a', serviceAccountName: 'a' }),
  ],
  [
    'what every container has',
    deployment(),
    deployment({
      ...{ imagePullPolicy: 'IfNotPresent', terminationMessagePath: '/dev/termination-log', resources: {} },
      ...{ terminationMessagePolicy: 'File', env: [], stdin: false },
    }),
  ],
  [
    'pulling latest every time',
    deployment({ image: 'a:latest' }),
    deployment({ image: 'a:latest', imagePullPolicy: 'Always' }),
  ],
  [
    'pulling an image without a tag',
    deployment({ image: 'r:5000/a' }),
    deployment({ image: 'r:5000/a', imagePullPolicy: 'Always' }),
  ],
  [
    'not pulling a digest',
    deployment({ image: 'a@sha256:0' }),
    deployment({ image: 'a@sha256:0', imagePullPolicy: 'IfNotPresent' }),
  ],
  [
    'a port of TCP',
    deployment({ ports: [{ containerPort: 80 }] }),
    deployment({ ports: [{ containerPort: 80, protocol: 'TCP' }] }),
  ],
  ['an HTTP probe', deployment({ livenessProbe: httpProbe }), deployment({ livenessProbe: fullHttpProbe })],
  [
    'a gRPC probe',
    deployment({ readinessProbe: { grpc: { port: 1 } } }),
    deployment({ readinessProbe: { grpc: { port: 1, service: '' }, periodSeconds: 10 } }),
  ],
  [
    'a field reference',
    deployment({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }),
    deployment({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name', apiVersion: 'v1' } } }] }),
  ],
  ['an empty variable', deployment({ env: [{ name: 'A' }] }), deployment({ env: [{ name: 'A', value: '' }] })],
  [
    'the mode of a Secret volume',
    deployment({}, {}, { volumes: [{ name: 'v', secret: { secretName: 's' } }] }),
    deployment({}, {}, { volumes: [{ name: 'v', secret: { secretName: 's', defaultMode: 420 } }] }),
  ],
  [
    'quantities',
    deployment({ resources: { limits: { cpu: 1, memory: '2Gi' } } }),
    deployment({ resources: { limits: { cpu: '1000m', memory: '2048Mi' }, requests: {} } }),
  ],
  [
    'the order of what is told apart by name',
    deployment(
      { env: [{ name: 'A', value: '1' }, { name: 'B' }], ports: [{ containerPort: 1 }, { containerPort: 2 }] },
      {},
      { tolerations: [{ key: 'a' }, { key: 'b' }] },
    ),
    deployment(
      { env: [{ name: 'B' }, { name: 'A', value: '1' }], ports: [{ containerPort: 2 }, { containerPort: 1 }] },
      {},
      { tolerations: [{ key: 'b' }, { key: 'a' }] },
    ),
  ],
  [
    'a Service inside the cluster',
    service({ ports: [{ port: 80 }] }),
    service({
      ...{ type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster', selector: {} },
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
    }),
  ],
  [
    'a LoadBalancer',
    service({ type: 'LoadBalancer' }),
    service({ type: 'LoadBalancer', externalTrafficPolicy: 'Cluster', allocateLoadBalancerNodePorts: true }),
  ],
  ['a policy for ingress', policy({}), policy({ podSelector: { matchLabels: {} }, policyTypes: ['Ingress'] })],
  [
    'a policy for both directions',
    policy({ egress: [{}] }),
    policy({ podSelector: {}, egress: [{}], policyTypes: ['Egress', 'Ingress'] }),
  ],
  ['no rule and an empty list of rules', policy({}), policy({ ingress: [] })],
  [
    'the protocol of a policy port and the order of rules',
    policy({ ingress: [{ ports: [{ port: 1 }] }, { from: [{ podSelector: labelled }] }] }),
    policy({ ingress: [{ from: [{ podSelector: labelled }] }, { ports: [{ port: 1, protocol: 'TCP' }] }] }),
  ],
  [
    'a Job',
    job(),
    job({ completions: 1, parallelism: 1, backoffLimit: 6, completionMode: 'NonIndexed', suspend: false }),
  ],
  [
    'rules and verbs in any order',
    role({ resources: ['a'], verbs: ['get', 'list'] }, { resources: ['b'], verbs: ['get'] }),
    role({ resources: ['b'], verbs: ['get'] }, { resources: ['a'], verbs: ['list', 'get'] }),
  ],
  [
    'the group of a binding',
    binding({ kind: 'Group', name: 'g' }),
    binding(
      { kind: 'Group', name: 'g', apiGroup: 'rbac.authorization.k8s.io' },
      { apiGroup: 'rbac.authorization.k8s.io' },
    ),
  ],
  [
    'a webhook',
    webhook(),
    webhook({
      clientConfig: { service: { name: 's', namespace: 'n', port: 443 } },
      ...{ failurePolicy: 'Fail', matchPolicy: 'Equivalent', timeoutSeconds: 10, objectSelector: {} },
      ...{ namespaceSelector: {}, rules: [{ scope: '*' }] },
    }),
  ],
  [
    'no data and null',
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } },
    { apiVersion: 'v1', kind: 'ConfigMap', data: null, metadata: { name: 'c', namespace: 'default', labels: {} } },
  ],
  [
    'the name label of a namespace',
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n', labels: { 'kubernetes.io/metadata.name': 'n' } } },
  ],
];

describe('after API defaulting, these are equal', () => {
  test.each(EQUAL)('%s', (_, left, right) => {
    expect(differences([left], [right])).toEqual([]);
    expect(differences([right], [left])).toEqual([]);
    expect(fingerprint(left)).toBe(fingerprint(right));
  });
});

const DIFFERENT: [string, Fields, Fields, string[]][] = [
  ['replicas', deployment(), deployment({}, { replicas: 2 }), ['spec.replicas is 1, expected 2']],
  ['no replica at all', deployment(), deployment({}, { replicas: 0 }), ['spec.replicas is 1, expected 0']],
  [
    'an image',
    deployment(),
    deployment({ image: 'web:2' }),
    ['spec.template.spec.containers[web].image is "web:1", expected "web:2"'],
  ],
  [
    'a pull policy',
    deployment({ image: 'web' }),
    deployment({ image: 'web', imagePullPolicy: 'IfNotPresent' }),
    ['spec.template.spec.containers[web].imagePullPolicy is "Always", expected "IfNotPresent"'],
  ],
  [
    'a quantity',
    deployment({ resources: { limits: { cpu: '1' } } }),
    deployment({ resources: { limits: { cpu: '1100m' } } }),
    ['spec.template.spec.containers[web].resources.limits.cpu is "1", expected "1100m"'],
  ],
  [
    'the order of arguments',
    deployment({ args: ['a', 'b'] }),
    deployment({ args: ['b', 'a'] }),
    [
      'spec.template.spec.containers[web].args[0] is "a", expected "b"',
      'spec.template.spec.containers[web].args[1] is "b", expected "a"',
    ],
  ],
  [
    'the order of variables that refer to each other',
    deployment({
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '$(A)' },
      ],
    }),
    deployment({
      env: [
        { name: 'B', value: '$(A)' },
        { name: 'A', value: '1' },
      ],
    }),
    [
      'spec.template.spec.containers[web].env[0].name is "A", expected "B"',
      'spec.template.spec.containers[web].env[0].value is "1", expected "$(A)"',
      'spec.template.spec.containers[web].env[1].name is "B", expected "A"',
      'spec.template.spec.containers[web].env[1].value is "$(A)", expected "1"',
    ],
  ],
  [
    'a variable more and one less',
    deployment({ env: [{ name: 'A' }] }),
    deployment({ env: [{ name: 'B' }] }),
    [
      'spec.template.spec.containers[web].env[A] is there, and should not be',
      'spec.template.spec.containers[web].env[B] is missing',
    ],
  ],
  [
    'a number and its text',
    service({ ports: [{ port: 80 }] }),
    service({ ports: [{ port: 80, targetPort: '80' }] }),
    ['spec.ports[TCP/80].targetPort is 80, expected "80"'],
  ],
  [
    'the protocol of a port',
    service({ ports: [{ port: 53 }] }),
    service({ ports: [{ port: 53, protocol: 'UDP' }] }),
    ['spec.ports[TCP/53] is there, and should not be', 'spec.ports[UDP/53] is missing'],
  ],
  ['every source and no source', policy({ ingress: [{}] }), policy({}), ['spec.ingress is [{}], expected nothing']],
  [
    'every namespace and the own namespace',
    policy({ ingress: [{ from: [{ namespaceSelector: {}, podSelector: labelled }] }] }),
    policy({ ingress: [{ from: [{ podSelector: labelled }] }] }),
    [
      'spec.ingress[{"from":[{"namespaceSelector":{},"podSelector":{"matchLabels":{"a":"b"}}}]}]' +
        '.from[{"namespaceSelector":{},"podSelector":{"matchLabels":{"a":"b"}}}].namespaceSelector is {}, expected nothing',
    ],
  ],
  [
    'an egress policy and an ingress policy',
    policy({ policyTypes: ['Egress'] }),
    policy({}),
    ['spec.policyTypes["Egress"] is "Egress", expected "Ingress"'],
  ],
  [
    'a verb',
    role({ resources: ['a'], verbs: ['get'] }),
    role({ resources: ['a'], verbs: ['get', 'list'] }),
    ['rules[{"resources":["a"],"verbs":["get"]}].verbs["list"] is missing'],
  ],
  [
    'an empty label and none',
    { ...service({}), metadata: { name: 'web', labels: { a: '' } } },
    service({}),
    ['metadata.labels is {"a":""}, expected nothing'],
  ],
  [
    'a token mount that is refused',
    deployment(),
    deployment({}, {}, { automountServiceAccountToken: false }),
    ['spec.template.spec.automountServiceAccountToken is nothing, expected false'],
  ],
  [
    'a restart policy',
    job(),
    job({ template: { spec: { restartPolicy: 'OnFailure', containers: [{ name: 'a', image: 'a:1' }] } } }),
    ['spec.template.spec.restartPolicy is "Never", expected "OnFailure"'],
  ],
];

describe('these stay different, and the path says where', () => {
  test.each(DIFFERENT)('%s', (_, left, right, lines) => {
    expect(differences([left], [right])).toEqual(lines.map((line) => `${nameOf(left)}: ${line}`));
    expect(differences([right], [left])).toHaveLength(lines.length);
    expect(fingerprint(left)).not.toBe(fingerprint(right));
  });
});

test('an object that is missing and one too many are named', () => {
  const other = { ...service({}), metadata: { name: 'web', namespace: 'shop' } };
  expect(differences([service({})], [other])).toEqual([
    'Service default/web: is there, and should not be',
    'Service shop/web: is missing',
  ]);
});

test('the order of objects does not count', () => {
  expect(differences([service({}), deployment()], [deployment(), service({})])).toEqual([]);
});

test('a set that holds one object twice is refused', () => {
  expect(() => differences([service({}), service({})], [])).toThrow(
    'Service default/web stands twice in one set of objects',
  );
});

test('a kind whose defaults are not known is refused', () => {
  expect(() => differences([{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } }], [])).toThrow(
    'the API defaults of v1 Node are not known',
  );
});

test('the objects that are compared stay as they are', () => {
  const object = deployment();
  differences([object], [object]);
  expect(object).toEqual(deployment());
});
