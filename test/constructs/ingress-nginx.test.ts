import { type Chart, Yaml } from 'cdk8s';
import {
  AwsLoadBalancerScheme,
  IngressNginx,
  type IngressNginxProps,
  IngressNginxProvider,
  IngressNginxVersion,
} from '../../constructs';
import type { Fields } from '../helpers/api-defaults';
import { find, objectsOf, yamlOf } from '../helpers/synth';

const { AWS, CLOUD, KIND } = IngressNginxProvider;
const { V1_8_2, V1_15_1 } = IngressNginxVersion;
const install = (props?: IngressNginxProps) => (chart: Chart) => void new IngressNginx(chart, 'nginx', props);
const made = (props?: IngressNginxProps) => objectsOf(install(props));
const deployment = (props?: IngressNginxProps) => find(made(props), 'Deployment', 'ingress-nginx-controller').spec;
const controller = (props?: IngressNginxProps): Fields => deployment(props).template.spec.containers[0];
const service = (props?: IngressNginxProps) => find(made(props), 'Service', 'ingress-nginx-controller');
const job = (props?: IngressNginxProps) => find(made(props), 'Job', 'ingress-nginx-admission-create');

describe('the installation', () => {
  test.each([V1_8_2, V1_15_1])('of %s for aws', (version) => {
    expect(yamlOf(install({ version, provider: AWS }))).toMatchSnapshot();
  });

  const others = [V1_8_2, V1_15_1].flatMap((version) => [CLOUD, KIND].map((provider) => ({ version, provider })));
  test.each(others)('of $version for $provider: what is not as for aws', ({ version, provider }) => {
    const forAws = made({ version, provider: AWS }).map((object) => JSON.stringify(object));
    const own = made({ version, provider }).filter((object) => !forAws.includes(JSON.stringify(object)));
    expect(Yaml.stringify(...own)).toMatchSnapshot();
  });

  test('with every setting', () => {
    const everything: IngressNginxProps = {
      version: V1_15_1,
      provider: AWS,
      name: 'edge',
      namespaceName: 'edge-system',
      ingressClassName: 'edge',
      isDefaultClass: true,
      replicas: 3,
      resources: { requests: { cpu: '1000m', memory: '2048Mi' }, limits: { memory: '2Gi' } },
      config: { 'use-forwarded-headers': 'true' },
      extraArgs: { 'default-ssl-certificate': 'edge-system/tls', 'enable-ssl-passthrough': '' },
      serviceAnnotations: { 'example.com/team': 'edge' },
      loadBalancerSourceRanges: ['192.0.2.0/24', '2001:db8::/32'],
      loadBalancerScheme: AwsLoadBalancerScheme.INTERNAL,
      imageRegistry: 'mirror.example:5000/k8s',
      argoCdHooks: true,
    };
    expect(yamlOf(install(everything))).toMatchSnapshot();
  });
});

test('the default is the last release for any cloud', () => {
  expect(made()).toEqual(made({ version: V1_15_1, provider: CLOUD }));
});

test('the namespace comes first', () => {
  expect(made()[0]).toEqual({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'ingress-nginx',
      labels: { 'app.kubernetes.io/instance': 'ingress-nginx', 'app.kubernetes.io/name': 'ingress-nginx' },
    },
  });
});

test('other constructs learn namespace, Pods, Service and class', () => {
  objectsOf((chart) => {
    const nginx = new IngressNginx(chart, 'nginx', {
      name: 'edge',
      namespaceName: 'edge-system',
      ingressClassName: 'e',
    });
    expect(nginx.namespace.name).toBe('edge-system');
    expect(nginx.controllerServiceName).toBe('edge-controller');
    expect(nginx.ingressClassName).toBe('e');
    expect(nginx.controllerLabels).toEqual({
      'app.kubernetes.io/component': 'controller',
      'app.kubernetes.io/name': 'ingress-nginx',
    });
  });
});

test('a namespace of the chart does not reach objects of the cluster', () => {
  const ofCluster = objectsOf(install(), { namespace: 'elsewhere' }).filter(({ metadata }) => !metadata.namespace);
  expect(ofCluster.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'Namespace ingress-nginx',
    'ClusterRole ingress-nginx',
    'ClusterRoleBinding ingress-nginx',
    'ClusterRole ingress-nginx-admission',
    'ClusterRoleBinding ingress-nginx-admission',
    'IngressClass nginx',
    'ValidatingWebhookConfiguration ingress-nginx-admission',
  ]);
});

describe('the release', () => {
  test('1.15.1 runs its own images', () => {
    expect(controller().image).toMatch(/^registry\.k8s\.io\/ingress-nginx\/controller:v1\.15\.1@sha256:594ceea7/);
    expect(job().spec.template.spec.containers[0].image).toMatch(/\/kube-webhook-certgen:v1\.6\.9@sha256:01038e7d/);
  });

  test('1.8.2 carries the image and the label of 1.8.1', () => {
    expect(controller({ version: V1_8_2 }).image).toMatch(/\/controller:v1\.8\.1@sha256:e5c4824e/);
    expect(service({ version: V1_8_2 }).metadata.labels['app.kubernetes.io/version']).toBe('1.8.1');
  });

  test('1.15.1 runs its controller without privileges, as user 101 of group 82', () => {
    expect(controller().securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
      readOnlyRootFilesystem: false,
      runAsGroup: 82,
      runAsNonRoot: true,
      runAsUser: 101,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('1.8.2 lets its controller gain privileges', () => {
    expect(controller({ version: V1_8_2 }).securityContext).toEqual({
      allowPrivilegeEscalation: true,
      capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
      runAsUser: 101,
    });
  });

  test('1.15.1 removes its Jobs when they are done, 1.8.2 keeps them', () => {
    expect(job().spec.ttlSecondsAfterFinished).toBe(0);
    expect(job({ version: V1_8_2 }).spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  test('1.8.2 allows snippets, 1.15.1 has an empty configuration', () => {
    const data = (version: IngressNginxVersion) =>
      find(made({ version }), 'ConfigMap', 'ingress-nginx-controller').data;
    expect(data(V1_8_2)).toEqual({ 'allow-snippet-annotations': 'true' });
    expect(data(V1_15_1)).toBeUndefined();
  });
});

const ARGUMENTS = [
  '--election-id=ingress-nginx-leader',
  '--controller-class=k8s.io/ingress-nginx',
  '--ingress-class=nginx',
  '--configmap=$(POD_NAMESPACE)/ingress-nginx-controller',
  '--validating-webhook=:8443',
  '--validating-webhook-certificate=/usr/local/certificates/cert',
  '--validating-webhook-key=/usr/local/certificates/key',
];

describe('the provider', () => {
  test('aws and cloud publish the address of the Service', () => {
    const args = [
      '/nginx-ingress-controller',
      '--publish-service=$(POD_NAMESPACE)/ingress-nginx-controller',
      ...ARGUMENTS,
    ];
    expect(controller({ provider: AWS }).args).toEqual(args);
    expect(controller({ provider: CLOUD }).args).toEqual(args);
  });

  test('kind publishes localhost and serves every Ingress without a class', () => {
    expect(controller({ provider: KIND }).args).toEqual([
      '/nginx-ingress-controller',
      ...ARGUMENTS,
      '--watch-ingress-without-class=true',
      '--publish-status-address=localhost',
    ]);
  });

  test('aws asks for a Network Load Balancer', () => {
    expect(service({ provider: AWS }).metadata.annotations).toEqual({
      'service.beta.kubernetes.io/aws-load-balancer-backend-protocol': 'tcp',
      'service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled': 'true',
      'service.beta.kubernetes.io/aws-load-balancer-type': 'nlb',
    });
  });

  test('cloud and kind ask for nothing in particular', () => {
    expect(service({ provider: CLOUD }).metadata).not.toHaveProperty('annotations');
    expect(service({ provider: KIND }).metadata).not.toHaveProperty('annotations');
  });

  test('a load balancer keeps the address of the client', () => {
    const { type, externalTrafficPolicy, ipFamilies, ipFamilyPolicy, ports } = service({ provider: AWS }).spec;
    expect({ type, externalTrafficPolicy, ipFamilies, ipFamilyPolicy }).toEqual({
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    });
    expect(ports).toEqual([
      { name: 'http', appProtocol: 'http', port: 80, protocol: 'TCP', targetPort: 'http' },
      { name: 'https', appProtocol: 'https', port: 443, protocol: 'TCP', targetPort: 'https' },
    ]);
  });

  test('kind takes ports 80 and 443 of its node, on the control plane too', () => {
    const { ports } = controller({ provider: KIND });
    expect(ports.map(({ containerPort, hostPort }: Fields) => [containerPort, hostPort])).toEqual([
      [80, 80],
      [443, 443],
      [8443, undefined],
    ]);
    expect(deployment({ provider: KIND }).template.spec.tolerations).toEqual([
      { key: 'node-role.kubernetes.io/master', operator: 'Equal', effect: 'NoSchedule' },
      { key: 'node-role.kubernetes.io/control-plane', operator: 'Equal', effect: 'NoSchedule' },
    ]);
  });

  test('kind of 1.8.2 has a node port and waits for a node that is ready for it', () => {
    expect(service({ provider: KIND, version: V1_8_2 }).spec.type).toBe('NodePort');
    expect(deployment({ provider: KIND, version: V1_8_2 }).template.spec.nodeSelector).toEqual({
      'ingress-ready': 'true',
      'kubernetes.io/os': 'linux',
    });
    expect(service({ provider: KIND }).spec.type).toBe('LoadBalancer');
  });

  test('a controller behind a load balancer has five minutes to end, on kind none', () => {
    expect(deployment({ provider: AWS }).template.spec.terminationGracePeriodSeconds).toBe(300);
    expect(deployment({ provider: KIND }).template.spec.terminationGracePeriodSeconds).toBe(0);
  });

  test('an update takes one controller away at a time, except in 1.8.2 behind a load balancer', () => {
    const oneByOne = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } };
    expect(deployment({ provider: AWS }).strategy).toEqual(oneByOne);
    expect(deployment({ provider: KIND, version: V1_8_2 }).strategy).toEqual(oneByOne);
    expect(deployment({ provider: AWS, version: V1_8_2 })).not.toHaveProperty('strategy');
  });
});

describe('the rights', () => {
  const rules = (kind: string, name: string) =>
    find(made(), kind, name).rules.map(
      ({ apiGroups, resources, verbs, resourceNames = [] }: Fields) =>
        `${apiGroups}: ${[...resources, ...resourceNames]} - ${verbs}`,
    );

  // In the order of the release, so that a plain diff of the two texts is short.
  test('the controller in its namespace', () => {
    expect(rules('Role', 'ingress-nginx')).toEqual([
      ': namespaces - get',
      ': configmaps,pods,secrets,endpoints - get,list,watch',
      ': services - get,list,watch',
      'networking.k8s.io: ingresses - get,list,watch',
      'networking.k8s.io: ingresses/status - update',
      'networking.k8s.io: ingressclasses - get,list,watch',
      'coordination.k8s.io: leases,ingress-nginx-leader - get,update',
      'coordination.k8s.io: leases - create',
      ': events - create,patch',
      'discovery.k8s.io: endpointslices - list,watch,get',
    ]);
  });

  test('the controller in the cluster', () => {
    expect(rules('ClusterRole', 'ingress-nginx')).toEqual([
      ': configmaps,endpoints,nodes,pods,secrets,namespaces - list,watch',
      'coordination.k8s.io: leases - list,watch',
      ': nodes - get',
      ': services - get,list,watch',
      'networking.k8s.io: ingresses - get,list,watch',
      ': events - create,patch',
      'networking.k8s.io: ingresses/status - update',
      'networking.k8s.io: ingressclasses - get,list,watch',
      'discovery.k8s.io: endpointslices - list,watch,get',
    ]);
  });

  test('the admission Jobs', () => {
    expect(rules('Role', 'ingress-nginx-admission')).toEqual([': secrets - get,create']);
    expect(rules('ClusterRole', 'ingress-nginx-admission')).toEqual([
      'admissionregistration.k8s.io: validatingwebhookconfigurations - get,update',
    ]);
  });
});

describe('a setting', () => {
  test('default class: an Ingress without a class gets this one', () => {
    const annotations = (props: IngressNginxProps) => find(made(props), 'IngressClass', 'nginx').metadata.annotations;
    expect(annotations({ isDefaultClass: true })).toEqual({ 'ingressclass.kubernetes.io/is-default-class': 'true' });
    expect(annotations({ isDefaultClass: false })).toBeUndefined();
  });

  test('class name: the IngressClass and the argument', () => {
    expect(find(made({ ingressClassName: 'edge' }), 'IngressClass', 'edge').spec).toEqual({
      controller: 'k8s.io/ingress-nginx',
    });
    expect(controller({ ingressClassName: 'edge' }).args).toContain('--ingress-class=edge');
  });

  test('replicas: left out under an autoscaler', () => {
    expect(deployment({ replicas: 2 }).replicas).toBe(2);
    expect(deployment()).not.toHaveProperty('replicas');
  });

  test('resources: as an API server writes them, in place of the default', () => {
    const resources = { requests: { cpu: '1000m' }, limits: { cpu: '1.5', memory: '2048Mi' } };
    expect(controller({ resources }).resources).toEqual({
      requests: { cpu: '1' },
      limits: { cpu: '1500m', memory: '2Gi' },
    });
    expect(controller({ resources: {} }).resources).toEqual({});
    expect(controller().resources).toEqual({ requests: { cpu: '100m', memory: '90Mi' } });
  });

  test('config: before what the release has', () => {
    const data = (props: IngressNginxProps) => find(made(props), 'ConfigMap', 'ingress-nginx-controller').data;
    expect(data({ config: { 'proxy-body-size': '8m' } })).toEqual({ 'proxy-body-size': '8m' });
    expect(data({ version: V1_8_2, config: { 'allow-snippet-annotations': 'false' } })).toEqual({
      'allow-snippet-annotations': 'false',
    });
  });

  test('arguments: after those of the construct', () => {
    const { args } = controller({ extraArgs: { v: '3', 'enable-ssl-passthrough': '' } });
    expect(args.slice(-2)).toEqual(['--v=3', '--enable-ssl-passthrough']);
  });

  test('annotations of the Service: beside those of the provider', () => {
    const annotations = { 'service.beta.kubernetes.io/aws-load-balancer-ssl-cert': 'arn:aws:acm:1' };
    const { metadata } = service({ provider: AWS, serviceAnnotations: annotations });
    expect(metadata.annotations).toEqual({ ...service({ provider: AWS }).metadata.annotations, ...annotations });
  });

  test('source ranges: those of the load balancer', () => {
    const loadBalancerSourceRanges = ['192.0.2.0/24'];
    expect(service({ loadBalancerSourceRanges }).spec).toMatchObject({ loadBalancerSourceRanges });
  });

  test('scheme: told to both controllers of AWS', () => {
    const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';
    const added = (loadBalancerScheme: AwsLoadBalancerScheme) => {
      const { annotations } = service({ provider: AWS, loadBalancerScheme }).metadata;
      return { scheme: annotations[`${prefix}scheme`], internal: annotations[`${prefix}internal`] };
    };
    expect(added(AwsLoadBalancerScheme.INTERNET_FACING)).toEqual({ scheme: 'internet-facing', internal: undefined });
    expect(added(AwsLoadBalancerScheme.INTERNAL)).toEqual({ scheme: 'internal', internal: 'true' });
  });

  test('registry: of every image', () => {
    const text = yamlOf(install({ imageRegistry: 'mirror.example:5000/k8s' }));
    expect(text.match(/image: .*?@/g)).toEqual([
      'image: mirror.example:5000/k8s/ingress-nginx/controller:v1.15.1@',
      'image: mirror.example:5000/k8s/ingress-nginx/kube-webhook-certgen:v1.6.9@',
      'image: mirror.example:5000/k8s/ingress-nginx/kube-webhook-certgen:v1.6.9@',
    ]);
  });

  test('Argo CD: the Jobs are hooks that stay until the next sync', () => {
    const hooks = made({ argoCdHooks: true }).filter(({ kind }) => kind === 'Job');
    expect(hooks).toHaveLength(2);
    for (const hook of hooks) {
      expect(hook.metadata.annotations).toEqual({
        'argocd.argoproj.io/hook': 'Sync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      });
      expect(hook.spec).not.toHaveProperty('ttlSecondsAfterFinished');
    }
  });
});
