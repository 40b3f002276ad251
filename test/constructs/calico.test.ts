import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import {
  ArgoCdApps,
  Calico,
  CalicoApplication,
  CalicoCniType,
  CalicoCustomResources,
  CalicoDataplane,
  CalicoEncapsulation,
  type CalicoHelmValues,
  type CalicoInstallation,
  CalicoIpamType,
  type CalicoIpPool,
  CalicoNodeAddress,
  type CalicoProps,
  CalicoProvider,
  NetworkingApp,
} from '../../constructs';
import { crdProblems } from '../helpers/crd';
import type { Fields } from '../helpers/fields';
import { find, objectsOf, yamlOf } from '../helpers/synth';

const { FROM_CHART, AS_MANIFESTS } = CalicoCustomResources;
const install = (props?: CalicoProps) => (chart: Chart) => void new Calico(chart, 'calico', props);
const made = (props?: CalicoProps) => objectsOf(install(props));
const source = (props?: CalicoProps): Fields => find(made(props), 'Application', 'calico').spec.source;
const chartValues = (values: CalicoHelmValues): Fields => source({ values }).helm?.valuesObject ?? {};

/** The Installation as the construct writes it, which the chart makes the same out of the same values. */
const written = (values: CalicoHelmValues = {}): Fields =>
  find(made({ values, customResources: AS_MANIFESTS }), 'Installation', 'default').spec;

const EKS: CalicoHelmValues = { installation: { kubernetesProvider: CalicoProvider.EKS } };

const EVERYTHING: CalicoHelmValues = {
  installation: {
    kubernetesProvider: CalicoProvider.RKE2,
    registry: 'registry.example:5000',
    imagePath: 'mirror/calico',
    imagePrefix: 'ci-',
    imagePullSecrets: ['registry-key'],
    cni: { type: CalicoCniType.CALICO, ipam: CalicoIpamType.CALICO },
    calicoNetwork: {
      bgp: true,
      ipPools: [
        {
          cidr: '10.48.0.0/12',
          blockSize: 24,
          disableBgpExport: true,
          encapsulation: CalicoEncapsulation.IPIP_CROSS_SUBNET,
          natOutgoing: false,
          nodeSelector: 'zone == "a"',
        },
        { cidr: 'fd00:10::/64' },
      ],
      mtu: 1440,
      linuxDataplane: CalicoDataplane.BPF,
      hostPorts: false,
      containerIpForwarding: true,
      nodeAddressAutodetectionV4: CalicoNodeAddress.inCidrs('10.0.0.0/8', '192.168.0.0/16'),
      nodeAddressAutodetectionV6: CalicoNodeAddress.firstFound(),
    },
    componentResources: {
      node: { requests: { cpu: '1000m', memory: '2048Mi' }, limits: { memory: '2Gi' } },
      typha: {},
      kubeControllers: { limits: { memory: '0.5Gi' } },
    },
    controlPlaneNodeSelector: { 'kubernetes.io/os': 'linux', pool: 'system' },
    controlPlaneReplicas: 3,
    controlPlaneTolerations: [{ key: 'system', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }],
    fipsMode: false,
    flexVolumePath: 'None',
    nodeMetricsPort: 9091,
    nodeUpdateStrategy: { maxUnavailable: k8s.IntOrString.fromString('10%') },
    nonPrivileged: true,
    serviceCidrs: ['10.96.0.0/12'],
    typhaMetricsPort: 9093,
  },
  apiServer: { enabled: true },
  resources: { requests: { cpu: '0.5' } },
  tolerations: [{ operator: 'Exists' }],
  nodeSelector: { pool: 'system' },
  podAnnotations: { 'example.com/team': 'network' },
  podLabels: { team: 'network' },
  tigeraOperator: { registry: 'registry.example:5000', image: 'mirror/operator', version: 'v1.32.4' },
  calicoctl: { image: 'registry.example:5000/mirror/ctl', tag: 'v3.27.1' },
  kubeletVolumePluginPath: '/data/kubelet',
};

describe('the installation', () => {
  test('on EKS, all by the chart', () => {
    expect(yamlOf(install({ values: EKS }))).toMatchSnapshot();
  });

  test('on EKS, with Installation and APIServer as manifests', () => {
    expect(yamlOf(install({ values: EKS, customResources: AS_MANIFESTS }))).toMatchSnapshot();
  });

  test('with every setting, by the chart', () => {
    const application = CalicoApplication.of({
      name: 'network',
      project: 'platform',
      namespace: { name: 'gitops' },
      destinationServer: 'https://shop.example.com:6443',
      wave: -20,
    });
    expect(yamlOf(install({ values: EVERYTHING, application }))).toMatchSnapshot();
  });

  test('with every setting, as manifests', () => {
    expect(yamlOf(install({ values: EVERYTHING, customResources: AS_MANIFESTS }))).toMatchSnapshot();
  });

  test.each([FROM_CHART, AS_MANIFESTS])('%s: no field that the CRDs do not know, no empty list', (customResources) => {
    const objects = made({ values: EVERYTHING, customResources });
    expect(objects.filter(({ kind }) => kind !== 'Namespace').flatMap(crdProblems)).toEqual([]);
  });

  test('puts the operator where the Pod Security Standards let it use the network of the node', () => {
    expect(made()[0]).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'tigera-operator', labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
    });
  });

  test('puts no namespace on what belongs to the cluster, also when the chart has one', () => {
    const objects = objectsOf(install({ customResources: AS_MANIFESTS }), { namespace: 'shop' });
    expect(objects.map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([
      ['Namespace', undefined],
      ['Application', 'argocd'],
      ['Installation', undefined],
      ['APIServer', undefined],
    ]);
  });
});

describe('Installation and APIServer', () => {
  test('are made by the chart alone, out of its values', () => {
    expect(made({ values: EKS }).map(({ kind }) => kind)).toEqual(['Namespace', 'Application']);
    expect(chartValues(EKS)).toEqual({ installation: { kubernetesProvider: 'EKS' } });
  });

  test('as manifests are what the chart would make, and the chart is told to leave them out', () => {
    const objects = made({ values: EKS, customResources: AS_MANIFESTS });
    const annotations = {
      'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
      'argocd.argoproj.io/sync-wave': '1',
    };
    expect(objects.slice(2)).toEqual([
      {
        apiVersion: 'operator.tigera.io/v1',
        kind: 'Installation',
        metadata: { name: 'default', annotations },
        spec: { kubernetesProvider: 'EKS', kubeletVolumePluginPath: '/var/lib/kubelet' },
      },
      { apiVersion: 'operator.tigera.io/v1', kind: 'APIServer', metadata: { name: 'default', annotations }, spec: {} },
    ]);
    expect(find(objects, 'Application', 'calico').spec.source.helm.valuesObject).toEqual({
      installation: { enabled: false, kubernetesProvider: 'EKS' },
      apiServer: { enabled: false },
    });
  });

  test('are equal whoever writes them', () => {
    const { kubeletVolumePluginPath, installation } = chartValues(EVERYTHING);
    expect({ ...installation, kubeletVolumePluginPath }).toEqual(written(EVERYTHING));
  });

  test('as manifests leave the chart the secrets that pull the image of the operator itself', () => {
    const values = { installation: { imagePullSecrets: ['registry-key'] } };
    expect(source({ values, customResources: AS_MANIFESTS }).helm.valuesObject).toEqual({
      installation: { enabled: false, imagePullSecrets: [{ name: 'registry-key' }] },
      apiServer: { enabled: false },
    });
  });

  test.each([FROM_CHART, AS_MANIFESTS])('%s: no APIServer when it is switched off', (customResources) => {
    const objects = made({ values: { apiServer: { enabled: false } }, customResources });
    expect(objects.map(({ kind }) => kind)).not.toContain('APIServer');
    expect(find(objects, 'Application', 'calico').spec.source.helm.valuesObject.apiServer).toEqual({ enabled: false });
  });
});

describe('the values of the chart', () => {
  test("are left out where they are the chart's own", () => {
    const own: CalicoHelmValues = {
      installation: {},
      apiServer: { enabled: true },
      resources: {},
      tolerations: [
        { operator: 'Exists', effect: 'NoExecute' },
        { effect: 'NoSchedule', operator: 'Exists' },
      ],
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      podAnnotations: {},
      podLabels: {},
      tigeraOperator: { registry: 'quay.io', image: 'tigera/operator', version: 'v1.32.3' },
      calicoctl: { image: 'docker.io/calico/ctl', tag: 'v3.27.0' },
      kubeletVolumePluginPath: '/var/lib/kubelet',
    };
    expect(source({ values: own })).toEqual({
      repoURL: 'https://docs.tigera.io/calico/charts',
      chart: 'tigera-operator',
      targetRevision: 'v3.27.0',
    });
    expect(source({ values: own })).toEqual(source());
  });

  test('are written one by one where they differ', () => {
    expect(chartValues({ tigeraOperator: { registry: 'registry.example', version: 'v1.32.3' } })).toEqual({
      tigeraOperator: { registry: 'registry.example' },
    });
    expect(chartValues({ nodeSelector: { 'kubernetes.io/os': 'linux', pool: 'system' } })).toEqual({
      nodeSelector: { pool: 'system' },
    });
    // Helm takes a list as a whole.
    expect(chartValues({ tolerations: [{ effect: 'NoExecute', operator: 'Exists' }] })).toEqual({
      tolerations: [{ effect: 'NoExecute', operator: 'Exists' }],
    });
  });

  test('keep a label that is called like a method', () => {
    expect(chartValues({ podLabels: { toString: 'a', valueOf: 'b' } })).toEqual({
      podLabels: { toString: 'a', valueOf: 'b' },
    });
  });
});

describe('an IP pool', () => {
  const pool = (given: CalicoIpPool, installation: CalicoInstallation = {}): Fields =>
    written({ installation: { ...installation, calicoNetwork: { ipPools: [given] } } }).calicoNetwork.ipPools[0];

  test('of IPv4 has all that the operator would fill in', () => {
    expect(pool({ cidr: '10.0.0.0/16' })).toEqual({
      cidr: '10.0.0.0/16',
      blockSize: 26,
      disableBGPExport: false,
      encapsulation: 'IPIP',
      natOutgoing: 'Enabled',
      nodeSelector: 'all()',
    });
  });

  test('of IPv6 has all that the operator would fill in', () => {
    expect(pool({ cidr: 'fd00::/64' })).toEqual({
      cidr: 'fd00::/64',
      blockSize: 122,
      disableBGPExport: false,
      encapsulation: 'None',
      natOutgoing: 'Disabled',
      nodeSelector: 'all()',
    });
  });

  test("is not wrapped where the network is not Calico's", () => {
    expect(pool({ cidr: '10.0.0.0/16' }, { kubernetesProvider: CalicoProvider.EKS }).encapsulation).toBe('None');
  });

  test('is written as given', () => {
    const given: CalicoIpPool = {
      cidr: '10.0.0.0/16',
      blockSize: 32,
      disableBgpExport: true,
      encapsulation: CalicoEncapsulation.VXLAN_CROSS_SUBNET,
      natOutgoing: false,
      nodeSelector: 'has(gpu)',
    };
    expect(pool(given)).toEqual({
      cidr: '10.0.0.0/16',
      blockSize: 32,
      disableBGPExport: true,
      encapsulation: 'VXLANCrossSubnet',
      natOutgoing: 'Disabled',
      nodeSelector: 'has(gpu)',
    });
  });
});

test.each<[CalicoNodeAddress, Fields]>([
  [CalicoNodeAddress.firstFound(), { firstFound: true }],
  [CalicoNodeAddress.canReach('8.8.8.8'), { canReach: '8.8.8.8' }],
  [CalicoNodeAddress.canReach('gateway.example.com'), { canReach: 'gateway.example.com' }],
  [CalicoNodeAddress.onInterface('eth.*'), { interface: 'eth.*' }],
  [CalicoNodeAddress.notOnInterface('^br-.*'), { skipInterface: '^br-.*' }],
  [CalicoNodeAddress.inCidrs('10.0.0.0/8'), { cidrs: ['10.0.0.0/8'] }],
  [CalicoNodeAddress.ofNode(), { kubernetes: 'NodeInternalIP' }],
])('%j is one way to find the address of a node', (nodeAddressAutodetectionV4, expected) => {
  const spec = written({ installation: { calicoNetwork: { nodeAddressAutodetectionV4 } } });
  expect(spec.calicoNetwork).toEqual({ nodeAddressAutodetectionV4: expected });
});

test('the registry of the images ends with a slash, which the operator would add', () => {
  expect(written({ installation: { registry: 'registry.example/mirror' } }).registry).toBe('registry.example/mirror/');
});

test('amounts are as an API server writes them', () => {
  const { componentResources } = written(EVERYTHING);
  expect(componentResources).toEqual([
    {
      componentName: 'Node',
      resourceRequirements: { requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '2Gi' } },
    },
    { componentName: 'KubeControllers', resourceRequirements: { limits: { memory: '512Mi' } } },
  ]);
});

test('nodes are replaced by number as well', () => {
  const nodeUpdateStrategy = { maxUnavailable: k8s.IntOrString.fromNumber(3) };
  expect(written({ installation: { nodeUpdateStrategy } }).nodeUpdateStrategy).toEqual({
    rollingUpdate: { maxUnavailable: 3 },
    type: 'RollingUpdate',
  });
});

describe('the Application', () => {
  test('leaves Calico on the cluster when it is removed, and applies CRDs that are too large for kubectl', () => {
    const application = find(made(), 'Application', 'calico');
    expect(application.metadata).toEqual({ name: 'calico', namespace: 'argocd' });
    expect(application.spec.syncPolicy.syncOptions).toEqual(['CreateNamespace=false', 'ServerSideApply=true']);
    expect(application.spec.destination).toEqual({
      server: 'https://kubernetes.default.svc',
      namespace: 'tigera-operator',
    });
    expect(application.spec.project).toBe('default');
  });

  test('can be left out', () => {
    const application = CalicoApplication.NONE;
    expect(made({ application }).map(({ kind }) => kind)).toEqual(['Namespace']);
    expect(made({ application, customResources: AS_MANIFESTS }).map(({ kind }) => kind)).toEqual([
      'Namespace',
      'Installation',
      'APIServer',
    ]);
  });
});

describe('among the apps of Argo CD', () => {
  function appsWith(props: CalicoProps): Fields[] {
    const app = new NetworkingApp();
    const calico = new Calico(new Chart(app, 'calico'), 'calico', { application: CalicoApplication.NONE, ...props });
    const repoUrl = 'https://git.example.com/team/shop.git';
    new ArgoCdApps(app, 'argocd', { repoUrl, apps: [{ ...calico.argoCdApp, wave: -20 }] });
    return app.manifestFiles().find(({ path }) => path === 'argocd/apps.k8s.yaml')?.objects ?? [];
  }

  test.each([FROM_CHART, AS_MANIFESTS])('%s: one Application has chart and manifests', (customResources) => {
    const { metadata, spec } = find(appsWith({ customResources }), 'Application', 'calico');
    expect(metadata).toEqual({
      name: 'calico',
      namespace: 'argocd',
      annotations: { 'argocd.argoproj.io/sync-wave': '-20' },
    });
    expect(spec.sources.map((held: Fields) => held.chart ?? held.directory.include)).toEqual([
      'tigera-operator',
      'calico.k8s.yaml',
    ]);
    expect(spec.syncPolicy.syncOptions).toContain('ServerSideApply=true');
  });

  test.each([FROM_CHART, AS_MANIFESTS])('%s: the project allows what chart and manifests hold', (customResources) => {
    expect(appsWith({ customResources })[0]?.spec).toEqual({
      sourceRepos: ['https://git.example.com/team/shop.git', 'https://docs.tigera.io/calico/charts'],
      destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'tigera-operator' }],
      clusterResourceWhitelist: [
        { group: '', kind: 'Namespace' },
        { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
        { group: 'operator.tigera.io', kind: 'APIServer' },
        { group: 'operator.tigera.io', kind: 'Installation' },
        { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
        { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
      ],
    });
  });

  test('fails when Calico makes an Application itself', () => {
    expect(() => appsWith({ application: CalicoApplication.of() })).toThrow(
      'calico/calico: it makes an Application itself; give application: CalicoApplication.NONE',
    );
  });
});
