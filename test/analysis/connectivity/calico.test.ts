import { Cluster, type ClusterOptions, isExternal, portsText, type Workload, whyText } from '../../../analysis';
import { app, clusterOf, deployment, named, namespace, policy, workload } from './manifests';

const V3 = 'projectcalico.org/v3';
const global = (name: string, spec: object) => ({
  apiVersion: V3,
  kind: 'GlobalNetworkPolicy',
  metadata: { name },
  spec,
});
const local = (name: string, spec: object, inNamespace = 'shop') => ({
  apiVersion: 'crd.projectcalico.org/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: inNamespace },
  spec,
});
const tier = (name: string, order: number, defaultAction?: string) => ({
  apiVersion: V3,
  kind: 'Tier',
  metadata: { name },
  spec: { order, ...(defaultAction ? { defaultAction } : {}) },
});

const web = deployment('shop/web', { app: 'web' }, named({ http: 80 }));
const db = deployment('shop/db', { app: 'db', 'team.name': 'data' }, named({ sql: 5432, metrics: 9100 }));
const other = deployment('other/web', { app: 'web' });

function open(from: string, to: string, ...objects: object[]): string {
  const cluster = clusterOf([web, db, other, namespace('shop', { stage: 'prod' }), namespace('other'), ...objects]);
  const find = (text: string) => cluster.find(text)[0] as never;
  return portsText(cluster.ports(find(from), find(to)));
}
const isOpen = (...objects: object[]) => open('shop/web', 'shop/db', ...objects);

describe('policies of Calico', () => {
  test('close what they select for the directions that types says, or that they have rules for', () => {
    expect(isOpen(global('a', { selector: "app == 'db'" }))).toBe('none');
    expect(isOpen(global('a', { selector: "app == 'db'", types: ['Egress'] }))).toBe('all');
    expect(isOpen(global('a', { selector: "app == 'db'", egress: [{ action: 'Allow' }] }))).toBe('all');
    expect(isOpen(global('a', { selector: "app == 'web'", egress: [{ action: 'Deny' }] }))).toBe('none');
    expect(isOpen(local('a', {}, 'other'))).toBe('all');
  });

  test('are asked by order, without an order last, and by name where it is the same', () => {
    const deny = { ingress: [{ action: 'Deny' }] };
    const allow = { ingress: [{ action: 'Allow' }] };
    expect(isOpen(global('z', { order: 1, ...allow }), global('a', { order: 2, ...deny }))).toBe('all');
    expect(isOpen(global('a', { ...allow }), global('z', { order: 9e9, ...deny }))).toBe('none');
    expect(isOpen(global('a', { order: 1, ...allow }), global('b', { order: 1, ...deny }))).toBe('all');
  });

  test('stand around NetworkPolicies, which have the order 1000 of the default tier', () => {
    const closed = policy('shop/deny', app('db'));
    const allows = policy('shop/allow', { ...app('db'), ingress: [{ from: [app('web')] }] });
    const rule = (action: string, order: number) => global('a', { order, ingress: [{ action }] });
    expect(isOpen(allows, rule('Deny', 10))).toBe('none');
    expect(isOpen(allows, rule('Deny', 2000))).toBe('all');
    expect(isOpen(closed, rule('Allow', 2000))).toBe('all');
    expect(isOpen(closed, rule('Allow', 10))).toBe('all');
  });

  test('deny at the end of a tier that selects the pod, unless its defaultAction is Pass; Pass goes to the next tier', () => {
    const first = (spec: object) => global('first', { tier: 'security', ...spec });
    const nobody = { selector: "app == 'db'", ingress: [{ action: 'Allow', source: { selector: "app == 'x'" } }] };
    expect(isOpen(tier('security', 10), first(nobody))).toBe('none');
    expect(isOpen(tier('security', 10, 'Pass'), first(nobody))).toBe('all');
    const pass = { selector: "app == 'db'", ingress: [{ action: 'Pass' }] };
    expect(isOpen(tier('security', 10), first(pass))).toBe('all');
    expect(isOpen(tier('security', 10), first(pass), global('b', { selector: "app == 'db'" }))).toBe('none');
  });

  test('Log decides nothing', () => {
    expect(isOpen(global('a', { ingress: [{ action: 'Log' }, { action: 'Allow' }, { action: 'Deny' }] }))).toBe('all');
  });
});

describe('the selector of a rule', () => {
  const allows = (source: object, from = 'shop/web', make = local) =>
    open(from, 'shop/db', make('a', { selector: "app == 'db'", ingress: [{ action: 'Allow', source }] }));

  test.each([
    ["app == 'web'", 'all'],
    ['app == "db"', 'none'],
    ["app != 'db'", 'all'],
    ["missing != 'x'", 'all'],
    ["app in { 'x', 'web' }", 'all'],
    ["app not in { 'x', 'web' }", 'none'],
    ['has(app)', 'all'],
    ['!has(app)', 'none'],
    ["app contains 'e'", 'all'],
    ["app starts with 'we'", 'all'],
    ["!(app starts with 'we')", 'none'],
    ["app ends with 'x'", 'none'],
    ["(app == 'x' || app == 'web') && !(has(missing))", 'all'],
    ["app == 'x' || app == 'y'", 'none'],
    ['all()', 'all'],
    ["projectcalico.org/namespace == 'shop'", 'all'],
  ])('%s', (selector, expected) => {
    expect(allows({ selector })).toBe(expected);
  });

  test('means the own namespace in a NetworkPolicy, every namespace in a GlobalNetworkPolicy', () => {
    expect(allows({ selector: "app == 'web'" }, 'other/web')).toBe('none');
    expect(allows({ selector: "app == 'web'", namespaceSelector: 'all()' }, 'other/web')).toBe('all');
    expect(
      allows({ selector: "app == 'web'" }, 'other/web', ((name: string, spec: object) => global(name, spec)) as never),
    ).toBe('all');
    expect(allows({ namespaceSelector: "stage == 'prod'" })).toBe('all');
    expect(allows({ namespaceSelector: "stage == 'prod'" }, 'other/web')).toBe('none');
    expect(allows({ namespaceSelector: 'global()' })).toBe('none');
    expect(allows({ notSelector: "app == 'web'" })).toBe('none');
  });

  test('can be about service accounts', () => {
    expect(allows({ serviceAccounts: { names: ['default'] } })).toBe('all');
    expect(allows({ serviceAccounts: { names: ['robot'] } })).toBe('none');
  });

  test('that is none is a problem', () => {
    for (const selector of ["app = 'x'", 'app ==', "app == 'x' &&", 'has(', "app ~ 'x'", '== x']) {
      expect(Cluster.from([global('a', { selector })]).problems.map(({ code }) => code)).toEqual(['bad-selector']);
    }
  });
});

describe('the ports of a rule', () => {
  const ports = (rule: object) =>
    isOpen(global('a', { selector: "app == 'db'", ingress: [{ action: 'Allow', ...rule }] }));

  test('are numbers, ranges and names of one protocol', () => {
    expect(ports({ protocol: 'TCP', destination: { ports: [80, '90:92', 'sql'] } })).toBe(
      'TCP 80, TCP 90-92, TCP 5432',
    );
    expect(ports({ protocol: 17 })).toBe('UDP all');
    expect(ports({ notProtocol: 'TCP' })).toBe('SCTP all, UDP all');
    expect(ports({ protocol: 'TCP', destination: { notPorts: ['2:65535'] } })).toBe('TCP 1');
    expect(ports({ protocol: 'ICMP' })).toBe('none');
  });

  test('of a Service are those of its pods', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { selector: { app: 'db' }, ports: [{ port: 1, targetPort: 'sql' }] },
    };
    const out = global('a', {
      selector: "app == 'web'",
      egress: [{ action: 'Allow', destination: { services: { name: 'db', namespace: 'shop' } } }],
    });
    expect(isOpen(service, out)).toBe('TCP 5432');
  });
});

describe('addresses of a rule', () => {
  const set = {
    apiVersion: V3,
    kind: 'GlobalNetworkSet',
    metadata: { name: 'partners', labels: { role: 'partner' } },
    spec: { nets: ['203.0.113.0/24', '198.51.100.7'] },
  };
  const to = (address: string, destination: object, action = 'Allow') => {
    const cluster = clusterOf([web, set, global('a', { selector: "app == 'web'", egress: [{ action, destination }] })]);
    return cluster
      .find(address)
      .map((peer) => isExternal(peer) && portsText(cluster.ports(workload(cluster, 'web'), peer)));
  };

  test('are nets without notNets', () => {
    expect(to('10.1.0.1', { nets: ['10.0.0.0/8'], notNets: ['10.2.0.0/16'] })).toEqual(['all']);
    expect(to('10.2.0.1', { nets: ['10.0.0.0/8'], notNets: ['10.2.0.0/16'] })).toEqual(['none']);
    expect(to('11.0.0.1', { notNets: ['10.0.0.0/8'] })).toEqual(['all']);
  });

  test('are those of network sets that a selector means', () => {
    expect(to('203.0.113.9', { selector: "role == 'partner'" })).toEqual(['all']);
    expect(to('198.51.100.7', { selector: "role == 'partner'" })).toEqual(['all']);
    expect(to('8.8.8.8', { selector: "role == 'partner'" })).toEqual(['none']);
    expect(to('8.8.8.8', { notSelector: "role == 'partner'" })).toEqual(['all']);
    expect(to('203.0.113.9', { notSelector: "role == 'partner'" })).toEqual(['none']);
  });

  test('are those of sets in no namespace too, where a selector of namespaces asks for a label that must not be', () => {
    expect(to('203.0.113.9', { namespaceSelector: "team != 'a'" })).toEqual(['all']);
    expect(to('203.0.113.9', { namespaceSelector: '!has(team)' })).toEqual(['all']);
    expect(to('203.0.113.9', { namespaceSelector: 'global()' })).toEqual(['all']);
    expect(to('203.0.113.9', { namespaceSelector: 'all()' })).toEqual(['none']);
    expect(to('203.0.113.9', { namespaceSelector: "all() && team != 'a'" })).toEqual(['none']);
    expect(to('203.0.113.9', { namespaceSelector: "team == 'a'" })).toEqual(['none']);
  });
});

test('addresses that are all closed, some by one tier and some by another, are closed by explanation too', () => {
  const early = global('early', {
    tier: 'first',
    selector: "app == 'web'",
    egress: [{ action: 'Pass', destination: { nets: ['203.0.113.0/24'] } }],
  });
  const late = global('late', {
    selector: "app == 'web'",
    egress: [{ action: 'Allow', destination: { nets: ['10.0.0.0/8'] } }],
  });
  const cluster = clusterOf([web, tier('first', 10), early, late]);
  const [outside] = cluster.externals;
  expect(outside).toEqual({ ipRange: '0.0.0.0-255.255.255.255' });
  const explained = cluster.explain(workload(cluster, 'web'), outside as never);
  expect([explained.allowed, explained.ports, cluster.ports(explained.from, explained.to)]).toEqual([false, [], []]);
});

test('what a name in ports stands for may be among notPorts: whether it is open is not known', () => {
  const doubts = (destination: object) => {
    const rule = { action: 'Allow', protocol: 'TCP', destination };
    const cluster = clusterOf([web, db, global('a', { selector: "app == 'db'", ingress: [rule] })]);
    const [from, to] = [workload(cluster, 'web'), workload(cluster, 'db')];
    return cluster.doubts(from, to).map(({ ports }) => portsText(ports));
  };
  expect(doubts({ ports: ['sql'] })).toEqual([]);
  expect(doubts({ ports: ['sql'], notPorts: [5432] })).toHaveLength(1);
  expect(doubts({ ports: [5432], notPorts: ['sql'] })).toHaveLength(1);
  expect(doubts({ ports: [5432], notPorts: [9100] })).toEqual([]);
});

describe('addresses of a rule that hold pods', () => {
  const at = (path: string, ip: string, podSpec: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: path.split('/')[1], namespace: path.split('/')[0], labels: { app: path.split('/')[1] } },
    spec: podSpec,
    status: { podIPs: [{ ip }] },
  });
  const pods = [
    at('shop/one', '10.1.0.1'),
    at('shop/two', '10.1.0.2'),
    at('shop/agent', '10.0.0.7', { hostNetwork: true }),
  ];
  const who = (source: object, options: ClusterOptions, action = 'Allow', more: readonly object[] = []) => {
    const rule = { action, source };
    const cluster = clusterOf([...pods, ...more, global('a', { selector: "app == 'one'", ingress: [rule] })], options);
    return [...cluster.connections({ to: cluster.find('one') })].flatMap(({ from }) =>
      isExternal(from) ? [] : [from.name],
    );
  };
  const everywhere = { ipBlocks: 'everywhere' } as const;
  const outside = { ipBlocks: 'outside' } as const;

  test('match them where an ipBlock does, and pods on the network of their node by that', () => {
    expect(who({ nets: ['0.0.0.0/0'] }, outside)).toEqual(['agent']);
    expect(who({ nets: ['0.0.0.0/0'] }, everywhere)).toEqual(['agent', 'two']);
    expect(who({ nets: ['10.1.0.0/16'] }, everywhere)).toEqual(['two']);
    expect(who({ notNets: ['10.1.0.0/16'] }, everywhere)).toEqual(['agent']);
  });

  test('are those of network sets too', () => {
    const set = {
      apiVersion: V3,
      kind: 'GlobalNetworkSet',
      metadata: { name: 'own', labels: { role: 'own' } },
      spec: { nets: ['10.1.0.2/32'] },
    };
    expect(who({ selector: "role == 'own'" }, everywhere, 'Allow', [set])).toEqual(['two']);
    expect(who({ selector: "role == 'own'" }, outside, 'Allow', [set])).toEqual([]);
    expect(who({ notSelector: "role == 'own'" }, outside, 'Allow', [set])).toEqual(['agent', 'two']);
  });

  test('leave it open for the matchers where the plugin is not known', () => {
    const cluster = clusterOf([
      ...pods,
      global('a', { selector: "app == 'one'", ingress: [{ action: 'Allow', source: { nets: ['10.1.0.2/32'] } }] }),
    ]);
    expect(cluster.doubts(workload(cluster, 'two'), workload(cluster, 'one'))).toEqual([
      { hangsOn: ['ip-blocks'], ports: 'all' },
    ]);
  });

  test('may hold nodes by a rule that cannot be decided', () => {
    const rule = { action: 'Allow', http: { methods: ['GET'] }, source: { nets: ['10.0.0.0/16'] } };
    const cluster = clusterOf([...pods, global('a', { selector: "app == 'one'", ingress: [rule] })], outside);
    const [agent, one, two] = ['agent', 'one', 'two'].map((name) => workload(cluster, name)) as [
      Workload,
      Workload,
      Workload,
    ];
    expect(cluster.doubts(agent, one)).toEqual([{ hangsOn: ['policies'], ports: 'all' }]);
    expect(cluster.doubts(two, one)).toEqual([]);
  });
});

test('a rule may be about part of the pods of its policy', () => {
  const both = global('a', {
    ingress: [{ action: 'Allow', destination: { selector: "app == 'db'" } }],
  });
  expect(open('shop/web', 'shop/db', both)).toBe('all');
  expect(open('shop/db', 'shop/web', both)).toBe('none');
});

test('an explanation names policies of Calico', () => {
  const cluster = clusterOf([web, db, global('closed', { selector: "app == 'db'" })]);
  expect(whyText(cluster.explain(workload(cluster, 'web'), workload(cluster, 'db')))).toBe(
    'GlobalNetworkPolicy closed isolates shop/Deployment/db, and no ingress rule allows anything from shop/Deployment/web',
  );
});

test.each([
  ['HTTP', { http: { methods: ['GET'] } }],
  ['the port that connections come from', { protocol: 'TCP', source: { ports: [1] } }],
  ['domains', { source: { domains: ['example.com'] } }],
  ['the endpoints of Service shop/x', { source: { services: { name: 'x', namespace: 'shop' } } }],
])('what hangs on %s is a note', (why, rule) => {
  const { notes } = clusterOf([web, db, global('a', { ingress: [{ action: 'Allow', ...rule }] })]);
  expect(notes.map(({ code, message }) => `${code} ${message}`)).toEqual([
    `undecided GlobalNetworkPolicy a: whom ingress rule 1 (Allow) matches hangs on ${why}, which manifests do not tell`,
  ]);
});

test('policies for endpoints of nodes are noted, and close nothing', () => {
  const preDnat = global('a', { preDNAT: true, applyOnForward: true, ingress: [{ action: 'Deny' }] });
  expect(isOpen(preDnat)).toBe('all');
  expect(clusterOf([web, preDnat]).notes).toHaveLength(1);
});

test('policies for what nodes forward are evaluated for pods, and noted', () => {
  const forward = global('a', { applyOnForward: true, selector: "app == 'db'", ingress: [{ action: 'Deny' }] });
  expect(isOpen(forward)).toBe('none');
  expect(clusterOf([web, forward]).notes.map(({ message }) => message)).toEqual([
    'GlobalNetworkPolicy a: with applyOnForward it applies to what endpoints of nodes forward too, which is not taken into account; for pods it is evaluated',
  ]);
});

test('endpoints of nodes and staged policies are noted', () => {
  const kinds = ['HostEndpoint', 'StagedGlobalNetworkPolicy', 'StagedNetworkPolicy', 'StagedKubernetesNetworkPolicy'];
  const objects = kinds.map((kind) => ({ apiVersion: V3, kind, metadata: { name: 'x' }, spec: {} }));
  expect(clusterOf([web, ...objects]).notes.map(({ code }) => code)).toEqual(kinds.map(() => 'foreign-policy'));
});

test('of a policy whose tier no manifest shows, one note says that it is in doubt as a whole', () => {
  const policy = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name: 'x' },
    spec: { tier: 'security', ingress: [{ action: 'Allow' }, { action: 'Deny' }], egress: [] },
  };
  expect(clusterOf([policy]).notes.map(({ message }) => message)).toEqual([
    'GlobalNetworkPolicy x: what it opens and closes hangs on the order of Tier security, which no manifest shows',
  ]);
});
