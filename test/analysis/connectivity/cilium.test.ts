import { type ClusterOptions, includesPort, type Peer, portsText, whyText } from '../../../analysis';
import { app, clusterOf, deployment, named, namespace, policy } from './manifests';

/** A CiliumNetworkPolicy of `shop`, or one of the whole cluster where the name is `cluster`. */
function cilium(name: string, ...specs: readonly object[]): object {
  const [spec] = specs;
  return {
    apiVersion: 'cilium.io/v2',
    kind: name === 'cluster' ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy',
    metadata: { name, ...(name === 'cluster' ? {} : { namespace: 'shop' }) },
    ...(specs.length === 1 ? { spec } : { specs }),
  };
}

const of = (name: string) => ({ matchLabels: { app: name } });
const DB = { endpointSelector: of('db') };
const tcp = (...ports: readonly string[]) => [{ ports: ports.map((port) => ({ port, protocol: 'TCP' })) }];

const SHOP = [
  namespace('shop', { team: 'a' }),
  namespace('other', { team: 'b' }),
  deployment('shop/web', { app: 'web' }, named({ http: 80 })),
  deployment('shop/db', { app: 'db' }, named({ sql: 5432 })),
  deployment('other/web', { app: 'web' }),
  deployment('other/agent', { app: 'agent' }, { hostNetwork: true }),
];

const PEERS = ['shop/web', 'other/web', 'other/agent', '8.8.8.8', '10.1.2.3', '2001:db8::1'];

/** Who may connect to `db`, with the ports; a question mark where that is in doubt. */
function toDb(objects: readonly object[], options?: ClusterOptions): string[] {
  return across('ingress', objects, options);
}

/** To whom `db` may connect. */
function fromDb(objects: readonly object[], options?: ClusterOptions): string[] {
  return across('egress', objects, options);
}

function across(direction: 'ingress' | 'egress', objects: readonly object[], options?: ClusterOptions): string[] {
  const cluster = clusterOf([...SHOP, ...objects], options);
  const [db] = cluster.find('shop/db') as [Peer];
  return PEERS.flatMap((name) => {
    const [peer] = cluster.find(name) as [Peer];
    const [from, to] = direction === 'ingress' ? [peer, db] : [db, peer];
    const ports = cluster.ports(from, to);
    const doubt = cluster.doubts(from, to).length > 0 ? '?' : '';
    return ports.length === 0 && doubt === ''
      ? []
      : [`${name} ${ports.length === 0 ? 'none' : portsText(ports)}${doubt}`];
  });
}

describe('a CiliumNetworkPolicy', () => {
  const ALL = PEERS.map((name) => `${name} all`);
  const ingress = (...rules: readonly object[]) => [cilium('p', { ...DB, ingress: rules })];

  test.each<[string, readonly object[], readonly string[]]>([
    ['lets in those that a rule names', ingress({ fromEndpoints: [of('web')] }), ['shop/web all']],
    [
      'on the ports that it names',
      ingress({ fromEndpoints: [of('web')], toPorts: tcp('80', '443') }),
      ['shop/web TCP 80, TCP 443'],
    ],
    [
      'on a range, any protocol, and a name of its pod',
      ingress({
        fromEndpoints: [of('web')],
        toPorts: [
          { ports: [{ port: '80', endPort: 82, protocol: 'UDP' }, { port: '53' }, { port: 'sql', protocol: 'TCP' }] },
        ],
      }),
      ['shop/web SCTP 53, TCP 53, TCP 5432, UDP 53, UDP 80-82'],
    ],
    [
      'on every port of a protocol by 0',
      ingress({ fromEndpoints: [of('web')], toPorts: tcp('0') }),
      ['shop/web TCP all'],
    ],
    [
      'lets everybody in on a port without peers',
      ingress({ toPorts: tcp('80') }),
      PEERS.map((name) => `${name} TCP 80`),
    ],
    ['lets nobody in by an empty rule', ingress({}), []],
    ['isolates nothing without rules', ingress(), ALL],
    ['lets nobody in by an empty list of peers', ingress({ fromEndpoints: [] }), []],
    ['nor on a port', ingress({ fromEndpoints: [], toPorts: tcp('80') }), []],
    ['means its own namespace by an empty selector', ingress({ fromEndpoints: [{}] }), ['shop/web all']],
    [
      'means another by its name',
      ingress({ fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'other' } }] }),
      ['other/web all'],
    ],
    [
      'or by a label of it',
      ingress({ fromEndpoints: [{ matchLabels: { 'io.cilium.k8s.namespace.labels.team': 'b', app: 'web' } }] }),
      ['other/web all'],
    ],
    [
      'means what is outside too by the lack of a namespace',
      ingress({
        fromEndpoints: [{ matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'DoesNotExist' }] }],
      }),
      // Pods that Cilium does not manage have none either.
      ['shop/web none?', 'other/web none?', 'other/agent all', '8.8.8.8 all', '10.1.2.3 all', '2001:db8::1 all'],
    ],
    [
      'knows labels by their source',
      ingress({ fromEndpoints: [{ matchLabels: { 'any:app': 'web', 'k8s:app': 'web' } }] }),
      ['shop/web all'],
    ],
    [
      'knows service accounts',
      ingress({ fromEndpoints: [{ matchLabels: { 'io.cilium.k8s.policy.serviceaccount': 'default' } }] }),
      ['shop/web all'],
    ],
    [
      'does not know labels that Cilium leaves out',
      ingress({ fromEndpoints: [{ matchLabels: { 'pod-template-hash': 'x' } }] }),
      ['shop/web none?'],
    ],
    ['lets the world in', ingress({ fromEntities: ['world'] }), ['8.8.8.8 all', '10.1.2.3 all', '2001:db8::1 all']],
    ['by family', ingress({ fromEntities: ['world-ipv6'] }), ['2001:db8::1 all']],
    [
      'lets the cluster in',
      ingress({ fromEntities: ['cluster'] }),
      ['shop/web all', 'other/web all', 'other/agent all'],
    ],
    ['lets all in', ingress({ fromEntities: ['all'] }), ALL],
    ['lets nodes in', ingress({ fromEntities: ['host', 'remote-node'] }), ['other/agent all']],
    ['not knowing which node a pod runs on', ingress({ fromEntities: ['host'] }), ['other/agent none?']],
    [
      'by a selector as well',
      ingress({ fromEndpoints: [{ matchLabels: { 'reserved:world': '' } }] }),
      ['8.8.8.8 all', '10.1.2.3 all', '2001:db8::1 all'],
    ],
    [
      'not knowing where the API server runs',
      ingress({ fromEntities: ['kube-apiserver'] }),
      ['other/agent none?', '8.8.8.8 none?', '10.1.2.3 none?', '2001:db8::1 none?'],
    ],
    [
      'not knowing whether it runs outside, where all nodes are let in',
      ingress({ fromEntities: ['host', 'remote-node', 'kube-apiserver'] }),
      ['other/agent all', '8.8.8.8 none?', '10.1.2.3 none?', '2001:db8::1 none?'],
    ],
    [
      'knowing that it is among nodes and the world',
      ingress({ fromEntities: ['host', 'remote-node', 'world', 'kube-apiserver'] }),
      ['other/agent all', '8.8.8.8 all', '10.1.2.3 all', '2001:db8::1 all'],
    ],
    [
      'does not know what no ports at all mean',
      ingress({ fromEntities: ['world'], toPorts: [{ ports: [] }] }),
      ['8.8.8.8 none?', '10.1.2.3 none?', '2001:db8::1 none?'],
    ],
    // Nodes may be matched by their addresses, if Cilium is told so.
    ['matches addresses outside alone', ingress({ fromCIDR: ['10.0.0.0/8'] }), ['other/agent none?', '10.1.2.3 all']],
    [
      'without exceptions',
      ingress({ fromCIDRSet: [{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }] }),
      ['other/agent none?', '8.8.8.8 all'],
    ],
    [
      'does not know groups of which no manifest shows addresses',
      ingress({ fromCIDRSet: [{ cidrGroupRef: 'g' }] }),
      ['other/agent none?', '8.8.8.8 none?', '10.1.2.3 none?', '2001:db8::1 none?'],
    ],
    ['leaves ICMP aside', ingress({ fromEntities: ['all'], icmps: [{ fields: [{ type: 8 }] }] }), []],
    [
      'denies whatever others allow',
      [
        cilium('p', {
          ...DB,
          ingress: [{ fromEntities: ['all'] }],
          ingressDeny: [{ fromEntities: ['world'], toPorts: tcp('80') }],
        }),
      ],
      [
        'shop/web all',
        'other/web all',
        'other/agent all',
        '8.8.8.8 SCTP all, TCP 1-79, TCP 81-65535, UDP all',
        '10.1.2.3 SCTP all, TCP 1-79, TCP 81-65535, UDP all',
        '2001:db8::1 SCTP all, TCP 1-79, TCP 81-65535, UDP all',
      ],
    ],
    [
      'denies without isolating, if it says so',
      [cilium('p', { ...DB, ingressDeny: [{ fromEntities: ['world'] }], enableDefaultDeny: { ingress: false } })],
      ['shop/web all', 'other/web all', 'other/agent all'],
    ],
    [
      'isolates without rules, if it says so',
      [cilium('p', { ...DB, ingress: [], enableDefaultDeny: { ingress: true } })],
      [],
    ],
    [
      'has several parts',
      [cilium('p', { ...DB, ingress: [{}] }, { ...DB, ingress: [{ fromEntities: ['world-ipv6'] }] })],
      ['2001:db8::1 all'],
    ],
    [
      'applies in its namespace, whatever its selector says',
      [
        cilium('p', {
          endpointSelector: { matchLabels: { app: 'db', 'k8s:io.kubernetes.pod.namespace': 'other' } },
          ingress: [{}],
        }),
      ],
      [],
    ],
    [
      'is another one of the whole cluster',
      [cilium('cluster', { ...DB, ingress: [{ fromEndpoints: [{}] }] })],
      ['shop/web all', 'other/web all'],
    ],
    [
      'lets only some requests through, which manifests do not tell',
      ingress({ fromEndpoints: [of('web')], toPorts: [{ ...tcp('80')[0], rules: { http: [{ path: '/x' }] } }] }),
      ['shop/web none?'],
    ],
    [
      'may ask for mutual authentication',
      ingress({ fromEndpoints: [of('web')], authentication: { mode: 'required' } }),
      ['shop/web none?'],
    ],
    [
      'may close what is open by fromRequires',
      ingress({ fromEntities: ['all'] }, { fromRequires: [of('web')] }),
      PEERS.map((name) => `${name} all?`),
    ],
  ])('%s', (_, objects, expected) => {
    expect(toDb(objects)).toEqual(expected);
  });

  test.each<[string, object, readonly string[]]>([
    [
      'names are unknown',
      { toFQDNs: [{ matchName: 'example.com' }] },
      ['8.8.8.8 none?', '10.1.2.3 none?', '2001:db8::1 none?'],
    ],
    [
      'names may all be looked up',
      { toEntities: ['world-ipv6'], toPorts: [{ ports: [{ port: '53' }], rules: { dns: [{ matchPattern: '*' }] } }] },
      ['2001:db8::1 SCTP 53, TCP 53, UDP 53'],
    ],
    [
      'some names may be looked up',
      { toEntities: ['world-ipv6'], toPorts: [{ ports: [{ port: '53' }], rules: { dns: [{ matchName: 'x.y' }] } }] },
      ['2001:db8::1 none?'],
    ],
    ['nodes by labels', { toNodes: [{ matchLabels: { a: 'b' } }] }, ['other/agent none?']],
    ['groups of a cloud', { toGroups: [{ aws: {} }] }, ['8.8.8.8 none?', '10.1.2.3 none?', '2001:db8::1 none?']],
    [
      'a Service, which older releases do not take',
      { toServices: [{ k8sService: { serviceName: 'web' } }] },
      ['shop/web none?'],
    ],
    ['a port by a name of one number', { toEndpoints: [of('web')], toPorts: tcp('http') }, ['shop/web TCP 80']],
  ])('of what its pods may connect to: %s', (_, rule, expected) => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    };
    expect(fromDb([service, cilium('p', { ...DB, egress: [rule] })])).toEqual(expected);
  });

  test('adds up with NetworkPolicies: either opens, and both isolate', () => {
    const network = policy('shop/n', {
      podSelector: of('db'),
      ingress: [{ from: [app('web')], ports: [{ port: 1 }] }],
    });
    expect(toDb([network, ...ingress({ fromEntities: ['world-ipv6'] })])).toEqual([
      'shop/web TCP 1',
      '2001:db8::1 all',
    ]);
    expect(
      toDb([
        network,
        cilium('p', { ...DB, ingressDeny: [{ fromEntities: ['cluster'] }], enableDefaultDeny: { ingress: false } }),
      ]),
    ).toEqual([]);
    expect(
      toDb([network, cilium('p', { ...DB, ingress: [{ toPorts: tcp('80') }], enableDefaultDeny: { ingress: false } })]),
    ).toEqual(PEERS.map((name) => (name === 'shop/web' ? 'shop/web TCP 1, TCP 80' : `${name} TCP 80`)));
  });

  test('takes addresses of groups that manifests show, by name or label', () => {
    const group = {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumCIDRGroup',
      metadata: { name: 'g', labels: { who: 'us' } },
      spec: { externalCIDRs: ['8.8.8.0/24', '10.1.2.3'] },
    };
    const nodes = { nodes: ['192.168.0.0/16'] };
    expect(toDb([group, ...ingress({ fromCIDRSet: [{ cidrGroupRef: 'g', except: ['8.8.8.8/32'] }] })], nodes)).toEqual([
      '10.1.2.3 all',
    ]);
    expect(
      toDb([group, ...ingress({ fromCIDRSet: [{ cidrGroupSelector: { matchLabels: { who: 'us' } } }] })], nodes),
    ).toEqual(['8.8.8.8 all', '10.1.2.3 all']);
  });

  test('leaves in doubt the name of a port to which pods give several numbers', () => {
    const more = deployment('shop/api', { app: 'api' }, named({ http: 8080 }));
    expect(
      fromDb([more, cilium('p', { ...DB, egress: [{ toEndpoints: [of('web')], toPorts: tcp('http') }] })]),
    ).toEqual(['shop/web none?']);
  });

  test('says why it is not known whether blocks match nodes', () => {
    const { notes } = clusterOf([...SHOP, cilium('p', { ...DB, ingress: [{ fromCIDR: ['10.0.0.0/8'] }] })]);
    expect(notes.map(({ message }) => message)).toContain(
      'CiliumNetworkPolicy shop/p: whom ingress rule 1 (Allow) matches hangs on whether blocks of addresses match nodes (policyCIDRMatchMode), which manifests do not tell',
    );
  });

  test('of nodes closes perhaps what pods on the network of a node have', () => {
    const host = cilium('cluster', { nodeSelector: {}, ingress: [{ fromEntities: ['cluster'] }] });
    const cluster = clusterOf([...SHOP, host]);
    const [db, agent, web] = ['shop/db', 'other/agent', 'shop/web'].map((name) => cluster.find(name)[0]) as [
      Peer,
      Peer,
      Peer,
    ];
    expect(cluster.doubts(db, agent)).toEqual([
      { hangsOn: ['other-policies'], ports: [], policies: ['CiliumClusterwideNetworkPolicy cluster'] },
    ]);
    expect(cluster.doubts(web, db)).toEqual([]);
    // Pods that are on no node's network are not its own, though it names no endpoints.
    for (const outside of cluster.externals) {
      expect([cluster.ports(outside, db), cluster.doubts(outside, db)]).toEqual(['all', []]);
    }
    expect(cluster.notes.map(({ message }) => message)).toContain(
      'CiliumClusterwideNetworkPolicy cluster: with nodeSelector it applies to nodes alone, which are not taken into account',
    );
  });
});

test('an explanation names the rule of Cilium by its list, and what is nearest by its peer', () => {
  const cluster = clusterOf([
    ...SHOP,
    cilium('p', {
      ...DB,
      ingress: [{ fromEndpoints: [{ matchLabels: { app: 'api', tier: 'x' } }, of('wbe')], toPorts: tcp('5432') }],
      ingressDeny: [{ fromEntities: ['world'] }],
    }),
  ]);
  const [db, web, outside] = ['shop/db', 'shop/web', '8.8.8.8'].map((name) => cluster.find(name)[0]) as [
    Peer,
    Peer,
    Peer,
  ];
  expect(whyText(cluster.explain(outside, db))).toBe('CiliumNetworkPolicy shop/p denies it (ingressDeny rule 1)');
  expect(whyText(cluster.explain(web, db, { protocol: 'TCP', port: 5432 }))).toBe(
    'CiliumNetworkPolicy shop/p isolates shop/Deployment/db, and no ingress rule allows TCP 5432 from shop/Deployment/web; nearest: ingress rule 1, fromEndpoints[1] of CiliumNetworkPolicy shop/p: it wants app: wbe, and shop/Deployment/web has app: web',
  );
});

test('the proxies of Cilium have an identity of their own, by which rules let them in', () => {
  const SERVICE = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { selector: { app: 'db' }, ports: [{ port: 5432 }] },
  };
  const way = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { ingressClassName: 'cilium', defaultBackend: { service: { name: 'db', port: { number: 5432 } } } },
  };
  const reachable = (...entities: readonly string[]) =>
    clusterOf([...SHOP, SERVICE, way, cilium('p', { ...DB, ingress: [{ fromEntities: entities }] })])
      .exposures()
      .map((row) => row.reachable);
  expect(reachable('ingress')).toEqual([true]);
  expect(reachable('cluster')).toEqual([true]);
  expect(reachable('all')).toEqual([true]);
  expect(reachable('host', 'remote-node')).toEqual([false]);
  expect(reachable('world')).toEqual([false]);
  // A policy of the whole cluster without further ado applies to them too: it may shut out what comes from outside.
  const through = (selector: object) =>
    clusterOf([
      ...SHOP,
      SERVICE,
      way,
      cilium('cluster', { endpointSelector: selector, ingress: [{ fromEntities: ['cluster'] }] }),
    ]).exposures()[0];
  expect(through({})).toMatchObject({
    reachable: null,
    why: 'whether CiliumClusterwideNetworkPolicy cluster lets requests in at kube-system/Cilium, on the node (assumed) is not evaluated',
  });
  expect(through({ matchExpressions: [{ key: 'reserved:ingress', operator: 'DoesNotExist' }] })?.reachable).toBe(true);
  expect(through(of('db'))?.reachable).toBe(true);
});

describe('what Cilium or an API server refuses', () => {
  const problems = (object: object, input: 'strict' | 'tolerant' = 'strict') => {
    const { problems: found, warnings } = clusterUnchecked(object, input);
    return [...found.map(({ message }) => message), ...warnings.map(({ message }) => `warning: ${message}`)];
  };
  test.each<[string, object, string]>([
    ['neither selector', cilium('p', { ingress: [] }), 'spec: give either endpointSelector or nodeSelector'],
    [
      'an entity that is none',
      cilium('p', { ...DB, ingress: [{ fromEntities: ['word'] }] }),
      'spec.ingress[0].fromEntities[0] is "word"; use all, host',
    ],
    [
      'a port without quotes',
      cilium('p', { ...DB, ingress: [{ toPorts: [{ ports: [{ port: 80 }] }] }] }),
      'spec.ingress[0].toPorts[0].ports[0].port is 80; put it into quotes: "80"',
    ],
    [
      'a block that is none',
      cilium('p', { ...DB, ingress: [{ fromCIDR: ['10.0.0.0/33'] }] }),
      'spec.ingress[0].fromCIDR[0] is "10.0.0.0/33"',
    ],
    [
      'a field that it does not have',
      cilium('p', { ...DB, ingress: [{ fromEndpoint: [] }] }),
      'spec.ingress[0].fromEndpoint is no field of this kind; did you mean fromEndpoints?',
    ],
    [
      'two lists of peers',
      cilium('p', { ...DB, ingress: [{ fromEndpoints: [{}], fromEntities: ['world'] }] }),
      'spec.ingress[0] has fromEndpoints and fromEntities, which Cilium takes in rules of their own',
    ],
  ])('%s', (_, object, message) => {
    expect(problems(object)).toEqual([expect.stringContaining(message)]);
  });

  test('a tolerant reading leaves in doubt what it does not understand', () => {
    const unknown = cilium('p', { ...DB, ingress: [{ fromEndpoints: [of('web')], fromMoon: [] }] });
    expect(problems(unknown, 'tolerant')).toEqual([expect.stringContaining('warning: ')]);
    expect(toDb([unknown], { input: 'tolerant' })).toEqual(['shop/web none?']);
    const priority = cilium('p', { ...DB, priority: 1, ingress: [{ fromEndpoints: [of('web')] }] });
    expect(toDb([priority], { input: 'tolerant' })).toEqual(PEERS.map((name) => `${name} all?`));
    const refused = cilium('p', { ...DB, ingress: [{ fromEndpoints: [{}], fromEntities: ['world'] }] });
    expect(toDb([refused], { input: 'tolerant' })).toEqual(PEERS.map((name) => `${name} all?`));
  });
});

function clusterUnchecked(object: object, input: 'strict' | 'tolerant') {
  const { Cluster } = jest.requireActual<typeof import('../../../analysis')>('../../../analysis');
  return Cluster.from([...SHOP, object], { input });
}

test('a connection is open on a port that a rule of Cilium names', () => {
  const cluster = clusterOf([...SHOP, cilium('p', { ...DB, ingress: [{ toPorts: tcp('80') }] })]);
  const [db, web] = ['shop/db', 'shop/web'].map((name) => cluster.find(name)[0]) as [Peer, Peer];
  expect(includesPort(cluster.ports(web, db), { protocol: 'TCP', port: 80 })).toBe(true);
});

test('a CiliumNetworkPolicy isolates the pods of its selector alone, whatever namespace it names', () => {
  const selector = { matchLabels: { app: 'db', 'k8s:io.kubernetes.pod.namespace': 'other' } };
  const cluster = clusterOf([...SHOP, cilium('p', { endpointSelector: selector, ingress: [{}] })]);
  expect(cluster.workloads.filter((one) => cluster.isIsolated(one, 'ingress')).map(({ name }) => name)).toEqual(['db']);
});
