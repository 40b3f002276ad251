import { ApiObject, App, Chart, Duration, JsonPatch, Size, Yaml } from 'cdk8s';
import {
  ConfigMap,
  DeploymentStrategy,
  Env,
  EnvValue,
  HorizontalPodAutoscaler,
  LabelSelector,
  Deployment as PlusDeployment,
  Service as PlusService,
  Probe,
  Secret,
  ServiceAccount,
  Volume,
} from 'cdk8s-plus-27';
import {
  CanaryIngress,
  DefaultDenyNamespace,
  ExposedService,
  type ExposedServiceProps,
  Exposure,
  NetworkingApp,
  Peer,
} from '../../constructs';
import '../../jest';
import { withDefaults } from '../helpers/api-defaults';
import type { Fields } from '../helpers/fields';
import { find, objectsOf, refusal } from '../helpers/synth';

// What only the Deployment itself can say goes by cdk8s-plus; what Service and policies rely on stays.

const IMAGE = { image: 'registry.example/web:1.4', port: 8080 };

/** A service with most of what an app needs besides. */
function furnished(at: Chart, more: Partial<ExposedServiceProps> = {}): ExposedService {
  const database = Secret.fromSecretName(at, 'database', 'database');
  const flags = ConfigMap.fromConfigMapName(at, 'flags', 'flags');
  const web = new ExposedService(at, 'web', {
    ...IMAGE,
    ...more,
    env: { MODE: 'shop' },
    container: {
      liveness: Probe.fromHttpGet('/live'),
      startup: Probe.fromTcpSocket({ failureThreshold: 30, periodSeconds: Duration.seconds(2) }),
      envFrom: [Env.fromConfigMap(flags, 'FLAG_')],
      envVariables: { PASSWORD: EnvValue.fromSecretValue({ secret: database, key: 'password' }) },
    },
    deployment: {
      serviceAccount: ServiceAccount.fromServiceAccountName(at, 'account', 'web'),
      initContainers: [{ name: 'migrate', image: 'registry.example/migrate:1', resources: {} }],
      strategy: DeploymentStrategy.recreate(),
      terminationGracePeriod: Duration.seconds(60),
      podMetadata: { annotations: { 'example.com/team': 'web' } },
    },
  });
  web.container.mount('/cache', Volume.fromEmptyDir(at, 'cache', 'cache', { sizeLimit: Size.mebibytes(512) }));
  web.container.env.addVariable('LATE', EnvValue.fromConfigMap(flags, 'late'));
  web.deployment.addContainer({ name: 'proxy', image: 'registry.example/proxy:2', ports: [{ number: 15001 }] });
  return web;
}

const deploymentOf = (objects: readonly Fields[], name = 'web') => find(objects, 'Deployment', name);
const podOf = (objects: readonly Fields[], name?: string) => deploymentOf(objects, name).spec.template.spec;

describe('the Deployment of an image', () => {
  test('takes variables, volumes, probes, an account and sidecars by the API of cdk8s-plus', () => {
    expect(Yaml.stringify(...objectsOf((at) => void furnished(at)))).toMatchSnapshot();
  });

  test('is taken by an API server as it is written, in an app of cdk8s too', () => {
    for (const object of objectsOf((at) => void furnished(at))) {
      expect(withDefaults(object)).toMatchObject(object);
    }
  });

  test('says nothing that nobody asked for', () => {
    const pod = podOf(objectsOf((at) => void new ExposedService(at, 'web', IMAGE)));
    expect(pod).toEqual({
      containers: [{ image: IMAGE.image, name: 'web', ports: [{ containerPort: 8080, protocol: 'TCP' }] }],
    });
  });

  test('has probes that name no port ask the port of the service', () => {
    const [web] = podOf(objectsOf((at) => void furnished(at))).containers;
    expect([web.livenessProbe.httpGet.port, web.startupProbe.tcpSocket.port]).toEqual([8080, 8080]);
  });

  test('leaves the number of Pods to an autoscaler, which knows what the container asks for', () => {
    const objects = objectsOf((at) => {
      const resources = { requests: { cpu: '250m', memory: '1.5Mi' }, limits: { cpu: '0.5', memory: '3Mi' } };
      const web = new ExposedService(at, 'web', { ...IMAGE, replicas: 2, resources });
      new HorizontalPodAutoscaler(at, 'scaler', { target: web.deployment, maxReplicas: 5 });
    });
    expect(deploymentOf(objects).spec).not.toHaveProperty('replicas');
    expect(podOf(objects).containers[0].resources).toEqual({
      requests: { cpu: '250m', memory: '1536Ki' },
      limits: { cpu: '500m', memory: '3Mi' },
    });
  });

  test('is selected by its own labels where cdk8s-plus selects it', () => {
    const objects = objectsOf((at) => {
      const web = new ExposedService(at, 'web', IMAGE);
      web.deployment.scheduling.spread();
      new PlusService(at, 'second', { selector: web.deployment, ports: [{ port: 80 }], metadata: { name: 'second' } });
    });
    expect(podOf(objects).affinity.podAntiAffinity).toEqual({
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'kubernetes.io/hostname' },
      ],
    });
    expect(find(objects, 'Service', 'second').spec.selector).toEqual({ app: 'web' });
  });

  test('keeps what a patch says, also where cdk8s-plus would say something itself', () => {
    const objects = objectsOf((at) => {
      const web = new ExposedService(at, 'web', { ...IMAGE, replicas: 2 });
      ApiObject.of(web.deployment).addJsonPatch(
        JsonPatch.replace('/spec/template/spec/dnsPolicy', 'Default'),
        JsonPatch.add('/spec/template/spec/priorityClassName', 'high'),
      );
    });
    expect(podOf(objects)).toMatchObject({ dnsPolicy: 'Default', priorityClassName: 'high' });
  });

  test('leaves the lists that it is given as they are', () => {
    const envFrom: Env[] = [];
    const at = new Chart(new App(), 'chart');
    const web = new ExposedService(at, 'web', { ...IMAGE, container: { envFrom: envFrom as never, volumeMounts: [] } });
    web.container.env.copyFrom(Env.fromSecret(Secret.fromSecretName(at, 'more', 'more')));
    expect(envFrom).toEqual([]);
  });
});

describe('in a closed namespace', () => {
  const closed = (make: (at: Chart, shop: DefaultDenyNamespace) => void) => {
    const app = new NetworkingApp();
    const at = new Chart(app, 'chart');
    make(at, new DefaultDenyNamespace(at, 'shop', { name: 'shop' }));
    return app;
  };

  test('sidecars open nothing by themselves', () => {
    const app = closed((at, shop) => {
      const web = furnished(at, { namespace: shop });
      web.allowFrom(Peer.pods({ app: 'client' }, { name: 'shop' }));
      new ExposedService(at, 'client', { ...IMAGE, namespace: shop });
    });
    expect(app).toDenyAllConnections({
      to: 'shop/web',
      except: [{ from: 'shop/client', port: 8080 }],
      exceptUnseen: 8080,
    });
  });

  test('the account tells the Pods', () => {
    const app = closed((at, shop) => {
      furnished(at, { namespace: shop });
      const store = new ExposedService(at, 'store', { ...IMAGE, namespace: shop });
      store.allowFrom(Peer.serviceAccount('web', shop));
    });
    expect(app).toDenyAllConnections({
      to: 'shop/store',
      except: [{ from: 'shop/web', port: 8080 }],
      exceptUnseen: 8080,
    });
  });
});

describe('the canary of an image', () => {
  const canary = (more: (main: ExposedService, at: Chart) => void = () => {}) =>
    objectsOf((at) => {
      const main = furnished(at, { exposure: Exposure.ingress({ host: 'shop.example.com' }) });
      new CanaryIngress(at, 'canary', { main, canary: { image: 'registry.example/web:1.5' } });
      more(main, at);
    });

  test('has all that its main service has, also what that one is given later, but for image, name and labels', () => {
    const objects = canary((main) => {
      main.deployment.scheduling.spread();
      main.deployment.addContainer({ name: 'late', image: 'registry.example/late:1' });
    });
    const [main, other] = [deploymentOf(objects), deploymentOf(objects, 'web-canary')];
    expect(other.spec.template.spec.containers.map(({ name }: Fields) => name)).toEqual([
      'web-canary',
      'proxy',
      'late',
    ]);
    const text = JSON.stringify(main)
      .replace(/"web"/g, '"web-canary"')
      .replace('web:1.4', 'web:1.5')
      .replace('"serviceAccountName":"web-canary"', '"serviceAccountName":"web"')
      .replace('"example.com/team":"web-canary"', '"example.com/team":"web"');
    expect(JSON.stringify(other)).toBe(text);
  });

  test('is changed where its main service is', () => {
    const at = new Chart(new App(), 'shop');
    const main = furnished(at, { exposure: Exposure.ingress({ host: 'shop.example.com' }) });
    const { exposedService } = new CanaryIngress(at, 'canary', { main, canary: { image: 'registry.example/web:1.5' } });
    expect(() => exposedService?.deployment).toThrow(
      'shop/canary/service: deployment is that of a canary, which has all that its main service has but for the image; change that one, or give CanaryIngress another service',
    );
  });
});

describe('fails at synth, with the path of the construct, when', () => {
  const problems = (make: (web: ExposedService, at: Chart) => void, props: Partial<ExposedServiceProps> = {}) => {
    const at = new Chart(new App(), 'shop');
    const web = new ExposedService(at, 'web', { ...IMAGE, ...props });
    make(web, at);
    return web.node.validate();
  };

  test.each<[string, string, (web: ExposedService) => void]>([
    [
      'a label of the Pods is changed that Service and policies select',
      'the Pods of shop/web/deployment have "other" as label "app", and Service and policies select "web"; leave the label as it is, or give labels of shop/web',
      ({ deployment }) => deployment.podMetadata.addLabel('app', 'other'),
    ],
    [
      'the Deployment is made to select more',
      'shop/web/deployment selects {"matchLabels":{"app":"web","tier":"front"}}, and its Pods are told by {"matchLabels":{"app":"web"}}; a selector can\'t be changed later, give labels of shop/web',
      ({ deployment }) => deployment.select(LabelSelector.of({ labels: { tier: 'front' } })),
    ],
    [
      'a patch takes the labels of the Pods away',
      'the Pods of shop/web/deployment have undefined as label "app", and Service and policies select "web"; leave the label as it is, or give labels of shop/web',
      ({ deployment }) => ApiObject.of(deployment).addJsonPatch(JsonPatch.remove('/spec/template/metadata/labels/app')),
    ],
    [
      'a sidecar has the name of another container',
      'shop/web/deployment has two containers with the name "web"; give one another name',
      ({ deployment }) => void deployment.addContainer({ name: 'web', image: 'registry.example/proxy:2' }),
    ],
  ])('%s', (_, problem, make) => {
    expect(problems(make)).toEqual([problem]);
  });

  test('more labels are none of that', () => {
    expect(problems(({ deployment }) => deployment.podMetadata.addLabel('tier', 'front'))).toEqual([]);
  });

  test('the Pods of a workload that was given are labelled otherwise since', () => {
    const at = new Chart(new App(), 'shop');
    const containers = [{ image: IMAGE.image, portNumber: 8080 }];
    const workload = new PlusDeployment(at, 'pods', { containers });
    const web = new ExposedService(at, 'web', { workload });
    expect(web.node.validate()).toEqual([]);
    workload.podMetadata.addLabel('app', 'other');
    expect(web.node.validate()).toEqual([expect.stringMatching(/^the Pods of shop\/pods have "other" as label "app"/)]);
  });

  test('its Pods are in the network of their node, where a policy closes them in vain', () => {
    const hostNetwork = { deployment: { hostNetwork: true } };
    expect(problems(() => {}, hostNetwork)).toEqual([]);
    expect(problems((web) => web.allowFrom(Peer.cidr('10.0.0.0/8')), hostNetwork)).toEqual([
      "the Pods of shop/web/deployment are in the network of their node, where NetworkPolicies don't hold; leave hostNetwork out, or open the namespace",
    ]);
  });
});

describe('is refused before anything is made:', () => {
  test.each<[string, Partial<ExposedServiceProps>, string]>([
    [
      'a port that the service says',
      { container: { portNumber: 9090 } },
      'container.portNumber is given; say it by port of the service, leave it out',
    ],
    [
      'replicas that the service says',
      { deployment: { replicas: 2 } },
      'deployment.replicas is given; say it by replicas of the service, leave it out',
    ],
    [
      'a name that is the service’s',
      { deployment: { metadata: { name: 'other' } } },
      'deployment.metadata.name is given; it is the name of the service, leave it out',
    ],
    [
      'another value of a label',
      { deployment: { podMetadata: { labels: { app: 'other' } } } },
      'deployment.podMetadata.labels: "app" is "other", and the service has "web"; leave it out, or give labels of the service',
    ],
    [
      'a variable twice',
      { env: { MODE: 'a' }, container: { envVariables: { MODE: EnvValue.fromValue('b') } } },
      'env and container.envVariables both have "MODE"; leave one out',
    ],
    [
      'two readiness probes',
      { readinessPath: '/ready', container: { readiness: Probe.fromTcpSocket() } },
      'readinessPath and container.readiness are given; leave one out',
    ],
    [
      'a deadline that comes before the Pods can be ready',
      { deployment: { minReady: Duration.seconds(600) } },
      'deployment.progressDeadline is 600 seconds; give more than deployment.minReady, 600 seconds',
    ],
    [
      'a probe that is none',
      { container: { liveness: '/live' as never } },
      'container.liveness is "/live"; give a Probe of cdk8s-plus-27 such as Probe.fromHttpGet("/healthz", { port: 8080 })',
    ],
    [
      'a path that is mounted from nothing',
      { container: { volumeMounts: [{ path: '/data', volume: 'data' as never }] } },
      'container.volumeMounts[0].volume is "data"; give a Volume of cdk8s-plus-27 such as Volume.fromEmptyDir(…)',
    ],
    [
      'an account by its name alone',
      { deployment: { serviceAccount: 'web' as never } },
      'deployment.serviceAccount is "web"; give a ServiceAccount of cdk8s-plus',
    ],
  ])('%s', (_, props, problem) => {
    expect(refusal((at) => void new ExposedService(at, 'web', { ...IMAGE, ...props }))).toBe(`shop/web: ${problem}`);
  });

  test('the Deployment of a workload that was given', () => {
    const at = new Chart(new App(), 'shop');
    const containers = [{ image: IMAGE.image, portNumber: 8080 }];
    const web = new ExposedService(at, 'web', { workload: new PlusDeployment(at, 'pods', { containers }) });
    expect(() => web.container).toThrow(
      'shop/web: container is there where a service is made from an image; change the workload where it is made',
    );
  });
});
