import { type ClusterOptions, portsText } from '../../../analysis';
import { app, clusterOf, deployment, inside, namespace, policy, workload } from './manifests';

const web = deployment('b/web', { app: 'web' });
const other = deployment('c/other', { app: 'other' });
const team = { namespaceSelector: { matchLabels: { team: 'x' } } };

/** What may be open from `c/other` to `b/web` beside what is told, and on what it hangs. */
function doubts(objects: readonly object[], options?: ClusterOptions): string[] {
  const cluster = clusterOf([web, other, ...objects], options);
  return cluster
    .doubts(workload(cluster, 'c/other'), workload(cluster, 'b/web'))
    .map(({ hangsOn, ports, missing = [] }) => `${portsText(ports) || 'none'}: ${hangsOn} ${missing}`.trim());
}

describe('the labels of a namespace that is not among the manifests', () => {
  test('decide whether a rule lets it in: closed as it is told, and in doubt', () => {
    const objects = [policy('b/web', { ...app('web'), ingress: [{ from: [team] }] })];
    expect(inside([web, other, ...objects])).toEqual(['b/web > c/other: all']);
    expect(doubts(objects)).toEqual(['all: labels Namespace c']);
  });

  test('decide whether a rule without a label lets it in: open as it is told, and in doubt', () => {
    const without = { namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] } };
    expect(doubts([policy('b/web', { ...app('web'), ingress: [{ from: [without] }] })])).toEqual([
      'none: labels Namespace c',
    ]);
  });

  test.each<[string, object]>([
    ['the name of a namespace', { matchLabels: { 'kubernetes.io/metadata.name': 'd' } }],
    ['the name of another, and a label', { matchLabels: { 'kubernetes.io/metadata.name': 'd', team: 'x' } }],
    ['every namespace', {}],
  ])('matter to no rule that asks for %s', (_, namespaceSelector) => {
    expect(doubts([policy('b/web', { ...app('web'), ingress: [{ from: [{ namespaceSelector }] }] })])).toEqual([]);
  });

  test('matter to no rule that asks for other pods, or that another one makes needless', () => {
    const pods = { podSelector: { matchLabels: { app: 'z' } } };
    expect(doubts([policy('b/web', { ...app('web'), ingress: [{ from: [{ ...team, ...pods }] }] })])).toEqual([]);
    const open = [{ from: [team] }, { from: [{ namespaceSelector: {} }] }];
    expect(doubts([policy('b/web', { ...app('web'), ingress: open })])).toEqual([]);
  });

  test('are known where the Namespace is among the manifests, with labels or without', () => {
    const closed = policy('b/web', { ...app('web'), ingress: [{ from: [team] }] });
    expect(doubts([closed, namespace('b'), namespace('c')])).toEqual([]);
    expect(doubts([closed, namespace('b'), namespace('c', { team: 'x' })])).toEqual([]);
  });

  test('decide whether an admin policy selects its pods', () => {
    const admin = {
      apiVersion: 'policy.networking.k8s.io/v1alpha1',
      kind: 'AdminNetworkPolicy',
      metadata: { name: 'x' },
      spec: {
        priority: 1,
        subject: { namespaces: { matchLabels: { team: 'x' } } },
        ingress: [
          { action: 'Deny', from: [{ namespaces: {} }], ports: [{ portNumber: { protocol: 'TCP', port: 80 } }] },
        ],
      },
    };
    expect(doubts([admin, namespace('c')])).toEqual(['SCTP all, TCP 1-79, TCP 81-65535, UDP all: labels Namespace b']);
  });

  test('decide whether the end of a tier of Calico closes what its policies do not open', () => {
    const calico = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'GlobalNetworkPolicy',
      metadata: { name: 'x' },
      spec: { namespaceSelector: "team == 'x'", types: ['Ingress'], ingress: [] },
    };
    expect(doubts([calico, namespace('c')])).toEqual(['none: labels Namespace b']);
    expect(doubts([calico, namespace('b'), namespace('c')])).toEqual([]);
  });

  test('decide what endpoints a policy of Cilium means', () => {
    const cilium = {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'x', namespace: 'b' },
      spec: {
        endpointSelector: {},
        ingress: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.team': 'x' } }] }],
      },
    };
    expect(doubts([cilium])).toEqual(['all: labels Namespace c']);
  });

  test('leave open whether an Ingress leads in, where its controller is in such a namespace', () => {
    const image = 'registry.k8s.io/ingress-nginx/controller:v1.15.1';
    const way = (...more: object[]) =>
      clusterOf([
        web,
        deployment('edge/nginx', { app: 'nginx' }, { containers: [{ image }] }),
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'web', namespace: 'b' },
          spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
        },
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          metadata: { name: 'web', namespace: 'b' },
          spec: { ingressClassName: 'nginx', defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
        },
        policy('b/web', { ...app('web'), ingress: [{ from: [team] }] }),
        ...more,
      ]).exposures()[0];
    expect(way()).toMatchObject({
      reachable: null,
      why: expect.stringMatching(/^it hangs on labels of a namespace that is not among the manifests: without them, /),
    });
    expect(way(namespace('edge'))).toMatchObject({ reachable: false });
    expect(way(namespace('edge', { team: 'x' }))).toMatchObject({ reachable: true });
  });
});

test('the labels of a service account that is not among the manifests decide whether a policy of Calico selects its pods', () => {
  const calico = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name: 'x', namespace: 'b' },
    spec: { serviceAccountSelector: "role == 'api'", types: ['Ingress'] },
  };
  expect(doubts([calico])).toEqual(['none: labels ServiceAccount b/default']);
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'b' } };
  expect(doubts([calico, account])).toEqual([]);
});
