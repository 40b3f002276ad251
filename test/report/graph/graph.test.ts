import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, readManifests } from '../../../analysis';
import { graphOf } from '../../../report/graph/build';
import { graphJson } from '../../../report/graph/json';
import type { Graph } from '../../../report/graph/model';
import { sceneOf } from '../../../report/graph/svg/scene';
import { graphSvg } from '../../../report/graph/svg/svg';

const STEPS = ['1-open', '2-default-deny', '3-allow-ui', '4-backend-policy', '5-frontend-policy'];

/** The Stars demo up to a step. */
function stars(steps: number): Cluster {
  const files = STEPS.slice(0, steps).map((step) => `${step}.k8s.yaml`);
  const manifests = files.flatMap((file) => {
    const text = readFileSync(join(__dirname, '../../../dist/stars', file), 'utf8');
    return readManifests(text, file).manifests;
  });
  return Cluster.from({ manifests });
}

function linesOf({ nodes, lines }: Graph): string[] {
  return lines
    .filter(({ kind }) => kind === 'connection')
    .map(({ from, to, label, change }) => `${nodes[from]?.label} ${nodes[to]?.label} ${label} ${change}`)
    .sort();
}

function open({ nodes }: Graph): string[] {
  return nodes.filter(({ from }) => from.some(({ change }) => change !== 'closed')).map(({ label }) => label);
}

test('what is open to everybody has a mark and no line', () => {
  const graph = graphOf(stars(1));
  expect(linesOf(graph)).toEqual([]);
  expect(open(graph)).toEqual(['client', 'management-ui', 'backend', 'frontend']);
});

test('a line is drawn for what a policy opens to some', () => {
  const graph = graphOf(stars(5));
  expect(linesOf(graph)).toEqual([
    'client frontend 80 kept',
    'frontend backend 6379 kept',
    'management-ui backend all ports kept',
    'management-ui client all ports kept',
    'management-ui frontend all ports kept',
  ]);
  expect(open(graph)).toEqual(['management-ui']);
});

test('a change tells what was opened and what was closed', () => {
  const graph = graphOf(stars(5), { before: stars(3) });
  expect(linesOf(graph).filter((line) => !line.endsWith('kept'))).toEqual([
    'client frontend 80 opened',
    'frontend backend 6379 opened',
  ]);
  const closed = graphOf(stars(2), { before: stars(1) });
  expect(closed.nodes.filter(({ from }) => from[0]?.change === 'closed').map(({ label }) => label)).toEqual([
    'client',
    'backend',
    'frontend',
  ]);
});

test('every pair that may connect has a line or two marks, and no other pair has', () => {
  const cluster = stars(5);
  const { nodes, lines } = graphOf(cluster);
  for (const [from, one] of nodes.entries()) {
    for (const [to, other] of nodes.entries()) {
      const [source, target] = [one.peers[0], other.peers[0]];
      if (one.kind === 'workload' && other.kind === 'workload' && from !== to && source && target) {
        const marked = one.to.length > 0 && other.from.length > 0;
        const drawn = lines.some((line) => line.kind === 'connection' && line.from === from && line.to === to);
        expect([one.label, other.label, marked || drawn]).toEqual([
          one.label,
          other.label,
          cluster.ports(source, target).length > 0,
        ]);
      }
    }
  }
});

test('a reason names the policy, its rule and where it stands', () => {
  const { lines, nodes } = graphOf(stars(5));
  const line = lines.find(({ from, to }) => nodes[from]?.label === 'frontend' && nodes[to]?.label === 'backend');
  expect(line?.reasons).toEqual([
    'NetworkPolicy stars/backend-policy allows it (ingress rule 1)',
    '4-backend-policy.k8s.yaml:8',
  ]);
});

/** Pods of so many namespaces, each of which lets the first of the next one in. */
function many(namespaces: number, each: number): object[] {
  return Array.from({ length: namespaces }, (_, at) => [
    ...Array.from({ length: each }, (_, pod) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `pod-${pod}`, namespace: `ns-${at}`, labels: { pod: `${pod}` } },
    })),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'next', namespace: `ns-${at}` },
      spec: {
        podSelector: {},
        ingress: [
          {
            from: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': `ns-${(at + 1) % namespaces}` } },
                podSelector: { matchLabels: { pod: '0' } },
              },
            ],
          },
        ],
      },
    },
  ]).flat();
}

test('of more than 60 workloads the namespaces are drawn, lines between them counted', () => {
  const graph = graphOf(Cluster.from(many(20, 20)));
  expect(graph.nodes).toHaveLength(20);
  expect(graph.lines.map(({ count }) => count)).toEqual(Array(20).fill(20));
  expect(graphSvg(graph)).toContain('From row to column');
});

test('a name that is markup stays a name', () => {
  const name = '<img src=x onerror="alert(1)">&\u202e\u0000';
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' } };
  const { nodes, ...graph } = graphOf(Cluster.from([pod]));
  const renamed = nodes.map((node) => ({ ...node, label: name, title: name, detail: name }));
  const svg = graphSvg({ ...graph, nodes: renamed, islands: [{ kind: 'namespace', label: name, title: name }] });
  expect(svg).toContain('&lt;img');
  expect(svg).not.toMatch(/<img|<script|\u202e/);
});

test('the same manifests give the same picture, which asks for nothing from elsewhere', () => {
  const svg = graphSvg(graphOf(stars(5)));
  expect(graphSvg(graphOf(stars(5)))).toBe(svg);
  expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import|<script/);
});

/** Pods `web` and `api`, and what may connect to `api`. */
function shop(ingress: object[] | undefined, extra: readonly object[] = []): Cluster {
  const pod = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels: { app: name } },
    spec: { containers: [{ name: 'c', image: 'registry.example/c:1' }] },
  });
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'api', namespace: 'shop' },
    spec: { podSelector: { matchLabels: { app: 'api' } }, ingress },
  };
  return Cluster.from([pod('web'), pod('api'), ...(ingress === undefined ? [] : [policy]), ...extra]);
}

const fromWeb = (...ports: number[]) => [
  {
    from: [{ podSelector: { matchLabels: { app: 'web' } } }],
    ...(ports.length > 0 ? { ports: ports.map((port) => ({ port })) } : {}),
  },
];

test.each([
  [fromWeb(80), fromWeb(80, 443), 'web api 80 → 80, 443 wider'],
  [fromWeb(80, 443), fromWeb(443), 'web api 80, 443 → 443 narrower'],
  [fromWeb(), fromWeb(443), 'web api all ports → 443 narrower'],
  [fromWeb(80), fromWeb(443), 'web api 80 → 443 changed'],
  [undefined, fromWeb(443), 'web api all ports → 443 narrower'],
])('a change tells more, fewer and other ports apart', (before, after, line) => {
  const graph = graphOf(shop(after), { before: shop(before) });
  expect(linesOf(graph)).toEqual([line]);
  const svg = graphSvg(graph);
  expect(svg).toContain(
    `line c${{ wider: 'more', narrower: 'less', changed: 'mixed' }[line.split(' ').at(-1) as 'wider']}`,
  );
  expect(svg).not.toMatch(/class="line cnew[^"]*"><\/path|<path class="fnew"/);
});

test('ports closed by a policy that opens the others to everybody are a line that is narrower', () => {
  const everybody = [{ ports: [{ port: 443 }] }];
  const graph = graphOf(shop(everybody), { before: shop(fromWeb(80, 443)) });
  expect(linesOf(graph)).toEqual(['web api 80, 443 → 443 narrower']);
});

test('what is open to everybody on fewer ports than before is a mark that is narrower, not one opened and one closed', () => {
  const { nodes } = graphOf(shop([{ ports: [{ port: 443 }] }]), { before: shop(undefined) });
  expect(nodes.find(({ label }) => label === 'api')?.from.map(({ scope, change }) => [scope, change])).toEqual([
    ['everybody', 'narrower'],
  ]);
});

test('the mark of what was closed to everybody is written in full', () => {
  expect(graphSvg(graphOf(stars(2), { before: stars(1) }))).toContain('>−▸ no longer everybody<');
});

test('an exposure that leads to no workload is drawn to its Service, as leading nowhere', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'lost', namespace: 'shop' },
    spec: { type: 'LoadBalancer', selector: { app: 'nobody' }, ports: [{ port: 80 }] },
  };
  const { nodes, lines } = graphOf(shop(undefined, [service]));
  const [line] = lines.filter(({ kind }) => kind === 'exposure');
  expect(nodes[line?.to as number]).toMatchObject({ kind: 'service', label: 'lost', detail: 'no pods' });
  expect(line).toMatchObject({ blocked: true, undecided: false });
});

test('an exposure of which manifests cannot tell is drawn as such', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'api', namespace: 'shop' },
    spec: { type: 'LoadBalancer', selector: { app: 'api' }, ports: [{ port: 80 }] },
  };
  const cluster = shop([{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80 }] }], [service]);
  expect(cluster.exposures()[0]?.reachable).toBe(null);
  const graph = graphOf(cluster);
  expect(graph.lines.find(({ kind }) => kind === 'exposure')).toMatchObject({ blocked: false, undecided: true });
  expect(graphSvg(graph)).toMatch(/exposure kept undecided.*>\? 80</s);
});

test('an island counts every workload with a mark, also of those that are open to addresses outside alone', () => {
  const outside = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'outside', namespace: 'shop' },
    spec: { podSelector: { matchLabels: { app: 'api' } }, ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] },
  };
  const graph = graphOf(shop(undefined, [outside]), { most: 1 });
  expect(graph.nodes[0]?.from.map(({ scope, count }) => [scope, count]).sort()).toEqual([
    ['IPv4', 1],
    ['everybody', 1],
  ]);
  expect(graphSvg(graph)).toMatch(/everybody ×1, any IPv4 ×1|any IPv4 ×1, everybody ×1/);
});

test('a line whose reason was not looked up says so', () => {
  const { lines } = graphOf(Cluster.from(dense(46)), { most: 60 });
  expect(lines.length).toBeGreaterThan(2000);
  expect(lines.filter(({ reasons }) => reasons.length === 0)).toEqual([]);
  expect(lines.at(-1)?.reasons[0]).toMatch(/^no reason looked up/);
});

/** Pods that all lead to each other by a policy of their namespace. */
function dense(pods: number): object[] {
  return [
    ...Array.from({ length: pods }, (_, at) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `pod-${at}`, namespace: 'shop' },
    })),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'own', namespace: 'shop' },
      spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] },
    },
  ];
}

test('JSON carries what reading the manifests warns of', () => {
  const warnings = [{ file: 'a.yaml', line: 3, message: 'a name with an underscore' }];
  expect(JSON.parse(graphJson(graphOf(shop(undefined)), warnings)).warnings).toEqual([
    { source: 'a.yaml:3', message: 'a name with an underscore' },
  ]);
});

test('lines both ways between two of many islands are one, with an arrow at both ends, and its thickness tells how many', () => {
  const svg = graphSvg(graphOf(Cluster.from(mesh(12)), { most: 1 }));
  expect(svg.match(/class="line [^"]*chord/g)).toHaveLength((12 * 11) / 2);
  expect(svg.match(/ d="M0 0l-9 -4v8z"/g)).toHaveLength(12 * 11);
});

/** Namespaces of one pod each, all of which let each other in. */
function mesh(namespaces: number): object[] {
  return Array.from({ length: namespaces }, (_, at) => [
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod', namespace: `ns-${at}` } },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'all', namespace: `ns-${at}` },
      spec: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] },
    },
  ]).flat();
}

test('a namespace in which all may connect to all, and some from elsewhere to each, is drawn', () => {
  const all = Array.from({ length: 25 }, (_, at) => `app-${at}`);
  const one = (name: string, namespace: string) => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }
spec: { containers: [{ name: a, image: a }] }
`;
  const policy = (name: string, at: number) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: { podSelector: { matchLabels: { app: ${name} } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: app-${(at * 13) % 25} } } }, { podSelector: {} }], ports: [{ port: 8080 }] }] }
`;
  const text = all.flatMap((name, at) => [one(name, 'shop'), policy(name, at)]).join('---\n');
  const cluster = Cluster.from(readManifests(text, 'shop.yaml'));
  for (const about of [undefined, cluster.find('app-0'), cluster.find('app-21')]) {
    const { layout } = sceneOf(graphOf(cluster, { about }));
    expect(layout.boxes.length).toBe(25);
  }
});
