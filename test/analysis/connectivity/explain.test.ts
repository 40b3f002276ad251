import { Cluster, type Port, readManifests, whyText } from '../../../analysis';
import { app, clusterOf, deployment, named, policy, short, workload } from './manifests';

const tcp = (port: number): Port => ({ protocol: 'TCP', port });

describe('an explanation', () => {
  const yaml = `
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}}
- {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {podSelector: {}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: allow, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress:
  - from: [{podSelector: {matchLabels: {app: nobody}}}]
  - from: [{podSelector: {}}]
    ports: [{port: 5432}]
`;
  const cluster = Cluster.from(readManifests(yaml, 'shop.yaml'));
  const [db, web] = [workload(cluster, 'db'), workload(cluster, 'web')];
  const tier = { kind: 'NetworkPolicy', tier: 'NetworkPolicy' };
  const allow = { ...tier, namespace: 'shop', name: 'allow', file: 'shop.yaml', line: 13 };
  const deny = { ...tier, namespace: 'shop', name: 'deny', file: 'shop.yaml', line: 8 };
  const ports = [{ protocol: 'TCP', from: 5432, to: 5432 }];
  const open = { outcome: 'not-selected', policies: [], rules: [], denies: [], isolating: [], ports: 'all' };

  test('names the policies that select each end, and the rules that allow the port', () => {
    expect(cluster.explain(web, db, tcp(5432))).toEqual({
      from: web,
      to: db,
      port: tcp(5432),
      allowed: true,
      ports,
      egress: open,
      ingress: {
        outcome: 'allowed',
        policies: [allow, deny],
        rules: [{ policy: allow, direction: 'ingress', index: 1, line: 20, action: 'Allow', ports }],
        denies: [],
        isolating: [],
        ports,
      },
    });
  });

  test('says that no rule allows the port', () => {
    expect(cluster.explain(web, db, tcp(80))).toEqual({
      from: web,
      to: db,
      port: tcp(80),
      allowed: false,
      ports,
      egress: open,
      ingress: {
        outcome: 'denied',
        policies: [allow, deny],
        rules: [],
        denies: [],
        isolating: [allow, deny],
        ports,
        nearest: {
          policy: allow,
          direction: 'ingress',
          index: 1,
          item: 0,
          line: 20,
          faults: [{ kind: 'ports', opens: ports }],
        },
      },
    });
  });

  test('is about any port where none is asked for', () => {
    expect(cluster.explain(web, db).allowed).toBe(true);
    expect(cluster.explain(db, web).allowed).toBe(false);
  });
});

describe('in words', () => {
  const a = deployment('shop/a', { app: 'a' });
  const b = deployment('shop/b', { app: 'b' });
  const why = (objects: readonly object[], from = 'a', to = 'b', port?: Port) => {
    const cluster = clusterOf(objects);
    const [one] = cluster.find(from);
    const [other] = cluster.find(to);
    return whyText(cluster.explain(one as never, other as never, port));
  };
  const deny = policy('shop/deny', app('b'));
  const allow = policy('shop/allow', {
    ...app('b'),
    ingress: [{ from: [app('x')] }, { from: [app('a')], ports: [{ port: 80 }] }],
  });
  const egress = (port: number) =>
    policy('shop/out', { ...app('a'), policyTypes: ['Egress'], egress: [{ to: [app('b')], ports: [{ port }] }] });

  test.each([
    ['nothing selected', [a, b], undefined, 'no policy selects either end'],
    [
      'stopped at the receiving end',
      [a, b, deny],
      tcp(80),
      'NetworkPolicy shop/deny isolates shop/Deployment/b, and no ingress rule allows TCP 80 from shop/Deployment/a',
    ],
    [
      'stopped by several',
      [a, b, deny, allow],
      tcp(81),
      'NetworkPolicies shop/allow, shop/deny isolate shop/Deployment/b, and no ingress rule allows TCP 81 from shop/Deployment/a; nearest: ingress rule 2, from[0] of NetworkPolicy shop/allow: it opens TCP 80',
    ],
    ['opened by a rule', [a, b, deny, allow], tcp(80), 'NetworkPolicy shop/allow allows it (ingress rule 2)'],
    [
      'stopped at the end that connects',
      [a, b, egress(81)],
      tcp(80),
      'NetworkPolicy shop/out isolates shop/Deployment/a, and no egress rule allows TCP 80 to shop/Deployment/b; nearest: egress rule 1, to[0] of NetworkPolicy shop/out: it opens TCP 81',
    ],
    [
      'stopped at both',
      [a, b, egress(81), deny],
      undefined,
      'NetworkPolicy shop/deny isolates shop/Deployment/b, and no ingress rule allows anything from shop/Deployment/a',
    ],
    [
      'opened by both',
      [a, b, egress(80), allow],
      tcp(80),
      'NetworkPolicy shop/out allows it (egress rule 1); NetworkPolicy shop/allow allows it (ingress rule 2)',
    ],
    [
      'opened by both, but not the same',
      [a, b, egress(81), allow],
      undefined,
      'NetworkPolicy shop/out allows it (egress rule 1); NetworkPolicy shop/allow allows it (ingress rule 2); but not the same ports',
    ],
  ])('%s', (_, objects, port, expected) => {
    expect(why(objects, 'a', 'b', port)).toBe(expected);
  });

  test('of an end outside and of a pod on its node', () => {
    expect(why([a], '10.0.0.1', 'a')).toBe('no policy selects the pods');
    expect(why([a, deployment('shop/b', {}, { hostNetwork: true })])).toBe(
      'no policy applies to pods on the network of their node',
    );
    expect(why([policy('shop/in', { ...app('a') }), a], '10.0.0.1', 'a')).toBe(
      'NetworkPolicy shop/in isolates shop/Deployment/a, and no ingress rule allows anything from 0.0.0.0-255.255.255.255',
    );
  });

  test('rules that together open a range are each named', () => {
    const rule = (cidr: string) => ({ from: [{ ipBlock: { cidr } }] });
    const cluster = clusterOf([
      a,
      policy('shop/in', { ...app('a'), ingress: [rule('10.0.0.0/9'), rule('10.128.0.0/9')] }),
    ]);
    const [range] = cluster.find('10.0.0.1');
    expect(short(range as never)).toBe('10.0.0.0-10.255.255.255');
    expect(cluster.explain(range as never, workload(cluster, 'a')).ingress.rules.map(({ index }) => index)).toEqual([
      0, 1,
    ]);
  });

  test('of a pod on its node, whose ports have no names', () => {
    const host = deployment('shop/b', {}, { hostNetwork: true, ...named({ http: 80 }) });
    const out = policy('shop/out', { ...app('a'), policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }] }] });
    const cluster = clusterOf([a, host, out]);
    expect(cluster.explain(workload(cluster, 'a'), workload(cluster, 'b')).ports).toEqual([]);
  });

  test('the pods of a workload that are allowed what is asked come first', () => {
    const owned = (name: string, label: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'shop',
        labels: { app: label },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', controller: true }],
      },
    });
    for (const pods of [
      [owned('p1', 'b'), owned('p2', 'c')],
      [owned('p1', 'c'), owned('p2', 'b')],
    ]) {
      const cluster = clusterOf([...pods, a, deny]);
      const { allowed, ports, ingress } = cluster.explain(workload(cluster, 'a'), workload(cluster, 'r'));
      expect([allowed, ports, ingress.outcome]).toEqual([true, 'all', 'not-selected']);
    }
  });
});
