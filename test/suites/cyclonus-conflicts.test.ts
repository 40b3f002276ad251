import type { Scenario, Table } from './network-policy-scenarios';
import { clusterOf, wrong } from './pods';

// Policies that contradict each other, and how policies choose pods, as cyclonus tries them on a network plugin; facts in our own
// words. Source: github.com/mattfenwick/cyclonus, pkg/generator/conflictcases.go, rulescases.go, targetcases.go and actioncases.go
// (Apache-2.0). What is expected of each is written by hand here. Its source is x/b, and its destination y/c.

type Policies = Scenario['policies'];
type Told = Table['told'];
type Pods = Told[number][0];
type Direction = 'Ingress' | 'Egress';

const PROBES = [
  ...(['TCP', 'UDP', 'SCTP'] as const).map((protocol) => ({ port: 80 as const, protocol })),
  ...(['TCP', 'UDP', 'SCTP'] as const).map((protocol) => ({ port: 81 as const, protocol })),
];

/** The pairs that are not as expected, on two ports of each protocol. */
const wrongOf = (policies: Policies, told: Told, labels?: Scenario['labels']): readonly string[] => {
  const cluster = clusterOf({ policies, ...(labels && { labels }) });
  return PROBES.flatMap((probe) => wrong(cluster, { ...probe, told }));
};

const pod = (name: string) => ({ matchLabels: { pod: name } });
const policy = (path: string, direction: Direction, rules: readonly object[] | undefined): Policies[number] => {
  const [namespace = '', name = ''] = path.split('/');
  const given = rules === undefined ? {} : { [direction.toLowerCase()]: rules };
  return [namespace, { podSelector: pod(name), policyTypes: [direction], ...given }] as Policies[number];
};

const NOTHING: readonly object[] = [];
const ALL = [{}];
const peers = (direction: Direction, one: object) => [{ [direction === 'Ingress' ? 'from' : 'to']: [one] }];
const allPods = (direction: Direction) => peers(direction, { namespaceSelector: {} });
const allBlocks = (direction: Direction) => peers(direction, { ipBlock: { cidr: '0.0.0.0/0' } });
const noBlock = (direction: Direction) => peers(direction, { ipBlock: { cidr: '0.0.0.0/31' } });
const noPod = (direction: Direction) =>
  peers(direction, { namespaceSelector: { matchLabels: { 'this-will-never-happen': 'qrs123' } } });

const OPEN: Told = [];
const closed = (path: Pods, direction: Direction): Told =>
  direction === 'Ingress' ? [['*/*', path, 'closed']] : [[path, '*/*', 'closed']];

const CONFLICTS: readonly (readonly [name: string, policies: Policies, told: Told])[] = [
  [
    'egress is closed, and ingress at the other end is open',
    [policy('x/b', 'Egress', NOTHING), policy('y/c', 'Ingress', ALL)],
    closed('x/b', 'Egress'),
  ],
  [
    'egress is open, and ingress at the other end is closed',
    [policy('x/b', 'Egress', ALL), policy('y/c', 'Ingress', NOTHING)],
    closed('y/c', 'Ingress'),
  ],
  ...(['Egress', 'Ingress'] as const).flatMap((direction) => {
    const both = (name: string, one: readonly object[] | undefined, other: readonly object[]) =>
      [`${direction}: ${name}`, [policy('x/b', direction, one), policy('x/b', direction, other)], OPEN] as const;
    const alone = (name: string, rules: readonly object[]) =>
      [`${direction}: ${name}`, [policy('x/b', direction, rules)], closed('x/b', direction)] as const;
    return [
      both('no rules, and a rule for all', NOTHING, ALL),
      both('rules left out, and a rule for all', undefined, ALL),
      both('no rules, and all pods', NOTHING, allPods(direction)),
      both('no rules, and all addresses', NOTHING, allBlocks(direction)),
      both('a block that nobody has, and all pods', noBlock(direction), allPods(direction)),
      both('pods that nobody has, and all addresses', noPod(direction), allBlocks(direction)),
      alone('a block that nobody has', noBlock(direction)),
      alone('pods that nobody has', noPod(direction)),
      alone('no rules', NOTHING),
    ];
  }),
];

describe('a conflict of cyclonus:', () => {
  test.each(CONFLICTS)('%s', (_, policies, told) => {
    expect(wrongOf(policies, told)).toEqual([]);
  });

  test('what is expected wrongly is seen', () => {
    expect(wrongOf([policy('x/b', 'Egress', NOTHING)], OPEN)).toHaveLength(8 * PROBES.length);
  });
});

describe('a target of cyclonus:', () => {
  test.each(['x', 'y', 'z'] as const)('pods a of namespace %s', (namespace) => {
    const found = wrongOf([policy(`${namespace}/a`, 'Ingress', NOTHING)], closed(`${namespace}/a`, 'Ingress'));
    expect(found).toEqual([]);
  });

  test.each<readonly [string, object, readonly Pods[]]>([
    ['every pod', {}, ['x/*']],
    ['a label', pod('a'), ['x/a']],
    ['one of two values', { matchExpressions: [{ key: 'pod', operator: 'In', values: ['a', 'b'] }] }, ['x/a', 'x/b']],
  ])('%s', (_, podSelector, matched) => {
    const policies = [['x', { podSelector, policyTypes: ['Ingress'], ingress: [] }]] as unknown as Policies;
    expect(
      wrongOf(
        policies,
        matched.flatMap((path) => closed(path, 'Ingress')),
      ),
    ).toEqual([]);
  });
});

describe('what cyclonus changes:', () => {
  const fromLabel = (peer: object) => [policy('x/a', 'Ingress', peers('Ingress', peer))];

  test('the labels of a namespace, so that a policy applies, and no longer', () => {
    const policies = fromLabel({ namespaceSelector: { matchLabels: { 'new-ns': 'qrs' } } });
    const none = closed('x/a', 'Ingress');
    expect(wrongOf(policies, none)).toEqual([]);
    expect(wrongOf(policies, [...none, ['y/*', 'x/a', 'open']], { y: { 'new-ns': 'qrs' } })).toEqual([]);
  });

  test('the labels of a pod, so that a policy applies, and no longer', () => {
    const policies = fromLabel({
      podSelector: { matchLabels: { 'new-label': 'abc' } },
      namespaceSelector: { matchExpressions: [{ key: 'ns', operator: 'In', values: ['y', 'z'] }] },
    });
    const none = closed('x/a', 'Ingress');
    expect(wrongOf(policies, none)).toEqual([]);
    const labels = { 'y/b': { 'new-label': 'abc' }, 'x/b': { 'new-label': 'abc' } };
    expect(wrongOf(policies, [...none, ['y/b', 'x/a', 'open']], labels)).toEqual([]);
  });
});
