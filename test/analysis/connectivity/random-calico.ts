import fc from '../../helpers/random';
import type { Cluster, Entity, Expression, Labels, Policy, Rule } from './plain-calico';

// Few words, so that what is said in one place is often meant in another.
const key = fc.constantFrom('app', 'tier');
const value = fc.constantFrom<string>('', 'web', 'webdb', 'db');
const labels: fc.Arbitrary<Labels> = fc.dictionary(key, value, { maxKeys: 2 });
const namespaceName = fc.constantFrom<string>('a', 'a', 'b', 'c');
const account = fc.constantFrom('default', 'robot');
const port = fc.constantFrom(1, 80, 81, 443);
const protocol = fc.constantFrom('TCP', 'UDP', 'SCTP');

/** One comparison, with what it means. */
const comparison: fc.Arbitrary<Expression> = fc.oneof(
  fc.tuple(key, value).map(([k, v]) => ({ text: `${k} == '${v}'`, meets: (own: Labels) => own[k] === v })),
  fc.tuple(key, value).map(([k, v]) => ({ text: `${k} != "${v}"`, meets: (own: Labels) => own[k] !== v })),
  key.map((k) => ({ text: `has(${k})`, meets: (own: Labels) => own[k] !== undefined })),
  fc.tuple(key, fc.array(value, { minLength: 1, maxLength: 2 })).map(([k, all]) => ({
    text: `${k} in {${all.map((one) => `'${one}'`).join(', ')}}`,
    meets: (own: Labels) => own[k] !== undefined && all.includes(own[k] as string),
  })),
  fc.tuple(key, fc.array(value, { minLength: 1, maxLength: 2 })).map(([k, all]) => ({
    text: `${k} not in {${all.map((one) => `'${one}'`).join(',')}}`,
    meets: (own: Labels) => own[k] === undefined || !all.includes(own[k] as string),
  })),
  key.map((k) => ({ text: `${k} starts with 'web'`, meets: (own: Labels) => own[k]?.startsWith('web') === true })),
  key.map((k) => ({ text: `${k} ends with 'db'`, meets: (own: Labels) => own[k]?.endsWith('db') === true })),
  key.map((k) => ({ text: `${k} contains 'eb'`, meets: (own: Labels) => own[k]?.includes('eb') === true })),
  fc.constant({ text: 'all()', meets: (own: Labels) => !('nowhere' in own) }),
);
const expression: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 4, arbitrary: comparison },
  {
    weight: 1,
    arbitrary: comparison.map(({ text, meets }) => ({ text: `!(${text})`, meets: (own: Labels) => !meets(own) })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(comparison, comparison).map(([one, other]) => ({
      text: `${one.text} && ${other.text}`,
      meets: (own: Labels) => one.meets(own) && other.meets(own),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(comparison, comparison, comparison).map(([one, other, third]) => ({
      text: `${one.text} || !(${other.text} || ${third.text})`,
      meets: (own: Labels) => one.meets(own) || !(other.meets(own) || third.meets(own)),
    })),
  },
);
const ofNamespaces = fc.oneof(
  { weight: 3, arbitrary: expression.filter(({ text }) => text !== 'all()') },
  { weight: 1, arbitrary: fc.constantFrom('all()' as const, 'global()' as const) },
  {
    weight: 2,
    arbitrary: namespaceName.map(
      (name): Expression => ({
        text: `projectcalico.org/name == '${name}'`,
        meets: (own) => own['projectcalico.org/name'] === name,
      }),
    ),
  },
);

const optional = <T>(arbitrary: fc.Arbitrary<T>, weight = 1) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight, arbitrary });

/** Leaves out what is undefined, as a manifest would. */
function tidy<T extends object>(of: T): T {
  return Object.fromEntries(Object.entries(of).filter(([, member]) => member !== undefined)) as T;
}

const cidr = fc.constantFrom('10.1.0.0/16', '10.1.0.2/32', '10.1.0.0/30', '203.0.113.0/24', '10.0.0.0/8', '0.0.0.0/0');
/** Addresses beside labels cannot be decided, so it is the one or the other. */
const peer: fc.Arbitrary<Entity> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({
        selector: optional(expression, 3),
        notSelector: optional(expression),
        namespaceSelector: optional(ofNamespaces),
        serviceAccounts: optional(
          fc
            .record({
              names: optional(fc.array(account, { minLength: 1, maxLength: 2 }), 3),
              selector: optional(expression),
            })
            .map(tidy)
            .filter((given) => Object.keys(given).length > 0),
        ),
      })
      .map(tidy) as fc.Arbitrary<Entity>,
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        nets: optional(fc.array(cidr, { minLength: 1, maxLength: 2 }), 3),
        notNets: optional(
          fc.array(
            cidr.filter((one) => one !== '0.0.0.0/0'),
            { minLength: 1, maxLength: 2 },
          ),
        ),
      })
      .map(tidy) as fc.Arbitrary<Entity>,
  },
);
const own: fc.Arbitrary<Entity> = fc
  .record({ selector: optional(expression), notSelector: optional(expression) })
  .map(tidy) as fc.Arbitrary<Entity>;
const ports = fc.record({
  ports: optional(fc.array(fc.oneof(port, fc.constantFrom('http', '80:81', '2:443')), { minLength: 1, maxLength: 2 })),
  notPorts: optional(fc.array(fc.oneof(port, fc.constant('80:90')), { minLength: 1, maxLength: 2 })),
});

function rule(isIngress: boolean, isDoubtful: boolean): fc.Arbitrary<Rule> {
  return fc
    .record({
      action: fc.constantFrom('Allow', 'Allow', 'Deny', 'Pass', 'Log'),
      protocol: optional(protocol),
      notProtocol: optional(protocol),
      source: optional(isIngress ? peer : own, 3),
      destination: optional(isIngress ? own : peer, isIngress ? 1 : 3),
      ports: optional(ports),
      http: optional(isDoubtful ? fc.constant({ methods: ['GET'] }) : fc.constant(undefined)),
    })
    .map(({ ports: listed, ...rest }) => {
      // Ports go with the protocol that has them; a name may not be taken away again by a number.
      const isNamed = listed?.ports?.includes('http');
      return rest.protocol === undefined || listed === undefined
        ? tidy(rest)
        : tidy({
            ...rest,
            ...(isNamed ? { protocol: 'TCP' } : {}),
            destination: tidy({ ...rest.destination, ...listed, ...(isNamed ? { notPorts: undefined } : {}) }),
          });
    }) as fc.Arbitrary<Rule>;
}

const policy = (isDoubtful: boolean) =>
  fc
    .record({
      isGlobal: fc.boolean(),
      namespace: namespaceName,
      tier: fc.constantFrom('default', 'default', 'first', 'second', 'last'),
      order: optional(fc.constantFrom(1, 10, 2000), 3),
      selector: optional(expression, 3),
      namespaceSelector: optional(ofNamespaces),
      serviceAccountSelector: optional(expression),
      types: optional(fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress'])),
      ingress: optional(fc.array(rule(true, isDoubtful), { maxLength: 3 }), 4),
      egress: optional(fc.array(rule(false, isDoubtful), { maxLength: 2 })),
    })
    .map(({ isGlobal, namespace, namespaceSelector, ...rest }) =>
      tidy({
        ...rest,
        kind: isGlobal ? 'GlobalNetworkPolicy' : 'NetworkPolicy',
        ...(isGlobal ? { namespaceSelector } : { namespace }),
      }),
    ) as unknown as fc.Arbitrary<Omit<Policy, 'name'>>;

const pod = fc.record({
  namespace: namespaceName,
  labels,
  account,
  onNode: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
  names: fc.constantFrom<Record<string, number>>({}, { http: 80 }, { http: 443 }),
});

/** @param isDoubtful whether there are rules that hang on HTTP, too */
export function randomCalico(isDoubtful: boolean): fc.Arbitrary<Cluster> {
  return fc
    .record({
      namespaces: fc.record({ a: labels, b: labels }),
      accounts: fc.record({ 'a/robot': labels, 'b/default': labels }),
      pods: fc.array(pod, { minLength: 2, maxLength: 4 }),
      sets: fc.array(
        fc
          .record({
            namespace: optional(namespaceName),
            labels,
            nets: fc.constantFrom<string[]>(['203.0.113.0/24'], ['198.51.100.7/32', '203.0.113.9/32']),
          })
          .map(tidy) as fc.Arbitrary<Cluster['sets'][number]>,
        { maxLength: 2 },
      ),
      ends: fc.tuple(...[1, 2, 3].map(() => fc.constantFrom<'Deny' | 'Pass' | undefined>('Deny', 'Pass', undefined))),
      policies: fc.array(policy(isDoubtful), { minLength: 1, maxLength: 5 }),
      kubernetes: fc.array(
        fc.record({ namespace: namespaceName, labels, from: labels, port: optional(port) }).map(tidy) as fc.Arbitrary<
          Cluster['kubernetes'][number]
        >,
        { maxLength: 2 },
      ),
      ipBlocks: fc.constantFrom<'outside' | 'everywhere'>('outside', 'everywhere'),
    })
    .map(({ ends, pods, policies, ...rest }) => ({
      ...rest,
      pods: pods.map((one, place) => ({ ...one, name: `w${place}`, ip: `10.${one.onNode ? 9 : 1}.0.${place}` })),
      policies: policies.map((one, place) => ({ ...one, name: `p${(place * 3) % 5}` })),
      tiers: [
        tidy({ name: 'first', order: 10, defaultAction: ends[0] }),
        tidy({ name: 'second', order: 20, defaultAction: ends[1] }),
        tidy({ name: 'last', order: 2_000_000, defaultAction: ends[2] }),
      ],
    })) as fc.Arbitrary<Cluster>;
}

/** The same as manifests. */
export function manifestsOf({ namespaces, accounts, pods, sets, tiers, policies, kubernetes }: Cluster): object[] {
  const calico = (kind: string, metadata: object, spec: object) => ({
    apiVersion: 'projectcalico.org/v3',
    kind,
    metadata,
    spec,
  });
  const text = (given: Policy['namespaceSelector']) => (typeof given === 'object' ? given.text : given);
  const entity = (given: Entity | undefined) =>
    given &&
    tidy({
      ...given,
      selector: given.selector?.text,
      notSelector: given.notSelector?.text,
      namespaceSelector: text(given.namespaceSelector),
      serviceAccounts:
        given.serviceAccounts && tidy({ ...given.serviceAccounts, selector: given.serviceAccounts.selector?.text }),
    });
  const rules = (given: Rule[] | undefined) =>
    given?.map((one) => tidy({ ...one, source: entity(one.source), destination: entity(one.destination) }));
  return [
    ...Object.entries(namespaces).map(([name, own]) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: own },
    })),
    ...Object.entries(accounts).map(([path, own]) => {
      const [namespace, name] = path.split('/');
      return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace, labels: own } };
    }),
    ...pods.map(({ name, namespace, labels: own, account: serviceAccountName, ip, onNode, names }) => ({
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
      status: { podIPs: [{ ip }] },
    })),
    ...sets.map(({ namespace, labels: own, nets }, place) =>
      calico(
        namespace === undefined ? 'GlobalNetworkSet' : 'NetworkSet',
        tidy({ name: `s${place}`, namespace, labels: own }),
        { nets },
      ),
    ),
    ...tiers.map(({ name, ...spec }) => calico('Tier', { name }, spec)),
    ...policies.map(({ kind, name, namespace, ...spec }) =>
      calico(
        kind,
        tidy({ name, namespace }),
        tidy({
          ...spec,
          selector: spec.selector?.text,
          namespaceSelector: text(spec.namespaceSelector),
          serviceAccountSelector: spec.serviceAccountSelector?.text,
          ingress: rules(spec.ingress),
          egress: rules(spec.egress),
        }),
      ),
    ),
    ...kubernetes.map(({ namespace, labels: own, from, port: open }, place) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `k${place}`, namespace },
      spec: {
        podSelector: { matchLabels: own },
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [{ podSelector: { matchLabels: from } }],
            ...(open === undefined ? {} : { ports: [{ port: open }] }),
          },
        ],
      },
    })),
  ];
}
