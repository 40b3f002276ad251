import fc from '../../helpers/random';
import type {
  AdminPeer,
  AdminPolicy,
  AdminPort,
  AdminProtocol,
  AdminRule,
  LabelSelector,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
  PlainCluster,
  PodTemplate,
} from './plain';

/** A cluster twice: as the plain evaluator takes it, and as manifests. */
export interface RandomCluster {
  readonly plain: PlainCluster;
  readonly objects: readonly object[];
}

// Few words, so that what is said in one place is often meant in another.
const namespaceName = fc.constantFrom('a', 'a', 'a', 'b', 'default');
const labelKey = fc.constantFrom('app', 'tier', 'toString');
const labelValue = fc.constantFrom('', 'web', 'db');
const protocol = fc.constantFrom('TCP', 'UDP', 'SCTP');
const portName = fc.constantFrom('http', 'dns');
const portNumber = fc.constantFrom(1, 53, 79, 80, 81, 443, 65535);

const labels = fc.dictionary(labelKey, labelValue, { maxKeys: 3 });

/** What may be left out, null or empty besides. */
function absentOr<T>(...arbitraries: fc.Arbitrary<T>[]): fc.Arbitrary<T | undefined | null> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(undefined, null) },
    ...arbitraries.map((arbitrary) => ({ weight: 3, arbitrary })),
  );
}

/** Leaves out what is undefined, as a manifest would. */
function tidy<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

const keyOfLabel = fc.oneof({ weight: 4, arbitrary: labelKey }, fc.constant('job-name'));
const expression = fc.oneof(
  fc.record({
    key: keyOfLabel,
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(labelValue, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ key: keyOfLabel, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
  fc.record({ key: labelKey, operator: fc.constant('Exists'), values: fc.constantFrom([], null) }),
);

function selector(matchLabels: fc.Arbitrary<Record<string, string>>): fc.Arbitrary<LabelSelector> {
  return fc.oneof(
    fc.constant({}),
    matchLabels.map((own) => ({ matchLabels: own })),
    fc
      .record({
        matchLabels: absentOr(matchLabels),
        matchExpressions: absentOr(fc.array(expression, { maxLength: 2 })),
      })
      .map(tidy),
  ) as fc.Arbitrary<LabelSelector>;
}

const podSelector = fc.oneof(
  { weight: 9, arbitrary: selector(fc.dictionary(labelKey, labelValue, { maxKeys: 1 })) },
  // Workloads are called so; of the pods of a Job, the API server makes a label of it.
  {
    weight: 1,
    arbitrary: fc
      .record({ key: fc.constantFrom('job-name', 'batch.kubernetes.io/job-name'), name: fc.constantFrom('w0', 'w1') })
      .map(({ key, name }): LabelSelector => ({ matchLabels: { [key]: name } })),
  },
);
const namespaceSelector = fc.oneof(
  podSelector,
  namespaceName.map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })),
  fc.array(namespaceName, { minLength: 1, maxLength: 2 }).map((values) => ({
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values }],
  })),
);

const ipv4 = fc.constantFrom('0.0.0.0', '10.0.0.0', '10.1.2.3', '127.255.255.255', '255.255.255.255');
const ipv6 = fc.constantFrom('::', '2001:db8::', '2001:db8:1::5', 'fe80::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff');

/** A block and exceptions inside of it: longer prefixes of addresses that begin like the block. */
const ipBlock = fc
  .oneof(
    fc.record({
      address: ipv4,
      length: fc.constantFrom(0, 1, 7, 8, 30, 31),
      longer: fc.array(fc.constantFrom(2, 9, 16, 31, 32), { maxLength: 3 }),
    }),
    fc.record({
      address: ipv6,
      length: fc.constantFrom(0, 1, 16, 32, 127),
      longer: fc.array(fc.constantFrom(2, 33, 48, 127, 128), { maxLength: 3 }),
    }),
    fc.record({ address: ipv4, length: fc.constant(32), longer: fc.constant([]) }),
    fc.record({ address: ipv6, length: fc.constant(128), longer: fc.constant([]) }),
  )
  .map(({ address, length, longer }) => ({
    cidr: `${address}/${length}`,
    except: longer.filter((more) => more > length).map((more) => `${address}/${more}`),
  }));

const peer: fc.Arbitrary<NetworkPolicyPeer> = fc.oneof(
  fc.record({ podSelector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector, namespaceSelector }),
  fc.record({ podSelector, namespaceSelector: fc.constant(null) }),
  fc.record({ ipBlock }),
);

const port: fc.Arbitrary<NetworkPolicyPort> = fc.oneof(
  fc.record({ protocol: absentOr(protocol) }).map(tidy),
  fc.record({ protocol: absentOr(protocol), port: fc.oneof(portNumber, portName) }).map(tidy),
  fc
    .record({ protocol: absentOr(protocol), ends: fc.tuple(portNumber, portNumber) })
    .map(({ protocol: of, ends }) => tidy({ protocol: of, port: Math.min(...ends), endPort: Math.max(...ends) })),
);

/** A list that is left out, empty, or says something; the last is what most tests want. */
const list = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(undefined, null, []) },
    { weight: 4, arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: 3 }) },
  );

const spec = fc
  .record({
    podSelector: absentOr(podSelector),
    policyTypes: absentOr(fc.constantFrom([], ['Ingress'], ['Egress'], ['Ingress', 'Egress'], ['Egress', 'Ingress'])),
    ingress: list(fc.record({ from: list(peer), ports: list(port) }).map(tidy)),
    egress: list(fc.record({ to: list(peer), ports: list(port) }).map(tidy)),
  })
  .map(tidy) as fc.Arbitrary<NetworkPolicySpec>;

const podPeer: fc.Arbitrary<AdminPeer> = fc.oneof(
  fc.record({ namespaces: namespaceSelector }),
  fc.record({ pods: fc.record({ namespaceSelector, podSelector }) }),
);
const unknownPeer: fc.Arbitrary<AdminPeer> = fc.constant({ services: {} });
const ingressPeer = fc.oneof({ weight: 12, arbitrary: podPeer }, { weight: 1, arbitrary: unknownPeer });
const egressPeer: fc.Arbitrary<AdminPeer> = fc.oneof(
  { weight: 8, arbitrary: ingressPeer },
  {
    weight: 3,
    arbitrary: fc.record({
      networks: fc.array(
        ipBlock.map(({ cidr }) => cidr),
        { minLength: 1, maxLength: 2 },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ nodes: {} }) },
);
const ports2 = fc.uniqueArray(portNumber, { minLength: 2, maxLength: 2 }).map((ends) => ({
  start: Math.min(...ends),
  end: Math.max(...ends),
}));

const adminPort: fc.Arbitrary<AdminPort> = fc.oneof(
  fc.record({ portNumber: fc.record({ protocol, port: portNumber }) }),
  fc.record({ protocol, range: ports2 }).map(({ protocol: of, range }) => ({ portRange: { protocol: of, ...range } })),
  fc.record({ namedPort: portName }),
);
const adminProtocol: fc.Arbitrary<AdminProtocol> = fc.oneof(
  fc
    .record({
      protocol,
      destinationPort: fc.oneof(fc.record({ number: portNumber }), fc.record({ range: ports2 })),
    })
    .map(({ protocol: of, destinationPort }) => ({ [of.toLowerCase()]: { destinationPort } })),
  fc.record({ destinationNamedPort: portName }),
);

function adminRules(
  key: 'from' | 'to',
  peers: fc.Arbitrary<AdminPeer>,
  actions: string[],
  ports: 'ports' | 'protocols',
): fc.Arbitrary<AdminRule[] | undefined | null> {
  const rule = fc
    .record({
      action: fc.constantFrom(...actions),
      [key]: fc.array(peers, { minLength: 1, maxLength: 2 }),
      [ports]: fc.option(
        fc.array(ports === 'ports' ? adminPort : (adminProtocol as fc.Arbitrary<object>), {
          minLength: 1,
          maxLength: 2,
        }),
        { nil: undefined },
      ),
    })
    .map(tidy) as unknown as fc.Arbitrary<AdminRule>;
  return absentOr(fc.array(rule, { maxLength: 3 }));
}

function adminSpec(actions: string[], ports: 'ports' | 'protocols', more: Record<string, fc.Arbitrary<unknown>>) {
  return fc
    .record({
      ...more,
      subject: podPeer,
      ingress: adminRules('from', ingressPeer, actions, ports),
      egress: adminRules('to', egressPeer, actions, ports),
    })
    .map(tidy) as unknown as fc.Arbitrary<AdminPolicy['spec']>;
}

/** Few, so that some are equal. */
const priority = fc.constantFrom(0, 1, 1000);
const adminPolicies: fc.Arbitrary<AdminPolicy[]> = fc
  .record({
    cluster: fc.array(
      adminSpec(['Accept', 'Deny', 'Pass'], 'protocols', { priority, tier: fc.constantFrom('Admin', 'Baseline') }),
      { maxLength: 4 },
    ),
    admin: fc.array(adminSpec(['Allow', 'Deny', 'Pass'], 'ports', { priority }), { maxLength: 2 }),
    baseline: fc.array(adminSpec(['Allow', 'Deny'], 'ports', {}), { maxLength: 1 }),
  })
  .map(({ cluster, admin, baseline }) => [
    ...cluster.map((of, index) => ({ kind: 'ClusterNetworkPolicy' as const, name: `c${(7 * index) % 4}`, spec: of })),
    ...admin.map((of, index) => ({ kind: 'AdminNetworkPolicy' as const, name: `b${index}`, spec: of })),
    ...baseline.map((of) => ({ kind: 'BaselineAdminNetworkPolicy' as const, name: 'default', spec: of })),
  ]);

const container = fc.record({
  ports: fc.array(fc.record({ name: portName, containerPort: portNumber, protocol: absentOr(protocol) }).map(tidy), {
    maxLength: 2,
  }),
});

const template = fc
  .record({
    status: fc.oneof(
      { weight: 2, arbitrary: fc.constant(undefined) },
      fc.oneof(ipv4, ipv6).map((ip) => ({ podIPs: [{ ip }] })),
    ),
    metadata: absentOr(fc.record({ labels: absentOr(labels) }).map(tidy)),
    spec: fc.record({
      hostNetwork: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
      containers: fc.array(container, { maxLength: 2 }),
      initContainers: fc.array(
        fc.record({ restartPolicy: absentOr(fc.constant('Always')), ports: container.map(({ ports }) => ports) }),
        { maxLength: 1 },
      ),
    }),
  })
  .map(tidy) as fc.Arbitrary<PodTemplate>;

const workload = fc.record({
  kind: fc.constantFrom(
    'Deployment',
    'StatefulSet',
    'DaemonSet',
    'CronJob',
    'Job',
    'Job',
    'Pod',
    'ReplicationController',
  ),
  namespace: namespaceName,
  template,
  /** Pods of the same owner that a dump of a running cluster shows beside it. */
  owned: fc.array(template, { maxLength: 1 }),
  /** Whether those are known to belong to a ReplicaSet, which in turn belongs to the workload. */
  byReplicaSet: fc.boolean(),
});

type Workload = typeof workload extends fc.Arbitrary<infer Value> ? Value : never;

const API_VERSIONS = new Map([
  ['Pod', 'v1'],
  ['ReplicationController', 'v1'],
  ['Job', 'batch/v1'],
  ['CronJob', 'batch/v1'],
]);
const apiVersionOf = (kind: string) => API_VERSIONS.get(kind) ?? 'apps/v1';

/** Clusters that use every feature of policies, the odd ones too. */
export const randomCluster: fc.Arbitrary<RandomCluster> = fc
  .record({
    namespaces: fc.uniqueArray(fc.record({ name: namespaceName, labels }), { selector: ({ name }) => name }),
    workloads: fc.array(workload, { minLength: 1, maxLength: 6 }),
    policies: fc.array(fc.record({ namespace: namespaceName, spec }), { maxLength: 8 }),
    admin: fc.oneof(fc.constant<AdminPolicy[]>([]), adminPolicies),
    hostNetwork: fc.constantFrom('node' as const, 'pod' as const),
    ipBlocks: fc.constantFrom('outside' as const, 'everywhere' as const),
    nodes: fc.array(fc.oneof(ipv4, ipv6), { maxLength: 2 }),
  })
  .map(({ namespaces, workloads, policies, admin, hostNetwork, ipBlocks, nodes }) => ({
    plain: {
      namespaces,
      pods: workloads.flatMap((one, index) => plainPods(one, index)),
      policies,
      admin,
      hostNetwork,
      ipBlocks,
      nodes,
    },
    objects: [
      ...nodes.map((address, index) => ({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: `n${index}` },
        status: { addresses: [{ type: 'InternalIP', address }] },
      })),
      ...namespaces.map(({ name, labels: own }) => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: own },
      })),
      ...workloads.flatMap((one, index) => objectsOf(one, index)),
      ...policies.map(({ namespace, spec: own }, index) => ({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: `p${index}`, ...inNamespace(namespace, index) },
        spec: own,
      })),
      ...admin.map(({ kind, name, spec: own }) => ({
        apiVersion: `policy.networking.k8s.io/${kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1'}`,
        kind,
        metadata: { name },
        spec: own,
      })),
    ],
  }));

/** The namespace `default` may be left out. */
function inNamespace(namespace: string, index: number): { namespace?: string } {
  return namespace === 'default' && index % 2 === 0 ? {} : { namespace };
}

const jobNames = (name: string) => ({ 'job-name': name, 'batch.kubernetes.io/job-name': name });

function plainPods({ kind, namespace, template: own, owned }: Workload, index: number): PlainCluster['pods'] {
  const workloadName = `${namespace}/${kind}/w${index}`;
  const first =
    kind === 'Job' ? { ...own, metadata: { labels: { ...own.metadata?.labels, ...jobNames(`w${index}`) } } } : own;
  return [first, ...owned].map((one) => ({ workload: workloadName, namespace, template: one }));
}

function objectsOf({ kind, namespace, template: own, owned, byReplicaSet }: Workload, index: number): object[] {
  const metadata = { name: `w${index}`, ...inNamespace(namespace, index) };
  const objects: object[] = [{ apiVersion: apiVersionOf(kind), kind, ...bodyOf(kind, own, metadata) }];
  for (const [number, pod] of owned.entries()) {
    const name = `w${index}-${number}`;
    let owner = { apiVersion: apiVersionOf(kind), kind: kind as string, name: `w${index}`, controller: true };
    if (byReplicaSet) {
      objects.push({
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: { ...metadata, name, ownerReferences: [owner] },
        spec: { replicas: 1, template: pod },
      });
      owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name, controller: true };
    }
    objects.unshift({
      apiVersion: 'v1',
      kind: 'Pod',
      ...pod,
      metadata: { ...pod.metadata, ...metadata, name, ownerReferences: [owner] },
    });
  }
  return objects;
}

function bodyOf(kind: string, own: PodTemplate, metadata: object): object {
  if (kind === 'Pod') {
    return { ...own, metadata: { ...own.metadata, ...metadata } };
  }
  return { metadata, spec: kind === 'CronJob' ? { jobTemplate: { spec: { template: own } } } : { template: own } };
}
