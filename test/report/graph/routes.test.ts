import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, type Manifest, readManifests } from '../../../analysis';
import { graphOf } from '../../../report/graph/build';
import { graphDot } from '../../../report/graph/dot';
import { graphJson } from '../../../report/graph/json';
import { graphMermaid } from '../../../report/graph/mermaid';
import type { Graph } from '../../../report/graph/model';
import { routesGraph } from '../../../report/graph/routes';
import { graphSvg } from '../../../report/graph/svg/svg';
import { commandLine } from '../../cli/command-line';

const DIST = join(__dirname, '../../../dist');
const SHOP = ['ingress-nginx', 'online-boutique', 'frontend-ingress', 'frontend-canary', 'canary', 'game-2048'];

function manifestsOf(replace = (text: string) => text, names = SHOP): Manifest[] {
  return names.flatMap((name) => {
    const file = `${name}.k8s.yaml`;
    return readManifests(replace(readFileSync(join(DIST, file), 'utf8')), file).manifests;
  });
}

function sideOf(manifests: readonly Manifest[]) {
  return { cluster: Cluster.from({ manifests }, { input: 'tolerant' }), manifests };
}

function linesOf({ nodes, lines }: Graph): string[] {
  return lines
    .map(({ from, to, label, change, blocked }) =>
      [
        `${nodes[from]?.kind} ${nodes[from]?.label} → ${nodes[to]?.kind} ${nodes[to]?.label}`,
        label,
        ...(change === 'kept' ? [] : [change]),
        ...(blocked ? ['blocked'] : []),
      ].join(' | '),
    )
    .sort();
}

test('a host leads to each Service by its share, and a Service to its workloads by their port', () => {
  expect(linesOf(routesGraph(sideOf(manifestsOf())))).toEqual([
    'host 2048.example.com → service game-2048 | ',
    'host shop.example.com → service frontend | 95 %',
    'host shop.example.com → service frontend-canary | 5 %',
    'service frontend → workload frontend | 8080',
    'service frontend-canary → workload frontend-canary | 8080',
    'service game-2048 → workload game-2048 | 80',
  ]);
});

test('a canary by header says when', () => {
  const variant = manifestsOf(undefined, [
    'online-boutique',
    'frontend-ingress',
    'frontend-canary',
    'canary-variants/header',
  ]);
  expect(linesOf(routesGraph(sideOf(variant)))).toContain(
    'host shop.example.com → service frontend-canary | if header foo is "bar"',
  );
});

test('a change of the weight tells the shares before and after', () => {
  const after = manifestsOf((text) => text.replace('canary-weight: "5"', 'canary-weight: "20"'));
  expect(linesOf(routesGraph(sideOf(after), { before: sideOf(manifestsOf()) })).slice(1, 3)).toEqual([
    'host shop.example.com → service frontend | 95 % → 80 % | changed',
    'host shop.example.com → service frontend-canary | 5 % → 20 % | changed',
  ]);
});

test('a Service that is missing is an error and blocked, and a policy that stops the controller blocks its line', () => {
  const without = manifestsOf().filter(({ kind, name }) => kind !== 'Service' || name !== 'game-2048');
  expect(linesOf(routesGraph(sideOf(without)))).toContain('host 2048.example.com → service error 503 |  | blocked');
  const closed = readManifests(
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: closed, namespace: default }\nspec: { podSelector: { matchLabels: { app: frontend } }, policyTypes: [Ingress] }\n',
    'closed.yaml',
  ).manifests;
  expect(linesOf(routesGraph(sideOf([...manifestsOf(), ...closed])))).toContain(
    'service frontend → workload frontend | 8080 | blocked',
  );
});

test('only routes to some workloads are drawn where these are asked for', () => {
  const side = sideOf(manifestsOf());
  const about = side.cluster.find('game-2048');
  expect(linesOf(routesGraph(side, { about }))).toEqual([
    'host 2048.example.com → service game-2048 | ',
    'service game-2048 → workload game-2048 | 80',
  ]);
});

test('the picture of routes is read as one: its legend and its summary speak of requests', async () => {
  const { status, stdout } = await commandLine(
    [
      'graph',
      'online-boutique.k8s.yaml',
      'frontend-ingress.k8s.yaml',
      'frontend-canary.k8s.yaml',
      'canary.k8s.yaml',
      '--routes',
    ],
    { cwd: DIST },
  );
  expect(status).toBe(0);
  expect(stdout).toContain('Where requests go: 1 host and 2 workloads');
  expect(stdout).toContain('where requests go: path and share');
});

test('nothing is drawn of routes that cannot be read, and that there are none is said', async () => {
  const wrong =
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web }\nspec: { rules: [{ http: { paths: 3 } }] }\n';
  const refused = await commandLine(['graph', '-', '--routes'], { stdin: wrong });
  expect([refused.status, refused.stdout]).toEqual([2, '']);
  expect(refused.stderr).toContain('-:4: ');
  const none = await commandLine(['graph', 'stars', '--routes'], { cwd: DIST });
  expect([none.status, none.stderr]).toEqual([
    0,
    'note: no Ingress and no route of the Gateway API is among the manifests\n',
  ]);
});

describe('what pods may do that no manifest shows', () => {
  const { manifests } = readManifests(
    `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: web }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: guest } } }], ports: [{ port: 80 }] }] }
`,
    'shop.yaml',
  );
  const graph = graphOf(Cluster.from({ manifests }));
  const sentence = 'pods app=guest of namespace shop -> shop/Pod/web: TCP 80';

  test('is said below a picture, and in each of the other formats', () => {
    expect(graphSvg(graph)).toContain('pods app=guest of namespace shop → shop/Pod/web: TCP 80');
    expect(JSON.parse(graphJson(graph)).unseen).toEqual([sentence]);
    expect(graphMermaid(graph)).toMatch(
      /subgraph a0\["Pods that no manifest shows"\]\n {4}a0_0\["pods app=guest of namespace shop → /,
    );
    expect(graphDot(graph)).toMatch(
      /label="Pods that no manifest shows";[^}]*a0_0 \[label="pods app=guest of namespace shop → /,
    );
  });
});

test('where there is nothing to draw, each picture says so', () => {
  const graph = graphOf(Cluster.from([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }]));
  for (const draw of [graphSvg, graphMermaid, graphDot]) {
    expect(draw(graph)).toMatch(/Nothing to draw[\s\S]*no workload of these manifests is asked for/);
  }
});
