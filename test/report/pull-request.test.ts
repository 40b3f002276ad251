import { Cluster, compareConnections, Routes, readManifests, sameRouting } from '../../analysis';
import { check } from '../../analysis/check';
import { worded } from '../../report/check/worded';
import { changeGraph } from '../../report/graph/change';
import type { PullRequestAnswer } from '../../report/pull-request/answer';
import { pullRequestComment } from '../../report/pull-request/comment';

const deployment = (name: string, namespace = 'shop') => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: c, image: i, ports: [{ containerPort: 8080 }] }] }
---`;
const DENY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: shop }
spec: { podSelector: {} }
---`;
const allow = (name: string, from: string, to: string, port = 8080) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec:
  podSelector: { matchLabels: { app: ${to} } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: ${from} } } }], ports: [{ port: ${port} }] }]
---`;
const ingress = (service: string, annotations = '{}', path = '/') => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: other, namespace: shop }
spec: { selector: { app: worker }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop, annotations: ${annotations} }
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http: { paths: [{ path: ${path}, pathType: Prefix, backend: { service: { name: ${service}, port: { number: 80 } } } }] }
---`;
const SHOP = ['web', 'worker', 'db'].map((name) => deployment(name)).join('');
/** A controller among the manifests, so that nothing is assumed about one. */
const CLASS = `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: nginx }
spec: { controller: k8s.io/ingress-nginx }
---`;

function answerOf(before: string, after: string, more: Partial<PullRequestAnswer> = {}): PullRequestAnswer {
  const sides = [
    [before, 'main:dist/shop.yaml'],
    [after, 'dist/shop.yaml'],
  ].map(([text, file]) => {
    const { manifests, problems } = readManifests(text as string, file as string);
    const cluster = Cluster.from({ manifests, problems });
    expect(cluster.problems).toEqual([]);
    return { cluster, manifests, routes: Routes.of({ manifests, problems }, {}) };
  });
  const [old, changed] = sides as [(typeof sides)[number], (typeof sides)[number]];
  const connections = compareConnections(old, changed);
  const hasRoutes = (before + after).includes('kind: Ingress\n');
  return {
    connections,
    routes: hasRoutes ? sameRouting(old.routes, changed.routes) : undefined,
    notes: [],
    picture: changeGraph(old.cluster, changed.cluster, connections),
    link: (file, line) => ({
      text: `${file.replace('main:', '')}:${line}`,
      url: `https://git.example.com/blob/${file.startsWith('main:') ? 'base' : 'head'}/${file.replace('main:', '')}#L${line}`,
    }),
    ...more,
  };
}

const comment = (before: string, after: string, more?: Partial<PullRequestAnswer>) =>
  pullRequestComment(answerOf(before, after, more));
const verdictOf = (text: string) => text.split('\n')[0];

test('no change is one line, which says what is proven', () => {
  expect(comment(SHOP + DENY, SHOP + DENY)).toBe('**proven: no connection changes**\n');
  const text = SHOP + ingress('web') + CLASS;
  expect(comment(text, text)).toBe('**proven: every request goes where it went; no connection changes**\n');
});

test('a connection that opens is a warning with the policy, its line and a link; one that closes is folded', () => {
  const text = comment(SHOP + DENY + allow('db', 'web', 'db'), SHOP + DENY + allow('db', 'worker', 'db'));
  expect(text).toMatchSnapshot();
  expect(text).toContain(
    'closed → `TCP 8080` | [`NetworkPolicy shop/db`](https://git.example.com/blob/head/dist/shop.yaml#L',
  );
});

test('what is removed is linked where it stood before', () => {
  expect(comment(SHOP + DENY, SHOP)).toContain(
    '[`NetworkPolicy shop/deny`](https://git.example.com/blob/base/dist/shop.yaml#L',
  );
});

test('routes that stay while connections open are proven, and the connections counted', () => {
  const rest = ingress('web') + CLASS + DENY + allow('in', 'nobody', 'web');
  expect(verdictOf(comment(SHOP + rest, SHOP + rest + allow('db', 'worker', 'db')))).toBe(
    '**proven: every request goes where it went; 1 connection opened**',
  );
});

test('requests that go elsewhere are told with the smallest of them, before and after', () => {
  const text = comment(SHOP + ingress('web') + CLASS, SHOP + ingress('other') + CLASS);
  expect(verdictOf(text)).toMatch(/^\*\*\d+ of \d+ kinds of requests go elsewhere; 1 way in opened, 1 closed\*\*$/);
  expect(text).toMatch(
    /\| `http:\/\/shop\.example\.com\/` \| `shop\/web:80` by \[`Ingress shop\/web`\]\(.*\) \| `shop\/other:80` by /,
  );
  expect(text).not.toContain('proven');
});

describe('proven is never said', () => {
  const auth = '{ nginx.ingress.kubernetes.io/auth-url: "http://auth.example.com/" }';

  test.each([
    ['of requests that may be sent elsewhere by what is not decided', ingress('web'), ingress('web', auth), {}],
    [
      'where the answer rests on something',
      ingress('web'),
      ingress('web'),
      { notes: [{ file: 'dist/a.yaml', line: 3, message: 'who knows' }] },
    ],
    [
      'where a policy of another maker changed',
      '',
      '\napiVersion: crd.antrea.io/v1beta1\nkind: NetworkPolicy\nmetadata: { name: c, namespace: shop }\nspec: { ingress: [{ action: Drop }] }\n---',
      {},
    ],
  ])('%s', (_, before, after, more) => {
    const text = comment(SHOP + CLASS + before, SHOP + CLASS + after, more);
    expect(text).not.toMatch(/proven/i);
    expect(verdictOf(text)).toMatch(/; 1 not decided\*\*$/);
    expect(text).toContain('<summary>1 not decided</summary>');
  });
});

test('findings that are new are told, errors first', () => {
  const { manifests } = readManifests(SHOP + ingress('missing'), 'dist/shop.yaml');
  const added = check(manifests).findings.map(worded);
  const text = comment(SHOP, SHOP, { findings: { added, gone: 0 } });
  expect(verdictOf(text)).toMatch(/^\*\*no connection changes; \d+ new findings?, \d+ error/);
  expect(text).toMatch(/\| error \| \[`Ingress shop\/web`\]\(https:.*\) \| .*missing/);
});

test('names and paths are code: they mention nobody, link nowhere and end no cell', () => {
  const odd = '"/@team/|x|[a](b)<img src=x>`"';
  const text = comment(SHOP + ingress('web') + CLASS, SHOP + ingress('other', '{}', odd) + CLASS);
  const lines = text.split('\n').filter((line) => line.startsWith('|') && line.includes('@team'));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(line.replace(/(`+)(?:(?!\1).)*\1/g, '')).not.toMatch(/@team|<img|\]\(b\)/);
    expect(line.replace(/\\\|/g, '').split('|')).toHaveLength(6);
  }
});

describe('a comment that is too long', () => {
  const many = Array.from({ length: 150 }, (_, at) => `worker-${at}-${'x'.repeat(30)}`);
  const before = deployment('db') + many.map((name) => deployment(name)).join('') + DENY;
  const after = before + many.map((name) => allow(`from-${name}`, name, 'db')).join('');

  test('is cut below what GitHub takes, and counts the rest', () => {
    const text = comment(before, after);
    expect(verdictOf(text)).toBe('**150 connections opened**');
    expect(text).toContain('… and 50 more\n');
    expect(text.length).toBeLessThan(65_536);
  });

  test.each([100, 500, 1_000, 3_000, 10_000])('within %d characters too, with every fold and fence closed', (limit) => {
    const text = pullRequestComment(answerOf(after, before + allow('one', many[0] as string, 'db')), limit);
    expect(text.length).toBeLessThanOrEqual(limit);
    expect(text.split('<details>').length).toBe(text.split('</details>').length);
    expect(text.split('```').length % 2).toBe(1);
    expect(text).toMatch(limit === 100 ? /do not fit/ : /^\*\*149 connections closed\*\*/);
  });
});

test('the picture is of what changes alone', () => {
  const text = comment(
    SHOP + DENY + allow('db', 'web', 'db'),
    SHOP + DENY + allow('db', 'web', 'db') + allow('w', 'db', 'worker'),
  );
  const picture = /```mermaid\n(.*?)```/s.exec(text)?.[1];
  expect(picture).toContain('"worker"');
  expect(picture).not.toContain('"web"');
});
