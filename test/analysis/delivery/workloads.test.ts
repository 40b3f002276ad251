import { Cluster, check, manifestsOf, peerText } from '../../../analysis';
import type { Fields } from '../../helpers/fields';
import { canary, deployment, GATEWAY, ingress, rollout, service } from './objects';

const STRANGER = {
  ...deployment('stranger', { app: 'stranger' }),
  metadata: { name: 'stranger', namespace: 'elsewhere' },
};
const CANARY = canary(
  { stepWeight: 10, maxWeight: 50 },
  { provider: 'nginx', ingressRef: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'web' } },
);

function policy(labels: Fields): Fields {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'closed', namespace: 'shop' },
    spec: { podSelector: { matchLabels: labels }, policyTypes: ['Ingress'] },
  };
}

const names = (objects: readonly Fields[]) => Cluster.from(objects).workloads.map(peerText);

function reached(objects: readonly Fields[]): readonly string[] {
  const cluster = Cluster.from([...objects, STRANGER]);
  expect(cluster.problems).toEqual([]);
  const [from] = cluster.find('elsewhere/Deployment/stranger');
  return [...cluster.connections({ from: from ? [from] : [] })]
    .map(({ to }) => peerText(to))
    .filter((to) => to.startsWith('shop/'));
}

describe('the workload that Flagger makes of the target of a Canary', () => {
  test('is there, beside the target', () => {
    expect(names([deployment('web', { app: 'web' }), CANARY])).toEqual([
      'shop/Deployment/web',
      'shop/Deployment/web-primary',
    ]);
  });

  test('is missed by a policy for the label that Flagger changes', () => {
    const objects = [deployment('web', { app: 'web' }), CANARY];
    expect(reached([...objects, policy({ app: 'web' })])).toEqual(['shop/Deployment/web-primary']);
    expect(reached([...objects, policy({ app: 'web-primary' })])).toEqual(['shop/Deployment/web']);
  });

  test('is meant by a policy for a label that Flagger leaves alone', () => {
    const labels = { app: 'web', tier: 'front' };
    expect(reached([deployment('web', labels), CANARY, policy({ tier: 'front' })])).toEqual([]);
  });

  test.each([
    [{ 'app.kubernetes.io/name': 'web', tier: 'web' }, 'app.kubernetes.io/name'],
    [{ name: 'web', 'app.kubernetes.io/name': 'web' }, 'name'],
    [{ app: 'web', name: 'web' }, 'app'],
  ])('has the first label changed of those by which Flagger tells workloads: %j', (labels, key) => {
    const objects = [deployment('web', labels), CANARY];
    expect(reached([...objects, policy({ ...labels, [key]: 'web-primary' })])).toEqual(['shop/Deployment/web']);
  });

  test('is not made of a workload that Flagger refuses, since none of these labels tells it', () => {
    expect(names([deployment('web', { tier: 'web' }), CANARY])).toEqual(['shop/Deployment/web']);
  });

  test('is not made a second time where a cluster shows it', () => {
    const there = deployment('web-primary', { app: 'web-primary' });
    expect(names([deployment('web', { app: 'web' }), there, CANARY])).toEqual([
      'shop/Deployment/web',
      'shop/Deployment/web-primary',
    ]);
  });
});

describe('a Rollout over a Deployment', () => {
  const base = deployment('web', { app: 'web' });
  const referring = (more: Fields) =>
    rollout([], undefined, { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', ...more } });

  test.each([['onsuccess'], ['progressively']])(
    'runs its Pods alone if it scales the Deployment down %s',
    (scaleDown) => {
      expect(names([base, referring({ scaleDown })])).toEqual(['shop/Rollout/web']);
    },
  );

  test('runs its Pods alone if the Deployment has none', () => {
    expect(names([deployment('web', { app: 'web' }, { replicas: 0 }), referring({})])).toEqual(['shop/Rollout/web']);
  });

  test('runs Pods beside those of the Deployment otherwise', () => {
    expect(names([base, referring({})])).toEqual(['shop/Deployment/web', 'shop/Rollout/web']);
    expect(names([base, referring({ scaleDown: 'never' })])).toEqual(['shop/Deployment/web', 'shop/Rollout/web']);
  });

  test('has the labels of the Deployment, which policies select', () => {
    expect(reached([base, referring({ scaleDown: 'onsuccess' }), policy({ app: 'web' })])).toEqual([]);
    expect(reached([base, referring({ scaleDown: 'onsuccess' })])).toEqual(['shop/Rollout/web']);
  });
});

describe('check', () => {
  const codes = (objects: readonly Fields[]) => check(manifestsOf(objects).manifests).findings.map(({ code }) => code);

  test('knows the Services that Flagger makes', () => {
    const web = deployment('web', { app: 'web', tier: 'front' });
    expect(codes([web, ingress('web'), CANARY])).not.toContain('backend-missing');
    expect(codes([web, ingress('web')])).toContain('backend-missing');
  });

  test('finds that no Gateway takes the HTTPRoute that Flagger makes, at the Canary', () => {
    const own = { gatewayRefs: [{ name: 'web', sectionName: 'https' }], hosts: ['shop.example.com'] };
    const objects = [
      deployment('web', { app: 'web' }),
      GATEWAY,
      canary({ stepWeight: 10 }, { provider: 'gatewayapi:v1' }, own),
    ];
    expect(codes(objects)).toContain('route-not-attached');
  });

  test('finds nothing about objects that stand nowhere', () => {
    const found = check(
      manifestsOf([deployment('web', { app: 'web' }), ingress('web'), CANARY, service('web-x', { app: 'web' })])
        .manifests,
    );
    expect(found.findings.filter(({ object }) => /primary|canary$/.test(object.name))).toEqual([]);
  });
});
