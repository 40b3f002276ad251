import {
  Cluster,
  type ConnectivityComparison,
  compareConnections,
  peerText,
  portsText,
  readManifests,
} from '../../../analysis';

const PODS = ['web', 'db', 'job']
  .map(
    (name) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }\nspec: { containers: [{ name: c, image: i }] }\n`,
  )
  .join('---\n');
const DENY =
  '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny, namespace: shop }\nspec: { podSelector: {} }\n';
const allow = (name: string, port = 5432) =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: db } }\n  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: ${port} }] }]\n`;

function compared(before: string, after: string): ConnectivityComparison {
  const [old, changed] = [
    [before, 'before.yaml'],
    [after, 'after.yaml'],
  ].map(([text, file]) => {
    const reading = readManifests(text as string, file as string);
    return { cluster: Cluster.from(reading), manifests: reading.manifests };
  });
  return compareConnections(old as NonNullable<typeof old>, changed as NonNullable<typeof changed>);
}

const lines = ({ connections }: ConnectivityComparison) =>
  connections.map(
    ({ change, from, to, before, after, because }) =>
      `${change} ${from.map(peerText)} > ${to.map(peerText)} ${[before, after].map((ports) => (ports === null ? '-' : portsText(ports))).join(' ')} (${because.map((one) => `${one.object} ${one.change} ${one.file}:${one.line}`)})`,
  );

test('a policy that is called otherwise and says the same is no change', () => {
  expect(compared(PODS + DENY + allow('a'), PODS + allow('b') + DENY)).toMatchObject({ same: true, connections: [] });
});

test('a pair that was closed and is open is told with the policy that opened it', () => {
  expect(lines(compared(PODS + DENY, PODS + DENY + allow('a')))).toEqual([
    'opened shop/Pod/web > shop/Pod/db - TCP 5432 (NetworkPolicy shop/a added after.yaml:21)',
  ]);
});

test('a port that changes is told with both', () => {
  expect(lines(compared(PODS + DENY + allow('a'), PODS + DENY + allow('a', 6379)))).toEqual([
    'ports shop/Pod/web > shop/Pod/db TCP 5432 TCP 6379 (NetworkPolicy shop/a changed after.yaml:21)',
  ]);
});

test('a policy that goes opens what it closed, and what opens is told before what closes', () => {
  const comparison = compared(
    PODS + DENY,
    PODS + DENY.replace('podSelector: {}', 'podSelector: { matchLabels: { app: db } }'),
  );
  expect(lines(comparison).map((line) => line.split(' ')[0])).toEqual(lines(comparison).map(() => 'opened'));
  expect(lines(comparison)[0]).toContain('NetworkPolicy shop/deny changed after.yaml:16');
});

test('a change of labels is told as the reason where no policy changed', () => {
  const relabelled = PODS.replace('labels: { app: web }', 'labels: { app: front }');
  expect(lines(compared(PODS + DENY + allow('a'), relabelled + DENY + allow('a')))).toEqual([
    'closed shop/Pod/web > shop/Pod/db TCP 5432 - (Pod shop/web changed after.yaml:1)',
  ]);
});

test('a workload that is new or gone is told once, and its connections with it', () => {
  const { connections, workloads, same } = compared(PODS, PODS.replaceAll('job', 'batch'));
  expect(connections).toEqual([]);
  expect(workloads).toMatchObject({ added: [{ name: 'batch' }], removed: [{ name: 'job' }] });
  expect(same).toBe(false);
});

test('addresses are cut so that each range is one change', () => {
  const block = (cidr: string) =>
    `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: in, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: web } }\n  ingress: [{ from: [{ ipBlock: { cidr: ${cidr} } }] }]\n`;
  const changes = lines(compared(PODS + block('203.0.113.0/25'), PODS + block('203.0.113.64/26')));
  expect(changes).toEqual([
    'closed 203.0.113.0-203.0.113.63 > shop/Pod/web all - (NetworkPolicy shop/in changed after.yaml:16)',
  ]);
});

test('a policy of a maker that is not evaluated and changes is never the same', () => {
  const antrea = (port: string) =>
    `---\napiVersion: crd.antrea.io/v1beta1\nkind: NetworkPolicy\nmetadata: { name: c, namespace: shop }\nspec: { ingress: [{ action: Drop, ports: [{ port: ${port} }] }] }\n`;
  expect(compared(PODS + antrea('80'), PODS + antrea('80'))).toMatchObject({ same: true, undecided: [] });
  expect(compared(PODS + antrea('80'), PODS + antrea('81'))).toMatchObject({
    same: false,
    undecided: [{ object: 'NetworkPolicy shop/c', change: 'changed', why: 'not-evaluated' }],
  });
});

test('a rule of Cilium that is not decided and changes is never the same, and what is decided is told by its policy', () => {
  const cilium = (rule: string) =>
    `---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: c, namespace: shop }\nspec: { endpointSelector: {}, ingress: [${rule}] }\n`;
  const http = (path: string) =>
    cilium(`{ toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ path: ${path} }] } }] }`);
  expect(compared(PODS + http('/a'), PODS + http('/a'))).toMatchObject({ same: true, undecided: [] });
  expect(compared(PODS + http('/a'), PODS + http('/b'))).toMatchObject({
    same: false,
    undecided: [{ object: 'CiliumNetworkPolicy shop/c', change: 'changed', why: 'not-evaluated' }],
  });
  const ports = (number: number) => cilium(`{ toPorts: [{ ports: [{ port: "${number}", protocol: TCP }] }] }`);
  const { same, connections } = compared(PODS + ports(80), PODS + ports(81));
  expect(same).toBe(false);
  expect(connections.map(({ because }) => because.map(({ object }) => object))).toContainEqual([
    'CiliumNetworkPolicy shop/c',
  ]);
});

test('a pair that hangs on what an ipBlock matches otherwise than before is never the same', () => {
  const at = (ip: string) =>
    PODS.replace('spec: { containers: [{ name: c, image: i }] }', `$&\nstatus: { podIP: ${ip} }`);
  const block =
    '---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: block, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: db } }\n  ingress: [{ from: [{ ipBlock: { cidr: 10.42.1.0/24 } }] }]\n';
  const { same, connections, undecided } = compared(`${at('10.42.1.9')}${block}`, `${at('10.42.2.9')}${block}`);
  expect({ same, connections }).toEqual({ same: false, connections: [] });
  expect(undecided.map(({ object, why }) => [object, why])).toEqual([['Pod shop/web', 'not-shown']]);
  // Of policies that changed, those are told that select an end of such a pair.
  const job = (port: number) => allow('job', port).replace('app: db', 'app: job').replace('app: web', 'app: db');
  const other = compared(
    `${at('10.42.1.9')}${DENY}${block}${job(80)}`,
    `${at('10.42.1.9')}${DENY}${block.replace('10.42.1.0/24', '10.42.2.0/24')}${job(81)}`,
  );
  expect(other.undecided).toMatchObject([{ object: 'NetworkPolicy shop/block', change: 'changed', why: 'not-shown' }]);
  expect(
    compared(`${at('10.42.1.9')}${block}`, `${at('10.42.1.9')}${block.replace('name: block', 'name: other')}`),
  ).toMatchObject({
    same: true,
  });
});

test('an Ingress whose pods are closed to the controller is a way in that closes', () => {
  const web = `${PODS}---\napiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, namespace: shop }\nspec:\n  ingressClassName: nginx\n  defaultBackend: { service: { name: web, port: { number: 80 } } }\n`;
  const { exposures } = compared(web, web + DENY);
  expect(exposures).toMatchObject([{ change: 'closed', before: { reachable: true }, after: { reachable: false } }]);
});

test('another port of the Service behind an Ingress is one change; of a Service that is open by itself, one way closes and another opens', () => {
  const service = (type: string, port: number) =>
    `${PODS}---\napiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { type: ${type}, selector: { app: web }, ports: [{ port: ${port}, targetPort: 80 }] }\n`;
  const over = (port: number) =>
    `${service('ClusterIP', 80)}---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, namespace: shop }\nspec:\n  ingressClassName: nginx\n  defaultBackend: { service: { name: web, port: { number: ${port} } } }\n`;
  expect(compared(over(80), over(81)).exposures).toMatchObject([
    { change: 'closed', before: { servicePort: 80, reachable: true }, after: { servicePort: 81, reachable: false } },
  ]);
  const { exposures } = compared(service('LoadBalancer', 80), service('LoadBalancer', 81));
  expect(exposures).toMatchObject([
    { change: 'opened', before: null, after: { servicePort: 81 } },
    { change: 'closed', before: { servicePort: 80 }, after: null },
  ]);
});

describe('pods that are not among the manifests', () => {
  const from = (peer: string, port?: number) =>
    `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: in, namespace: shop }\nspec:\n  podSelector: { matchLabels: { app: db } }\n  policyTypes: [Ingress]\n  ingress: [{ from: [${peer}]${port === undefined ? '' : `, ports: [{ port: ${port} }]`} }]\n`;
  const MONITORING = '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } } }';
  const TEAM = '{ namespaceSelector: { matchLabels: { team: ops } } }';
  const OPS = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: monitoring, labels: { team: ops } }\n---\n';
  const told = ({ unseen }: ConnectivityComparison) =>
    unseen
      .filter(({ before, after }) => 'pods' in ((after ?? before) as NonNullable<typeof after>).from)
      .map(({ change, before, after, because }) => {
        const { from: pods } = (after ?? before) as NonNullable<typeof after>;
        const labels = 'pods' in pods ? pods.pods.namespaceSelector.matchLabels : undefined;
        const ports = [before, after].map((row) => (row === null ? '-' : portsText(row.ports)));
        return `${change} ${JSON.stringify(labels)} ${ports.join(' ')} (${because.map(({ object }) => object)})`;
      });

  test('that are let in are told, with the policy', () => {
    const comparison = compared(PODS + DENY, PODS + DENY + from(MONITORING, 9090));
    expect(told(comparison)).toEqual([
      'opened {"kubernetes.io/metadata.name":"monitoring"} - TCP 9090 (NetworkPolicy shop/in)',
    ]);
    expect(comparison).toMatchObject({ same: false, connections: [], unseen: [{ isMet: false }] });
    expect(told(compared(PODS + DENY + from(MONITORING, 9090), PODS + DENY + from(MONITORING, 9091)))).toEqual([
      'ports {"kubernetes.io/metadata.name":"monitoring"} TCP 9090 TCP 9091 (NetworkPolicy shop/in)',
    ]);
  });

  test('are not closed where a broader rule still lets them in', () => {
    const before = OPS + PODS + DENY + from(`${MONITORING}, ${TEAM}`);
    const after = OPS + PODS + DENY + from(TEAM);
    expect(told(compared(before, after))).toEqual([]);
    expect(told(compared(OPS + PODS + DENY + from(TEAM), OPS + PODS + DENY + from(MONITORING)))).toEqual([
      'closed {"team":"ops"} all - (NetworkPolicy shop/in)',
    ]);
  });

  test('are told with all ports of their row, where the pods of the workload differ', () => {
    const owner = 'ownerReferences: [{ apiVersion: apps/v1, kind: StatefulSet, name: db, controller: true }]';
    const pods = ['primary', 'replica']
      .map(
        (role) =>
          `apiVersion: v1\nkind: Pod\nmetadata: { name: ${role}, namespace: shop, labels: { role: ${role} }, ${owner} }\nspec: { containers: [{ name: c, image: i }] }\n---\n`,
      )
      .join('');
    const open = (role: string, peer: string, port: number) =>
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${role}, namespace: shop }\nspec:\n  podSelector: { matchLabels: { role: ${role} } }\n  ingress: [{ from: [${peer}], ports: [{ port: ${port} }] }]\n---\n`;
    const before = pods + open('primary', MONITORING, 5432) + open('replica', '{ namespaceSelector: {} }', 9187);
    const after = pods + open('primary', MONITORING, 5433) + open('replica', '{ namespaceSelector: {} }', 9187);
    expect(told(compared(before, after))).toEqual([
      'ports {"kubernetes.io/metadata.name":"monitoring"} TCP 5432, TCP 9187 TCP 5433, TCP 9187 (NetworkPolicy shop/primary)',
    ]);
  });

  test('that a workload of the manifests stands for are met by its connections', () => {
    const { connections, unseen } = compared(
      PODS + DENY,
      PODS + DENY + from('{ podSelector: { matchLabels: { app: web } } }'),
    );
    expect(connections).toHaveLength(1);
    expect(unseen).toMatchObject([{ change: 'opened', isMet: true }]);
  });
});

test('a workload on one side alone has its connections there', () => {
  const { workloads } = compared(PODS + DENY, PODS.replaceAll('job', 'batch') + DENY + allow('a'));
  const named = (peers: readonly { readonly from: Parameters<typeof peerText>[0] }[]) =>
    peers.map((one) => peerText(one.from));
  const [batch] = workloads.added;
  const [job] = workloads.removed;
  expect(named(batch?.connections().incoming ?? [])).toEqual([]);
  expect(batch?.connections().outgoing.length).toBeGreaterThan(0);
  expect(job?.name).toBe('job');
  expect(job?.connections().outgoing.map(({ to }) => peerText(to))).not.toContain('shop/Pod/db');
});

test('of many policies that change, those are the reason that decide about the pair', () => {
  const others = ['b', 'c', 'd'].map((name) => allow(name, 80).replace('app: web', 'app: job')).join('');
  expect(lines(compared(PODS + DENY, PODS + DENY + allow('a') + others))).toContain(
    'opened shop/Pod/web > shop/Pod/db - TCP 5432 (NetworkPolicy shop/a added after.yaml:21)',
  );
  // Without the one that isolates, the other could go and nothing would close.
  expect(
    lines(compared(PODS + allow('a'), PODS + DENY)).find((line) => line.includes('shop/Pod/web > shop/Pod/db')),
  ).toMatch(/^closed .*NetworkPolicy shop\/a removed.*NetworkPolicy shop\/deny added/);
});

test('a load balancer that lets in others than before is told, in whichever order they are written', () => {
  const service = (ranges: string) =>
    `---\napiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { type: LoadBalancer, loadBalancerSourceRanges: ${ranges}, selector: { app: web }, ports: [{ port: 80 }] }\n`;
  const before = PODS + service('[203.0.113.0/24, 192.0.2.0/24]');
  expect(compared(before, PODS + service('[192.0.2.0/24, 203.0.113.0/24]')).same).toBe(true);
  const { exposures, same } = compared(before, PODS + service('[]'));
  expect(same).toBe(false);
  expect(
    exposures.map(({ change, before: was, after }) => [change, was?.controller.text, after?.controller.text]),
  ).toEqual([
    [
      'changed',
      'clients outside, by LoadBalancer from 192.0.2.0/24, 203.0.113.0/24',
      'clients outside, by LoadBalancer',
    ],
  ]);
});

describe('other pods than those of the manifests', () => {
  const policy = (spec: string, name = 'cron') =>
    `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: shop }\nspec: ${spec}\n`;
  const cron = (rules: string, selector = '{ matchLabels: { app: cron } }') =>
    policy(`{ podSelector: ${selector}, ingress: ${rules} }`);
  const fromApp = (name: string) => `[{ from: [{ podSelector: { matchLabels: { app: ${name} } } }] }]`;
  const several = (from: string) =>
    `---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: cron, namespace: shop }\nspecs: [{ endpointSelector: { matchLabels: { app: cron } }, ingress: [{ fromEndpoints: [{ matchLabels: { app: ${from} } }] }] }]\n`;
  const leaving = (egress: string) =>
    `---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: cron, namespace: shop }\nspec: { endpointSelector: {}, egress: ${egress} }\n`;
  const byAccount = (ingress: string) =>
    `---\napiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: { name: cron, namespace: shop }\nspec: { serviceAccountSelector: "tier != 'db'", ingress: ${ingress} }\n`;
  const undecided = [
    { object: expect.stringMatching(/NetworkPolicy \w+\/cron$/), change: 'changed', why: 'unseen-pods' },
  ];

  test.each([
    ['policies alone, one of which opens', '', cron(fromApp('web')), cron('[{}]')],
    ['a policy for pods that no manifest shows, beside workloads', PODS, cron(fromApp('web')), cron(fromApp('db'))],
    ['a port by another name', '', cron('[{ ports: [{ port: http }] }]'), cron('[{ ports: [{ port: web }] }]')],
    [
      'a block of addresses',
      '',
      cron('[{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }]'),
      cron('[{ from: [{ ipBlock: { cidr: 203.0.113.0/25 } }] }]'),
    ],
    [
      'a policy without namespace',
      '',
      cron(fromApp('web')).replace(', namespace: shop', ''),
      cron('[{}]').replace(', namespace: shop', ''),
    ],
    ['a policy of Cilium with several specs', '', several('web'), several('db')],
    [
      'a label that pods may not have',
      '',
      cron(fromApp('web'), '{ matchLabels: { app: cron } }'),
      cron(
        fromApp('web'),
        '{ matchLabels: { app: cron }, matchExpressions: [{ key: tier, operator: NotIn, values: [db] }] }',
      ),
    ],
    ['whether pods that are alike connect to each other', '', cron(fromApp('cron')), cron('[]')],
    [
      'a policy for all pods, of which another one opens all but a few',
      policy(
        '{ podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [web] }] }, ingress: [{}] }',
        'rest',
      ),
      cron('[]', '{}'),
      cron('[{}]', '{}'),
    ],
    [
      'where pods of one namespace may connect to, into which no pod of it gets',
      policy('{ podSelector: {}, ingress: [] }', 'deny'),
      leaving('[{ toEntities: [world, host, remote-node] }]'),
      leaving('[{ toEntities: [all] }]'),
    ],
    [
      'a policy of Calico by labels that the service account of the namespace does not have',
      '---\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: default, namespace: shop, labels: { tier: db } }\n',
      byAccount('[]'),
      byAccount('[{ action: Allow }]'),
    ],
  ])('leave it open what %s', (_, around, before, after) => {
    expect(compared(around + before, around + after)).toMatchObject({ same: false, connections: [], undecided });
    expect(compared(around + before, around + before)).toMatchObject({ same: true, undecided: [] });
  });

  test.each([
    ['a policy has another name', cron('[{}]'), cron('[{}]').replace('name: cron', 'name: jobs')],
    [
      'two policies say what one said',
      cron('[{}]', '{ matchExpressions: [{ key: app, operator: In, values: [a, b] }] }'),
      policy('{ podSelector: { matchLabels: { app: a } }, ingress: [{}] }', 'a') +
        policy('{ podSelector: { matchLabels: { app: b } }, ingress: [{}] }', 'b'),
    ],
    [
      'another policy opens as much',
      cron('[{}]') + policy('{ podSelector: {}, ingress: [{}] }', 'all'),
      cron(fromApp('web')) + policy('{ podSelector: {}, ingress: [{}] }', 'all'),
    ],
  ])('are the same where %s', (_, before, after) => {
    expect(compared(before, after)).toMatchObject({ same: true, undecided: [] });
  });

  test('are not told of a policy that comes with its workload, or whose change a workload shows', () => {
    const [web, rest] = [PODS.slice(0, PODS.indexOf('---\n')), PODS.slice(PODS.indexOf('---\n') + 4)];
    expect(web).toContain('name: web');
    const own = policy('{ podSelector: { matchLabels: { app: web } } }', 'web');
    expect(compared(rest, `${rest}---\n${web}${own}`)).toMatchObject({ same: false, undecided: [] });
    expect(compared(PODS + DENY + allow('a'), PODS + DENY + allow('a', 6379)).undecided).toEqual([]);
  });

  test('are in doubt where the labels of their namespace change, by which a policy lets them in', () => {
    const ops = (team: string) =>
      `---\napiVersion: v1\nkind: Namespace\nmetadata: { name: ops, labels: { team: ${team} } }\n`;
    const lets = cron('[{ from: [{ namespaceSelector: { matchLabels: { team: ops } } }] }]', '{}');
    expect(compared(PODS + lets + ops('ops'), PODS + lets + ops('dev'))).toMatchObject({
      same: false,
      undecided: [{ object: 'Namespace ops', change: 'changed', why: 'unseen-pods' }],
    });
    expect(compared(PODS + lets + ops('a'), PODS + lets + ops('b')).same).toBe(true);
  });
});

describe('what policies alone name', () => {
  const object = (apiVersion: string, kind: string, metadata: string, spec = '') =>
    `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${metadata} }\n${spec}`;
  const calico = (kind: string, metadata: string, spec: string) =>
    object('projectcalico.org/v3', kind, metadata, `spec: ${spec}\n`);
  const cilium = (kind: string, metadata: string, spec: string) =>
    object('cilium.io/v2', kind, metadata, `spec: ${spec}\n`);
  const admin = (kind: string, name: string, spec: string) =>
    object('policy.networking.k8s.io/v1alpha1', kind, name, `spec: ${spec}\n`);
  const ofShop = '{ namespaces: { matchLabels: { team: shop } } }';
  const service = (label: string) =>
    object('v1', 'Service', 'web, namespace: shop', `spec: { selector: { app: ${label} }, ports: [{ port: 80 }] }\n`);
  const namespace = (labels: string) => object('v1', 'Namespace', `ops, labels: ${labels}`);
  const inTier = calico(
    'GlobalNetworkPolicy',
    'first.db',
    '{ tier: first, selector: "app == \'db\'", types: [Ingress] }',
  );
  const tier = (action: string) => calico('Tier', 'first', `{ order: 1, defaultAction: ${action} }`);
  const named = (how: string) =>
    calico('GlobalNetworkPolicy', 'db', `{ selector: "app == 'db'", ingress: [{ action: Allow, source: ${how} }] }`);
  const set = (kind: string, where: string, net: string) =>
    calico(kind, `office, labels: { place: office }${where}`, `{ nets: [${net}] }`);
  const account = (data: string) => object('v1', 'ServiceAccount', `job, namespace: shop, labels: { data: "${data}" }`);
  const group = (cidr: string) => cilium('CiliumCIDRGroup', 'office', `{ externalCIDRs: [${cidr}] }`);
  const closed = admin(
    'BaselineAdminNetworkPolicy',
    'default',
    `{ subject: ${ofShop}, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] }`,
  );

  test.each([
    ['how a tier ends', inTier, tier('Deny'), tier('Pass'), 'Tier first'],
    ['a tier', inTier, tier('Deny'), '', 'Tier first'],
    [
      'the addresses of a set',
      named('{ selector: "place == \'office\'" }'),
      set('GlobalNetworkSet', '', '203.0.113.0/24'),
      set('GlobalNetworkSet', '', '203.0.113.0/25'),
      'GlobalNetworkSet office',
    ],
    [
      'the addresses of a set of a namespace',
      named('{ selector: "place == \'office\'", namespaceSelector: all() }'),
      set('NetworkSet', ', namespace: shop', '203.0.113.0/24'),
      '',
      'NetworkSet shop/office',
    ],
    [
      'the addresses of a group of Cilium',
      cilium(
        'CiliumNetworkPolicy',
        'db, namespace: shop',
        '{ endpointSelector: {}, ingress: [{ fromCIDRSet: [{ cidrGroupRef: office }] }] }',
      ),
      group('203.0.113.0/24'),
      group('203.0.113.0/25'),
      'CiliumCIDRGroup office',
    ],
    [
      'the pods of a Service',
      named('{ services: { name: web, namespace: shop } }')
        .replaceAll('ingress', 'egress')
        .replace('source', 'destination'),
      service('web'),
      service('front'),
      'Service shop/web',
    ],
    [
      'the labels of a service account',
      named(
        '{ selector: "app == \'web\'", serviceAccounts: { selector: "data == \'yes\'" }, namespaceSelector: all() }',
      ),
      account('yes'),
      account('no'),
      'ServiceAccount shop/job',
    ],
    [
      'the labels of a namespace whose pods a rule denies',
      admin(
        'AdminNetworkPolicy',
        'guard',
        '{ priority: 1, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ pods: { namespaceSelector: { matchLabels: { team: ops } }, podSelector: { matchLabels: { app: job } } } }] }] }',
      ),
      namespace('{ team: ops }'),
      namespace('{ team: dev }'),
      'Namespace ops',
    ],
    [
      'a namespace by whose labels a policy selects',
      admin(
        'AdminNetworkPolicy',
        'guard',
        '{ priority: 1, subject: { namespaces: { matchLabels: { team: ops } } }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] }',
      ),
      namespace('{ team: ops }'),
      '',
      'Namespace ops',
    ],
    [
      'a rule before one that allows others, for namespaces that are both',
      closed,
      admin(
        'AdminNetworkPolicy',
        'guard',
        `{ priority: 1, subject: ${ofShop}, ingress: [{ action: Allow, from: [{ namespaces: { matchLabels: { team: ops } } }] }] }`,
      ),
      admin(
        'AdminNetworkPolicy',
        'guard',
        `{ priority: 1, subject: ${ofShop}, ingress: [{ action: Deny, from: [{ namespaces: { matchLabels: { old: yes-it-is } } }] }, { action: Allow, from: [{ namespaces: { matchLabels: { team: ops } } }] }] }`,
      ),
      'AdminNetworkPolicy guard',
    ],
    [
      'a rule before one that allows others, for pods that are both',
      '',
      calico(
        'GlobalNetworkPolicy',
        'db',
        `{ selector: "app == 'db'", ingress: [{ action: Allow, source: { selector: "app == 'web'" } }] }`,
      ),
      calico(
        'GlobalNetworkPolicy',
        'db',
        `{ selector: "app == 'db'", ingress: [{ action: Deny, source: { selector: has(old) } }, { action: Allow, source: { selector: "app == 'web'" } }] }`,
      ),
      'GlobalNetworkPolicy db',
    ],
  ])('is in doubt where %s changes', (_, around, before, after, changed) => {
    for (const [old, is] of [
      [before, after],
      [after, before],
    ] as const) {
      expect(compared(around + old, around + is)).toMatchObject({
        same: false,
        undecided: [{ object: changed, why: 'unseen-pods' }],
      });
    }
    expect(compared(around + before, around + before)).toMatchObject({ same: true, undecided: [] });
  });

  test.each([
    [
      'a tier whose place among others is as before',
      inTier,
      tier('Deny'),
      tier('Deny').replace('order: 1', 'order: 2'),
    ],
    ['a set whom no policy names', inTier + tier('Deny'), set('GlobalNetworkSet', '', '203.0.113.0/24'), ''],
    ['a Service whom no policy names', inTier + tier('Deny'), service('web'), service('front')],
    ['a namespace whose labels nobody asks for', closed, namespace('{ a: b }'), ''],
  ])('is the same for %s', (_, around, before, after) => {
    expect(compared(around + before, around + after)).toMatchObject({ same: true, undecided: [] });
  });
});

test.each([
  ['the port of their pods', 'targetPort: 8080', 'targetPort: 8081'],
  ['whether they see clients', 'externalTrafficPolicy: Local', 'externalTrafficPolicy: Cluster'],
])('a Service that is open to the outside, and whose pods no manifest shows, leads elsewhere by %s', (_, old, is) => {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { type: NodePort, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }\n';
  expect(compared(service, service)).toMatchObject({ same: true });
  expect(compared(service, service.replace(old, is))).toMatchObject({
    same: false,
    exposures: [{ change: 'changed', after: { to: null } }],
  });
});

describe('what nobody knows of a policy is not the same where it says otherwise', () => {
  const pod = (name: string, more = '') =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }\nspec: { ${more}containers: [{ name: c, image: i }] }\n---\n`;
  const blocks =
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: blocks, namespace: shop }\nspec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }\n---\n';
  const cilium = (...entities: string[]) =>
    `apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: p, namespace: shop }\nspec: { endpointSelector: { matchLabels: { app: p0 } }, ingress: [{ fromEntities: [${entities}] }] }\n`;

  test.each([3, 210])('of %d pods, all pairs of which a block may open', (count) => {
    const pods = [...Array(count).keys()].map((index) => pod(`p${index}`)).join('');
    const world = pods + pod('agent', 'hostNetwork: true, ') + blocks;
    expect(compared(world + cilium('kube-apiserver'), world + cilium('host', 'kube-apiserver'))).toMatchObject({
      same: false,
      connections: [],
      undecided: [{ object: 'CiliumNetworkPolicy shop/p', why: 'not-evaluated' }],
    });
    expect(compared(world + cilium('host'), world + cilium('host'))).toMatchObject({ same: true });
  });
});

test('what a rule means in doubt is not the same where what it names goes', () => {
  const service =
    '---\napiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n';
  const cilium =
    'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: db, namespace: shop }\nspec: { endpointSelector: {}, egress: [{ toServices: [{ k8sService: { serviceName: web, namespace: shop } }] }] }\n';
  expect(compared(cilium + service, cilium)).toMatchObject({
    same: false,
    undecided: [{ object: 'Service shop/web', change: 'removed', why: 'unseen-pods' }],
  });
});

test('a way in to a Service whose pods no manifest shows stays the same where another path leads there too, and lines move', () => {
  const service =
    '---\napiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { selector: { app: web }, ports: [{ port: 80, targetPort: http }] }\n';
  const backend = 'backend: { service: { name: web, port: { number: 80 } } }';
  const ingress = (...paths: string[]) =>
    `---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop, namespace: shop }\nspec: { ingressClassName: nginx, rules: [{ http: { paths: [${paths
      .map((path) => `{ path: ${path}, pathType: Prefix, ${backend} }`)
      .join(', ')}] } }] }\n`;
  expect(compared(service + ingress('/'), `# a comment\n${ingress('/')}${service}`)).toMatchObject({ same: true });
  expect(compared(service + ingress('/'), service + ingress('/', '/cart')).exposures).toMatchObject([
    { before: null, after: { path: '/cart' } },
  ]);
});
