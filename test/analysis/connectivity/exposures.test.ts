import type { Exposure } from '../../../analysis';
import { app, clusterOf, deployment, named, namespace, policy } from './manifests';

const web = deployment('shop/web', { app: 'web' }, named({ http: 8080 }));

function service(name: string, spec: object): object {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec };
}
const webService = service('web', { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });

const backend = (name: string, port: object) => ({ service: { name, port } });
const toWeb = backend('web', { number: 80 });

function ingress(spec: object, name = 'web'): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name, namespace: 'shop' }, spec };
}
const webIngress = ingress({
  rules: [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: toWeb }] } }],
});

function controller(path: string, args: string[] = [], podSpec: object = {}): object {
  const containers = [{ image: 'registry.k8s.io/ingress-nginx/controller:v1.15.1@sha256:0', args }];
  return deployment(path, { app: path.split('/')[1] as string }, { containers, ...podSpec });
}

/** The rows of the answer, one a line. */
const rows = (objects: readonly object[], name?: string) =>
  clusterOf(objects, name === undefined ? {} : { controller: name })
    .exposures()
    .map(({ host, path, service: by, to, port, protocol, reachable }) => {
      return `${host ?? '*'}${path} ${by} ${to?.name ?? '-'} ${protocol} ${port}: ${reachable === null ? 'not decided' : reachable ? 'reachable' : 'closed'}`;
    });

const first = (objects: readonly object[], name?: string): Exposure =>
  clusterOf(objects, name === undefined ? {} : { controller: name }).exposures()[0] as Exposure;

const fromNamespace = (name: string) => ({
  from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }],
});

test('of two protocols of one number an Ingress leads to TCP', () => {
  const both = service('web', {
    selector: { app: 'web' },
    ports: [
      { name: 'http3', port: 80, targetPort: 8443, protocol: 'UDP' },
      { name: 'http', port: 80, targetPort: 8080 },
    ],
  });
  expect(rows([web, both, webIngress])).toEqual(['shop.example.com/ web web TCP 8080: reachable']);
});

describe('an Ingress exposes', () => {
  test('the workloads that the Service behind a rule selects, at the port of their pods', () => {
    expect(first([web, webService, webIngress])).toEqual({
      via: { kind: 'Ingress', namespace: 'shop', name: 'web' },
      host: 'shop.example.com',
      path: '/',
      service: 'web',
      servicePort: 80,
      to: { namespace: 'shop', kind: 'Deployment', name: 'web' },
      port: 8080,
      protocol: 'TCP',
      controller: {
        namespace: 'ingress-nginx',
        workload: undefined,
        text: 'ingress-nginx/ingress-nginx-controller (assumed)',
      },
      reachable: true,
      why: 'no policy selects either end',
    });
  });

  test('one row for each rule, path and workload, in their order', () => {
    const paths = ['/b', '/a'].map((path) => ({ path, backend: toWeb }));
    const both = service('both', { selector: { tier: 'x' }, ports: [{ port: 1 }] });
    const objects = [
      deployment('shop/two', { tier: 'x' }),
      deployment('shop/one', { tier: 'x' }),
      deployment('other/three', { tier: 'x' }),
      web,
      webService,
      both,
      ingress({
        rules: [{ http: { paths } }, { host: 'a.b', http: { paths: [{ backend: backend('both', { number: 1 }) }] } }],
      }),
    ];
    expect(rows(objects)).toEqual([
      '*/b web web TCP 8080: reachable',
      '*/a web web TCP 8080: reachable',
      'a.b/ both one TCP 1: reachable',
      'a.b/ both two TCP 1: reachable',
    ]);
  });

  test('no workload that has only some of the labels of the Service', () => {
    const two = service('web', { selector: { app: 'web', tier: 'x' }, ports: [{ port: 80 }] });
    expect(rows([web, two, webIngress])).toEqual(['shop.example.com/ web - TCP null: closed']);
    expect(rows([deployment('shop/web', { app: 'web', tier: 'x' }), two, webIngress])).toHaveLength(1);
  });

  test('just what each of many Services of a namespace selects, each under its own policies', () => {
    const names = [...Array(30).keys()].map((index) => `w${index}`);
    const objects = names.flatMap((name, index) => [
      deployment(`shop/${name}`, { app: name, tier: index % 2 === 0 ? 'even' : 'odd' }),
      service(name, { selector: { tier: index % 2 === 0 ? 'even' : 'odd', app: name }, ports: [{ port: 80 }] }),
      ingress({ defaultBackend: backend(name, { number: 80 }) }, name),
      policy(`shop/${name}`, {
        podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: [name, 'nobody'] }] },
        ingress: index < 20 ? [{}] : [],
      }),
    ]);
    const others = [
      policy('shop/by-key', {
        podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['w25'] }] },
      }),
      policy('shop/even', { podSelector: { matchLabels: { tier: 'even' } }, ingress: [{ ports: [{ port: 80 }] }] }),
    ];
    expect(rows([...objects, ...others])).toEqual(
      names.map((name, index) => {
        const isOpen = index < 20 || index % 2 === 0;
        return `*/ ${name} ${name} TCP 80: ${isOpen ? 'reachable' : 'closed'}`;
      }),
    );
    const why = clusterOf([...objects, ...others]).exposures();
    expect(why[21]?.why).toMatch(
      /^NetworkPolicies shop\/by-key, shop\/w21 isolate shop\/Deployment\/w21, and no ingress/,
    );
    expect(why[25]?.why).toMatch(/^NetworkPolicy shop\/w25 isolates shop\/Deployment\/w25, and no ingress rule/);
  });

  test('a workload as soon as one of its pods is reachable', () => {
    const pod = (name: string, version: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'shop',
        labels: { app: 'web', version },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', controller: true }],
      },
    });
    const denied = policy('shop/deny', { podSelector: { matchLabels: { version: '1' } } });
    for (const pods of [
      [pod('a', '1'), pod('b', '2')],
      [pod('a', '2'), pod('b', '1')],
    ]) {
      const objects = [...pods, webService, webIngress, denied];
      expect(rows(objects)).toEqual(['shop.example.com/ web web TCP 8080: reachable']);
    }
  });

  test('its default backend, for whatever no rule says', () => {
    expect(rows([web, webService, ingress({ defaultBackend: toWeb })])).toEqual(['*/ web web TCP 8080: reachable']);
    expect(rows([web, webService, ingress({ defaultBackend: toWeb, rules: [{ host: 'a.b' }] })])).toEqual([
      'a.b/ web web TCP 8080: reachable',
      '*/ web web TCP 8080: reachable',
    ]);
  });

  test('nothing where its Service is missing or selects no pod, which is said', () => {
    const said = (...objects: object[]) => {
      const { to, port, reachable, why } = first([web, webIngress, ...objects]);
      expect([to, port]).toEqual([null, null]);
      return `${reachable}: ${why}`;
    };
    expect(said()).toBe('null: Service shop/web is not among the manifests');
    const typo = service('web', { selector: { app: 'wbe' }, ports: [{ port: 80 }] });
    expect(said(typo)).toBe('false: Service shop/web selects no pod of the manifests (app=wbe)');
    const noSelector = service('web', { ports: [{ port: 80 }] });
    expect(said(noSelector)).toBe('null: Service shop/web has no selector; its endpoints are not in the manifests');
    const external = service('web', { type: 'ExternalName', externalName: 'a.b', selector: { app: 'web' } });
    expect(said(external)).toBe('null: Service shop/web leads to the name a.b');
    const prometheus = {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      metadata: { name: 'k8s', namespace: 'shop' },
    };
    const ofOperator = service('web', { selector: { prometheus: 'k8s' }, ports: [{ port: 80 }] });
    expect(said(ofOperator, prometheus)).toBe(
      'null: Service shop/web selects pods that no manifest shows, those of Prometheus shop/k8s',
    );
  });

  test('nothing by a backend that is no Service', () => {
    const resource = ingress({ rules: [{ http: { paths: [{ backend: { resource: { kind: 'X', name: 'y' } } }] } }] });
    expect(rows([web, webService, resource])).toEqual([]);
  });

  test.each([
    ['the number of the pods', { port: 80, targetPort: 9000 }, 'TCP 9000: reachable'],
    ['left out: the port of the Service', { port: 80 }, 'TCP 80: reachable'],
    ['the name that the pods give it', { port: 80, targetPort: 'http' }, 'TCP 8080: reachable'],
    ['a name that they do not have', { port: 80, targetPort: 'admin' }, 'TCP null: closed'],
    [
      'a name that they have for another protocol',
      { port: 80, protocol: 'UDP', targetPort: 'http' },
      'TCP null: closed',
    ],
    ['a number that the Service has for another protocol', { port: 80, protocol: 'UDP' }, 'TCP null: closed'],
    ['not that of the rule', { port: 81 }, 'TCP null: closed'],
  ])('a target port: %s', (_, port, expected) => {
    expect(rows([web, service('web', { selector: { app: 'web' }, ports: [port] }), webIngress])).toEqual([
      `shop.example.com/ web web ${expected}`,
    ]);
  });

  test('a port of the Service by name', () => {
    const byName = (name: string) => ingress({ defaultBackend: backend('web', { name }) });
    expect(rows([web, webService, byName('http')])).toEqual(['*/ web web TCP 8080: reachable']);
    expect(first([web, webService, byName('admin')])).toMatchObject({
      reachable: false,
      why: 'Service shop/web has no port admin',
    });
  });

  test('why a Service leads nowhere', () => {
    const noName = service('web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'admin' }] });
    expect(first([web, noName, webIngress]).why).toBe(
      'Service shop/web leads to port admin, and no container port of the pods has that name',
    );
  });

  test('the first of the ports to which several containers give the name, sidecars last', () => {
    const container = (port: number) => ({ ports: [{ name: 'http', containerPort: port }] });
    const sidecar = { restartPolicy: 'Always', ...container(7000) };
    const byName = service('web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] });
    const rowsOf = (spec: object) => rows([deployment('shop/web', { app: 'web' }, spec), byName, webIngress]);
    expect(rowsOf({ containers: [container(9000), container(8000)], initContainers: [sidecar] })).toEqual([
      'shop.example.com/ web web TCP 9000: reachable',
    ]);
    expect(rowsOf({ containers: [{}], initContainers: [container(6000), sidecar] })).toEqual([
      'shop.example.com/ web web TCP 7000: reachable',
    ]);
  });

  test('pods on the network of their node, by the names of their ports', () => {
    const host = deployment('shop/web', { app: 'web' }, { hostNetwork: true, ...named({ http: 8080 }) });
    const byName = service('web', { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] });
    expect(rows([host, byName, webIngress])).toEqual(['shop.example.com/ web web TCP 8080: reachable']);
  });
});

describe('policies', () => {
  const objects = [web, webService, webIngress];
  const closed = policy('shop/deny', { podSelector: {} });
  const allow = (rule: object) => policy('shop/allow', { ...app('web'), ingress: [rule] });

  test('of a closed namespace stop the controller', () => {
    expect(first([...objects, closed])).toMatchObject({
      reachable: false,
      why: 'NetworkPolicy shop/deny isolates shop/Deployment/web, and no ingress rule allows TCP 8080 from ingress-nginx/ingress-nginx-controller (assumed)',
    });
  });

  test('that open a service to the namespace of the controller alone count as open', () => {
    expect(first([...objects, closed, allow(fromNamespace('ingress-nginx'))])).toMatchObject({
      reachable: true,
      why: 'NetworkPolicy shop/allow allows it (ingress rule 1)',
    });
    expect(first([...objects, closed, allow(fromNamespace('other'))]).reachable).toBe(false);
  });

  test('that open it to the labels of the controller count as open', () => {
    const byLabels = {
      from: [
        {
          namespaceSelector: { matchLabels: { team: 'edge' } },
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
        },
      ],
    };
    const reachable = (...more: object[]) => first([...objects, closed, allow(byLabels), ...more]).reachable;
    expect(reachable(namespace('ingress-nginx'))).toBe(false);
    expect(reachable(namespace('ingress-nginx', { team: 'edge' }))).toBe(true);
    // Whoever installs the controller may give labels to its namespace.
    expect(reachable()).toBeNull();
  });

  test('open the port of the pods, not that of the Service', () => {
    const rule = (port: number | string) => ({ ...fromNamespace('ingress-nginx'), ports: [{ port }] });
    expect(first([...objects, allow(rule(80))]).reachable).toBe(false);
    expect(first([...objects, allow(rule(8080))]).reachable).toBe(true);
    expect(first([...objects, allow(rule('http'))]).reachable).toBe(true);
  });

  test('may keep the controller from going out', () => {
    const out = policy('ingress-nginx/out', { podSelector: {}, policyTypes: ['Egress'] });
    expect(first([...objects, out])).toMatchObject({
      reachable: false,
      why: 'NetworkPolicy ingress-nginx/out isolates ingress-nginx/ingress-nginx-controller (assumed), and no egress rule allows TCP 8080 to shop/Deployment/web',
    });
  });
});

describe('the controller', () => {
  const objects = [web, webService, webIngress];
  const open = (name: string) => policy('shop/allow', { ...app('web'), ingress: [fromNamespace(name)] });

  test('is the workload in the manifests that runs ingress-nginx', () => {
    const found = first([...objects, controller('edge/nginx'), open('edge')]);
    expect(found.reachable).toBe(true);
    expect(found.controller).toEqual({
      namespace: 'edge',
      workload: { namespace: 'edge', kind: 'Deployment', name: 'nginx' },
      text: 'edge/Deployment/nginx',
    });
    expect(first([...objects, controller('edge/nginx'), open('ingress-nginx')]).reachable).toBe(false);
  });

  test('is not every workload that looks like it', () => {
    const other = deployment(
      'edge/x',
      {},
      { containers: [{ image: 'example.com/my-ingress-nginx/controller-test:1' }] },
    );
    expect(first([...objects, other]).controller.workload).toBeUndefined();
  });

  test('on the network of its node is let in by a rule for everybody only', () => {
    const onNode = controller('edge/nginx', [], { hostNetwork: true });
    expect(first([...objects, onNode, open('edge')]).reachable).toBe(false);
    expect(first([...objects, onNode, policy('shop/allow', { ...app('web'), ingress: [{}] })]).reachable).toBe(true);
  });

  test('is the one that is named', () => {
    const all = [...objects, controller('edge/nginx'), deployment('mesh/gate'), open('mesh')];
    expect(first(all).reachable).toBe(false);
    expect(first(all, 'mesh/gate').reachable).toBe(true);
    expect(first(all, 'mesh/Deployment/gate').controller.text).toBe('mesh/Deployment/gate');
  });

  test.each([
    ['nobody/x', 'controller "nobody/x" names no workload of the manifests: NAMESPACE/NAME or NAMESPACE/KIND/NAME'],
    ['web', 'controller "web" names no workload of the manifests: NAMESPACE/NAME or NAMESPACE/KIND/NAME'],
  ])('fails for %s', (name, message) => {
    expect(() => clusterOf(objects, { controller: name })).toThrow(new RangeError(message));
  });

  test('fails for a name that several workloads have', () => {
    const twin = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' } };
    expect(() => clusterOf([...objects, twin], { controller: 'shop/web' })).toThrow(
      'controller "shop/web" names several workloads; add the kind: NAMESPACE/NAME or NAMESPACE/KIND/NAME',
    );
  });

  describe('is the one for the class of the Ingress', () => {
    const ingressClass = (name: string, by: string, isDefault = false) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name, annotations: { 'ingressclass.kubernetes.io/is-default-class': `${isDefault}` } },
      spec: { controller: by },
    });
    const both = [
      controller('edge-a/nginx', ['--controller-class=k8s.io/a', '--ingress-class=a']),
      controller('edge-b/nginx', ['--controller-class', 'k8s.io/b', '--ingress-class', 'b']),
    ];
    const takenBy = (spec: object, ...more: object[]) =>
      first([web, webService, ...both, ...more, ingress({ ...spec, defaultBackend: toWeb })]).controller.namespace;

    test('by the controller that its IngressClass names', () => {
      expect(takenBy({ ingressClassName: 'public' }, ingressClass('public', 'k8s.io/b'))).toBe('edge-b');
    });

    test('by the class that it serves, where no manifest declares one', () => {
      expect(takenBy({ ingressClassName: 'b' })).toBe('edge-b');
    });

    test('by the default class, where the Ingress names none', () => {
      expect(takenBy({}, ingressClass('x', 'k8s.io/a'), ingressClass('y', 'k8s.io/b', true))).toBe('edge-b');
    });

    test('and of an Ingress without a class the first', () => {
      expect(takenBy({})).toBe('edge-a');
    });

    test('and unknown where nothing says who serves the class', () => {
      expect(takenBy({ ingressClassName: 'unknown' })).toBeUndefined();
    });

    test('and where nothing says who serves the class, that is said, once for each class', () => {
      const notes = (specs: readonly object[], more: readonly object[] = both, name?: string) => {
        const ingresses = specs.map((spec, index) => ingress({ ...spec, defaultBackend: toWeb }, `web-${index}`));
        return clusterOf([web, webService, ...more, ...ingresses], name === undefined ? {} : { controller: name })
          .notes;
      };
      const unknown = [{ ingressClassName: 'edge' }, { ingressClassName: 'edge' }, {}, { ingressClassName: 'a' }];
      const message =
        'Ingress shop/web-0: nothing says who serves the class "edge"; where policies let only some in, whether its requests get through is not decided; see --controller';
      expect(notes(unknown)).toEqual([{ code: 'unknown-class', file: 'objects[4]', line: 0, message }]);
      expect(notes([{ ingressClassName: 'edge' }], [])).toMatchObject([{ message }]);
      expect(notes(unknown, both, 'edge-a/nginx')).toEqual([]);
      expect(notes([{ ingressClassName: 'nginx' }], [])).toEqual([]);
      expect(notes([{ ingressClassName: 'in' }], [ingressClass('in', 'k8s.io/ingress-nginx')])).toEqual([]);
      expect(notes([{ ingressClassName: 'b2' }], [...both, ingressClass('b2', 'k8s.io/b')])).toEqual([]);
      expect(notes([{ ingressClassName: 'traefik' }], [])).toEqual([]);
      expect(notes([{ ingressClassName: 'nginx' }], [ingressClass('nginx', 'example.com/controller')])).toHaveLength(1);
    });

    test('by the annotation of former times', () => {
      const old = {
        ...ingress({ defaultBackend: toWeb }),
        metadata: { name: 'web', namespace: 'shop', annotations: { 'kubernetes.io/ingress.class': 'b' } },
      };
      expect(first([web, webService, ...both, old]).controller.namespace).toBe('edge-b');
    });
  });
});
