import { Cluster, type ClusterOptions, type Workload, type WorkloadKind } from '../../../analysis';
import { OPERATED } from '../../../analysis/connectivity/read/operators';
import { kindOf } from '../../../analysis/manifest/kinds';
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
    expect(names([{ apiVersion: 'example.com/v1', kind: 'StatefulSet', metadata: { name: 'a' } }])).toEqual([]);
    expect(
      names([{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } }]),
    ).toEqual([]);
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
    expect(names([pod('a', {}, owner('example.com/v1', 'Fleet', 's'))])).toEqual(['shop/Pod/a']);
  });

  test('the group of the kind of an owner does not matter', () => {
    expect(names([pod('a', {}, owner('extensions/v1beta1', 'DaemonSet', 'agent'))])).toEqual(['shop/DaemonSet/agent']);
    expect(
      names([replicaSet('r', {}, owner('extensions/v1beta1', 'Deployment', 'web')), deployment('shop/web')]),
    ).toEqual(['shop/Deployment/web']);
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

describe('owners of other makers', () => {
  const selecting = (key: string, value: string) =>
    policy('shop/deny', { podSelector: { matchLabels: { [key]: value } } });
  const closes = (object: object, key: string, value: string) =>
    inside([object, deployment('other/z'), selecting(key, value)]).every((line) => line.startsWith('shop/'));

  test.each<[WorkloadKind, string, object]>([
    ['Rollout', 'argoproj.io/v1alpha1', { template: template({ app: 'a' }) }],
    ['DeploymentConfig', 'apps.openshift.io/v1', { template: template({ app: 'a' }) }],
    ['DeploymentConfig', 'v1', { template: template({ app: 'a' }) }],
    ['CloneSet', 'apps.kruise.io/v1alpha1', { template: template({ app: 'a' }) }],
    ['StatefulSet', 'apps.kruise.io/v1beta1', { template: template({ app: 'a' }) }],
    ['DaemonSet', 'apps.kruise.io/v1alpha1', { template: template({ app: 'a' }) }],
    ['BroadcastJob', 'apps.kruise.io/v1alpha1', { template: template({ app: 'a' }) }],
    [
      'AdvancedCronJob',
      'apps.kruise.io/v1alpha1',
      { template: { jobTemplate: { spec: { template: template({ app: 'a' }) } } } },
    ],
    ['ScaledJob', 'keda.sh/v1alpha1', { jobTargetRef: { template: template({ app: 'a' }) } }],
    ['Service', 'serving.knative.dev/v1', { template: template({ app: 'a' }) }],
    ['VirtualMachine', 'kubevirt.io/v1', { template: template({ app: 'a' }) }],
    ['VirtualMachineInstanceReplicaSet', 'kubevirt.io/v1', { template: template({ app: 'a' }) }],
  ])('%s of %s: policies see the labels of the template', (kind, apiVersion, spec) => {
    const object = { apiVersion, kind, metadata: { ...meta('w'), labels: { app: 'b' } }, spec };
    expect(names([object])).toEqual([`shop/${kind}/w`]);
    expect(closes(object, 'app', 'a')).toBe(true);
    expect(closes(object, 'app', 'b')).toBe(false);
  });

  test('VirtualMachineInstance: policies see its own labels', () => {
    const object = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachineInstance', metadata: meta('w'), spec: {} };
    expect(closes({ ...object, metadata: { ...meta('w'), labels: { app: 'a' } } }, 'app', 'a')).toBe(true);
  });

  test.each<[string, string, string, string]>([
    ['serving.knative.dev/v1', 'Service', 'serving.knative.dev/service', 'w'],
    ['kubevirt.io/v1', 'VirtualMachine', 'vm.kubevirt.io/name', 'w'],
    ['kubevirt.io/v1', 'VirtualMachine', 'kubevirt.io', 'virt-launcher'],
    ['apps.openshift.io/v1', 'DeploymentConfig', 'deploymentconfig', 'w'],
  ])('of %s: a %s gives its pods the label %s', (apiVersion, kind, key, value) => {
    const object = { apiVersion, kind, metadata: meta('w'), spec: { template: template({}) } };
    expect(closes(object, key, value)).toBe(true);
  });

  test('the interfaces of a virtual machine name its ports', () => {
    const interfaces = [{ name: 'default', ports: [{ name: 'http', port: 8080 }] }];
    const vm = {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachine',
      metadata: meta('vm'),
      spec: { template: { metadata: {}, spec: { domain: { devices: { interfaces } } } } },
    };
    expect(
      inside([
        vm,
        deployment('other/z'),
        policy('shop/p', { podSelector: {}, ingress: [{ ports: [{ port: 'http' }] }] }),
      ]),
    ).toContain('other/z > shop/vm: TCP 8080');
  });

  describe('a Rollout', () => {
    const rollout = (spec: object) => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: meta('web'),
      spec,
    });
    const referring = rollout({ workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'base' } });

    test('owns its ReplicaSets and their pods', () => {
      const byRollout = owner('argoproj.io/v1alpha1', 'Rollout', 'web');
      const objects = [pod('web-1-x', {}, owner('apps/v1', 'ReplicaSet', 'web-1')), replicaSet('web-1', {}, byRollout)];
      expect(names([rollout({ template: template({}) }), ...objects])).toEqual(['shop/Rollout/web']);
    });

    test('takes the template of the workload that it refers to', () => {
      const objects = [referring, deployment('shop/base', { app: 'a' }), deployment('other/z')];
      expect(names(objects)).toEqual(['other/Deployment/z', 'shop/Deployment/base', 'shop/Rollout/web']);
      const open = inside([...objects, selecting('app', 'a')]);
      expect(open.filter((line) => / > shop/.test(line))).toEqual([]);
    });

    test('whose workload is missing is said to have pods that nobody shows', () => {
      const { notes, workloads } = clusterOf([referring]);
      expect(workloads).toEqual([]);
      expect(notes.map(({ message }) => message)).toEqual([
        'Rollout shop/web: its pods are those of Deployment base, which no manifest shows',
      ]);
    });

    test('marks the pods of a canary: what they may do, it may', () => {
      const spec = {
        template: template({ app: 'a' }),
        strategy: { canary: { canaryMetadata: { labels: { role: 'canary' } } } },
      };
      const db = deployment('shop/db', { app: 'db' });
      const onlyCanary = policy('shop/db', {
        ...app('db'),
        ingress: [{ from: [{ podSelector: { matchLabels: { role: 'canary' } } }] }],
      });
      expect(inside([rollout(spec), db, onlyCanary])).toContain('shop/web > shop/db: all');
    });
  });

  test('a Deployment of a revision counts as the Knative Service', () => {
    const of = (kind: string, name: string, by?: object) => ({
      apiVersion: 'serving.knative.dev/v1',
      kind,
      metadata: meta(name, by),
      spec: { template: template({}) },
    });
    const knative = (kind: string, name: string) => owner('serving.knative.dev/v1', kind, name);
    const objects = [
      { ...deployment('shop/web-1'), metadata: meta('web-1', knative('Revision', 'web-1')) },
      of('Revision', 'web-1', knative('Configuration', 'web')),
      of('Configuration', 'web', knative('Service', 'web')),
    ];
    expect(names([...objects, of('Service', 'web')])).toEqual(['shop/Service/web']);
    expect(names(objects)).toEqual(['shop/Service/web']);
  });

  test('a virtual machine owns its instance and the pod that runs it', () => {
    const instance = (by: object) => ({
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstance',
      metadata: meta('vm', by),
      spec: {},
    });
    const launcher = pod('virt-launcher-vm-x', {}, owner('kubevirt.io/v1', 'VirtualMachineInstance', 'vm'));
    expect(names([launcher, instance(owner('kubevirt.io/v1', 'VirtualMachine', 'vm'))])).toEqual([
      'shop/VirtualMachine/vm',
    ]);
  });
});

describe('pods that an operator makes', () => {
  const prometheus = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name: 'k8s', namespace: 'monitoring' },
    spec: { podMetadata: { labels: { team: 'ops' } } },
  };
  const fromPods = (labels: Record<string, string>, peer: object = {}) =>
    policy('monitoring/grafana', {
      podSelector: { matchLabels: { app: 'grafana' } },
      ingress: [{ from: [{ podSelector: { matchLabels: labels }, ...peer }] }],
    });
  const said = (...objects: object[]) =>
    clusterOf([prometheus, ...objects])
      .notes.filter(({ code }) => code === 'missing-pods')
      .map(({ message }) => message);

  test('are said to be missing where a policy means them', () => {
    expect(said(fromPods({ 'app.kubernetes.io/name': 'prometheus' }))).toEqual([
      'Prometheus monitoring/k8s: no manifest shows the pods that its operator makes, with team=ops, app.kubernetes.io/instance=k8s, app.kubernetes.io/managed-by=prometheus-operator, app.kubernetes.io/name=prometheus, prometheus=k8s; NetworkPolicy monitoring/grafana seems to mean them',
    ]);
    // It may have any other label.
    expect(said(fromPods({ prometheus: 'k8s', tier: 'x' }))).toHaveLength(1);
    expect(said(fromPods({ team: 'ops' }))).toHaveLength(1);
  });

  test('are said to be missing where a policy asks only that they have a label', () => {
    const asks = (operator: string) =>
      policy('monitoring/grafana', {
        podSelector: { matchLabels: { app: 'grafana' } },
        ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: 'prometheus', operator }] } }] }],
      });
    expect(said(asks('Exists'))).toHaveLength(1);
    expect(said(asks('DoesNotExist'))).toEqual([]);
  });

  test('are said to be missing where a Service selects them', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'prometheus', namespace: 'monitoring' },
      spec: { selector: { prometheus: 'k8s' }, ports: [{ port: 9090 }] },
    };
    expect(said(service)).toHaveLength(1);
  });

  test('are not spoken of where nothing means them', () => {
    expect(said()).toEqual([]);
    expect(said(fromPods({ prometheus: 'other' }))).toEqual([]);
    expect(said(fromPods({ tier: 'x' }))).toEqual([]);
    expect(said(fromPods({}))).toEqual([]);
    const elsewhere = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } };
    expect(said(fromPods({ prometheus: 'k8s' }, elsewhere))).toEqual([]);
  });

  test('are not missing where a manifest shows them', () => {
    const labels = {
      team: 'ops',
      'app.kubernetes.io/instance': 'k8s',
      'app.kubernetes.io/managed-by': 'prometheus-operator',
      'app.kubernetes.io/name': 'prometheus',
      prometheus: 'k8s',
    };
    const shown = deployment('monitoring/prometheus-k8s', labels);
    expect(said(fromPods({ prometheus: 'k8s' }), shown)).toEqual([]);
  });

  test('all kinds of operators are read', () => {
    for (const key of OPERATED) {
      const [group, kind] = key.split('/');
      expect(kindOf(`${group}/v1`, kind as string)).toBeDefined();
    }
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

  test('as a source they are their node, which no selector lets in', () => {
    const ingress = (...from: object[]) => both({ ...app('a'), ingress: [{ from }] }, node);
    expect(ingress(app('host'), { namespaceSelector: {} })).toEqual(['shop/a > shop/host: all']);
    expect(ingress()).toHaveLength(2);
  });

  describe('are let in by an ipBlock', () => {
    const from = (cidr: string, more: readonly object[] = [], options: ClusterOptions = {}, except: string[] = []) =>
      inside(
        [host, a, policy('shop/p', { ...app('a'), ingress: [{ from: [{ ipBlock: { cidr, except } }] }] }), ...more],
        options,
      ).includes('shop/host > shop/a: all');
    const nodeObject = (name: string, address: string) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name },
      status: {
        addresses: [
          { type: 'Hostname', address: name },
          { type: 'InternalIP', address },
        ],
      },
    });

    test('that holds all of IPv4 or IPv6', () => {
      expect(from('0.0.0.0/0')).toBe(true);
      expect(from('::/0')).toBe(true);
      expect(from('0.0.0.0/0', [], {}, ['10.0.0.0/8'])).toBe(false);
    });

    test('that holds all nodes which are known by Node objects or by their addresses', () => {
      const nodes = [nodeObject('a', '10.1.0.1'), nodeObject('b', '10.2.0.1')];
      expect(from('10.0.0.0/8', nodes)).toBe(true);
      expect(from('10.1.0.0/16', nodes)).toBe(false);
      expect(from('10.0.0.0/8', [], { nodes: ['10.1.0.0/16', '10.2.0.1'] })).toBe(true);
      expect(from('10.1.0.0/16', [], { nodes: ['10.1.0.0/16', '10.2.0.1'] })).toBe(false);
    });

    test('and where nobody knows, they are not, and that is said', () => {
      expect(from('10.0.0.0/8')).toBe(false);
      const block = policy('shop/p', { ...app('a'), ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] });
      const cluster = clusterOf([host, a, block]);
      expect(cluster.notes.map(({ code, message }) => `${code}: ${message}`)).toContain(
        'unknown-node: NetworkPolicy shop/p: whether the addresses of ingress rule 1 hold the nodes of pods with hostNetwork is not known, and they are taken not to; give --nodes',
      );
      const [source, target] = [cluster.find('shop/host')[0], cluster.find('shop/a')[0]];
      expect(cluster.doubts(source as Workload, target as Workload)).toContainEqual({
        hangsOn: ['nodes'],
        ports: 'all',
      });
      expect(clusterOf([host, a, block], { nodes: ['192.0.2.0/24'] }).notes).toHaveLength(1);
    });

    test('fails for nodes that are no addresses', () => {
      expect(() => from('10.0.0.0/8', [], { nodes: ['node-1'] })).toThrow(RangeError);
    });
  });

  describe('and pods, where the network plugin lets an ipBlock match them', () => {
    const pod = (name: string, ip?: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'shop', labels: { app: name } },
      ...(ip === undefined ? {} : { status: { podIP: ip } }),
    });
    const to = (cidr: string) =>
      policy('shop/p', { ...app('x'), policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr } }] }] });
    const open = (cidr: string, options: ClusterOptions, ip?: string) =>
      inside([pod('x'), pod('y', ip), to(cidr)], options).includes('shop/x > shop/y: all');
    const everywhere = { ipBlocks: 'everywhere' } as const;

    test('are matched by their addresses, and by all of IPv4', () => {
      expect(open('10.42.1.9/32', everywhere, '10.42.1.9')).toBe(true);
      expect(open('10.42.1.9/32', everywhere, '10.42.1.8')).toBe(false);
      expect(open('10.42.1.9/32', everywhere)).toBe(false);
      expect(open('0.0.0.0/0', everywhere)).toBe(true);
      expect(open('10.42.1.9/32', {}, '10.42.1.9')).toBe(false);
      expect(open('0.0.0.0/0', { ipBlocks: 'outside' })).toBe(false);
    });

    test('and what hangs on it is known, unless the plugin is', () => {
      const doubts = (options: ClusterOptions) => {
        const cluster = clusterOf([pod('x'), pod('y'), to('0.0.0.0/0')], options);
        return cluster.doubts(cluster.find('x')[0] as Workload, cluster.find('y')[0] as Workload);
      };
      expect(doubts({})).toEqual([{ hangsOn: ['ip-blocks'], ports: 'all' }]);
      expect(doubts({ ipBlocks: 'outside' })).toEqual([]);
      expect(doubts(everywhere)).toEqual([]);
    });
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
          'Deployment shop/host: its pods use the network of their node: no policy selects them, and as a peer they are their node, which no selector matches, and an ipBlock if it holds the address of the node',
      },
    ]);
    expect(Cluster.from([host], { hostNetwork: 'pod' }).notes).toEqual([]);
    expect(Cluster.from([a]).notes).toEqual([]);
  });
});

test('a template says which field was meant, also of a kind of which not all fields are known', () => {
  const messages = (apiVersion: string, kind: string, of: object) =>
    Cluster.from([{ apiVersion, kind, metadata: meta('x'), spec: { template: of } }]).problems.map(
      ({ message }) => message,
    );
  expect(
    messages('serving.knative.dev/v1', 'Service', {
      metadata: { lables: { app: 'web' } },
      spec: { hostNetwrok: true, containerConcurrency: 1, timeoutSeconds: 2, containers: [] },
    }),
  ).toEqual([
    'Service shop/x: spec.template.metadata.lables is no field of this kind; did you mean labels?',
    'Service shop/x: spec.template.spec.hostNetwrok is no field of this kind; did you mean hostNetwork?',
  ]);
  expect(
    messages('kubevirt.io/v1', 'VirtualMachine', {
      metadata: { label: {} },
      spec: { domain: {}, networks: [], volumes: [], accessCredentials: [] },
    }),
  ).toEqual(['VirtualMachine shop/x: spec.template.metadata.label is no field of this kind; did you mean labels?']);
});
