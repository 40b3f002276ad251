import { Cluster, type ClusterOptions, type WorkloadKind } from '../../../analysis';
import { app, clusterOf, deployment, IPV4, IPV6, inside, named, outside, policy } from './manifests';

const meta = (name: string, owner?: object) => ({
  name,
  namespace: 'shop',
  ...(owner === undefined ? {} : { ownerReferences: [owner] }),
});
const owner = (apiVersion: string, kind: string, name: string, controller = true) => ({
  apiVersion,
  kind,
  name,
  controller,
});
const template = (labels: object) => ({ metadata: { labels }, spec: {} });
const pod = (name: string, labels: object, by?: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { ...meta(name, by), labels },
  spec: {},
});
const replicaSet = (name: string, labels: object, by?: object, replicas?: number) => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: meta(name, by),
  spec: { replicas, template: template(labels) },
});
const names = (objects: readonly object[]) =>
  clusterOf(objects).workloads.map(({ namespace, kind, name }) => `${namespace}/${kind}/${name}`);

describe('workloads', () => {
  test.each<[WorkloadKind, string, object]>([
    ['Deployment', 'apps/v1', { template: template({ app: 'a' }) }],
    ['StatefulSet', 'apps/v1', { template: template({ app: 'a' }) }],
    ['DaemonSet', 'apps/v1', { template: template({ app: 'a' }) }],
    ['ReplicaSet', 'apps/v1', { template: template({ app: 'a' }) }],
    ['ReplicationController', 'v1', { template: template({ app: 'a' }) }],
    ['Job', 'batch/v1', { template: template({ app: 'a' }) }],
    ['CronJob', 'batch/v1', { jobTemplate: { spec: { template: template({ app: 'a' }) } } }],
  ])('%s: policies see the labels of the template, not its own', (kind, apiVersion, spec) => {
    const object = { apiVersion, kind, metadata: { ...meta('w'), labels: { app: 'b' } }, spec };
    expect(names([object])).toEqual([`shop/${kind}/w`]);
    const deny = (name: string) => inside([object, deployment('other/z'), policy('shop/deny', app(name))]);
    expect(deny('a')).toEqual(['shop/w > other/z: all']);
    expect(deny('b')).toEqual(['other/z > shop/w: all', 'shop/w > other/z: all']);
  });

  test('Pod: policies see its labels', () => {
    expect(inside([pod('w', { app: 'a' }), deployment('other/z'), policy('shop/deny', app('a'))])).toEqual([
      'shop/w > other/z: all',
    ]);
  });

  test('a manifest without a namespace is in default', () => {
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
    expect(names([object])).toEqual(['default/Pod/a']);
  });

  test('are ordered by namespace, name and kind', () => {
    expect(names([pod('b', {}), replicaSet('a', {}), pod('a', {}), deployment('other/z')])).toEqual([
      'other/Deployment/z',
      'shop/Pod/a',
      'shop/ReplicaSet/a',
      'shop/Pod/b',
    ]);
  });

  test('other kinds of these names are none', () => {
    expect(names([{ apiVersion: 'apps.kruise.io/v1beta1', kind: 'StatefulSet', metadata: { name: 'a' } }])).toEqual([]);
  });

  test('the pods of a Job have its name as a label, unless its selector is made by hand', () => {
    const job = (manualSelector?: boolean) => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: meta('migrate'),
      spec: { manualSelector, template: template({}) },
    });
    const select = (key: string) => policy('shop/deny', { podSelector: { matchLabels: { [key]: 'migrate' } } });
    for (const key of ['job-name', 'batch.kubernetes.io/job-name']) {
      expect(inside([job(), deployment('other/z'), select(key)])).toEqual(['shop/migrate > other/z: all']);
      expect(inside([job(true), deployment('other/z'), select(key)])).toHaveLength(2);
    }
  });
});

describe('owners', () => {
  const byDeployment = owner('apps/v1', 'Deployment', 'web');
  const byReplicaSet = owner('apps/v1', 'ReplicaSet', 'web-1');

  test('a Pod of a ReplicaSet of a Deployment counts as the Deployment, whatever the order', () => {
    const objects = [pod('web-1-x', {}, byReplicaSet), replicaSet('web-1', {}, byDeployment), deployment('shop/web')];
    expect(names(objects)).toEqual(['shop/Deployment/web']);
    expect(names(objects.reverse())).toEqual(['shop/Deployment/web']);
  });

  test('an owner that is not among the manifests is known by its name', () => {
    expect(names([replicaSet('web-1', {}, byDeployment)])).toEqual(['shop/Deployment/web']);
    expect(names([pod('web-1-x', {}, byReplicaSet)])).toEqual(['shop/ReplicaSet/web-1']);
    expect(names([pod('a', {}, owner('batch/v1', 'CronJob', 'nightly'))])).toEqual(['shop/CronJob/nightly']);
  });

  test('a Pod that a Node owns, or a kind of another maker, stays a Pod', () => {
    expect(names([pod('etcd', {}, owner('v1', 'Node', 'n1'))])).toEqual(['shop/Pod/etcd']);
    expect(names([pod('a', {}, owner('apps.kruise.io/v1beta1', 'StatefulSet', 's'))])).toEqual(['shop/Pod/a']);
    expect(names([replicaSet('r', {}, owner('argoproj.io/v1alpha1', 'Rollout', 'r'))])).toEqual(['shop/ReplicaSet/r']);
  });

  test('an owner that does not control is none', () => {
    expect(names([pod('a', {}, owner('apps/v1', 'ReplicaSet', 'r', false))])).toEqual(['shop/Pod/a']);
  });

  test('an owner is in the namespace of what it owns', () => {
    expect(names([pod('web-1-x', {}, byReplicaSet), deployment('other/web')])).toEqual([
      'other/Deployment/web',
      'shop/ReplicaSet/web-1',
    ]);
  });

  test('owners in a circle end somewhere', () => {
    const objects = [
      replicaSet('a', {}, owner('apps/v1', 'ReplicaSet', 'b')),
      replicaSet('b', {}, owner('apps/v1', 'ReplicaSet', 'a')),
    ];
    expect(names(objects)).toHaveLength(2);
  });

  test('what one pod of a workload may do, the workload may', () => {
    const objects = [
      pod('a', { app: 'a' }, byReplicaSet),
      pod('b', { app: 'b' }, byReplicaSet),
      deployment('other/z'),
      policy('shop/a', { ...app('a'), ingress: [{ ports: [{ port: 80 }] }] }),
      policy('shop/b', { ...app('b'), ingress: [{ ports: [{ port: 443 }] }], policyTypes: ['Ingress', 'Egress'] }),
    ];
    expect(inside(objects)).toEqual(['other/z > shop/web-1: TCP 80, TCP 443', 'shop/web-1 > other/z: all']);
  });

  test('a former ReplicaSet that a Deployment keeps at no replicas has no say', () => {
    const objects = [deployment('shop/web', { app: 'b' }), deployment('other/z'), policy('shop/deny', app('b'))];
    const former = (replicas: number) => replicaSet('web-0', { app: 'a' }, byDeployment, replicas);
    expect(inside([...objects, former(0)])).toEqual(['shop/web > other/z: all']);
    expect(inside([...objects, former(1)])).toHaveLength(2);
    expect(names([former(0)])).toEqual(['shop/Deployment/web']);
  });

  test('objects that leave their name to the API server count as one workload', () => {
    const job = (labels: object) => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { generateName: 'migrate-', namespace: 'shop' },
      spec: { template: template(labels) },
    });
    expect(names([job({ a: 'b' }), job({})])).toEqual(['shop/Job/migrate-']);
  });
});

describe('pods on the network of their node', () => {
  const host = deployment('shop/host', { app: 'host' }, { hostNetwork: true, ...named({ http: 80 }) });
  const a = deployment('shop/a', { app: 'a' });
  const both = (spec: object, options: ClusterOptions) => inside([host, a, policy('shop/p', spec)], options);
  const node = { hostNetwork: 'node' } as const;

  test('no policy selects them', () => {
    expect(both({ ...app('host'), policyTypes: ['Ingress', 'Egress'] }, node)).toHaveLength(2);
    expect(outside([host, policy('shop/p', { podSelector: {} })])).toEqual([
      `shop/host > ${IPV4}: all`,
      `shop/host > ${IPV6}: all`,
      `${IPV4} > shop/host: all`,
      `${IPV6} > shop/host: all`,
    ]);
  });

  test('as a source they are their node, which only a rule for everybody lets in', () => {
    const ingress = (...from: object[]) => both({ ...app('a'), ingress: [{ from }] }, node);
    expect(ingress(app('host'), { namespaceSelector: {} }, { ipBlock: { cidr: '0.0.0.0/0' } })).toEqual([
      'shop/a > shop/host: all',
    ]);
    expect(ingress()).toHaveLength(2);
  });

  test('as a target they are their node, whose ports have no names', () => {
    const egress = (rule: object) => both({ ...app('a'), policyTypes: ['Egress'], egress: [rule] }, node);
    expect(egress({ to: [app('host')] })).toEqual(['shop/host > shop/a: all']);
    expect(egress({ ports: [{ port: 'http' }] })).toEqual(['shop/host > shop/a: all']);
    expect(egress({ ports: [{ port: 80 }] })).toEqual(['shop/a > shop/host: TCP 80', 'shop/host > shop/a: all']);
  });

  test('are pods like others where that is asked for', () => {
    expect(both({ ...app('host') }, { hostNetwork: 'pod' })).toEqual(['shop/host > shop/a: all']);
    expect(both({ ...app('a'), ingress: [{ from: [app('host')] }] }, { hostNetwork: 'pod' })).toHaveLength(2);
  });

  test('what is assumed of them is said', () => {
    expect(Cluster.from([host]).notes).toEqual([
      {
        code: 'host-network',
        file: 'objects[0]',
        line: 0,
        message:
          'Deployment shop/host: its pods use the network of their node: no policy selects them, and as a peer they are their node, which no selector and no ipBlock matches',
      },
    ]);
    expect(Cluster.from([host], { hostNetwork: 'pod' }).notes).toEqual([]);
    expect(Cluster.from([a]).notes).toEqual([]);
  });
});
