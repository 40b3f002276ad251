import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  CanaryIngress,
  CanaryRule,
  DefaultDenyNamespace,
  EgressDefault,
  ExposedService,
  Exposure,
  NetworkingApp,
  Peer,
  PolicyPort,
} from '../../constructs';
import '../../jest';
import { find, objectsOf } from '../helpers/synth';

const IMAGE = { image: 'registry.example/a:1', port: 8080 };
const CLOSED = { egress: EgressDefault.DENY_EXCEPT_DNS };

const appOf = (make: (at: Chart) => void) => {
  const app = new NetworkingApp();
  make(new Chart(app, 'chart'));
  return app;
};
const closed = (at: Chart, name: string) => new DefaultDenyNamespace(at, name, { name, ...CLOSED });
const inside = (at: Chart, namespace: DefaultDenyNamespace, name: string, port = 8080) =>
  new ExposedService(at, `${namespace.name}-${name}`, { ...IMAGE, namespace, name, port });
const failure = (app: App): string => {
  try {
    app.synthYaml();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

const WORKLOADS = ['shop/web', 'tools/proxy', 'tools/other'];

/** A workload as a file or a Helm chart brings it. */
const brought = (at: Chart, name: string, account?: string) => {
  const labels = { 'example.com/role': name };
  const template = {
    metadata: { labels },
    spec: { serviceAccountName: account, containers: [{ name: 'a', image: 'a:1' }] },
  };
  const metadata = { name, namespace: 'tools' };
  new ApiObject(at, `${name}-pods`, {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { selector: { matchLabels: labels }, template } },
  });
  new ApiObject(at, `${name}-service`, {
    ...{ apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ports: [{ port: 80 }] } },
  });
};

describe('a Service that something else makes is an end of a connection', () => {
  test('by what it selects, also when it is made later, and both ends are opened', () => {
    const app = appOf((at) => {
      const shop = closed(at, 'shop');
      const web = inside(at, shop, 'web');
      web.allowFrom(Peer.service('proxy', { name: 'tools' }));
      closed(at, 'tools');
      brought(at, 'proxy');
      brought(at, 'other');
    });
    expect(app).toDenyAllConnections({ to: WORKLOADS, except: [{ from: 'tools/proxy', to: 'shop/web', port: 8080 }] });
  });

  test.each<[string, (at: Chart) => void, string]>([
    [
      'but not where the app makes none of its name',
      () => {},
      'no Service tools/proxy is made in this app, so that its Pods are not known; name its Pods by Peer.pods({ app: … }, { name: "tools" })',
    ],
    [
      'but not where it selects nothing',
      (at) => void new kplus.k8s.KubeService(at, 'empty', { metadata: { name: 'proxy', namespace: 'tools' } }),
      'the Service tools/proxy, chart/empty, selects no Pods; name its Pods by Peer.pods({ app: … }, { name: "tools" })',
    ],
    [
      'but not by the name of one in another namespace',
      (at) => void new kplus.k8s.KubeService(at, 'there', { metadata: { name: 'proxy', namespace: 'shop' } }),
      'no Service tools/proxy is made in this app',
    ],
  ])('%s', (_, make, message) => {
    const app = appOf((at) => {
      inside(at, closed(at, 'shop'), 'web').allowFrom(Peer.service('proxy', { name: 'tools' }));
      make(at);
    });
    expect(failure(app)).toContain(`chart/shop-web: ${message}`);
  });

  test('and nothing is opened in the place of Pods that are not known, whoever renders the chart', () => {
    const chart = new Chart(new App(), 'chart');
    inside(chart, closed(chart, 'shop'), 'web').allowFrom(Peer.service('proxy', { name: 'tools' }));
    expect(() => chart.toJson()).toThrow('no Service tools/proxy is made in this app');
    const policy = chart.node.findAll().find((one) => ApiObject.isApiObject(one) && /allow-from/.test(one.name));
    expect(() => (policy as ApiObject).toJson()).toThrow('no Service tools/proxy is made in this app');
  });
});

describe('a ServiceAccount is an end of a connection', () => {
  test('by the labels of all workloads that run as it', () => {
    const app = appOf((at) => {
      const web = inside(at, new DefaultDenyNamespace(at, 'shop', { name: 'shop' }), 'web');
      web.allowFrom(Peer.serviceAccount('robot', { name: 'tools' }));
      brought(at, 'one', 'robot');
      brought(at, 'two', 'robot');
      brought(at, 'three');
    });
    const from = ['tools/one', 'tools/two'];
    expect(app).toDenyAllConnections({ to: 'shop/web', except: [{ from, port: 8080 }] });
  });

  test.each<[string, (at: Chart) => void, string]>([
    [
      'but not where no workload of the app runs as it',
      (at) => brought(at, 'one', 'other'),
      'no workload of this app runs as the ServiceAccount tools/robot',
    ],
    [
      'but not as the Pods of a policy, where several workloads run as it',
      (at) => {
        closed(at, 'tools');
        brought(at, 'one', 'robot');
        brought(at, 'two', 'robot');
      },
      'ServiceAccount robot stands for several workloads; name each by Peer.workload',
    ],
  ])('%s', (_, make, message) => {
    const app = appOf((at) => {
      inside(at, closed(at, 'shop'), 'web').allowFrom(Peer.serviceAccount('robot', { name: 'tools' }));
      make(at);
    });
    expect(failure(app)).toContain(message);
  });
});

describe('addresses have the names that people give them', () => {
  test('in the names of policies, and all of their blocks are open', () => {
    const objects = objectsOf((at) => {
      const shop = closed(at, 'shop');
      const blocks = ['10.20.0.0/24', '10.20.9.0/24'];
      shop.allowToWorkload(Peer.blocks('postgres', blocks), { ports: [PolicyPort.tcp(5432)] });
      shop.allowToApiServer(['10.0.0.0/28'], { pods: { app: 'operator' } });
      shop.allowFromWorkload(Peer.nodes(['10.0.0.0/16']), { ports: [PolicyPort.tcp(8080)] });
    });
    expect(find(objects, 'NetworkPolicy', 'allow-to-postgres').spec.egress).toEqual([
      {
        to: [{ ipBlock: { cidr: '10.20.0.0/24' } }, { ipBlock: { cidr: '10.20.9.0/24' } }],
        ports: [{ port: 5432, protocol: 'TCP' }],
      },
    ]);
    expect(find(objects, 'NetworkPolicy', 'operator-allow-to-api-server').spec).toMatchObject({
      podSelector: { matchLabels: { app: 'operator' } },
      egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/28' } }], ports: [{ port: 443 }, { port: 6443 }] }],
    });
    expect(find(objects, 'NetworkPolicy', 'allow-from-nodes').spec.ingress).toEqual([
      { from: [{ ipBlock: { cidr: '10.0.0.0/16' } }], ports: [{ port: 8080, protocol: 'TCP' }] },
    ]);
  });
});

describe('replicas reach each other', () => {
  test('of one service, on every port, and nothing else reaches them', () => {
    const app = appOf((at) => {
      const shop = closed(at, 'shop');
      inside(at, shop, 'db', 5432).allowAmongItself();
      inside(at, shop, 'web');
    });
    expect(app).toAllowConnection({ from: 'shop/db', to: 'shop/db', port: 7000 });
    // Replicas that no manifest shows yet have what replicas have.
    expect(app).toDenyAllConnections({ to: ['shop/db', 'shop/web'], exceptUnseen: true });
  });

  test('of all of a namespace, or of some of its Pods, on the ports that are given', () => {
    const app = appOf((at) => {
      const shop = closed(at, 'shop');
      const ports = [PolicyPort.tcp(8080)];
      shop.allowAmongItself({ pods: { app: 'db' }, ports: [PolicyPort.tcp(7000)] });
      inside(at, shop, 'db');
      inside(at, shop, 'web');
      const tools = closed(at, 'tools');
      tools.allowAmongItself({ ports });
      inside(at, tools, 'one');
      inside(at, tools, 'two');
    });
    const tools = ['tools/one', 'tools/two'];
    expect(app).toDenyAllConnections({
      to: ['shop/db', 'shop/web', ...tools],
      except: [
        { from: 'tools/one', to: 'tools/two', port: 8080 },
        { from: 'tools/two', to: 'tools/one', port: 8080 },
      ],
      exceptUnseen: [7000, 8080],
    });
    expect(app).toAllowConnection({ from: 'shop/db', to: 'shop/db', port: 7000 });
    expect(app).toDenyConnection({ from: 'shop/db', to: 'shop/db', port: 8080 });
    expect(app).toDenyConnection({ from: 'shop/web', to: 'shop/web', port: 7000 });
  });
});

describe('metrics are collected', () => {
  test('from one service and from all of a namespace, on one port, out of a closed namespace too', () => {
    const app = appOf((at) => {
      const monitoring = closed(at, 'monitoring');
      const prometheus = inside(at, monitoring, 'prometheus', 9090);
      const shop = closed(at, 'shop');
      const web = inside(at, shop, 'web');
      web.allowMetricsFrom(prometheus, 9102);
      web.allowFrom(prometheus);
      const tools = closed(at, 'tools');
      inside(at, tools, 'agent');
      tools.allowMetricsFrom(prometheus, 9102);
    });
    const from = 'monitoring/prometheus';
    expect(app).toDenyAllConnections({
      to: ['shop/web', 'tools/agent', from],
      except: [
        { from, to: 'shop/web', port: [8080, 9102] },
        { from, to: 'tools/agent', port: 9102 },
      ],
    });
  });

  test('on the port of the Pods where none is said, by a policy that says what it is for', () => {
    const objects = objectsOf((at) => {
      const web = inside(at, closed(at, 'shop'), 'web');
      web.allowMetricsFrom(Peer.namespace({ name: 'monitoring' }));
    });
    const { ingress } = find(objects, 'NetworkPolicy', 'web-allow-metrics-from-namespace-monitoring').spec;
    expect(ingress[0].ports).toEqual([{ port: 8080, protocol: 'TCP' }]);
  });
});

test('several closed namespaces see each other in one line, and no other sees them', () => {
  const app = appOf((at) => {
    const [shop, tools, data] = [closed(at, 'shop'), closed(at, 'tools'), closed(at, 'data')];
    shop.allowAmong([tools, data, shop], [PolicyPort.tcp(8080)]);
    for (const namespace of [shop, tools, data, closed(at, 'other')]) {
      inside(at, namespace, 'web');
    }
  });
  const ends = ['shop/web', 'tools/web', 'data/web'];
  const pairs = ends.flatMap((from) => ends.filter((to) => to !== from).map((to) => ({ from, to, port: 8080 })));
  expect(app).toDenyAllConnections({ to: [...ends, 'other/web'], except: pairs, exceptUnseen: 8080 });
});

describe('a webhook in a closed namespace opens itself', () => {
  test.each([
    ['to every address, since no policy can name the API server', {}, ['0.0.0.0/0', '::/0']],
    ['to the API server, where its addresses are known', { apiServer: ['10.0.0.0/28'] }, ['10.0.0.0/28']],
  ])('%s, on its own port alone', (_, props, blocks) => {
    const objects = objectsOf((at) => {
      const namespace = closed(at, 'shop');
      new ExposedService(at, 'hook', {
        ...IMAGE,
        port: 9443,
        servicePort: 443,
        namespace,
        exposure: Exposure.webhook(props),
      });
    });
    const policies = objects.filter(({ kind, metadata }) => kind === 'NetworkPolicy' && /^hook/.test(metadata.name));
    expect(policies.map(({ spec }) => spec.ingress)).toEqual([
      [{ from: blocks.map((cidr) => ({ ipBlock: { cidr } })), ports: [{ port: 9443, protocol: 'TCP' }] }],
    ]);
  });
});

test('a canary of a service that reaches what something else made reaches it too', () => {
  const app = appOf((at) => {
    const shop = closed(at, 'shop');
    const main = new ExposedService(at, 'web', {
      ...IMAGE,
      namespace: shop,
      exposure: Exposure.ingress({ host: 'shop.example.com' }),
    });
    const db = inside(at, shop, 'db', 5432);
    db.allowFrom(main);
    db.allowAmongItself([PolicyPort.tcp(7000)]);
    new CanaryIngress(at, 'canary', { main, canary: { image: 'registry.example/a:2' }, rule: CanaryRule.weight(5) });
  });
  expect(app).toDenyAllConnections({
    to: 'shop/db',
    except: [{ from: ['shop/web', 'shop/web-canary'], port: 5432 }],
    exceptUnseen: 7000,
  });
});
