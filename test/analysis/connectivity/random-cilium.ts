import fc from '../../helpers/random';
import type { Cluster, Labels, Policy, PortRule, Requirement, Rule, Selector, Spec } from './plain-cilium';

// Few words, so that what is said in one place is often meant in another.
const key = fc.constantFrom('app', 'tier');
const value = fc.constantFrom('', 'web', 'db');
const labels: fc.Arbitrary<Labels> = fc.dictionary(key, value, { maxKeys: 2 });
const namespaceName = fc.constantFrom('a', 'a', 'b', 'c');
const team = fc.constantFrom('x', 'y');
const account = fc.constantFrom('default', 'robot');
const cidr = fc.constantFrom(
  '10.1.0.0/16',
  '10.1.0.2/32',
  '203.0.113.0/24',
  '10.0.0.0/8',
  '0.0.0.0/0',
  '::/0',
  '8.8.8.8',
);

const operator = fc.constantFrom<Requirement['operator']>('In', 'NotIn', 'Exists', 'DoesNotExist');

/** A requirement on labels, with those of namespaces; of peers, on those of what is no pod too. */
function requirement(keys: fc.Arbitrary<string>, values: fc.Arbitrary<string>): fc.Arbitrary<Requirement> {
  return fc
    .tuple(keys, operator, fc.array(values, { minLength: 1, maxLength: 2 }))
    .map(([k, op, all]) => ({ key: k, operator: op, ...(op === 'In' || op === 'NotIn' ? { values: all } : {}) }));
}

const prefixed = fc.tuple(fc.constantFrom('', 'k8s:', 'any:'), key).map((parts) => parts.join(''));
const onPods = requirement(prefixed, value);
const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';
const onNamespaces = fc.oneof(
  requirement(fc.constant(NAMESPACE), namespaceName),
  requirement(fc.constant('io.kubernetes.pod.namespace'), namespaceName),
  requirement(fc.constant('k8s:io.cilium.k8s.namespace.labels.team'), team),
  requirement(fc.constant('io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name'), namespaceName),
  requirement(fc.constant('k8s:io.cilium.k8s.policy.serviceaccount'), account),
);
const reserved = requirement(
  fc.constantFrom('reserved:world', 'reserved:host', 'reserved:remote-node'),
  fc.constant(''),
);

function selector(of: 'subject' | 'peers', isUnsure: boolean): fc.Arbitrary<Selector> {
  const more = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: onPods },
      // What a policy applies to is in its namespace anyway.
      ...(of === 'peers' ? [{ weight: 3, arbitrary: onNamespaces }] : []),
      ...(of === 'peers' && isUnsure ? [{ weight: 1, arbitrary: reserved }] : []),
    ),
    { maxLength: 2 },
  );
  return fc.tuple(fc.dictionary(prefixed, value, { maxKeys: 1 }), more).map(([matchLabels, matchExpressions]) => ({
    ...(Object.keys(matchLabels).length > 0 ? { matchLabels } : {}),
    ...(matchExpressions.length > 0 ? { matchExpressions } : {}),
  }));
}

function portRule(isUnsure: boolean): fc.Arbitrary<PortRule> {
  const plain: fc.Arbitrary<PortRule> = fc
    .array(
      fc.oneof(
        fc
          .tuple(
            fc.constantFrom('0', '79', '80', '81'),
            fc.constantFrom(undefined, 81, 443),
            fc.constantFrom('TCP', 'UDP', 'ANY', undefined),
          )
          .map(([port, endPort, protocol]) => ({
            port,
            ...(endPort === undefined || port === '0' ? {} : { endPort }),
            ...(protocol === undefined ? {} : { protocol }),
          })),
        fc.constantFrom({ port: 'http', protocol: 'TCP' }, { port: 'HTTP' }),
      ),
      { minLength: 1, maxLength: 2 },
    )
    .map((ports) => ({ ports }));
  const http = fc.constant<PortRule>({
    ports: [{ port: '80', protocol: 'TCP' }],
    rules: { http: [{ method: 'GET' }] },
  });
  return isUnsure ? fc.oneof(plain, http) : plain;
}

function rule(from: 'from' | 'to', isUnsure: boolean, isDeny: boolean): fc.Arbitrary<Rule> {
  const names = ['all', 'world', 'cluster', 'none', 'health', ...(isUnsure ? ['host', 'host', 'remote-node'] : [])];
  const entities = fc.array(fc.constantFrom(...names), { maxLength: 2 });
  const sure = fc.constantFrom(['host', 'remote-node'], ['world', 'host', 'remote-node']);
  const peers: fc.Arbitrary<Rule> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.array(selector('peers', isUnsure), { maxLength: 2 }).map((all) => ({ [`${from}Endpoints`]: all })),
    },
    { weight: 2, arbitrary: fc.oneof(entities, sure).map((all) => ({ [`${from}Entities`]: all })) },
    { weight: 1, arbitrary: fc.array(cidr, { maxLength: 2 }).map((all) => ({ [`${from}CIDR`]: all })) },
    {
      weight: 1,
      arbitrary: fc
        .array(
          fc.constantFrom(
            { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
            { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '203.0.113.0/24'] },
            { cidr: '203.0.113.0/24' },
          ),
          { maxLength: 2 },
        )
        .map((all) => ({ [`${from}CIDRSet`]: all })),
    },
    { weight: 1, arbitrary: fc.constant({}) },
  );
  const ports: fc.Arbitrary<Rule> = fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    {
      weight: 2,
      arbitrary: fc.array(portRule(isUnsure && !isDeny), { maxLength: 2 }).map((toPorts) => ({ toPorts })),
    },
    { weight: 1, arbitrary: fc.constant<Rule>({ icmps: [{ fields: [{ type: 8 }] }] }) },
  );
  return fc.tuple(peers, ports).map(([one, other]) => ({ ...one, ...other }));
}

function spec(isUnsure: boolean): fc.Arbitrary<Spec> {
  const rules = (from: 'from' | 'to', isDeny: boolean) =>
    fc.oneof(
      { weight: isDeny ? 3 : 1, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.array(rule(from, isUnsure, isDeny), { maxLength: 2 }) },
    );
  return fc
    .record({
      endpointSelector: fc.oneof(fc.constant({}), selector('subject', isUnsure)),
      ingress: rules('from', false),
      ingressDeny: rules('from', true),
      egress: rules('to', false),
      egressDeny: rules('to', true),
      enableDefaultDeny: fc.oneof(
        { weight: 2, arbitrary: fc.constant(undefined) },
        {
          weight: 1,
          arbitrary: fc.constantFrom({ ingress: false }, { egress: false, ingress: true }, { egress: true }),
        },
      ),
    })
    .map(
      (one) => Object.fromEntries(Object.entries(one).filter(([, member]) => member !== undefined)) as unknown as Spec,
    );
}

/** @param isUnsure whether there are rules of which manifests cannot tell whom they let through */
export function randomCilium(isUnsure: boolean): fc.Arbitrary<Cluster> {
  const policy = fc.tuple(
    fc.option(namespaceName, { nil: undefined }),
    fc.array(spec(isUnsure), { minLength: 1, maxLength: 2 }),
  );
  return fc
    .record({
      namespaces: fc.record({ a: fc.constant({ team: 'x' }), b: fc.constant<Labels>({ team: 'y' }) }),
      pods: fc.array(
        fc.record({
          namespace: namespaceName,
          labels,
          account,
          onNode: fc.constantFrom(false, false, false, true),
          // A name with several numbers is in doubt on egress.
          names: fc.constantFrom<Labels | object>({}, { http: 80 }),
        }),
        { minLength: 2, maxLength: 5 },
      ),
      policies: fc.array(policy, { maxLength: 4 }),
      kubernetes: fc.array(
        fc.record({
          namespace: namespaceName,
          labels,
          from: labels,
          port: fc.option(fc.constantFrom(80, 443), { nil: undefined }),
        }),
        { maxLength: 2 },
      ),
    })
    .map(({ pods, policies, ...rest }) => ({
      ...rest,
      pods: pods.map((one, place) => ({ ...one, name: `w${place}` })),
      policies: policies.map(
        ([namespace, specs], place): Policy => ({
          name: `p${place}`,
          specs,
          ...(namespace === undefined ? {} : { namespace }),
        }),
      ),
    })) as fc.Arbitrary<Cluster>;
}

/** The same as manifests. */
export function manifestsOf({ namespaces, pods, policies, kubernetes }: Cluster): object[] {
  return [
    ...Object.entries(namespaces).map(([name, own]) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: own },
    })),
    ...pods.map(({ name, namespace, labels: own, account: serviceAccountName, onNode, names }) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: own },
      spec: {
        serviceAccountName,
        hostNetwork: onNode,
        containers: [
          {
            name: 'c',
            ports: Object.entries(names).map(([called, containerPort]) => ({ name: called, containerPort })),
          },
        ],
      },
    })),
    ...policies.map(({ name, namespace, specs }) => ({
      apiVersion: 'cilium.io/v2',
      kind: namespace === undefined ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy',
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
      ...(specs.length === 1 ? { spec: specs[0] } : { specs }),
    })),
    ...kubernetes.map(({ namespace, labels: own, from, port }, place) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `k${place}`, namespace },
      spec: {
        podSelector: { matchLabels: own },
        policyTypes: ['Ingress'],
        ingress: [
          { from: [{ podSelector: { matchLabels: from } }], ...(port === undefined ? {} : { ports: [{ port }] }) },
        ],
      },
    })),
  ];
}
