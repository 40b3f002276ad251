import { ApiObject, App, Chart, Cron, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ExposedService, NetworkingApp } from '../../constructs';
import { withDefaults } from '../helpers/api-defaults';
import { atomicFields } from '../helpers/atomic';
import type { Fields } from '../helpers/fields';

const CONTAINER = { image: 'registry.example/shop:1.4', portNumber: 8080 };
const TASK = { image: 'registry.example/task:1' };

/** Containers with everything of cdk8s-plus that an API server writes otherwise. */
const FULL = {
  ...CONTAINER,
  resources: {
    cpu: { request: kplus.Cpu.millis(1000), limit: kplus.Cpu.units(2) },
    memory: { request: Size.mebibytes(512), limit: Size.mebibytes(2048) },
    ephemeralStorage: { limit: Size.gibibytes(1024) },
  },
  liveness: kplus.Probe.fromHttpGet('/', { initialDelaySeconds: undefined }),
  envVariables: {
    EMPTY: kplus.EnvValue.fromValue(''),
    IP: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP),
    CPU: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT),
  },
};

/** Every kind of object that cdk8s-plus makes. */
const KINDS: [string, (at: Chart) => void][] = [
  ['a Deployment', (at) => void new kplus.Deployment(at, 'web', { containers: [FULL], initContainers: [TASK] })],
  ['a StatefulSet and its Service', (at) => void new kplus.StatefulSet(at, 'db', { containers: [FULL] })],
  ['a DaemonSet', (at) => void new kplus.DaemonSet(at, 'agent', { containers: [FULL] })],
  ['a Job', (at) => void new kplus.Job(at, 'task', { containers: [TASK] })],
  ['a CronJob', (at) => void new kplus.CronJob(at, 'task', { containers: [TASK], schedule: Cron.daily() })],
  ['a Pod', (at) => void new kplus.Pod(at, 'pod', { containers: [FULL] })],
  ['a Service that selects nothing', (at) => void new kplus.Service(at, 'web', { ports: [{ port: 80 }] })],
  [
    'a load balancer',
    (at) =>
      void new kplus.Service(at, 'web', {
        type: kplus.ServiceType.LOAD_BALANCER,
        ports: [{ port: 53, protocol: kplus.Protocol.UDP, name: 'dns' }],
        selector: new kplus.Deployment(at, 'dns', { containers: [CONTAINER] }),
      }),
  ],
  ['an empty ConfigMap', (at) => void new kplus.ConfigMap(at, 'settings', { data: {} })],
  ['an empty Secret', (at) => void new kplus.Secret(at, 'secret')],
  ['a ServiceAccount', (at) => void new kplus.ServiceAccount(at, 'account')],
  ['a Namespace', (at) => void new kplus.Namespace(at, 'namespace')],
  [
    'an Ingress',
    (at) => {
      const service = new kplus.Service(at, 'web', { ports: [{ port: 80 }] });
      new kplus.Ingress(at, 'ingress').addRule('/', kplus.IngressBackend.fromService(service));
    },
  ],
  [
    'volumes',
    (at) => {
      const claim = new kplus.PersistentVolumeClaim(at, 'claim', { storage: Size.gibibytes(1024) });
      new kplus.AwsElasticBlockStorePersistentVolume(at, 'disk', { volumeId: 'v', storage: Size.gibibytes(2048) });
      const web = new kplus.Deployment(at, 'web', { containers: [FULL] });
      const [container] = web.containers;
      container?.mount('/data', kplus.Volume.fromPersistentVolumeClaim(at, 'data', claim));
      container?.mount('/tmp', kplus.Volume.fromEmptyDir(at, 'tmp', 'tmp', { sizeLimit: Size.mebibytes(1024) }));
      container?.mount('/host', kplus.Volume.fromHostPath(at, 'host', 'host', { path: '/var' }));
    },
  ],
  [
    'an autoscaler',
    (at) => {
      const target = new kplus.Deployment(at, 'web', { containers: [FULL] });
      const metrics = [kplus.Metric.resourceMemory(kplus.MetricTarget.averageValue(1500))];
      new kplus.HorizontalPodAutoscaler(at, 'scaler', { target, maxReplicas: 3, metrics });
    },
  ],
  [
    'roles',
    (at) => {
      const role = new kplus.ClusterRole(at, 'nothing');
      new kplus.ClusterRole(at, 'pods').allowRead(kplus.ApiResource.PODS);
      new kplus.Role(at, 'own').allowRead(kplus.ApiResource.PODS);
      new kplus.RoleBinding(at, 'nobody', { role });
      new kplus.ClusterRoleBinding(at, 'somebody', { role }).addSubjects(new kplus.ServiceAccount(at, 'account'));
    },
  ],
  [
    'policies',
    (at) => {
      const web = new kplus.Deployment(at, 'web', { containers: [CONTAINER] });
      web.connections.allowFrom(new kplus.Job(at, 'task', { containers: [TASK] }));
      new kplus.NetworkPolicy(at, 'deny', {
        selector: web,
        egress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
      });
    },
  ],
];

/** What two kinds of app write of a chart that is filled by `make`. */
function written(make: (at: Chart) => void): { readonly ours: Fields[]; readonly theirs: Fields[]; raw: Fields[] } {
  const chartOf = (app: App) => {
    const chart = new Chart(app, 'chart', { namespace: 'shop' });
    make(chart);
    return chart;
  };
  const app = new NetworkingApp();
  chartOf(app);
  const raw = chartOf(new App());
  const normalized = chartOf(new App());
  NetworkingApp.normalize(normalized);
  const ours = app.manifestFiles().flatMap(({ objects }) => objects);
  return { ours, theirs: normalized.toJson(), raw: raw.toJson() };
}

const one = (object: object): Fields => {
  const { ours } = written((at) => void new ApiObject(at, 'one', object as never));
  return ours[0] ?? {};
};

describe('an API server drops nothing, rewrites nothing, and adds to nothing that it keeps whole, of', () => {
  test.each(KINDS)('%s of cdk8s-plus', (_, make) => {
    const { ours } = written(make);
    expect(ours.length).toBeGreaterThan(0);
    for (const object of ours) {
      const live = withDefaults(object);
      expect(live).toMatchObject(object);
      const [inManifest, onCluster] = [atomicFields(object), atomicFields(live)];
      expect(new Map([...onCluster].filter(([path]) => inManifest.has(path)))).toEqual(inManifest);
    }
  });
});

describe('as it was, but for that, is', () => {
  test.each(KINDS)('%s of cdk8s-plus', (_, make) => {
    const { ours, raw } = written(make);
    expect(ours.map(withDefaults)).toEqual(raw.map(withDefaults));
    const keys = (value: unknown): string[][] =>
      typeof value === 'object' && value !== null
        ? [Array.isArray(value) ? [] : Object.keys(value), ...Object.values(value).flatMap(keys)]
        : [];
    for (const { apiVersion, kind, metadata, ...rest } of ours) {
      expect(keys([metadata, rest])).toEqual(keys([metadata, rest]).map((names) => [...names].sort()));
    }
  });

  test('the order of keys that were not in the order of the alphabet', () => {
    process.env.CDK8S_DISABLE_SORT = 'true';
    try {
      const object = one({
        apiVersion: 'v1',
        kind: 'Service',
        spec: { type: 'ClusterIP', ports: [], clusterIP: 'None' },
      });
      expect(Object.keys(object.spec)).toEqual(['type', 'clusterIP']);
    } finally {
      delete process.env.CDK8S_DISABLE_SORT;
    }
  });

  test('what a CustomResourceDefinition defines, and what holds objects of any kind', () => {
    const route = { parentRefs: [], rules: [{ matches: [], timeouts: {} }] };
    const kinds = [
      ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
      ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
      ['policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy'],
      ['v1', 'List'],
    ];
    for (const [apiVersion, kind] of kinds) {
      expect(one({ apiVersion, kind, spec: route }).spec).toEqual(route);
    }
  });
});

describe('with cdk8s’ own App, NetworkingApp.normalize has', () => {
  test.each(KINDS)('%s written as a NetworkingApp does', (_, make) => {
    const { ours, theirs } = written(make);
    const byName = (objects: Fields[]) =>
      new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]));
    expect(byName(theirs)).toEqual(byName(ours));
  });

  test('what is made later written so too, and what stands beside it as cdk8s writes it', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const [inside, outside] = [new Construct(chart, 'inside'), new Construct(chart, 'outside')];
    NetworkingApp.normalize(inside);
    NetworkingApp.normalize(inside);
    for (const at of [inside, outside]) {
      new kplus.Service(at, 'web', { ports: [{ port: 80 }], metadata: { name: at.node.id } });
    }
    const text = app.synthYaml();
    expect(text.match(/externalIPs/g)).toHaveLength(1);
    expect(text).toMatch(/name: outside\nspec:\n {2}externalIPs/);
  });
});

test('a workload that is exposed is written without what an API server leaves out', () => {
  const { ours } = written((at) => {
    const workload = new kplus.Deployment(at, 'web', { containers: [FULL], metadata: { name: 'web' } });
    new ExposedService(at, 'shop', { workload });
  });
  const text = JSON.stringify(ours);
  expect(text).not.toMatch(/hostNetwork|minReadySeconds|externalIPs|1000m|2048Mi/);
  expect(text).toContain('"limits":{"cpu":"2","ephemeral-storage":"1Ti","memory":"2Gi"}');
});

describe('of an object that is written by hand', () => {
  test('null that a patch leaves is left out', () => {
    const app = new NetworkingApp();
    const chart = new Chart(app, 'chart');
    const map = new ApiObject(chart, 'map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'map' },
      ...{ data: { a: 'b' } },
    });
    map.addJsonPatch(JsonPatch.add('/metadata/annotations', null));
    expect(app.manifestFiles()[0]?.objects).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'map' }, data: { a: 'b' } },
    ]);
  });

  test.each([
    [
      'a StatefulSet has its claims as an API server keeps them, in one value',
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        spec: {
          replicas: 0,
          selector: {},
          template: { spec: {} },
          volumeClaimTemplates: [
            { metadata: { name: 'data' }, spec: { resources: { requests: { storage: '1024Mi' } } } },
          ],
        },
      },
      {
        replicas: 0,
        selector: {},
        template: { spec: {} },
        volumeClaimTemplates: [
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { name: 'data' },
            spec: { resources: { requests: { storage: '1Gi' } }, volumeMode: 'Filesystem' },
            status: { phase: 'Pending' },
          },
        ],
      },
    ],
    [
      'a policy names the protocol of its ports, and keeps selectors that are empty',
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        spec: {
          podSelector: { matchLabels: {} },
          ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }, {}],
        },
      },
      { ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80, protocol: 'TCP' }] }, {}], podSelector: {} },
    ],
    [
      'a Pod keeps false and 0 where they are not the same as nothing',
      {
        apiVersion: 'v1',
        kind: 'Pod',
        spec: {
          automountServiceAccountToken: false,
          hostPID: false,
          terminationGracePeriodSeconds: 0,
          volumes: [{ name: 'tmp', emptyDir: {} }],
          containers: [
            {
              name: 'a',
              resources: { limits: { cpu: 1, memory: '1e3', 'example.com/gpu': '2000' }, requests: {} },
              tty: false,
            },
          ],
        },
      },
      {
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 0,
        volumes: [{ name: 'tmp', emptyDir: {} }],
        containers: [{ name: 'a', resources: { limits: { cpu: '1', memory: '1e3', 'example.com/gpu': '2k' } } }],
      },
    ],
  ])('%s', (_, given, spec) => {
    expect(one(given).spec).toEqual(spec);
  });
});
