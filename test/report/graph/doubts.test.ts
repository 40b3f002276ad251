import { Cluster, readManifests } from '../../../analysis';
import { graphOf } from '../../../report/graph/build';
import { graphDot } from '../../../report/graph/dot';
import { graphJson } from '../../../report/graph/json';
import { graphMermaid } from '../../../report/graph/mermaid';
import type { Graph } from '../../../report/graph/model';
import { graphSvg } from '../../../report/graph/svg/svg';

const POD = (name: string) => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
`;

/** What network plugins disagree about: whether a block of addresses matches pods. */
const BLOCK = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: block, namespace: shop }
spec: { podSelector: { matchLabels: { app: db } }, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: 5432 }] }] }
`;

/** Where its domain leads to, no manifest tells. */
const DOMAIN = `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: domain }
spec:
  tier: Admin
  priority: 10
  subject: { namespaces: {} }
  egress:
    - { name: known, action: Accept, to: [{ domainNames: ["example.com"] }] }
    - { name: rest, action: Deny, to: [{ networks: ["0.0.0.0/0"] }] }
`;

function clusterOf(...documents: readonly string[]): Cluster {
  const { manifests } = readManifests(documents.join('---\n'), 'a.yaml');
  return Cluster.from({ manifests }, { input: 'tolerant' });
}

const linesOf = ({ nodes, lines }: Graph) =>
  lines.map(({ from, to, label, undecided, change, ports }) =>
    [nodes[from]?.label, nodes[to]?.label, label, change, ...(undecided ? ['undecided'] : []), ports].join(' '),
  );

test('a pair that is closed, and may be open, has a line that looks undecided in each format, and says on what it hangs', () => {
  const cluster = clusterOf(POD('web'), POD('db'), BLOCK);
  const graph = graphOf(cluster);
  expect(linesOf(graph)).toContain('web db 5432 kept undecided may be open: TCP 5432');
  expect(graph.lines[0]?.reasons[0]).toMatch(
    /^cannot be told: TCP 5432 may be open; it hangs on whether ipBlock matches pods/,
  );
  const svg = graphSvg(graph);
  expect(svg).toMatch(/class="line [^"]*undecided"/);
  expect(svg).toContain('>? 5432</text>');
  expect(svg).toContain('? manifests cannot tell');
  expect(graphMermaid(graph)).toContain('n1 -.->|"? 5432, cannot be told"| n0');
  expect(graphDot(graph)).toMatch(/label="\? 5432, cannot be told", style=dotted/);
  expect(JSON.parse(graphJson(graph)).lines[0]).toMatchObject({ undecided: true, open: [{ from: 5432 }] });
});

test('what marks say is open, and may be closed, has a line as well', () => {
  const deny = DOMAIN.replace('domainNames: ["example.com"]', 'networks: ["192.0.2.1/32"]');
  const cluster = clusterOf(POD('web'), POD('db'), deny);
  expect(cluster.doubtful({})).not.toEqual([]);
  const pairs = linesOf(graphOf(cluster)).filter((line) => line.includes('undecided'));
  expect(pairs).toEqual(['db web all ports kept undecided all', 'web db all ports kept undecided all']);
});

test('addresses outside of which manifests cannot tell have an undecided line', () => {
  const lines = linesOf(graphOf(clusterOf(POD('web'), DOMAIN)));
  expect(lines).toEqual(['web any IPv4 all ports kept undecided may be open: all ports']);
});

test('a change that makes a pair undecided draws it, whichever side it is on', () => {
  const [before, after] = [clusterOf(POD('web'), POD('db')), clusterOf(POD('web'), POD('db'), BLOCK)];
  expect(linesOf(graphOf(after, { before }))).toContain('web db all ports closed undecided all');
  expect(linesOf(graphOf(before, { before: after }))).toContain('web db all ports opened undecided all');
});

test('every doubtful pair has an undecided line, and no other pair has', () => {
  const cluster = clusterOf(POD('web'), POD('db'), POD('job'), BLOCK, DOMAIN);
  const { nodes, lines } = graphOf(cluster);
  const drawn = lines
    .filter(
      ({ undecided, from, to }) => undecided && nodes[from]?.kind === 'workload' && nodes[to]?.kind === 'workload',
    )
    .map(({ from, to }) => `${nodes[from]?.label} ${nodes[to]?.label}`);
  const doubtful = (cluster.doubtful({}) ?? []).flatMap(({ from, to }) =>
    'name' in from && 'name' in to && from.name !== to.name ? [`${from.name} ${to.name}`] : [],
  );
  expect(drawn.sort()).toEqual(doubtful.sort());
});

test('where there are too many pairs to ask of each, the picture says so', () => {
  const many = Array.from({ length: 501 }, (_, at) => POD(`pod-${at}`)).join('---\n');
  const graph = graphOf(clusterOf(many, POD('db'), BLOCK), { isBare: true });
  expect(graph.notes?.[0]).toMatch(/^of so many pairs it was not looked which manifests cannot tell/);
  expect(graphSvg(graph)).toContain('Not looked at');
});
