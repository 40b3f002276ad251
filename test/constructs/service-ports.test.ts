import { Chart } from 'cdk8s';
import {
  CanaryIngress,
  CanaryRule,
  DefaultDenyNamespace,
  EgressDefault,
  ExposedService,
  type ExposedServiceProps,
  Exposure,
  Gateway,
  GatewayImplementation,
  NetworkingApp,
  Peer,
  PortProtocol,
  TrafficPolicy,
} from '../../constructs';
import '../../jest';
import { withDefaults } from '../helpers/api-defaults';
import { find, objectsOf, refusal, yamlOf } from '../helpers/synth';

const ingress = (host: string, ingressName?: string) => Exposure.ingress({ host, ingressName });
const WEB: ExposedServiceProps = {
  image: 'registry.example/web:1',
  port: 8080,
  servicePort: 80,
  portName: 'http',
  exposure: ingress('shop.example.com'),
  ports: [
    { name: 'admin', port: 9000, servicePort: 81, exposure: ingress('admin.example.com', 'web-admin') },
    { name: 'metrics', port: 9102 },
  ],
};
const GAME: ExposedServiceProps = {
  image: 'registry.example/game:1',
  port: 7777,
  portName: 'game',
  protocol: PortProtocol.UDP,
  exposure: Exposure.loadBalancer(),
  ports: [{ name: 'login', port: 7778 }],
};

const closedApp = (props: ExposedServiceProps, more: (web: ExposedService, at: Chart) => void = () => {}) => {
  const app = new NetworkingApp();
  const at = new Chart(app, 'chart', { namespace: 'shop' });
  new DefaultDenyNamespace(at, 'namespace', { name: 'shop', egress: EgressDefault.DENY_EXCEPT_DNS });
  more(new ExposedService(at, 'web', props), at);
  return app;
};

describe('a service of several ports', () => {
  test.each([
    ['of TCP, each by a host of its own', WEB],
    ['of UDP and TCP, behind one load balancer', GAME],
  ])('%s', (_, props) => {
    const make = (at: Chart) => void new ExposedService(at, 'web', props);
    expect(yamlOf(make)).toMatchSnapshot();
    for (const object of objectsOf(make)) {
      expect(withDefaults(object)).toMatchObject(object);
    }
  });

  test('is reached by each host on its own port', () => {
    const app = closedApp(WEB);
    expect(app).toRoute({ url: 'http://shop.example.com/' }).toBackend('shop/web:80');
    expect(app).toRoute({ url: 'http://admin.example.com/' }).toBackend('shop/web:81');
  });

  test('is opened to the controller on the ports that it leads to, and on no other', () => {
    const policies = closedApp(WEB)
      .manifestFiles()
      .flatMap(({ objects }) => objects)
      .filter(({ kind, metadata }) => kind === 'NetworkPolicy' && /^web-/.test(metadata.name));
    expect(policies.map(({ metadata, spec }) => [metadata.name, spec.ingress[0].ports])).toEqual([
      ['web-allow-from-ingress-controller', [{ port: 8080, protocol: 'TCP' }]],
      ['web-allow-admin-from-ingress-controller', [{ port: 9000, protocol: 'TCP' }]],
    ]);
  });

  test('is opened on all of its ports, each by its protocol, where a load balancer leads to it', () => {
    const app = closedApp(GAME);
    const from = 'external';
    expect(app).toAllowConnection({ from, to: 'web', port: 'UDP 7777' });
    expect(app).toAllowConnection({ from, to: 'web', port: 'TCP 7778' });
    expect(app).toDenyConnection({ from, to: 'web', port: 'TCP 7777' });
  });

  test('keeps the ranges of a load balancer for each of them', () => {
    const sourceRanges = ['203.0.113.0/24'];
    const externalTrafficPolicy = TrafficPolicy.LOCAL;
    const app = closedApp({ ...GAME, exposure: Exposure.loadBalancer({ sourceRanges, externalTrafficPolicy }) });
    expect(app).toAllowConnection({ from: '203.0.113.0/24', to: 'web', port: 'UDP 7777' });
    expect(app).toDenyConnection({ from: '198.51.100.1', to: 'web', port: 'UDP 7777' });
  });

  test('lets peers in on its main port, by its protocol', () => {
    const app = new NetworkingApp();
    const at = new Chart(app, 'chart', { namespace: 'shop' });
    new DefaultDenyNamespace(at, 'namespace', { name: 'shop' });
    const dns = new ExposedService(at, 'dns', { image: 'a:1', port: 53, protocol: PortProtocol.UDP });
    dns.allowFrom(new ExposedService(at, 'web', { image: 'a:1', port: 8080 }));
    expect(app).toDenyAllConnections({ to: 'dns', except: [{ from: 'web', port: 'UDP 53' }], exceptUnseen: 'UDP 53' });
  });

  test('opens a port to a Gateway that leads to it', () => {
    const app = closedApp(
      { image: 'a:1', port: 8080, portName: 'http', ports: [{ name: 'admin', port: 9000 }] },
      (_, at) => {
        const gateway = new Gateway(at, 'gateway', { implementation: GatewayImplementation.ENVOY_GATEWAY });
        const exposure = Exposure.gateway({ gateway, host: 'admin.example.com', routeName: 'admin' });
        new ExposedService(at, 'second', {
          image: 'a:1',
          port: 8080,
          portName: 'http',
          ports: [{ name: 'admin', port: 9000, exposure }],
        });
      },
    );
    expect(app).toRoute({ url: 'http://admin.example.com/' }).toBackend('shop/second:9000');
    const objects = app.manifestFiles().flatMap(({ objects: of }) => of);
    const admitted = objects.filter(({ metadata }) => /^second-allow/.test(metadata.name));
    expect(admitted.map(({ spec }) => spec.ingress[0].ports)).toEqual([[{ port: 9000, protocol: 'TCP' }]]);
  });

  test('has a canary that leads to its main port, and leaves its other hosts alone', () => {
    const app = closedApp(WEB, (main, at) => {
      new CanaryIngress(at, 'canary', {
        main,
        canary: { image: 'registry.example/web:2' },
        rule: CanaryRule.header('FOO', 'bar'),
      });
    });
    expect(app)
      .toRoute({ url: 'http://shop.example.com/', headers: { FOO: 'bar' } })
      .toBackend('shop/web-canary:80');
    expect(app)
      .toRoute({ url: 'http://admin.example.com/', headers: { FOO: 'bar' } })
      .toBackend('shop/web:81');
  });

  test('has one port of the container for two of the Service', () => {
    const ports = [{ name: 'also', port: 8080, servicePort: 81 }];
    const objects = objectsOf((at) => void new ExposedService(at, 'web', { ...WEB, ports }));
    expect(find(objects, 'Deployment', 'web').spec.template.spec.containers[0].ports).toEqual([
      { name: 'http', containerPort: 8080, protocol: 'TCP' },
    ]);
  });
});

describe('is refused:', () => {
  const made = (props: Partial<ExposedServiceProps>) =>
    refusal((at) => void new ExposedService(at, 'web', { image: 'a:1', port: 80, portName: 'http', ...props }));

  test.each<[string, Partial<ExposedServiceProps>, string]>([
    [
      'several ports, of which one has no name',
      { portName: undefined, ports: [{ name: 'b', port: 81 }] },
      'portName is missing; a Service of several ports has to name each',
    ],
    [
      'two ports of one name',
      { ports: [{ name: 'http', port: 81 }] },
      'ports: "http" and "http" both have the name "http"; give one of them another',
    ],
    [
      'two ports of one number',
      { ports: [{ name: 'b', port: 8080, servicePort: 80 }] },
      'ports: "b" and "http" both have the port 80 of TCP of the Service; give one of them another',
    ],
    [
      'an Ingress to a port of UDP',
      { protocol: PortProtocol.UDP, exposure: ingress('a.example.com') },
      'exposure is ingress, which leads to ports of TCP, and the port is one of UDP; give a load balancer, or leave it out',
    ],
    [
      'an Ingress to another port of UDP',
      { ports: [{ name: 'b', port: 81, protocol: PortProtocol.UDP, exposure: ingress('a.example.com') }] },
      'ports[0].exposure is ingress, which leads to ports of TCP, and the port is one of UDP; give a load balancer, or leave it out',
    ],
    [
      'a load balancer for one port alone',
      { ports: [{ name: 'b', port: 81, exposure: Exposure.loadBalancer() }] },
      'ports[0].exposure is loadBalancer, which says what the Service is; give it as exposure of the whole',
    ],
    [
      'two Ingresses of one name',
      { exposure: ingress('a.example.com'), ports: [{ name: 'b', port: 81, exposure: ingress('b.example.com') }] },
      'ports[0].exposure makes the Ingress "web" a second time; give it another name, by ingressName',
    ],
  ])('%s', (_, props, message) => {
    expect(made(props)).toBe(`shop/web: ${message}`);
  });

  test('more ports of a Service that is there', () => {
    const existing = { name: 'a', port: 80, targetPort: 80, podLabels: { app: 'a' } };
    const ports = [{ name: 'b', port: 81 }];
    expect(refusal((at) => void new ExposedService(at, 'web', { existing, ports }))).toBe(
      'shop/web: ports is given with existing; the Service is there already, leave it out',
    );
  });

  test('but the same number for two protocols is none', () => {
    expect(() =>
      objectsOf((at) => {
        const ports = [{ name: 'b', port: 80, protocol: PortProtocol.UDP }];
        new ExposedService(at, 'web', { image: 'a:1', port: 80, portName: 'a', ports }).allowFrom(Peer.anywhere());
      }),
    ).not.toThrow();
  });
});
