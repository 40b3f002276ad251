import { Cluster } from '../../../analysis';
import { graphOf } from '../../../report/graph/build';
import { condensed } from '../../../report/graph/condensed';
import type { Graph, GraphNode, Line, Mark } from '../../../report/graph/model';
import { graphSvg } from '../../../report/graph/svg/svg';
import fc from '../../helpers/random';

/** Pods of namespaces, and policies by which each of a namespace lets in some. */
function cluster(sizes: readonly number[], policies: readonly object[]): Cluster {
  const pods = sizes.flatMap((size, namespace) =>
    Array.from({ length: size }, (_, at) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `pod-${at}`, namespace: `ns-${namespace}`, labels: { pod: `${at}` } },
    })),
  );
  return Cluster.from([...pods, ...policies]);
}

const policy = (namespace: number, name: string, podSelector: object, from: object, ports?: object[]) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: `ns-${namespace}` },
  spec: {
    podSelector,
    policyTypes: ['Ingress'],
    ingress: [{ from: [from], ...(ports === undefined ? {} : { ports }) }],
  },
});

const ofNamespace = (at: number) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': `ns-${at}` } },
});

const look = ({
  label,
  ports,
  change,
  blocked,
  undecided,
}: Pick<Line, 'label' | 'ports' | 'change' | 'blocked' | 'undecided'>) =>
  [label, ports, change, blocked, undecided].join('|');

/** What a condensed picture says of pairs, taken apart again: `from to look` of lines, `from to` of marks that stand for lines. */
function said({ nodes, islands, ...graph }: Graph): { readonly lines: Set<string>; readonly marked: Set<string> } {
  const { bundles, shared, nodes: drawn } = condensed({ nodes, islands, ...graph });
  const of = (island: number) =>
    [...nodes.keys()].filter((at) => nodes[at]?.kind === 'workload' && nodes[at]?.island === island);
  const expand = (place: number) => (place < nodes.length ? [place] : of(place - nodes.length));
  const lines = new Set<string>();
  for (const { sources, targets, lines: own } of bundles) {
    for (const from of sources.flatMap(expand)) {
      for (const to of targets.flatMap(expand)) {
        lines.add(`${from} ${to} ${look(own[0] as Line)}`);
      }
    }
  }
  const marked = new Set<string>();
  for (const [at, { island }] of nodes.entries()) {
    const others = (scope: Mark['scope']) =>
      (scope === 'namespace' ? of(island) : scope === 'workloads' ? islands.flatMap((_, one) => of(one)) : []).filter(
        (other) => other !== at,
      );
    const marks = (end: 'from' | 'to') => [
      ...(drawn[at] as GraphNode)[end],
      ...(nodes[at]?.kind === 'workload' ? (shared[island]?.[end] ?? []) : []),
    ];
    for (const { scope } of marks('from')) {
      for (const other of others(scope)) {
        marked.add(`${other} ${at}`);
      }
    }
    for (const { scope } of marks('to')) {
      for (const other of others(scope)) {
        marked.add(`${at} ${other}`);
      }
    }
  }
  return { lines, marked };
}

test('namespaces whose pods may all connect to each other have a sign and no line', () => {
  const graph = graphOf(
    cluster(
      [5, 5],
      [0, 1].map((at) => policy(at, 'own', {}, { podSelector: {} })),
    ),
  );
  expect(graph.lines).toHaveLength(40);
  const { bundles, shared } = condensed(graph);
  expect(bundles).toEqual([]);
  expect(shared.map(({ from }) => from.map(({ scope }) => scope))).toEqual([['namespace'], ['namespace']]);
  expect(graphSvg(graph).match(/⇄ each other/g)).toHaveLength(2);
});

test('what all pods of a namespace may be reached by is one line to its frame, and from a whole namespace one line from its frame', () => {
  const graph = graphOf(
    cluster(
      [4, 4],
      [
        policy(0, 'scrape', {}, { ...ofNamespace(1), podSelector: { matchLabels: { pod: '0' } } }, [{ port: 9090 }]),
        policy(1, 'queue', { matchLabels: { pod: '3' } }, ofNamespace(0), [{ port: 5672 }]),
      ],
    ),
  );
  const places = condensed(graph).bundles.map(({ sources, targets }) => ({ sources, targets }));
  const count = graph.nodes.length;
  expect(places).toEqual([
    { sources: [count], targets: [7] },
    { sources: [4], targets: [count] },
  ]);
  expect(graphSvg(graph)).toContain('all: 9090');
});

test('all pods of a namespace that may go to the same addresses have one line from its frame', () => {
  const egress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'out', namespace: 'ns-0' },
    spec: { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] },
  };
  const graph = graphOf(cluster([4], [egress]));
  expect(graph.lines).toHaveLength(4);
  expect(condensed(graph).bundles.map(({ sources, targets }) => ({ sources, targets }))).toEqual([
    { sources: [graph.nodes.length], targets: [4] },
  ]);
});

test('one pod that is left out keeps the others from being called all', () => {
  const graph = graphOf(
    cluster(
      [5],
      [policy(0, 'own', {}, { podSelector: { matchExpressions: [{ key: 'pod', operator: 'NotIn', values: ['4'] }] } })],
    ),
  );
  const { shared, nodes } = condensed(graph);
  expect(shared[0]?.from).toEqual([]);
  // The fifth may be reached by all others, and alone has the mark.
  expect(nodes.map(({ from }) => from.map(({ scope }) => scope))).toEqual([[], [], [], [], ['namespace']]);
});

test('a part of a picture says nothing of all workloads', () => {
  const open = cluster([4, 4], [policy(0, 'open', { matchLabels: { pod: '0' } }, { namespaceSelector: {} })]);
  const scopes = (graph: Graph) => condensed(graph).nodes.flatMap(({ from }) => from.map(({ scope }) => scope));
  expect(scopes(graphOf(open))).toContain('workloads');
  const [first] = open.workloads;
  expect(scopes(graphOf(open, { about: first === undefined ? [] : [first] }))).not.toContain('workloads');
});

test('a condensed picture says of each pair what its lines say, and nothing of any other', () => {
  const world = fc.record({
    sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
    rules: fc.array(
      fc.record({
        at: fc.nat(3),
        own: fc.option(fc.nat(4), { nil: undefined }),
        peer: fc.option(fc.nat(3), { nil: undefined }),
        pod: fc.option(fc.nat(4), { nil: undefined }),
        port: fc.constantFrom(80, 443, undefined),
      }),
      { maxLength: 10 },
    ),
    isPart: fc.boolean(),
  });
  fc.assert(
    fc.property(world, ({ sizes, rules, isPart }) => {
      const select = (pod: number | undefined) => (pod === undefined ? {} : { matchLabels: { pod: `${pod}` } });
      const policies = rules.map(({ at, own, peer, pod, port }, index) =>
        policy(
          at,
          `p${index}`,
          select(own),
          { namespaceSelector: {}, ...(peer === undefined ? {} : ofNamespace(peer)), podSelector: select(pod) },
          port === undefined ? undefined : [{ port }],
        ),
      );
      const graph: Graph = { ...graphOf(cluster(sizes, policies)), ...(isPart ? { isPart } : {}) };
      const { lines, marked } = said(graph);
      const real = graph.lines.map(
        (line) => [`${line.from} ${line.to}`, `${line.from} ${line.to} ${look(line)}`] as const,
      );
      const pairs = new Set<string>(real.map(([pair]) => pair));
      // Each line is said by a bundle or by a mark, and what is said is a line.
      expect(real.filter(([pair, key]) => !lines.has(key) && !marked.has(pair))).toEqual([]);
      expect([...lines].filter((key) => !real.some(([, one]) => one === key))).toEqual([]);
      expect([...marked].filter((pair) => !pairs.has(pair))).toEqual([]);
    }),
    { numRuns: process.env.NIGHTLY === '1' ? 5000 : 150 },
  );
});
