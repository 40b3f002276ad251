import * as fs from 'node:fs';
import * as path from 'node:path';
import { check } from '../../../analysis/check';
import { objectText } from '../../../analysis/check/finding';
import { Cluster } from '../../../analysis/connectivity';
import { type Manifest, readManifests } from '../../../analysis/manifest';

const STACKS = path.join(__dirname, 'stacks');

function stack(name: string): string {
  return fs.readFileSync(path.join(STACKS, `${name}.yaml`), 'utf8');
}

/** The findings in some texts, each as its severity, rule and object. */
function findingsIn(texts: readonly string[]): readonly string[] {
  const manifests = texts.flatMap((text, at): readonly Manifest[] => {
    const reading = readManifests(text, `${at}.yaml`);
    expect(Cluster.from(reading).problems).toEqual([]);
    return reading.manifests;
  });
  return check(manifests).findings.map(({ severity, code, object }) => `${severity} ${code} ${objectText(object)}`);
}

/** What is true of the stacks as they are, and worth its line. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  // A policy for pods on the network of their node does nothing: upstream has it too.
  monitoring: ['warning host-network-selected NetworkPolicy monitoring/node-exporter'],
  'argo-cd': [],
  // To open a webhook to all addresses by a block means other things to other network plugins.
  'cert-manager': ['info ip-block-in-cluster NetworkPolicy cert-manager/cert-manager-allow-ingress'],
  shop: [],
};

const names = Object.keys(KNOWN);

test('every stack is looked at', () => {
  expect(fs.readdirSync(STACKS).sort()).toEqual(names.map((name) => `${name}.yaml`).sort());
});

test.each(names)('%s, right as it is, has no finding that its reader would not act on', (name) => {
  expect(findingsIn([stack(name)])).toEqual(KNOWN[name]);
});

test('together, the stacks show what one alone does not', () => {
  expect([...findingsIn(names.map(stack))].sort()).toEqual(
    [
      ...names.flatMap((name) => KNOWN[name] as readonly string[]),
      // The issuer stands with cert-manager, and the namespace that it is used in is closed.
      'warning solver-closed NetworkPolicy shop/default-deny',
    ].sort(),
  );
});

test.each<[string, string, string | RegExp, string, readonly string[]]>([
  [
    'a port of the Service in the place of the port of the pods',
    'shop',
    'ports: [{ port: 8081 }]',
    'ports: [{ port: 80 }]',
    ['error port-of-service NetworkPolicy shop/web'],
  ],
  [
    'a database whose replicas no longer reach each other',
    'shop',
    '        - podSelector: { matchLabels: { app.kubernetes.io/name: redis } }\n',
    '',
    ['warning replicas-cut-off NetworkPolicy data/redis'],
  ],
  [
    'a policy without the way to DNS',
    'shop',
    /(name: dns, namespace: shop[\s\S]*?)\[\{ port: 53, protocol: UDP \}, \{ port: 53, protocol: TCP \}\]/,
    '$1[{ port: 5300 }]',
    ['warning dns-closed NetworkPolicy shop/dns'],
  ],
  [
    'a canary on another path',
    'shop',
    /(name: web-canary\n {2}namespace: shop\n[\s\S]*?)path: \//,
    '$1path: /new',
    ['error canary-lost Ingress shop/web-canary'],
  ],
  [
    'a monitored port that only other pods may read',
    'shop',
    'kubernetes.io/metadata.name: monitoring } } }]\n      ports: [{ port: metrics }]',
    'kubernetes.io/metadata.name: shop } } }]\n      ports: [{ port: http }]',
    ['warning monitored-port-closed NetworkPolicy shop/api'],
  ],
  [
    'a controller that is not let in',
    'shop',
    'kubernetes.io/metadata.name: ingress-nginx',
    'kubernetes.io/metadata.name: ingress',
    ['error controller-closed Ingress shop/web', 'error controller-closed Ingress shop/web-canary'],
  ],
  [
    'a webhook that the API server cannot call',
    'cert-manager',
    'ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]',
    'ingress: [{ from: [{ podSelector: {} }] }]',
    ['warning webhook-closed NetworkPolicy cert-manager/cert-manager-allow-ingress'],
  ],
  [
    'a selector with a typing mistake',
    'argo-cd',
    'podSelector: { matchLabels: { app.kubernetes.io/name: argocd-redis } }\n  policyTypes',
    'podSelector: { matchLabels: { app.kubernetes.io/name: argocd-redsi } }\n  policyTypes',
    ['warning policy-selects-nothing NetworkPolicy argocd/argocd-redis-network-policy'],
  ],
  [
    'a Service of the wrong name behind an Ingress',
    'argo-cd',
    'service: { name: argocd-server, port: { name: https } }',
    'service: { name: argocd-serve, port: { name: https } }',
    ['error backend-missing Ingress argocd/argocd-server'],
  ],
  [
    'a monitor of a port that the Service has not',
    'monitoring',
    'endpoints: [{ port: https-main',
    'endpoints: [{ port: http-main',
    ['error monitor-port-missing ServiceMonitor monitoring/kube-state-metrics'],
  ],
])('%s is found', (_, name, right, wrong, expected) => {
  const text = stack(name);
  const mistaken = text.replace(right, wrong);
  expect(mistaken).not.toBe(text);
  const found = findingsIn([mistaken]).filter((one) => !KNOWN[name]?.includes(one));
  expect(found).toEqual(expected);
});
