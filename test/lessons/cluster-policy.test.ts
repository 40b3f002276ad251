import '../../jest';

const file = (name: string) => `dist/${name}.k8s.yaml`;
const ADMIN = file('cluster-policy/admin');
const BASELINE = file('cluster-policy/baseline');
const SHOP = file('online-boutique');
const OPEN = file('stars/1-open');
const STARS = ['1-open', '2-default-deny', '3-allow-ui', '4-backend-policy', '5-frontend-policy'].map((step) =>
  file(`stars/${step}`),
);
const INGRESS = [file('ingress-nginx'), file('game-2048'), file('frontend-ingress')];

const METADATA = '169.254.169.254';
const DNS = ['TCP 53', 'UDP 53'];

describe('the baseline of the cluster', () => {
  test('closes Pods to each other where no NetworkPolicy says otherwise', () => {
    const [from, to] = ['loadgenerator', 'frontend'];
    expect([SHOP]).toAllowConnection({ from, to, port: 8080 });
    expect([SHOP, BASELINE]).toDenyConnection({ from, to });
    expect([OPEN, BASELINE]).toDenyConnection({ from: 'client/client', to: 'stars/backend' });
  });

  test('keeps DNS reachable', () => {
    const dns = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
      spec: { containers: [{ name: 'dns', image: 'coredns:1' }] },
    };
    for (const port of DNS) {
      expect([SHOP, BASELINE, dns]).toAllowConnection({ from: 'frontend', to: 'dns', port });
    }
    expect([SHOP, BASELINE, dns]).toDenyConnection({ from: 'frontend', to: 'dns', port: 'TCP 9153' });
  });

  test('lets the ingress controller in, so that the shop is served', () => {
    expect([SHOP, ...INGRESS, BASELINE]).toExpose('frontend');
    expect([SHOP, ...INGRESS, BASELINE]).toAllowConnection({
      from: 'ingress-nginx-controller',
      to: 'frontend',
      port: 8080,
    });
  });

  test('leaves addresses outside of the cluster as they were, which the API cannot name among those who connect', () => {
    expect([SHOP, BASELINE]).toAllowConnection({ from: 'external', to: 'frontend', port: 8080 });
  });

  test('gives way to NetworkPolicies, in the direction that they are about', () => {
    const question = { from: 'client/client', to: 'stars/frontend', port: 80 };
    expect(STARS).toAllowConnection(question);
    // Into frontend a NetworkPolicy lets the client; out of the client nothing but the baseline has a say.
    expect([...STARS, BASELINE]).toDenyConnection(question);
    const out = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'out', namespace: 'client' },
      spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{}] },
    };
    expect([...STARS, BASELINE, out]).toAllowConnection(question);
  });
});

describe('what an administrator denies', () => {
  test('is the metadata server, to Pods that no NetworkPolicy selects and to those that one opens', () => {
    const open = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'open', namespace: 'default' },
      spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] },
    };
    expect([SHOP, open]).toAllowConnection({ from: 'frontend', to: METADATA });
    for (const manifests of [
      [SHOP, ADMIN],
      [SHOP, open, ADMIN],
    ]) {
      expect(manifests).toDenyConnection({ from: 'frontend', to: METADATA });
      expect(manifests).toAllowConnection({ from: 'frontend', to: '203.0.113.9', port: 443 });
    }
  });
});
