// The scenarios of Kubernetes' own end-to-end tests of NetworkPolicy, as facts in our own words. Source:
// github.com/kubernetes/kubernetes, test/e2e/network/netpol/network_policy.go, release 1.33 (Apache-2.0). Three namespaces x, y and
// z have three pods a, b and c each, which serve TCP, UDP and SCTP on ports 80 and 81. Everything is open but for what is told.

/** Pods by namespace and name; `*` stands for any. */
type Pods = `${'x' | 'y' | 'z' | '*'}/${'a' | 'b' | 'c' | '*'}`;

/** What a scenario expects on one port: everything open, then what is told, one after another. */
export interface Table {
  readonly port: 80 | 81;
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
  readonly told: readonly (readonly [from: Pods, to: Pods, is: 'open' | 'closed'])[];
}

export interface Scenario {
  readonly name: string;
  /** The specs of policies, by their namespace. */
  readonly policies: readonly (readonly [namespace: string, spec: object])[];
  /** Labels that are added to a namespace or a pod. */
  readonly labels?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly tables: readonly Table[];
}

const pod = (name: string) => ({ podSelector: { matchLabels: { pod: name } } });
const ns = (name: string) => ({ namespaceSelector: { matchLabels: { ns: name } } });
const expression = (key: string, operator: string, values: readonly string[]) => ({
  matchExpressions: [{ key, operator, values }],
});
const EVERY = { podSelector: {} };
const ingress = (target: object, ...rules: object[]) => ({ ...target, policyTypes: ['Ingress'], ingress: rules });
const egress = (target: object, ...rules: object[]) => ({ ...target, policyTypes: ['Egress'], egress: rules });
const open: Table['told'] = [];
const toX: Table['told'] = [['*/*', 'x/*', 'closed']];
const fromX: Table['told'] = [['x/*', '*/*', 'closed']];
const toA: Table['told'] = [['*/*', 'x/a', 'closed']];
const onlyY: Table['told'] = [
  ['x/*', 'x/a', 'closed'],
  ['z/*', 'x/a', 'closed'],
];

/** Addresses of pods in the scenarios that have blocks. */
export const ADDRESSES: Readonly<Record<string, string>> = Object.fromEntries(
  ['x', 'y', 'z'].flatMap((namespace, at) =>
    ['a', 'b', 'c'].map((name, index) => [`${namespace}/${name}`, `10.244.${at}.${index + 10}`]),
  ),
);
const block = (address: string, except?: readonly string[]) => ({
  ipBlock: { cidr: address, ...(except === undefined ? {} : { except }) },
});

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a default-deny-ingress policy closes what leads into its namespace',
    policies: [['x', ingress(EVERY)]],
    tables: [
      { port: 80, told: toX },
      { port: 80, protocol: 'UDP', told: toX },
      { port: 80, protocol: 'SCTP', told: toX },
    ],
  },
  {
    name: 'a default-deny-all policy closes both directions',
    policies: [['x', { ...EVERY, policyTypes: ['Ingress', 'Egress'] }]],
    tables: [{ port: 80, told: [...toX, ...fromX] }],
  },
  {
    name: 'a podSelector lets in pods of the own namespace',
    policies: [['x', ingress(pod('a'), { from: [pod('b')] })]],
    tables: [{ port: 80, told: [...toA, ['x/b', 'x/a', 'open']] }],
  },
  {
    name: 'a policy opens one target in a namespace that another closes',
    policies: [
      ['x', ingress(EVERY)],
      ['x', ingress(pod('a'), { from: [{ podSelector: {}, namespaceSelector: {} }] })],
    ],
    tables: [
      {
        port: 80,
        told: [
          ['*/*', 'x/b', 'closed'],
          ['*/*', 'x/c', 'closed'],
        ],
      },
    ],
  },
  {
    name: 'an empty namespaceSelector lets in pods of all namespaces',
    policies: [['x', ingress(pod('a'), { from: [{ namespaceSelector: { matchLabels: {} } }] })]],
    tables: [{ port: 80, told: open }],
  },
  {
    name: 'a namespaceSelector lets in that namespace, and not its own',
    policies: [['x', ingress(pod('a'), { from: [ns('y')] })]],
    tables: [{ port: 80, told: onlyY }],
  },
  {
    name: 'a podSelector has matchExpressions',
    policies: [['x', ingress(pod('a'), { from: [{ podSelector: expression('pod', 'In', ['b']) }] })]],
    tables: [{ port: 80, told: [...toA, ['x/b', 'x/a', 'open']] }],
  },
  {
    name: 'a namespaceSelector has matchExpressions',
    policies: [['x', ingress(pod('a'), { from: [{ namespaceSelector: expression('ns', 'In', ['y']) }] })]],
    tables: [{ port: 80, told: onlyY }],
  },
  {
    name: 'two items of from are alternatives',
    policies: [['x', ingress(pod('a'), { from: [{ namespaceSelector: expression('ns', 'NotIn', ['x']) }, pod('b')] })]],
    tables: [{ port: 80, told: [['x/c', 'x/a', 'closed']] }],
  },
  {
    name: 'podSelector and namespaceSelector in one item must both match',
    policies: [
      ['x', ingress(pod('a'), { from: [{ namespaceSelector: expression('ns', 'NotIn', ['x']), ...pod('b') }] })],
    ],
    tables: [
      {
        port: 80,
        told: [...toA, ['y/b', 'x/a', 'open'], ['z/b', 'x/a', 'open']],
      },
    ],
  },
  {
    name: 'both selectors of an item may have several values',
    policies: [
      [
        'x',
        ingress(pod('a'), {
          from: [
            { namespaceSelector: expression('ns', 'NotIn', ['x']), podSelector: expression('pod', 'In', ['b', 'c']) },
          ],
        }),
      ],
    ],
    tables: [
      {
        port: 80,
        told: [
          ['x/*', 'x/a', 'closed'],
          ['y/a', 'x/a', 'closed'],
          ['z/a', 'x/a', 'closed'],
        ],
      },
    ],
  },
  {
    name: 'several podSelectors are alternatives',
    policies: [['x', ingress(pod('a'), { from: [pod('b'), pod('c')] })]],
    tables: [{ port: 80, told: [...toA, ['x/b', 'x/a', 'open'], ['x/c', 'x/a', 'open']] }],
  },
  {
    name: 'one pod of another namespace is let in',
    policies: [['x', ingress(pod('a'), { from: [{ ...ns('y'), ...pod('a') }] })]],
    tables: (['TCP', 'UDP', 'SCTP'] as const).map((protocol) => ({
      port: 80,
      protocol,
      told: [...toA, ['y/a', 'x/a', 'open']],
    })),
  },
  {
    name: 'a port is opened to one namespace',
    policies: [['x', ingress(pod('a'), { from: [ns('y')], ports: [{ port: 81, protocol: 'TCP' }] })]],
    tables: [{ port: 81, told: onlyY }],
  },
  ...(['UDP', 'SCTP'] as const).map((protocol) => ({
    name: `a port of ${protocol} is opened to one namespace`,
    policies: [['x', ingress(pod('a'), { from: [ns('y')], ports: [{ port: 81, protocol }] })]] as const,
    tables: [{ port: 81, protocol, told: onlyY }] as const,
  })),
  {
    name: 'a policy for one port leaves the other closed',
    policies: [['x', ingress(pod('a'), { from: [ns('y')], ports: [{ port: 81, protocol: 'TCP' }] })]],
    tables: [
      { port: 81, told: onlyY },
      { port: 80, told: toA },
    ],
  },
  {
    name: 'policies that select the same pod add up',
    policies: [
      ['x', ingress(pod('a'), { from: [ns('y')], ports: [{ port: 81, protocol: 'TCP' }] })],
      ['x', ingress(pod('a'), { from: [ns('y')], ports: [{ port: 80, protocol: 'TCP' }] })],
    ],
    tables: [
      { port: 81, told: onlyY },
      { port: 80, told: onlyY },
    ],
  },
  {
    name: 'an empty rule lets in everything',
    policies: [['x', ingress(EVERY, {})]],
    tables: [
      { port: 80, told: open },
      { port: 81, told: open },
    ],
  },
  {
    name: 'a port may be named, with TCP understood',
    policies: [['x', ingress(EVERY, { ports: [{ port: 'serve-81-tcp' }] })]],
    tables: [
      { port: 81, told: open },
      { port: 80, told: toX },
    ],
  },
  {
    name: 'a named port is opened to one namespace',
    policies: [['x', ingress(pod('a'), { from: [ns('y')], ports: [{ port: 'serve-80-tcp', protocol: 'TCP' }] })]],
    tables: [
      { port: 80, told: onlyY },
      { port: 81, told: toA },
    ],
  },
  {
    name: 'egress may go to a named port',
    policies: [['x', egress(EVERY, { ports: [{ port: 'serve-80-tcp' }] })]],
    tables: [
      { port: 80, told: open },
      { port: 81, told: fromX },
    ],
  },
  {
    name: 'a policy that allowed all is changed to one that denies all',
    policies: [['x', ingress(EVERY)]],
    tables: [{ port: 81, told: toX }],
  },
  {
    name: 'a namespace that has not the label yet is kept out',
    policies: [['x', ingress(pod('a'), { from: [{ namespaceSelector: { matchLabels: { ns2: 'updated' } } }] })]],
    tables: [{ port: 80, told: toA }],
  },
  {
    name: 'a namespace that is given the label is let in',
    policies: [['x', ingress(pod('a'), { from: [{ namespaceSelector: { matchLabels: { ns2: 'updated' } } }] })]],
    labels: { y: { ns2: 'updated' } },
    tables: [{ port: 80, told: [...toA, ['y/*', '*/*', 'open']] }],
  },
  {
    name: 'a pod that has not the label yet is kept out',
    policies: [['x', ingress(pod('a'), { from: [{ podSelector: { matchLabels: { pod: 'b', pod2: 'updated' } } }] })]],
    tables: [{ port: 80, told: toA }],
  },
  {
    name: 'a pod that is given the label is let in',
    policies: [['x', ingress(pod('a'), { from: [{ podSelector: { matchLabels: { pod: 'b', pod2: 'updated' } } }] })]],
    labels: { 'x/b': { pod2: 'updated' } },
    tables: [{ port: 80, told: [...toA, ['x/b', 'x/a', 'open']] }],
  },
  {
    name: 'an empty podSelector lets in the own namespace alone',
    policies: [['x', ingress(EVERY, { from: [{ podSelector: { matchLabels: {} } }] })]],
    tables: [
      {
        port: 80,
        told: [
          ['y/*', 'x/*', 'closed'],
          ['z/*', 'x/*', 'closed'],
        ],
      },
    ],
  },
  {
    name: 'a policy that selects no pod yet closes nothing',
    policies: [['x', ingress({ podSelector: { matchLabels: { target: 'isolated' } } })]],
    tables: [{ port: 80, told: open }],
  },
  {
    name: 'a pod that is given the label of a target is closed',
    policies: [['x', ingress({ podSelector: { matchLabels: { target: 'isolated' } } })]],
    labels: { 'x/a': { target: 'isolated' } },
    tables: [{ port: 80, told: toA }],
  },
  {
    name: 'egress of one pod is denied',
    policies: [['x', egress(pod('a'))]],
    tables: [{ port: 80, told: [['x/a', '*/*', 'closed']] }],
  },
  {
    name: 'egress of a namespace is denied',
    policies: [['x', egress(EVERY)]],
    tables: [{ port: 80, told: fromX }],
  },
  {
    name: 'ingress and egress stand in one policy',
    policies: [
      [
        'x',
        {
          ...pod('a'),
          policyTypes: ['Egress', 'Ingress'],
          ingress: [{ from: [pod('b')] }],
          egress: [{ ports: [{ port: 80 }] }],
        },
      ],
    ],
    tables: [
      { port: 80, told: [...toA, ['x/b', 'x/a', 'open']] },
      { port: 81, told: [...toA, ['x/a', '*/*', 'closed'], ['x/b', 'x/a', 'open']] },
    ],
  },
  {
    name: 'what the server allows, the client may be denied',
    policies: [
      ['x', egress(pod('a'), { to: [{ ...ns('y'), ...pod('a') }] })],
      ['y', ingress(pod('a'), { from: [{ ...ns('x'), ...pod('a') }] })],
      ['y', ingress(pod('b'), { from: [{ ...ns('x'), ...pod('a') }] })],
    ],
    tables: [
      {
        port: 80,
        told: [
          ['x/a', '*/*', 'closed'],
          ['*/*', 'y/a', 'closed'],
          ['x/a', 'y/a', 'open'],
          ['*/*', 'y/b', 'closed'],
        ],
      },
    ],
  },
  {
    name: 'egress may go to one pod of another namespace',
    policies: [['x', egress(pod('a'), { to: [{ ...ns('y'), ...pod('a') }] })]],
    tables: [
      {
        port: 80,
        told: [
          ['x/a', '*/*', 'closed'],
          ['x/a', 'y/a', 'open'],
        ],
      },
    ],
  },
  {
    name: 'a protocol without a port opens all of its ports',
    policies: [['x', ingress(pod('a'), { ports: [{ protocol: 'TCP' }] })]],
    tables: [
      { port: 80, told: open },
      { port: 80, protocol: 'UDP', told: toA },
    ],
  },
  {
    name: 'ingress to one port is all that is let in',
    policies: [['x', ingress(EVERY, { ports: [{ port: 80 }] })]],
    tables: [{ port: 81, told: toX }],
  },
  {
    name: 'ingress that is allowed by one policy is not closed by another',
    policies: [
      ['x', ingress(EVERY, { ports: [{ port: 80 }] })],
      ['x', ingress(EVERY, {})],
    ],
    tables: [{ port: 81, told: open }],
  },
  {
    name: 'egress to one port is all that is let out',
    policies: [['x', egress(EVERY, { ports: [{ port: 80 }] })]],
    tables: [{ port: 81, told: fromX }],
  },
  {
    name: 'egress that is allowed by one policy is not closed by another',
    policies: [
      ['x', egress(EVERY, { ports: [{ port: 80 }] })],
      ['x', egress(EVERY, {})],
    ],
    tables: [{ port: 81, told: open }],
  },
  {
    name: 'a policy that is deleted closes nothing any more',
    policies: [],
    tables: [{ port: 80, told: open }],
  },
  {
    name: 'egress may go to the address of a pod',
    policies: [['x', egress(pod('a'), { to: [block(`${ADDRESSES['y/b']}/32`)] })]],
    tables: [
      {
        port: 80,
        told: [
          ['x/a', '*/*', 'closed'],
          ['x/a', 'y/b', 'open'],
        ],
      },
    ],
  },
  {
    name: 'an address may be excepted from a block',
    policies: [['x', egress(pod('a'), { to: [block('10.0.0.0/8', [`${ADDRESSES['x/b']}/32`])] })]],
    tables: [{ port: 80, told: [['x/a', 'x/b', 'closed']] }],
  },
  {
    name: 'an address that one block excepts may be allowed by another',
    policies: [
      ['x', egress(pod('a'), { to: [block('10.0.0.0/8', [`${ADDRESSES['x/b']}/32`])] })],
      ['x', egress(pod('a'), { to: [block(`${ADDRESSES['x/b']}/32`)] })],
    ],
    tables: [{ port: 80, told: open }],
  },
  {
    name: 'ingress and egress of a pod are told apart',
    policies: [
      ['x', egress(pod('a'), {})],
      ['x', ingress(pod('a'))],
    ],
    tables: [{ port: 80, told: toA }],
  },
  {
    name: 'SCTP is not taken for TCP',
    policies: [
      ['x', ingress(EVERY)],
      ['x', ingress(pod('a'), { ports: [{ port: 81, protocol: 'SCTP' }] })],
    ],
    tables: [{ port: 81, told: toX }],
  },
  {
    name: 'a policy for SCTP isolates its pods for TCP',
    policies: [['x', ingress(pod('a'), { ports: [{ port: 80, protocol: 'SCTP' }] })]],
    tables: [{ port: 81, told: toA }],
  },
  {
    name: 'a policy for UDP lets in no TCP',
    policies: [['x', ingress(pod('a'), { ports: [{ port: 81, protocol: 'UDP' }] })]],
    tables: [{ port: 81, told: toA }],
  },
  {
    name: 'a namespace is selected by the label that Kubernetes gives it',
    policies: [
      [
        'x',
        ingress(pod('a'), { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } }] }),
      ],
    ],
    tables: [{ port: 80, told: onlyY }],
  },
  {
    name: 'the label that Kubernetes gives a namespace may stand in an expression',
    policies: [
      [
        'x',
        egress(pod('a'), { to: [{ namespaceSelector: expression('kubernetes.io/metadata.name', 'NotIn', ['y']) }] }),
      ],
    ],
    tables: [{ port: 80, told: [['x/a', 'y/*', 'closed']] }],
  },
];
