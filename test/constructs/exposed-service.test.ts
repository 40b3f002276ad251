import { App, Chart, Yaml } from 'cdk8s';
import { Deployment, Service } from 'cdk8s-plus-27';
import { Cluster, peerText, portsText } from '../../analysis';
import {
  DefaultDenyNamespace,
  EgressDefault,
  ExposedService,
  type ExposedServiceProps,
  Exposure,
  IngressNginx,
  OnlineBoutique,
  Peer,
  PodSecurity,
  PolicyPort,
  TrafficPolicy,
} from '../../constructs';
import { withDefaults } from '../helpers/api-defaults';
import type { Fields } from '../helpers/fields';
import { find, objectsOf } from '../helpers/synth';

const IMAGE = { image: 'registry.example/shop:1.4', port: 8080 };

const made = (props: Partial<ExposedServiceProps>, id = 'shop') =>
  objectsOf((chart) => void new ExposedService(chart, id, { ...IMAGE, ...props }));
const container = (props: Partial<ExposedServiceProps>): Fields =>
  find(made(props), 'Deployment', 'shop').spec.template.spec.containers[0];
const workloadOf = (chart: Chart, props: object = {}) =>
  new Deployment(chart, 'pods', {
    metadata: { name: 'pods' },
    containers: [{ image: 'registry.example/shop:1.4', portNumber: 8080 }],
    ...props,
  });
const names = (objects: readonly Fields[]) => objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

const EVERYTHING: Partial<ExposedServiceProps> = {
  name: 'front',
  namespace: { name: 'shop' },
  servicePort: 80,
  labels: { app: 'front', tier: 'web' },
  replicas: 3,
  command: ['serve'],
  args: ['--port', '8080'],
  env: { MODE: 'shop', EMPTY: '' },
  resources: { requests: { cpu: '1000m', memory: '64Mi' }, limits: { memory: '2048Mi' } },
  readinessPath: '/healthz',
  security: PodSecurity.RESTRICTED,
  exposure: Exposure.ingress({ host: 'shop.example.com' }),
};

describe('a service of an image', () => {
  test('is a Deployment and a Service, with every setting', () => {
    expect(Yaml.stringify(...made(EVERYTHING))).toMatchSnapshot();
  });

  test('starts as the image is: one Pod, no user, no limits, and a selector that stays', () => {
    expect(made({})).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'shop', labels: { app: 'shop' } },
        spec: {
          selector: { matchLabels: { app: 'shop' } },
          template: {
            metadata: { labels: { app: 'shop' } },
            spec: {
              containers: [{ name: 'shop', image: IMAGE.image, ports: [{ containerPort: 8080, protocol: 'TCP' }] }],
            },
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'shop', labels: { app: 'shop' } },
        spec: { selector: { app: 'shop' }, ports: [{ port: 8080, targetPort: 8080, protocol: 'TCP' }] },
      },
    ]);
  });

  test.each([[{}], [EVERYTHING]])(
    'is taken by an API server as it is: it drops nothing and rewrites nothing',
    (props) => {
      for (const object of made(props)) {
        expect(withDefaults(object)).toMatchObject(object);
      }
    },
  );

  test('may be held to the standard "restricted"', () => {
    expect(container({ security: PodSecurity.RESTRICTED }).securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('takes requests only once a path answers, if it is told one', () => {
    expect(container({ readinessPath: '/healthz' }).readinessProbe).toEqual({
      httpGet: { path: '/healthz', port: 8080 },
    });
  });

  test('may have no Pods for now', () => {
    expect(find(made({ replicas: 0 }), 'Deployment', 'shop').spec.replicas).toBe(0);
  });

  test('has empty settings as if they were not there, as an API server has them', () => {
    expect(made({ env: {} })).toEqual(made({}));
    expect(container({ env: { EMPTY: '' } }).env).toEqual([{ name: 'EMPTY' }]);
  });

  test('makes the same bytes in any chart and under any id', () => {
    const named = (id: string) => Yaml.stringify(...made({ name: 'shop' }, id));
    expect(named('shop')).toBe(named('10'));
  });
});

describe('a service of a workload', () => {
  test('is a Service that selects by labels that a person would write, and adds them to the Pods', () => {
    const objects = objectsOf((chart) => void new ExposedService(chart, 'shop', { workload: workloadOf(chart) }));
    expect(names(objects)).toEqual(['Deployment pods', 'Service shop']);
    expect(find(objects, 'Deployment', 'pods').spec.template.metadata.labels.app).toBe('shop');
    expect(find(objects, 'Service', 'shop')).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop', labels: { app: 'shop' } },
      spec: { selector: { app: 'shop' }, ports: [{ port: 8080, targetPort: 8080, protocol: 'TCP' }] },
    });
  });

  test('selects by the label that the Pods have already', () => {
    const objects = objectsOf((chart) => {
      const workload = workloadOf(chart, { podMetadata: { labels: { app: 'theirs' } } });
      new ExposedService(chart, 'shop', { workload });
    });
    expect(find(objects, 'Service', 'shop').spec.selector).toEqual({ app: 'theirs' });
  });

  test('is in the namespace of the workload', () => {
    const objects = objectsOf((chart) => {
      const workload = workloadOf(chart, { metadata: { name: 'pods', namespace: 'shop' } });
      expect(new ExposedService(chart, 'shop', { workload }).dnsName).toBe('shop.shop.svc');
    });
    expect(find(objects, 'Service', 'shop').metadata.namespace).toBe('shop');
  });

  test('leads to the port that is given, where the containers name several or none', () => {
    const objects = objectsOf((chart) => {
      const workload = workloadOf(chart, { containers: [{ image: 'a:1' }] });
      new ExposedService(chart, 'shop', { workload, port: 9090, servicePort: 80 });
    });
    expect(find(objects, 'Service', 'shop').spec.ports).toEqual([{ port: 80, targetPort: 9090, protocol: 'TCP' }]);
  });
});

describe('a service of a Service', () => {
  test('of cdk8s-plus makes nothing but what exposes it', () => {
    const objects = objectsOf((chart) => {
      const service = new Service(chart, 'theirs', {
        metadata: { name: 'theirs' },
        ports: [{ port: 80, targetPort: 9376 }],
        selector: workloadOf(chart),
      });
      const exposed = new ExposedService(chart, 'shop', { service, exposure: Exposure.ingress({ host: 'a.test' }) });
      expect([exposed.name, exposed.servicePort, exposed.port]).toEqual(['theirs', 80, 9376]);
      expect(Object.keys(exposed.podLabels)).toEqual(['cdk8s.io/metadata.addr']);
    });
    expect(names(objects)).toEqual(['Deployment pods', 'Service theirs', 'Ingress theirs']);
    expect(find(objects, 'Ingress', 'theirs').spec.rules[0].http.paths[0].backend).toEqual({
      service: { name: 'theirs', port: { number: 80 } },
    });
  });

  test('that something else made is exposed as it is', () => {
    const objects = objectsOf((chart) => {
      const { frontend } = new OnlineBoutique(chart, 'boutique', { externalLoadBalancer: false } as object);
      const exposure = Exposure.ingress({ host: 'shop.example.com', ingressName: 'online-boutique-ing' });
      new ExposedService(chart, 'frontend', { existing: frontend, exposure });
    });
    expect(find(objects, 'Ingress', 'online-boutique-ing').spec.rules).toEqual([
      {
        host: 'shop.example.com',
        http: {
          paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'frontend', port: { number: 80 } } } }],
        },
      },
    ]);
  });
});

test('others learn name, ports, labels and DNS name', () => {
  objectsOf((chart) => {
    const { name, servicePort, port, podLabels, dnsName, service } = new ExposedService(chart, 'front', {
      ...IMAGE,
      servicePort: 80,
      namespace: { name: 'shop' },
    });
    expect([name, servicePort, port, podLabels, dnsName]).toEqual([
      'front',
      80,
      8080,
      { app: 'front' },
      'front.shop.svc',
    ]);
    expect(service).toEqual({ name: 'front', port: 80, targetPort: 8080, podLabels, namespace: { name: 'shop' } });
    expect(new ExposedService(chart, 'other', IMAGE).dnsName).toBe('other');
  });
});

describe('allowFrom', () => {
  const policiesOf = (make: (chart: Chart) => void) => objectsOf(make).filter(({ kind }) => kind === 'NetworkPolicy');
  const service = (chart: Chart, name: string, namespace?: string) =>
    new ExposedService(chart, name, { ...IMAGE, namespace: namespace === undefined ? undefined : { name: namespace } });
  const PORTS = [{ port: 8080, protocol: 'TCP' }];

  test('writes a policy with the labels of both and the port of the Pods', () => {
    const policies = policiesOf((chart) => service(chart, 'backend').allowFrom(service(chart, 'frontend')));
    expect(policies).toEqual([
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'backend-allow-from-frontend' },
        spec: {
          podSelector: { matchLabels: { app: 'backend' } },
          policyTypes: ['Ingress'],
          ingress: [{ from: [{ podSelector: { matchLabels: { app: 'frontend' } } }], ports: PORTS }],
        },
      },
    ]);
  });

  test('names the namespace of a peer elsewhere', () => {
    const [policy] = policiesOf((chart) =>
      service(chart, 'backend', 'data').allowFrom(service(chart, 'frontend', 'shop')),
    );
    expect(policy?.metadata).toEqual({ name: 'backend-allow-from-shop-frontend', namespace: 'data' });
    expect(policy?.spec.ingress[0].from).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
        podSelector: { matchLabels: { app: 'frontend' } },
      },
    ]);
  });

  test('opens other ports, under another name, when it is told to', () => {
    const [policy] = policiesOf((chart) =>
      service(chart, 'backend').allowFrom(Peer.pods({ app: 'metrics' }), {
        ports: [PolicyPort.tcp(9090), PolicyPort.named('http')],
        name: 'metrics',
      }),
    );
    expect(policy?.metadata.name).toBe('metrics');
    expect(policy?.spec.ingress[0].ports).toEqual([
      { port: 9090, protocol: 'TCP' },
      { port: 'http', protocol: 'TCP' },
    ]);
  });

  test.each(['constructor', 'service', 'deployment'])('may name its policy "%s"', (name) => {
    const policies = policiesOf((chart) => service(chart, 'backend').allowFrom(Peer.pods({ app: 'a' }), { name }));
    expect(policies.map(({ metadata }) => metadata.name)).toEqual([name]);
  });

  test('said twice is said once', () => {
    const policies = policiesOf((chart) => {
      const [backend, frontend] = [service(chart, 'backend'), service(chart, 'frontend')];
      backend.allowFrom(frontend);
      backend.allowFrom(frontend);
    });
    expect(policies).toHaveLength(1);
  });
});

describe('what policies leave open', () => {
  const CONTROLLER = 'ingress-nginx/Deployment/ingress-nginx-controller';

  /** Who reaches the Pods of the shop's service, in a cluster with an ingress controller and a stranger. */
  function callers(make: (chart: Chart) => void, name = 'shop'): string[] {
    const app = new App();
    new IngressNginx(new Chart(app, 'nginx'), 'nginx');
    new ExposedService(new Chart(app, 'strangers', { namespace: 'elsewhere' }), 'stranger', IMAGE);
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    make(chart);
    const cluster = Cluster.from(app.charts.flatMap((one) => one.toJson()));
    expect(cluster.problems).toEqual([]);
    const to = cluster.find(`shop/Deployment/${name}`);
    return [...cluster.connections({ to })].map(({ from, ports }) => `${peerText(from)} ${portsText(ports)}`);
  }

  const closed = (chart: Chart) => void new DefaultDenyNamespace(chart, 'namespace', { name: 'shop' });
  const shop = (chart: Chart, exposure?: Exposure) => new ExposedService(chart, 'shop', { ...IMAGE, exposure });
  const INGRESS = Exposure.ingress({ host: 'shop.example.com' });
  const ANYBODY = ['0.0.0.0-255.255.255.255 TCP 8080', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff TCP 8080'];

  const OPEN: [string, Exposure | undefined, string[]][] = [
    ['for the cluster alone: nobody', undefined, []],
    ['by an Ingress: the controller', INGRESS, [`${CONTROLLER} TCP 8080`]],
    ['by a node port: every address', Exposure.nodePort(), ANYBODY],
    ['by a load balancer: every address', Exposure.loadBalancer(), ANYBODY],
    [
      'by a load balancer for some, whose nodes hide the caller: every address',
      Exposure.loadBalancer({ sourceRanges: ['192.0.2.0/24'] }),
      ANYBODY,
    ],
    [
      'by a load balancer for some, whose nodes show the caller: those',
      Exposure.loadBalancer({ sourceRanges: ['192.0.2.0/24'], externalTrafficPolicy: TrafficPolicy.LOCAL }),
      ['192.0.2.0-192.0.2.255 TCP 8080'],
    ],
  ];

  test.each(OPEN)('in a closed namespace, %s', (_, exposure, expected) => {
    const before = callers((chart) => {
      closed(chart);
      shop(chart, exposure);
    });
    const after = callers((chart) => {
      shop(chart, exposure);
      closed(chart);
    });
    expect([before, after]).toEqual([expected, expected]);
  });

  test('in an open namespace an exposure closes nothing', () => {
    expect(callers((chart) => void shop(chart, INGRESS))).toContain('elsewhere/Deployment/stranger all');
  });

  test.each(['before', 'after'])('what allowFrom closes stays open to the controller, exposed %s', (when) => {
    const found = callers((chart) => {
      const service = shop(chart, when === 'before' ? INGRESS : undefined);
      service.allowFrom(new ExposedService(chart, 'caller', IMAGE));
      if (when === 'after') {
        service.expose(INGRESS);
      }
    });
    expect(found).toEqual([`${CONTROLLER} TCP 8080`, 'shop/Deployment/caller TCP 8080']);
  });

  test('allowFrom lets the caller out of a namespace that is closed for it, and nowhere else', () => {
    const found = callers((chart) => {
      new DefaultDenyNamespace(chart, 'namespace', { name: 'shop', egress: EgressDefault.DENY_EXCEPT_DNS });
      const caller = new ExposedService(chart, 'caller', IMAGE);
      shop(chart).allowFrom(caller);
      new ExposedService(chart, 'other', IMAGE);
    });
    expect(found).toEqual(['shop/Deployment/caller TCP 8080']);
  });

  test('a workload of cdk8s-plus in a closed namespace is opened as one of an image is', () => {
    const found = callers((chart) => {
      closed(chart);
      new ExposedService(chart, 'shop', { workload: workloadOf(chart), exposure: INGRESS });
    }, 'pods');
    expect(found).toEqual([`${CONTROLLER} TCP 8080`]);
  });

  test('a Service without selector, for which every Pod would have to be opened, fails in a closed namespace', () => {
    const make = (namespace?: string) => () =>
      objectsOf((chart) => {
        const metadata = { name: 'theirs', namespace: 'shop' };
        const service = new Service(chart, 'theirs', { metadata, ports: [{ port: 80 }] });
        new ExposedService(chart, 'shop', { service, exposure: INGRESS });
        if (namespace !== undefined) {
          new DefaultDenyNamespace(chart, 'namespace', { name: namespace });
        }
      });
    expect(make()).not.toThrow();
    expect(make('other')).not.toThrow();
    expect(make('shop')).toThrow(
      '[test/shop] the Service "theirs" selects no Pods, so that its policies would open every Pod of the namespace; give it a selector',
    );
  });

  test('a controller of another namespace is let in when it is named', () => {
    const controller = Peer.ingressController({ name: 'edge' });
    const policies = objectsOf((chart) => {
      closed(chart);
      new ExposedService(chart, 'shop', {
        ...IMAGE,
        namespace: { name: 'shop' },
        exposure: Exposure.ingress({ host: 'shop.example.com', controller }),
      });
    });
    expect(find(policies, 'NetworkPolicy', 'shop-allow-from-ingress-controller').spec.ingress[0].from).toEqual([
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } },
        podSelector: {
          matchLabels: {
            'app.kubernetes.io/name': 'ingress-nginx',
            'app.kubernetes.io/component': 'controller',
          },
        },
      },
    ]);
  });
});
