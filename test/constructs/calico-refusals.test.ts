import {
  Calico,
  CalicoApplication,
  CalicoCniType,
  CalicoCustomResources,
  CalicoDataplane,
  CalicoEncapsulation,
  CalicoIpamType,
  CalicoNodeAddress,
  type CalicoProps,
  CalicoProvider,
} from '../../constructs';
import { refusal } from '../helpers/synth';

const { IPIP, NONE, VXLAN } = CalicoEncapsulation;
const { EKS, AKS, GKE } = CalicoProvider;
const object = `give an object such as { key: 'value' }`;
const label = 'give a name such as "app" or "example.com/app"';
const vpc = { type: CalicoCniType.AMAZON_VPC };
const own = { type: CalicoCniType.CALICO };
const cidr = '10.0.0.0/16';

const ofProps: [string, unknown, string][] = [
  ['props as text', 'eks', `props is "eks"; ${object}`],
  ['a prop that nobody knows', { provider: EKS }, 'provider is not known; give values, customResources, application'],
  [
    'unknown custom resources',
    { customResources: 'both' },
    'customResources is "both"; give one of "from-chart", "as-manifests"',
  ],
  [
    'an application as an object',
    { application: {} },
    'application is an object; give CalicoApplication.of() or CalicoApplication.NONE',
  ],
  [
    'the name of an application with a space',
    { application: CalicoApplication.of({ name: 'my calico' }) },
    'application.name is "my calico"; use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends',
  ],
  [
    'the namespace of an application as text',
    { application: CalicoApplication.of({ namespace: 'argocd' as never }) },
    `application.namespace is "argocd"; give a namespace such as { name: 'shop' }`,
  ],
  [
    'a cluster without https',
    { application: CalicoApplication.of({ destinationServer: 'shop' }) },
    'application.destinationServer is "shop"; give the URL of an API server such as "https://kubernetes.default.svc"',
  ],
  [
    'half a wave',
    { application: CalicoApplication.of({ wave: 0.5 }) },
    'application.wave is 0.5; give an integer from -1000 to 1000',
  ],
  ['values as text', { values: 'a: 1' }, `values is "a: 1"; ${object}`],
  [
    'two things at once, both named',
    { customResources: 'both', application: null },
    '\n  customResources is "both"; give one of "from-chart", "as-manifests"\n  application is null; give CalicoApplication.of() or CalicoApplication.NONE',
  ],
];

const ofValues: [string, object, string][] = [
  [
    'private keys',
    { certs: { node: { key: 'x' } } },
    'certs holds keys or passwords, which a manifest makes public; leave it out, the operator makes certificates itself',
  ],
  [
    'passwords of registries',
    { imagePullSecrets: { registry: 'x' } },
    'imagePullSecrets holds keys or passwords, which a manifest makes public; leave it out, name Secrets that are on the cluster in installation.imagePullSecrets',
  ],
  [
    'a value that the chart does not know',
    { toString: 'x' },
    'toString is not known; give installation, apiServer, resources, tolerations, nodeSelector, podAnnotations, podLabels, tigeraOperator, calicoctl, kubeletVolumePluginPath',
  ],
  ['an API server as a switch', { apiServer: true }, `apiServer is true; ${object}`],
  ['a switch as text', { apiServer: { enabled: 'no' } }, 'apiServer.enabled is "no"; give true or false'],
  ['resources as text', { resources: '1Gi' }, `resources is "1Gi"; ${object}`],
  [
    'an amount with a wrong unit',
    { resources: { limits: { memory: '1GB' } } },
    'resources.limits.memory is "1GB"; give a quantity as text, such as "250m" or "64Mi"',
  ],
  [
    'no tolerations at all',
    { tolerations: [] },
    'tolerations is empty; give a list such as [{ operator: "Exists" }], or leave it out',
  ],
  [
    'a toleration of an unknown effect',
    { tolerations: [{ effect: 'Never' }] },
    'tolerations[0].effect is "Never"; give one of "NoSchedule", "PreferNoSchedule", "NoExecute"',
  ],
  [
    'a toleration of an unknown operator',
    { tolerations: [{ operator: 'In' }] },
    'tolerations[0].operator is "In"; give one of "Equal", "Exists"',
  ],
  [
    'a toleration of a key that is no text',
    { tolerations: [{ key: 1 }] },
    'tolerations[0].key is 1; give a name such as "app" or "example.com/app"',
  ],
  [
    'a toleration of nothing, which an API server takes for a mistake',
    { tolerations: [{ effect: 'NoSchedule' }] },
    'tolerations[0].key is missing; give one, or operator: "Exists" for every taint',
  ],
  [
    'a toleration of every value that names one',
    { tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] },
    'tolerations[0].value is "b"; with the operator "Exists" leave it out',
  ],
  [
    'a toleration for some seconds of what drives no Pod out',
    { tolerations: [{ key: 'a', effect: 'NoSchedule', tolerationSeconds: 5 }] },
    'tolerations[0].tolerationSeconds is 5; only the effect "NoExecute" knows it',
  ],
  [
    'a toleration for less than a second',
    { tolerations: [{ tolerationSeconds: -1 }] },
    'tolerations[0].tolerationSeconds is -1; give an integer from 0 to 9007199254740991',
  ],
  ['a node selector as a list', { nodeSelector: [] }, `nodeSelector is a list; ${object}`],
  ['a label with a space', { podLabels: { 'a b': 'c' } }, `podLabels: the key is "a b"; ${label}`],
  [
    'an annotation that is no text',
    { podAnnotations: { a: true } },
    'podAnnotations: "a" is true; an annotation is text, write "true"',
  ],
  [
    'a registry with a scheme',
    { tigeraOperator: { registry: 'https://registry.example' } },
    'tigeraOperator.registry is "https://registry.example"; give a registry such as "registry.example:5000/mirror", without scheme and final "/"',
  ],
  [
    'an image with its tag',
    { tigeraOperator: { image: 'tigera/operator:v1' } },
    'tigeraOperator.image is "tigera/operator:v1"; give the path and name of an image such as "tigera/operator"',
  ],
  [
    'a tag with a space',
    { tigeraOperator: { version: 'v 1' } },
    'tigeraOperator.version is "v 1"; give the tag of an image such as "v1.32.3"',
  ],
  ['an empty tag', { calicoctl: { tag: '' } }, 'calicoctl.tag is ""; give the tag of an image such as "v1.32.3"'],
  [
    'an image with a space',
    { calicoctl: { image: 'my ctl' } },
    'calicoctl.image is "my ctl"; give registry, path and name of an image such as "docker.io/calico/ctl"',
  ],
  [
    'a folder without its root',
    { kubeletVolumePluginPath: 'var/lib/kubelet' },
    'kubeletVolumePluginPath is "var/lib/kubelet"; give a path from the root such as "/var/lib/kubelet", or "None"',
  ],
];

const ofInstallation: [string, object, string][] = [
  [
    'an unknown provider',
    { kubernetesProvider: 'eks' },
    'kubernetesProvider is "eks"; give one of "AKS", "DockerEnterprise", "EKS", "GKE", "OpenShift", "RKE2"',
  ],
  [
    'a registry with a final slash',
    { registry: 'quay.io/' },
    'registry is "quay.io/"; give a registry such as "registry.example:5000/mirror", without scheme and final "/"',
  ],
  [
    'a path of images from the root',
    { imagePath: '/mirror' },
    'imagePath is "/mirror"; give a path such as "mirror/calico"',
  ],
  [
    'a prefix of images with a slash',
    { imagePrefix: 'a/' },
    'imagePrefix is "a/"; give the beginning of a name such as "calico-"',
  ],
  [
    'secrets as objects',
    { imagePullSecrets: [{ name: 'a' }] },
    'imagePullSecrets[0] is an object; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
  ],
  ['plugins without a type', { cni: {} }, 'cni.type is missing'],
  [
    'an unknown plugin',
    { cni: { type: 'Cilium' } },
    'cni.type is "Cilium"; give one of "Calico", "GKE", "AmazonVPC", "AzureVNET"',
  ],
  [
    'an unknown plugin for addresses',
    { cni: { type: 'Calico', ipam: 'DHCP' } },
    'cni.ipam is "DHCP"; give one of "Calico", "HostLocal", "AmazonVPC", "AzureVNET"',
  ],
  [
    'a switch of the network as text',
    { calicoNetwork: { bgp: 'Enabled' } },
    'calicoNetwork.bgp is "Enabled"; give true or false',
  ],
  ['host ports as a number', { calicoNetwork: { hostPorts: 1 } }, 'calicoNetwork.hostPorts is 1; give true or false'],
  [
    "forwarding in the operator's spelling",
    { calicoNetwork: { containerIPForwarding: true } },
    'calicoNetwork.containerIPForwarding is not known; give bgp, ipPools, mtu, linuxDataplane, hostPorts, containerIpForwarding, nodeAddressAutodetectionV4, nodeAddressAutodetectionV6',
  ],
  [
    'forwarding as text',
    { calicoNetwork: { containerIpForwarding: 'yes' } },
    'calicoNetwork.containerIpForwarding is "yes"; give true or false',
  ],
  ['an MTU of 0', { calicoNetwork: { mtu: 0 } }, 'calicoNetwork.mtu is 0; give an integer from 576 to 65535'],
  [
    'an unknown dataplane',
    { calicoNetwork: { linuxDataplane: 'eBPF' } },
    'calicoNetwork.linuxDataplane is "eBPF"; give one of "Iptables", "BPF", "VPP"',
  ],
  [
    'an unknown component',
    { componentResources: { apiServer: {} } },
    'componentResources.apiServer is not known; give node, typha, kubeControllers',
  ],
  [
    'a request above the limit',
    { componentResources: { node: { requests: { cpu: '2' }, limits: { cpu: '1500m' } } } },
    'componentResources.node.requests.cpu is "2"; give at most the limit, "1500m"',
  ],
  ['nodes as text', { controlPlaneNodeSelector: 'a=b' }, `controlPlaneNodeSelector is "a=b"; ${object}`],
  [
    'control plane on Windows',
    { controlPlaneNodeSelector: { 'kubernetes.io/os': 'windows' } },
    'controlPlaneNodeSelector: "kubernetes.io/os" is "windows"; these components run on Linux, give "linux"',
  ],
  ['no replica', { controlPlaneReplicas: 0 }, 'controlPlaneReplicas is 0; give an integer from 1 to 1000'],
  [
    'tolerations as one',
    { controlPlaneTolerations: { operator: 'Exists' } },
    'controlPlaneTolerations is an object; give a list such as [{ operator: "Exists" }], or leave it out',
  ],
  ["FIPS in the operator's words", { fipsMode: 'Enabled' }, 'fipsMode is "Enabled"; give true or false'],
  [
    'drivers in a folder without its root',
    { flexVolumePath: 'usr' },
    'flexVolumePath is "usr"; give a path from the root such as "/var/lib/kubelet", or "None"',
  ],
  ['a port of 0', { nodeMetricsPort: 0 }, 'nodeMetricsPort is 0; give an integer from 1 to 65535'],
  ['a port too high', { typhaMetricsPort: 65536 }, 'typhaMetricsPort is 65536; give an integer from 1 to 65535'],
  ['no strategy', { nodeUpdateStrategy: {} }, 'nodeUpdateStrategy.maxUnavailable is missing'],
  ...[1, null, '10%', { value: 0 }, { value: '0%' }, { value: '101%' }, { value: 'all' }].map(
    (maxUnavailable): [string, object, string] => [
      `${JSON.stringify(maxUnavailable)} nodes at a time`,
      { nodeUpdateStrategy: { maxUnavailable } },
      `nodeUpdateStrategy.maxUnavailable is ${JSON.stringify(Object(maxUnavailable).value ?? maxUnavailable)}; give k8s.IntOrString.fromNumber(1), or a share such as k8s.IntOrString.fromString("10%")`,
    ],
  ),
  [
    "privileges in the operator's words",
    { nonPrivileged: 'Enabled' },
    'nonPrivileged is "Enabled"; give true or false',
  ],
  [
    'an address for the Services',
    { serviceCidrs: ['10.96.0.1'] },
    'serviceCidrs[0] is "10.96.0.1"; give a block such as "10.96.0.1/32"',
  ],
  [
    "addresses from Amazon in Calico's network",
    { cni: { ...own, ipam: CalicoIpamType.AMAZON_VPC } },
    'cni.ipam is "AmazonVPC"; with the network plugin Calico give Calico or HostLocal',
  ],
  [
    "addresses from Calico in Amazon's network",
    { kubernetesProvider: EKS, cni: { ...vpc, ipam: CalicoIpamType.CALICO } },
    'cni.ipam is "Calico"; with the network plugin AmazonVPC give AmazonVPC',
  ],
  [
    "Amazon's network on Azure",
    { kubernetesProvider: AKS, cni: vpc },
    'cni.type is "AmazonVPC"; that plugin is for EKS only, and kubernetesProvider is "AKS"',
  ],
  [
    "BGP without Calico's network",
    { kubernetesProvider: EKS, calicoNetwork: { bgp: true } },
    'calicoNetwork.bgp is true; it needs the network plugin Calico, and this is AmazonVPC',
  ],
  [
    "host ports without Calico's network",
    { kubernetesProvider: GKE, calicoNetwork: { hostPorts: true } },
    'calicoNetwork.hostPorts is true; it needs the network plugin Calico, and this is GKE',
  ],
  [
    "VPP without Calico's network",
    { kubernetesProvider: EKS, calicoNetwork: { linuxDataplane: CalicoDataplane.VPP } },
    '\n  calicoNetwork.linuxDataplane is "VPP"; it needs the network plugin Calico\n  calicoNetwork.linuxDataplane is "VPP"; it needs bgp',
  ],
  [
    'VPP without host ports',
    { calicoNetwork: { linuxDataplane: CalicoDataplane.VPP, hostPorts: false } },
    'calicoNetwork.linuxDataplane is "VPP"; it needs hostPorts',
  ],
  [
    "a way to find addresses in the operator's words",
    { calicoNetwork: { nodeAddressAutodetectionV4: { firstFound: true } } },
    'calicoNetwork.nodeAddressAutodetectionV4 is an object; give one of the ways of CalicoNodeAddress, such as CalicoNodeAddress.ofNode()',
  ],
  [
    'a host to reach with a scheme',
    { calicoNetwork: { nodeAddressAutodetectionV4: CalicoNodeAddress.canReach('https://example.com') } },
    'calicoNetwork.nodeAddressAutodetectionV4: the host is "https://example.com"; leave out the scheme "https://"',
  ],
  [
    'an interface that is no regular expression',
    { calicoNetwork: { nodeAddressAutodetectionV6: CalicoNodeAddress.onInterface('eth(') } },
    'calicoNetwork.nodeAddressAutodetectionV6: the interface is "eth("; give a regular expression such as "eth.*"',
  ],
  [
    'no range to find an address in',
    { calicoNetwork: { nodeAddressAutodetectionV4: CalicoNodeAddress.inCidrs() } },
    'calicoNetwork.nodeAddressAutodetectionV4 names no range; give one such as "10.0.0.0/8"',
  ],
];

const POOL = 'calicoNetwork.ipPools[0]';
const ofPools: [string, object, string][] = [
  ['no range', { blockSize: 26 }, `${POOL}.cidr is missing`],
  ['an address for a range', { cidr: '10.0.0.1' }, `${POOL}.cidr is "10.0.0.1"; give a block such as "10.0.0.1/32"`],
  [
    'a range that is none',
    { cidr: '999.0.0.0/8' },
    `${POOL}.cidr is "999.0.0.0/8"; give a block such as "10.0.0.0/8" or "fd00::/8"`,
  ],
  [
    'a range that begins in its middle',
    { cidr: '10.0.1.0/16' },
    `${POOL}.cidr is "10.0.1.0/16"; a block begins at its first address, give "10.0.0.0/16", or "10.0.1.0/32" for that address alone`,
  ],
  [
    'a range of IPv6 that begins in its middle',
    { cidr: 'fd00::1/64' },
    `${POOL}.cidr is "fd00::1/64"; a block begins at its first address, give "fd00::/64", or "fd00::1/128" for that address alone`,
  ],
  ['blocks too large', { cidr, blockSize: 19 }, `${POOL}.blockSize is 19; give an integer from 20 to 128`],
  [
    'blocks smaller than an address',
    { cidr, blockSize: 33 },
    `${POOL}.blockSize is 33; give an integer from 20 to 32 for a pool of IPv4`,
  ],
  [
    'blocks of IPv6 too large',
    { cidr: 'fd00::/64', blockSize: 115 },
    `${POOL}.blockSize is 115; give an integer from 116 to 128 for a pool of IPv6`,
  ],
  [
    'blocks larger than the range',
    { cidr: '10.0.0.0/27' },
    `${POOL}.blockSize is 26; the pool 10.0.0.0/27 is smaller than one block, give a larger pool`,
  ],
  [
    'an unknown encapsulation',
    { cidr, encapsulation: 'GRE' },
    `${POOL}.encapsulation is "GRE"; give one of "IPIP", "IPIPCrossSubnet", "VXLAN", "VXLANCrossSubnet", "None"`,
  ],
  [
    "NAT in the operator's words",
    { cidr, natOutgoing: 'Enabled' },
    `${POOL}.natOutgoing is "Enabled"; give true or false`,
  ],
  [
    "export in the operator's spelling",
    { cidr, disableBGPExport: true },
    `${POOL}.disableBGPExport is not known; give cidr, blockSize, disableBgpExport, encapsulation, natOutgoing, nodeSelector`,
  ],
  ['export as text', { cidr, disableBgpExport: 'no' }, `${POOL}.disableBgpExport is "no"; give true or false`],
  [
    'an empty selector',
    { cidr, nodeSelector: ' ' },
    `${POOL}.nodeSelector is " "; give a selector such as "all()" or "zone == 'a'"`,
  ],
  [
    'a selector that Calico can not read',
    { cidr, nodeSelector: 'zone = a' },
    `${POOL}.nodeSelector is "zone = a"; give a selector such as "all()" or "zone == 'a'"`,
  ],
  [
    'IPv6 in IP',
    { cidr: 'fd00::/64', encapsulation: IPIP },
    `${POOL}.encapsulation is "IPIP"; IPv6 cannot be wrapped in IP, give "VXLAN", "VXLANCrossSubnet" or "None"`,
  ],
];

const ofPoolsAndPlugins: [string, object, object, string][] = [
  [
    'IPIP left to the operator on EKS, where there is no BGP',
    { kubernetesProvider: EKS, cni: own },
    { cidr },
    'is "IPIP" where it is left out; it needs BGP, give bgp: true, or "VXLAN" or "VXLANCrossSubnet"',
  ],
  [
    'no encapsulation and no BGP',
    { calicoNetwork: { bgp: false } },
    { cidr, encapsulation: NONE },
    'is "None"; it needs BGP, give bgp: true, or "VXLAN" or "VXLANCrossSubnet"',
  ],
  [
    'VXLAN with addresses of the node',
    { cni: { ...own, ipam: CalicoIpamType.HOST_LOCAL } },
    { cidr, encapsulation: VXLAN },
    'is "VXLAN"; addresses from HostLocal cannot be wrapped in VXLAN',
  ],
  [
    "VXLAN in Amazon's network",
    { kubernetesProvider: EKS },
    { cidr, encapsulation: VXLAN },
    'is "VXLAN"; it needs the network plugin Calico, give "None"',
  ],
];

describe('fails before anything is made, for', () => {
  const messageFor = (props: unknown) => refusal((chart) => void new Calico(chart, 'calico', props as CalicoProps));
  const under = (what: string, problem: string) =>
    problem.startsWith('\n')
      ? `shop/calico:${problem.replaceAll('\n  ', `\n  ${what}.`)}`
      : `shop/calico: ${what}.${problem}`;

  test.each(ofProps)('%s', (_, props, problem) => {
    expect(messageFor(props)).toBe(problem.startsWith('\n') ? `shop/calico:${problem}` : `shop/calico: ${problem}`);
  });

  test.each(ofValues)('%s', (_, values, problem) => {
    expect(messageFor({ values })).toBe(under('values', problem));
  });

  test.each(ofInstallation)('%s', (_, installation, problem) => {
    const expected = under('values.installation', problem);
    expect(messageFor({ values: { installation } })).toBe(expected);
    expect(messageFor({ values: { installation }, customResources: CalicoCustomResources.AS_MANIFESTS })).toBe(
      expected,
    );
  });

  test.each(ofPools)('a pool with %s', (_, pool, problem) => {
    expect(messageFor({ values: { installation: { calicoNetwork: { ipPools: [pool] } } } })).toBe(
      under('values.installation', problem),
    );
  });

  test.each(ofPoolsAndPlugins)('a pool with %s', (_, installation, pool, problem) => {
    const { calicoNetwork = {} } = installation as { calicoNetwork?: object };
    const values = { installation: { ...installation, calicoNetwork: { ...calicoNetwork, ipPools: [pool] } } };
    expect(messageFor({ values })).toBe(under('values.installation', `${POOL}.encapsulation ${problem}`));
  });

  test("a pool for some nodes where the network is not Calico's", () => {
    const calicoNetwork = { ipPools: [{ cidr, nodeSelector: 'has(gpu)' }] };
    expect(messageFor({ values: { installation: { kubernetesProvider: EKS, calicoNetwork } } })).toBe(
      under(
        'values.installation',
        `${POOL}.nodeSelector is "has(gpu)"; with the network plugin AmazonVPC give "all()"`,
      ),
    );
  });

  test('two pools of one family', () => {
    const calicoNetwork = { ipPools: [{ cidr }, { cidr: 'fd00::/64' }, { cidr: '10.1.0.0/16' }] };
    expect(messageFor({ values: { installation: { calicoNetwork } } })).toBe(
      under(
        'values.installation',
        'calicoNetwork.ipPools[2].cidr is "10.1.0.0/16"; there is a pool of IPv4 already, give one of each at most',
      ),
    );
  });

  test('no pool', () => {
    expect(messageFor({ values: { installation: { calicoNetwork: { ipPools: [] } } } })).toBe(
      under(
        'values.installation',
        'calicoNetwork.ipPools is empty; give a list such as [{ cidr: "192.168.0.0/16" }], or leave it out',
      ),
    );
  });
});
