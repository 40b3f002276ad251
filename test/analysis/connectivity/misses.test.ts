import { type Explanation, type Fault, missText, type Port, peerText } from '../../../analysis';
import { app, clusterOf, deployment, named, namespace, policy, workload } from './manifests';

const tcp = (port: number): Port => ({ protocol: 'TCP', port });
const web = deployment('shop/web', { app: 'web', tier: 'front' });
const db = deployment('shop/db', { app: 'db' }, named({ postgres: 5432, metrics: 9187 }));

function explained(objects: readonly object[], port?: Port, from = 'web', to = 'db'): Explanation {
  const cluster = clusterOf(objects);
  return cluster.explain(workload(cluster, from), workload(cluster, to), port);
}

/** The nearest miss at the receiving end: its place, and its faults. */
function nearest(objects: readonly object[], port?: Port, from = 'web'): [string, readonly Fault[]] | undefined {
  const miss = explained(objects, port, from).ingress.nearest;
  const { index, item, policy: ref, faults } = miss ?? {};
  return miss && [`${ref?.name} ${index}${item === undefined ? '' : ` ${item}`}`, faults as readonly Fault[]];
}

const into = (...ingress: object[]) => policy('shop/db', { ...app('db'), ingress } as never);
const service = (name: string, port: number, targetPort: number | string, selector = { app: 'db' }) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector, ports: [{ port, targetPort }] },
});

describe('the nearest miss', () => {
  test('is the rule whose peer matches and whose ports do not, with the ports that it opens', () => {
    const rules = [{ from: [app('ops')] }, { from: [app('ops'), app('web')], ports: [{ port: 5432 }] }];
    expect(nearest([web, db, into(...rules)], tcp(9187))).toEqual([
      'db 1 1',
      [{ kind: 'ports', opens: [{ protocol: 'TCP', from: 5432, to: 5432 }] }],
    ]);
  });

  test('is the rule that opens another protocol', () => {
    const rule = { from: [app('web')], ports: [{ port: 5432, protocol: 'UDP' }] };
    expect(nearest([web, db, into(rule)], tcp(5432))).toEqual([
      'db 0 0',
      [{ kind: 'ports', opens: [{ protocol: 'UDP', from: 5432, to: 5432 }] }],
    ]);
  });

  test('is a port by a name that no container has, with the names that there are', () => {
    const rule = { from: [app('web')], ports: [{ port: 'pg' }] };
    const fault = { kind: 'port-name', names: ['pg'], has: ['postgres (TCP 5432)', 'metrics (TCP 9187)'] };
    expect(nearest([web, db, into(rule)], tcp(5432))).toEqual(['db 0 0', [fault]]);
    expect(nearest([web, db, into(rule)])).toEqual(['db 0 0', [fault]]);
    expect(nearest([web, db, into({ ports: [{ port: 'pg' }] })])).toEqual(['db 0', [fault]]);
  });

  test('is a label that has another value, or is missing', () => {
    const wrong = { kind: 'pod-label', key: 'app', operator: 'In', wanted: ['wbe'], found: 'web' };
    expect(nearest([web, db, into({ from: [app('ops'), app('wbe')] })])?.[0]).toBe('db 0 0');
    expect(nearest([web, db, into({ from: [app('wbe')] })])).toEqual(['db 0 0', [wrong]]);
    const labels = { matchLabels: { app: 'web', role: 'client' } };
    expect(nearest([web, db, into({ from: [{ podSelector: labels }] })])).toEqual([
      'db 0 0',
      [{ kind: 'pod-label', key: 'role', operator: 'In', wanted: ['client'], found: null }],
    ]);
    const expressions = { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['front'] }] };
    expect(nearest([web, db, into({ from: [{ podSelector: expressions }] })])).toEqual([
      'db 0 0',
      [{ kind: 'pod-label', key: 'tier', operator: 'NotIn', wanted: ['front'], found: 'front' }],
    ]);
  });

  test('is a podSelector alone, which means the namespace of the policy', () => {
    const other = deployment('ops/web', { app: 'web' });
    expect(nearest([other, db, into({ from: [app('web')] })])).toEqual([
      'db 0 0',
      [{ kind: 'own-namespace', wanted: 'shop', found: 'ops' }],
    ]);
  });

  test('is a label of a namespace, which is not known where no manifest shows the namespace', () => {
    const other = deployment('ops/web', { app: 'web' });
    const rule = { from: [{ namespaceSelector: { matchLabels: { team: 'ops' } } }] };
    const unmet = { namespace: 'ops', key: 'team', operator: 'In', wanted: ['ops'], found: null };
    expect(nearest([other, db, into(rule)])).toEqual(['db 0 0', [{ kind: 'namespace-unknown', ...unmet }]]);
    expect(nearest([other, namespace('ops'), db, into(rule)])).toEqual([
      'db 0 0',
      [{ kind: 'namespace-label', ...unmet }],
    ]);
    const byName = { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'opps' } } }] };
    expect(nearest([other, db, into(byName)])?.[1]).toEqual([
      {
        ...unmet,
        kind: 'namespace-label',
        key: 'kubernetes.io/metadata.name',
        wanted: ['opps'],
        found: 'ops',
      },
    ]);
  });

  test('is a policy that selects nothing and would have allowed it', () => {
    const deny = policy('shop/deny', { podSelector: {} });
    const typo = policy('shop/typo', { ...app('bd'), ingress: [{ from: [app('web')], ports: [{ port: 5432 }] }] });
    const fault = { kind: 'policy-label', key: 'app', operator: 'In', wanted: ['bd'], found: 'db' };
    expect(nearest([web, db, deny, typo], tcp(5432))).toEqual(['typo 0 0', [fault]]);
    expect(nearest([web, db, deny, typo], tcp(80))).toBeUndefined();
    const bd = deployment('shop/bd', { app: 'bd' });
    expect(nearest([web, db, deny, typo, bd], tcp(5432))).toBeUndefined();
  });

  test('is a policy that stands in another namespace than its pods', () => {
    const deny = policy('shop/deny', { podSelector: {} });
    const astray = policy('default/astray', { ...app('db'), ingress: [{ from: [app('web')] }] });
    expect(nearest([web, db, deny, astray])).toEqual([
      'astray 0 0',
      [{ kind: 'policy-namespace', wanted: 'default', found: 'shop' }],
    ]);
  });

  test('is the port of a Service, where its pods listen on another one', () => {
    const rule = { from: [app('web')], ports: [{ port: 80 }] };
    const fault = { kind: 'service-port', service: 'shop/db', port: tcp(80), target: tcp(5432) };
    expect(nearest([web, db, service('db', 80, 'postgres'), into(rule)], tcp(5432))).toEqual(['db 0 0', [fault]]);
    expect(nearest([web, db, service('db', 80, 5432, { app: 'web' }), into(rule)], tcp(5432))?.[1]).toEqual([
      { kind: 'ports', opens: [{ protocol: 'TCP', from: 80, to: 80 }] },
    ]);
  });

  test('is a pod on the network of its node, which no selector matches', () => {
    const agent = deployment('shop/web', { app: 'web' }, { hostNetwork: true });
    expect(nearest([agent, db, into({ from: [app('web')] })])?.[1]).toEqual([{ kind: 'host-network' }]);
  });

  test('is a block without an address', () => {
    const cluster = clusterOf([db, into({ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] })]);
    const [address] = cluster.find('10.1.2.3');
    const { ingress } = cluster.explain(address as never, workload(cluster, 'db'));
    expect(ingress.nearest?.faults).toEqual([{ kind: 'ip-block', cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }]);
  });

  test('tells several faults of one rule, and prefers the rule with the least', () => {
    const rules = [
      { from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] },
      { from: [app('wbe')], ports: [{ port: 80 }] },
      { from: [app('web')], ports: [{ port: 80 }] },
    ];
    expect(nearest([web, db, into(...rules)], tcp(5432))?.[0]).toBe('db 2 0');
    expect(nearest([web, db, into(...rules.slice(0, 2))], tcp(5432))).toEqual([
      'db 1 0',
      [
        { kind: 'pod-label', key: 'app', operator: 'In', wanted: ['wbe'], found: 'web' },
        { kind: 'ports', opens: [{ protocol: 'TCP', from: 80, to: 80 }] },
      ],
    ]);
  });

  test('prefers the rule that names the port that was asked for', () => {
    const rules = [{ from: [app('ops')] }, { from: [app('api')], ports: [{ port: 5432 }] }];
    expect(nearest([web, db, into(...rules)], tcp(5432))?.[0]).toBe('db 1 0');
  });

  test('is told of the end that connects, too', () => {
    const out = policy('shop/out', {
      ...app('web'),
      policyTypes: ['Egress'],
      egress: [{ to: [app('db')], ports: [{ port: 'http' }] }],
    });
    const { from, to, egress } = explained([web, db, out]);
    expect(missText(egress.nearest as never, peerText(from), peerText(to))).toBe(
      'egress rule 1, to[0] of NetworkPolicy shop/out: it opens a port by the name http, and shop/Deployment/db has postgres (TCP 5432), metrics (TCP 9187)',
    );
  });

  test('is not told where something is open, and where a policy of another tier denies', () => {
    expect(nearest([web, db, into({ from: [app('web')] })])).toBeUndefined();
    expect(nearest([web, db])).toBeUndefined();
    const deny = {
      apiVersion: 'policy.networking.k8s.io/v1alpha1',
      kind: 'AdminNetworkPolicy',
      metadata: { name: 'deny' },
      spec: {
        priority: 1,
        subject: { namespaces: {} },
        ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }],
      },
    };
    expect(nearest([web, db, deny, into({ from: [app('wbe')] })])).toBeUndefined();
  });
});

describe('the nearest miss among policies that are asked in order', () => {
  const cluster = (tier: string, ...ingress: object[]) => ({
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'guard' },
    spec: { tier, priority: 1, subject: { namespaces: {} }, ingress },
  });
  const everybody = { action: 'Deny', from: [{ namespaces: {} }] };
  const pods = (name: string) => ({ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: name } } } });
  const calico = (spec: object, kind = 'GlobalNetworkPolicy') => ({
    apiVersion: 'projectcalico.org/v3',
    kind,
    metadata: { name: 'guard', ...(kind === 'NetworkPolicy' ? { namespace: 'shop' } : {}) },
    spec: { selector: "app == 'db'", ...spec },
  });

  test('is a rule before the one that denies, by its peer', () => {
    const accept = { action: 'Accept', from: [pods('ops'), pods('wbe')] };
    const fault = { kind: 'pod-label', key: 'app', operator: 'In', wanted: ['wbe'], found: 'web' };
    expect(nearest([web, db, cluster('Admin', { ...accept, from: [pods('wbe')] }, everybody)])).toEqual([
      'guard 0 0',
      [fault],
    ]);
    expect(nearest([web, db, cluster('Baseline', accept, everybody)])?.[0]).toBe('guard 0 0');
    expect(nearest([web, db, cluster('Admin', everybody, accept)])).toBeUndefined();
  });

  test('is a rule by its namespaces, and by its ports', () => {
    const team = { action: 'Accept', from: [{ namespaces: { matchLabels: { team: 'a' } } }] };
    expect(nearest([web, db, namespace('shop'), cluster('Admin', team, everybody)])).toEqual([
      'guard 0 0',
      [{ kind: 'namespace-label', namespace: 'shop', key: 'team', operator: 'In', wanted: ['a'], found: null }],
    ]);
    const other = {
      action: 'Accept',
      from: [pods('web')],
      protocols: [{ tcp: { destinationPort: { number: 80 } } }],
    };
    expect(nearest([web, db, cluster('Admin', other, everybody)], tcp(5432))).toEqual([
      'guard 0 0',
      [{ kind: 'ports', opens: [{ protocol: 'TCP', from: 80, to: 80 }] }],
    ]);
    const named = { ...other, protocols: [{ destinationNamedPort: 'pg' }] };
    expect(nearest([web, db, cluster('Admin', named, everybody)], tcp(5432))?.[1]).toMatchObject([
      { kind: 'port-name', names: ['pg'] },
    ]);
  });

  test('is one that passes on, where what follows opens the way', () => {
    const pass = { action: 'Pass', from: [pods('wbe')] };
    const open = into({ from: [app('web')] });
    expect(nearest([web, db, open, cluster('Admin', pass, everybody)])?.[0]).toBe('guard 0 0');
    const closed = into({ from: [app('api')] });
    expect(nearest([web, db, closed, cluster('Admin', pass, everybody)])).toBeUndefined();
  });

  test('is a network that does not hold an address', () => {
    const out = {
      ...cluster('Admin'),
      spec: {
        tier: 'Admin',
        priority: 1,
        subject: { namespaces: {} },
        egress: [
          { action: 'Accept', to: [{ namespaces: {} }, { networks: ['10.0.0.0/8'] }] },
          { action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] },
        ],
      },
    };
    const all = clusterOf([web, out]);
    const { egress } = all.explain(workload(all, 'web'), all.find('11.0.0.1')[0] as never);
    expect([egress.nearest?.item, egress.nearest?.faults]).toEqual([
      1,
      [{ kind: 'ip-block', cidr: '10.0.0.0/8', except: [] }],
    ]);
  });

  test('is a rule of Calico in the tier that denies at its end, by labels and namespaces', () => {
    const labelled = calico({ ingress: [{ action: 'Allow', source: { selector: "app == 'wbe'" } }] });
    expect(nearest([web, db, labelled])).toEqual([
      'guard 0',
      [{ kind: 'pod-label', key: 'app', operator: 'In', wanted: ['wbe'], found: 'web' }],
    ]);
    const own = calico({ ingress: [{ action: 'Allow', source: { selector: "app == 'web'" } }] }, 'NetworkPolicy');
    const other = deployment('ops/web', { app: 'web' });
    expect(nearest([other, db, own])).toEqual([
      'guard 0',
      [
        {
          kind: 'namespace-label',
          namespace: 'ops',
          key: 'kubernetes.io/metadata.name',
          operator: 'In',
          wanted: ['shop'],
          found: 'ops',
        },
      ],
    ]);
    const team = calico({ ingress: [{ action: 'Allow', source: { namespaceSelector: "team == 'a'" } }] });
    expect(nearest([web, db, team])?.[1]).toMatchObject([{ kind: 'namespace-unknown', key: 'team' }]);
    const ports = calico({ ingress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: [80] } }] });
    expect(nearest([web, db, ports], tcp(5432))?.[1]).toEqual([
      { kind: 'ports', opens: [{ protocol: 'TCP', from: 80, to: 80 }] },
    ]);
  });

  test('is none that cannot be decided, and none that only logs', () => {
    const rules = [
      { action: 'Allow', http: { methods: ['GET'] }, source: { selector: "app == 'wbe'" } },
      { action: 'Log', source: { selector: "app == 'wbe'" } },
    ];
    expect(nearest([web, db, calico({ ingress: rules })])).toBeUndefined();
  });
});

describe('a number that is the port of a Service', () => {
  const opened = (port: number) => into({ from: [app('web')], ports: [{ port }] });

  test('is told, with what the port behind it is', () => {
    const asked = { service: 'shop/db', port: tcp(5001), target: tcp(5432) };
    const closed = explained([web, db, service('db', 5001, 5432), opened(5432)], tcp(5001));
    expect([closed.allowed, closed.services]).toEqual([false, [{ ...asked, allowed: true }]]);
    const open = explained([web, db, service('db', 5001, 5432), opened(5001)], tcp(5001));
    expect([open.allowed, open.services]).toEqual([true, [{ ...asked, allowed: false }]]);
  });

  test('is told without being asked for, where a policy opens it and not the port behind it', () => {
    const asked = { service: 'shop/db', port: tcp(5001), target: tcp(5432) };
    const closed = explained([web, db, service('db', 5001, 5432), opened(5001)]);
    expect([closed.allowed, closed.services]).toEqual([true, [{ ...asked, allowed: false }]]);
    expect(explained([web, db, service('db', 5001, 5432), opened(5432)]).services).toBeUndefined();
    expect(
      explained([
        web,
        db,
        service('db', 5001, 5432),
        opened(5001),
        policy('shop/both', {
          ...app('db'),
          ingress: [{ ports: [{ port: 5432 }] }],
        }),
      ]).services,
    ).toBeUndefined();
    expect(explained([web, db, service('db', 5001, 5432)]).services).toBeUndefined();
  });

  test('is a port of the pod where a container declares it, or a Service leads to it', () => {
    expect(explained([web, db, service('db', 9187, 5432), opened(9187)], tcp(9187)).services).toBeUndefined();
    const both = [service('db', 5001, 5432), service('other', 80, 5001)];
    expect(explained([web, db, ...both, opened(5001)], tcp(5001)).services).toBeUndefined();
    expect(explained([web, db, service('db', 5432, 5432), opened(5432)], tcp(5432)).services).toBeUndefined();
  });
});

describe('a workload and itself', () => {
  test('are its replicas, which a policy without their own label cuts off', () => {
    const redis = deployment('shop/db', { app: 'db' });
    expect(explained([redis, into({ from: [app('web')] })], undefined, 'db').allowed).toBe(false);
    expect(explained([redis, into({ from: [app('db')] })], undefined, 'db').allowed).toBe(true);
    expect(explained([redis], undefined, 'db').allowed).toBe(true);
  });
});
