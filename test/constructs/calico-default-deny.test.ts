import { Chart } from 'cdk8s';
import {
  CalicoDefaultDeny,
  type CalicoDefaultDenyProps,
  DefaultDenyNamespace,
  EgressDefault,
  ExposedService,
  Exposure,
  IngressNginx,
  NetworkingApp,
  Peer,
} from '../../constructs';
import '../../jest';
import { crdProblems, withCrdDefaults } from '../helpers/crd';
import type { Fields } from '../helpers/fields';
import { objectsOf, refusal, yamlOf } from '../helpers/synth';

const IMAGE = { image: 'registry.example/a:1', port: 8080 };

const VARIANTS: [string, CalicoDefaultDenyProps][] = [
  ['as Calico recommends it', {}],
  [
    'that leaves connections out open, and other namespaces',
    { egress: EgressDefault.ALLOW, exceptNamespaces: [{ name: 'infra' }] },
  ],
  [
    'for a cluster with other DNS, under a name',
    { egress: EgressDefault.denyExceptDns({ nodeLocalDns: true, openShift: true }), name: 'closed' },
  ],
];

describe('a default deny of Calico', () => {
  test.each(VARIANTS)('%s', (_, props) => {
    expect(
      yamlOf((at) => void new CalicoDefaultDeny(at, 'deny-app-policy', props), { namespace: 'shop' }),
    ).toMatchSnapshot();
  });

  test.each(VARIANTS)('%s is as its CustomResourceDefinition wants it, and nothing is filled in', (_, props) => {
    for (const object of objectsOf((at) => void new CalicoDefaultDeny(at, 'deny', props))) {
      expect(crdProblems(object)).toEqual([]);
      expect(withCrdDefaults(object)).toEqual(object);
    }
  });

  test('fails without a name that Calico takes', () => {
    expect(refusal((at) => void new CalicoDefaultDeny(at, 'Deny All'))).toBe(
      'shop/Deny All: the name, taken from the id, is "Deny All"; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
    );
  });
});

/** A cluster with DNS, two namespaces of apps, and one of the cluster itself. */
function cluster(make: (at: Chart) => void): NetworkingApp {
  const app = new NetworkingApp();
  const at = new Chart(app, 'chart');
  make(at);
  const dns = { image: 'registry.example/dns:1', port: 53, labels: { 'k8s-app': 'kube-dns' } };
  new ExposedService(at, 'dns', { ...dns, namespace: { name: 'kube-system' } });
  new ExposedService(at, 'node', { ...IMAGE, namespace: { name: 'calico-system' } });
  return app;
}

const WEB = 'shop/web';
const TOOL = 'tools/tool';

describe('under a default deny of Calico', () => {
  const services = (at: Chart) => {
    const web = new ExposedService(at, 'web', { ...IMAGE, namespace: { name: 'shop' } });
    const tool = new ExposedService(at, 'tool', { ...IMAGE, namespace: { name: 'tools' } });
    return { web, tool };
  };
  const denied = (make: (given: ReturnType<typeof services>, at: Chart) => void = () => {}, props = {}) =>
    cluster((at) => {
      const given = services(at);
      new CalicoDefaultDeny(at, 'deny-app-policy', props);
      make(given, at);
    });

  test('Pods reach DNS and nothing else, and nothing reaches them', () => {
    const app = denied();
    const dns = 'kube-system/dns';
    expect(app).toDenyAllConnections({ to: [WEB, TOOL] });
    for (const from of [WEB, TOOL]) {
      expect(app).toAllowConnection({ from, to: dns, port: 53, protocol: 'UDP' });
      expect(app).toAllowConnection({ from, to: dns, port: 53 });
      expect(app).toDenyConnection({ from, to: dns, port: 8080 });
      expect(app).toDenyConnection({ from, to: 'calico-system/node' });
      expect(app).toDenyConnection({ from, to: '203.0.113.9' });
    }
  });

  test('the cluster itself stays as it is', () => {
    const app = denied();
    expect(app).toAllowConnection({ from: 'kube-system/dns', to: 'calico-system/node' });
    expect(app).toAllowConnection({ from: 'kube-system/dns', to: '203.0.113.9' });
    expect(app).toAllowConnection({ from: '203.0.113.9', to: 'calico-system/node' });
  });

  test('Pods of another namespace that look like DNS are not reached', () => {
    const app = denied((_, at) => {
      const labels = { 'k8s-app': 'kube-dns' };
      new ExposedService(at, 'fake', { image: 'registry.example/a:1', port: 53, labels, namespace: { name: 'evil' } });
    });
    expect(app).toDenyConnection({ from: WEB, to: 'evil/fake' });
  });

  test('connections out are open where they are left so', () => {
    const app = denied(() => {}, { egress: EgressDefault.ALLOW });
    expect(app).toAllowConnection({ from: WEB, to: '203.0.113.9' });
    expect(app).toAllowConnection({ from: WEB, to: 'calico-system/node' });
    expect(app).toDenyAllConnections({ to: [WEB, TOOL] });
  });

  test('what a service allows is open at both ends, whichever was made first', () => {
    const before = cluster((at) => {
      const { web, tool } = services(at);
      web.allowFrom(tool);
      new CalicoDefaultDeny(at, 'deny');
    });
    const after = denied(({ web, tool }) => web.allowFrom(tool));
    for (const app of [before, after]) {
      const except = [{ from: TOOL, to: WEB, port: 8080 }];
      expect(app).toDenyAllConnections({ to: [WEB, TOOL], except, exceptUnseen: 8080 });
    }
  });

  test('a service that an Ingress leads to opens itself to the controller, at both ends', () => {
    const app = cluster((at) => {
      new CalicoDefaultDeny(at, 'deny');
      new IngressNginx(at, 'nginx');
      const exposure = Exposure.ingress({ host: 'shop.example.com' });
      new ExposedService(at, 'web', { ...IMAGE, namespace: { name: 'shop' }, exposure });
    });
    const from = 'ingress-nginx/ingress-nginx-controller';
    expect(app).toDenyAllConnections({ to: WEB, except: [{ from, port: 8080 }], exceptUnseen: 8080 });
  });

  test('a namespace that is closed by itself says the same once', () => {
    const app = cluster((at) => {
      const shop = new DefaultDenyNamespace(at, 'shop', { name: 'shop', egress: EgressDefault.DENY_EXCEPT_DNS });
      new CalicoDefaultDeny(at, 'deny');
      const web = new ExposedService(at, 'web', { ...IMAGE, namespace: shop });
      web.allowFrom(Peer.namespace({ name: 'tools' }));
    });
    const names = app
      .manifestFiles()
      .flatMap(({ objects }) => objects as Fields[])
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    expect(names).toEqual([
      'shop/default-deny',
      'shop/allow-dns',
      'shop/web-allow-from-namespace-tools',
      'tools/allow-to-shop-web',
    ]);
  });
});
