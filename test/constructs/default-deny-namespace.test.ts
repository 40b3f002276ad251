import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import {
  type AllowOptions,
  CanaryIngress,
  DefaultDenyNamespace,
  type DefaultDenyNamespaceProps,
  EgressDefault,
  ExposedService,
  Exposure,
  IngressNginx,
  Peer,
  PolicyPort,
} from '../../constructs';
import '../../jest';
import { find, objectsOf, refusal, yamlOf } from '../helpers/synth';

const closed = (props: Partial<DefaultDenyNamespaceProps> = {}) => ({ name: 'shop', ...props });
const filled = (make: (shop: DefaultDenyNamespace, chart: Chart) => void, props?: Partial<DefaultDenyNamespaceProps>) =>
  objectsOf((chart) => make(new DefaultDenyNamespace(chart, 'shop', closed(props)), chart));
const policy = (name: string, make: (shop: DefaultDenyNamespace, chart: Chart) => void) =>
  find(filled(make, { egress: EgressDefault.DENY_EXCEPT_DNS }), 'NetworkPolicy', name).spec;
const image = { image: 'registry.example/a:1', port: 8080 };

describe('a closed namespace', () => {
  test.each<[string, Partial<DefaultDenyNamespaceProps>]>([
    ['closes connections into it', { labels: { team: 'web' } }],
    ['is not made where it is there', { existing: true }],
    ['keeps DNS reachable', { egress: EgressDefault.DENY_EXCEPT_DNS }],
    [
      'keeps DNS reachable on the node and on OpenShift',
      { egress: EgressDefault.denyExceptDns({ nodeLocalDns: true, openShift: true }) },
    ],
  ])('%s', (_, props) => {
    expect(yamlOf((chart) => void new DefaultDenyNamespace(chart, 'shop', closed(props)))).toMatchSnapshot();
  });

  test('keeps its own name, whatever the namespace of the chart is', () => {
    const objects = objectsOf((chart) => void new DefaultDenyNamespace(chart, 'shop', closed()), {
      namespace: 'other',
    });
    expect(objects.map(({ metadata }) => metadata)).toEqual([
      { name: 'shop' },
      { name: 'default-deny', namespace: 'shop' },
    ]);
  });
});

describe('a named allow', () => {
  const ports = [PolicyPort.tcp(80)];
  const onPort = { ports: [{ port: 80, protocol: 'TCP' }] };
  const inNamespace = (name: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  });
  const into = (rule: object, podSelector: object = {}) => ({ podSelector, policyTypes: ['Ingress'], ingress: [rule] });
  const outOf = (rule: object, podSelector: object = {}) => ({ podSelector, policyTypes: ['Egress'], egress: [rule] });

  test.each<[string, string, (shop: DefaultDenyNamespace, chart: Chart) => void, object]>([
    [
      'lets a namespace in',
      'allow-from-namespace-monitoring',
      (shop) => shop.allowFromNamespace({ name: 'monitoring' }, { ports }),
      into({ from: [inNamespace('monitoring')], ...onPort }),
    ],
    [
      'lets its own Pods reach each other',
      'allow-from-namespace-shop',
      (shop) => shop.allowFromNamespace(shop),
      into({ from: [{ podSelector: {} }] }),
    ],
    [
      'lets Pods of another namespace into some of its own',
      'app-web-allow-from-ops-agent',
      (shop) => shop.allowFromWorkload(Peer.pods({ role: 'agent' }, { name: 'ops' }), { pods: { app: 'app-web' } }),
      into(
        { from: [{ ...inNamespace('ops'), podSelector: { matchLabels: { role: 'agent' } } }] },
        { matchLabels: { app: 'app-web' } },
      ),
    ],
    [
      'lets the ingress controller in',
      'allow-from-ingress-controller',
      (shop) => shop.allowFromIngressController({ ports }),
      into({
        from: [
          {
            ...inNamespace('ingress-nginx'),
            podSelector: {
              matchLabels: {
                'app.kubernetes.io/name': 'ingress-nginx',
                'app.kubernetes.io/component': 'controller',
              },
            },
          },
        ],
        ...onPort,
      }),
    ],
    [
      'lets addresses in',
      'allow-from-cidr-10-0-0-0-8',
      (shop) => shop.allowFromCidr('10.0.0.0/8'),
      into({ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }),
    ],
    [
      'lets Pods out to addresses but for some',
      'allow-to-cidr-10-0-0-0-8',
      (shop) => shop.allowToWorkload(Peer.cidr('10.0.0.0/8', ['10.1.0.0/16']), { ports }),
      outOf({ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ...onPort }),
    ],
    [
      'lets Pods out to a namespace, under a name that is given',
      'to-logs',
      (shop) => shop.allowToNamespace({ name: 'logs' }, { name: 'to-logs', ports: [PolicyPort.udpRange(500, 514)] }),
      outOf({ to: [inNamespace('logs')], ports: [{ protocol: 'UDP', port: 500, endPort: 514 }] }),
    ],
  ])('%s', (_, name, make, expected) => {
    expect(policy(name, make)).toEqual(expected);
  });

  const agent = (chart: Chart, select: boolean) =>
    Peer.workload(
      new Deployment(chart, 'agent', { metadata: { namespace: 'shop' }, select, containers: [{ image: 'a' }] }),
    );

  test('lets a workload of cdk8s-plus in, by the labels that select its Pods', () => {
    const objects = filled((shop, chart) => shop.allowFromWorkload(agent(chart, true)));
    const { matchLabels } = objects.find(({ kind }) => kind === 'Deployment')?.spec.selector ?? {};
    expect(matchLabels).not.toEqual({});
    expect(find(objects, 'NetworkPolicy', 'allow-from-agent').spec).toEqual(
      into({ from: [{ podSelector: { matchLabels } }] }),
    );
  });

  test('lets a workload that selects no Pods in by all labels that it gives them', () => {
    const objects = filled((shop, chart) => shop.allowFromWorkload(agent(chart, false)));
    const { labels } = objects.find(({ kind }) => kind === 'Deployment')?.spec.template.metadata ?? {};
    expect(Object.keys(labels)).not.toEqual([]);
    expect(find(objects, 'NetworkPolicy', 'allow-from-agent').spec).toEqual(
      into({ from: [{ podSelector: { matchLabels: labels } }] }),
    );
  });

  test('said twice is one policy, and said otherwise under the same name is refused', () => {
    const objects = filled((shop) => {
      shop.allowFromCidr('10.0.0.0/8');
      shop.allowFromCidr('10.0.0.0/8');
    });
    expect(objects).toHaveLength(3);
    expect(() =>
      filled((shop) => {
        shop.allowFromCidr('10.0.0.0/8');
        shop.allowFromCidr('10.0.0.0/8', { ports });
      }),
    ).toThrow(
      'test/shop: the NetworkPolicy "allow-from-cidr-10-0-0-0-8" is there and says something else; give this one a name',
    );
  });
});

describe('the name of a policy', () => {
  const shut = { egress: EgressDefault.DENY_EXCEPT_DNS };
  const names = (make: (shop: DefaultDenyNamespace, chart: Chart) => void) =>
    filled(make, shut)
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ metadata }) => metadata.name);
  const pair = (chart: Chart) => {
    const namespace = { name: 'shop' };
    const cart = new ExposedService(chart, 'cart', { ...image, namespace });
    return { cart, web: new ExposedService(chart, 'web', { ...image, namespace }) };
  };

  test('at the other end follows the one that is given, so that two connections of the same two ends stay apart', () => {
    const made = names((_, chart) => {
      const { cart, web } = pair(chart);
      cart.allowFrom(web);
      cart.allowFrom(web, { ports: [PolicyPort.tcp(9090)], name: 'scrape' });
    });
    expect(made).toEqual([
      'default-deny',
      'allow-dns',
      'cart-allow-from-web',
      'web-allow-to-cart',
      'scrape',
      'scrape-egress',
    ]);
  });

  test('of a canary follows the one that is given to its main service', () => {
    const made = names((_, chart) => {
      const { cart, web } = pair(chart);
      cart.allowFrom(web);
      cart.allowFrom(web, { ports: [PolicyPort.tcp(9090)], name: 'scrape' });
      web.expose(Exposure.ingress({ host: 'shop.example.com' }));
      new CanaryIngress(chart, 'canary', { main: web, canary: { image: 'registry.example/web:2' } });
    });
    expect(made).toEqual(
      expect.arrayContaining(['cart-allow-from-web-canary', 'scrape-web-canary', 'scrape-web-canary-egress']),
    );
  });

  test('names the keys of labels that are empty', () => {
    expect(names((shop) => shop.allowFromWorkload(Peer.pods({ 'example.com/agent': '' })))).toContain(
      'allow-from-example-com-agent',
    );
  });

  test('that would be too long is refused', () => {
    const labels = Object.fromEntries(['a', 'b', 'c', 'd'].map((key) => [key, key.repeat(63)]));
    expect(() => filled((shop) => shop.allowFromWorkload(Peer.pods(labels)))).toThrow(
      /^test\/shop: the name of the NetworkPolicy is "allow-from-a+-b+-c+-d+"; use at most 253 .*; give it a name$/,
    );
  });
});

describe('services of closed namespaces', () => {
  /** A shop that an Ingress leads to, a cart behind it, and a stranger; the namespaces made first or last. */
  function world(namespacesFirst: boolean): App {
    const app = new App();
    const services = new Chart(app, 'services');
    const shop = { name: 'shop' };
    const makeNamespaces = () => {
      const chart = new Chart(app, 'namespaces');
      new DefaultDenyNamespace(chart, 'shop', { name: 'shop', egress: EgressDefault.DENY_EXCEPT_DNS });
      new DefaultDenyNamespace(chart, 'data', { name: 'data' });
    };
    if (namespacesFirst) {
      makeNamespaces();
    }
    const exposure = Exposure.ingress({ host: 'shop.example.com' });
    const frontend = new ExposedService(services, 'frontend', { ...image, namespace: shop, exposure });
    const cart = new ExposedService(services, 'cart', { ...image, port: 6379, namespace: { name: 'data' } });
    new ExposedService(services, 'stranger', { ...image, namespace: { name: 'other' } });
    cart.allowFrom(frontend);
    if (!namespacesFirst) {
      makeNamespaces();
    }
    new IngressNginx(new Chart(app, 'ingress-nginx'), 'ingress-nginx');
    return app;
  }

  test.each([true, false])('open themselves to what they need and to nothing else (namespaces first: %s)', (first) => {
    const app = world(first);
    const controller = 'ingress-nginx/Deployment/ingress-nginx-controller';
    expect(app).toExpose('shop/frontend');
    expect(app).toDenyAllConnections({
      to: ['shop/frontend', 'data/cart'],
      except: [
        { from: controller, to: 'shop/frontend', port: 8080 },
        { from: 'shop/frontend', to: 'data/cart', port: 6379 },
      ],
    });
    expect(app).toDenyAllConnections({
      from: 'shop/frontend',
      except: [{ from: 'shop/frontend', to: 'data/cart', port: 6379 }],
      // The DNS of the cluster.
      exceptUnseen: ['TCP 53', 'UDP 53'],
    });
  });
});

describe('fails', () => {
  test.each<[object, string]>([
    [{}, 'name is missing'],
    [
      { name: 'Shop' },
      'name is "Shop"; use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends',
    ],
    [
      closed({ egress: 'deny' as never }),
      'egress is "deny"; give EgressDefault.ALLOW or EgressDefault.DENY_EXCEPT_DNS',
    ],
    [closed({ existing: 1 as never }), 'existing is 1; give true or false'],
    [
      closed({ egress: EgressDefault.denyExceptDns({ nodeLocalDns: 'yes' as never }) }),
      'egress to DNS.nodeLocalDns is "yes"; give true or false',
    ],
    [
      closed({ egress: (EgressDefault.denyExceptDns as () => EgressDefault)() }),
      "egress to DNS is undefined; give an object such as { key: 'value' }",
    ],
    [{ ...closed(), ingress: true }, 'ingress is not known; give name, labels, egress, existing, apiServer'],
  ])('if given %j', (props, message) => {
    expect(refusal((chart) => void new DefaultDenyNamespace(chart, 'closed', props as never))).toBe(
      `shop/closed: ${message}`,
    );
  });

  test.each<[string, AllowOptions, string]>([
    ['a port of 0', { ports: [PolicyPort.tcp(0)] }, 'ports[0] is 0; give an integer from 1 to 65535'],
    [
      'a range that ends before it begins',
      { ports: [PolicyPort.tcpRange(9, 1)] },
      'ports[0] is 9 to 1; give the lower port first',
    ],
    [
      'a name of a port that is none',
      { ports: [PolicyPort.named('HTTP')] },
      'ports[0] is "HTTP"; the name of a port is 1 to 15 lower-case letters, digits and single "-"',
    ],
    [
      'a range without an end',
      { ports: [(PolicyPort.tcpRange as (first: number) => PolicyPort)(80)] },
      'ports[0] is 80 to undefined; give an integer from 1 to 65535 for both',
    ],
    [
      'a range of text',
      { ports: [PolicyPort.udpRange('80' as never, 90)] },
      'ports[0] is "80" to 90; give an integer from 1 to 65535 for both',
    ],
    [
      'a port without its name',
      { ports: [PolicyPort.named(undefined as never)] },
      'ports[0] is undefined; the name of a port is 1 to 15 lower-case letters, digits and single "-"',
    ],
    ['no ports', { ports: [] }, 'ports is empty; give a list such as [PolicyPort.tcp(80)], or leave it out'],
    ['no labels', { pods: {} }, 'pods is empty; give at least one label'],
  ])('to allow %s', (_, options, message) => {
    expect(() => filled((shop) => shop.allowFromNamespace({ name: 'a' }, options))).toThrow(
      `test/shop: allowFromNamespace: options.${message}`,
    );
  });

  test.each<[string, (shop: DefaultDenyNamespace) => void, string]>([
    [
      'an address for a block',
      (shop) => shop.allowFromCidr('192.0.2.1'),
      'allowFromCidr: the block of the peer is "192.0.2.1"; give a block such as "192.0.2.1/32"',
    ],
    [
      'an exception outside of its block',
      (shop) => shop.allowFromWorkload(Peer.cidr('10.0.0.0/8', ['192.0.2.0/24'])),
      'allowFromWorkload: an exception of the peer is "192.0.2.0/24"; give a block that lies within 10.0.0.0/8 and is smaller',
    ],
    [
      'what is no peer',
      (shop) => shop.allowFromWorkload('frontend' as never),
      'allowFromWorkload: the peer is "frontend"; give an ExposedService, a DefaultDenyNamespace or a Peer such as Peer.workload(…)',
    ],
  ])('to allow %s', (_, allow, message) => {
    expect(() => filled(allow)).toThrow(`test/shop: ${message}`);
  });

  describe('to let out of a namespace that is open, since all other connections would be closed', () => {
    test.each<[string, (shop: DefaultDenyNamespace) => void]>([
      ['allowToWorkload', (shop) => shop.allowToWorkload(Peer.pods({ app: 'a' }))],
      ['allowToNamespace', (shop) => shop.allowToNamespace({ name: 'logs' })],
      ['allowToCidr', (shop) => shop.allowToCidr('192.0.2.0/24')],
    ])('%s', (method, allow) => {
      expect(() => filled(allow)).toThrow(
        `test/shop: ${method}: connections out of the namespace are open, and this would close all others; close it by egress: EgressDefault.DENY_EXCEPT_DNS, or leave this out`,
      );
    });

    test('but not when something else of the app closes it', () => {
      expect(() =>
        filled((shop, chart) => {
          const props = closed({ existing: true, egress: EgressDefault.DENY_EXCEPT_DNS });
          new DefaultDenyNamespace(chart, 'again', props);
          shop.allowToCidr('192.0.2.0/24');
        }),
      ).not.toThrow();
    });
  });
});
