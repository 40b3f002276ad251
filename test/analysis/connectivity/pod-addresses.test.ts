import { type ClusterOptions, type Doubt, portsText, type Workload } from '../../../analysis';
import { doubtTexts } from '../../../report/connections/doubts';
import { app, clusterOf, deployment, policy, workload } from './manifests';

/** A network plugin that lets an ipBlock match pods. */
const everywhere = { ipBlocks: 'everywhere' } as const;

const web = deployment('shop/web', { app: 'web' });
const db = deployment('shop/db', { app: 'db' });
const ports = [{ port: 80 }];
const fromBlock = (cidr: string, ...except: string[]) =>
  policy('shop/db', { ...app('db'), ingress: [{ from: [{ ipBlock: { cidr, except } }], ports }] });
const toBlock = (cidr: string) =>
  policy('shop/web', { ...app('web'), policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr } }], ports }] });
const admin = (rule: object, tier = 'Admin') => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'c' },
  spec: { tier, priority: 1, subject: { namespaces: {} }, egress: [rule] },
});
const calico = (direction: 'ingress' | 'egress', subject: string, ...rules: object[]) => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'GlobalNetworkPolicy',
  metadata: { name: 'g' },
  spec: { selector: `app == '${subject}'`, [direction]: rules },
});

/** What is known of `web` to `db`, and what may be as well. */
function known(objects: readonly object[], options: ClusterOptions): { open: string; doubts: readonly Doubt[] } {
  const cluster = clusterOf([web, db, ...objects], options);
  const [from, to] = ['web', 'db'].map((name) => workload(cluster, name)) as [Workload, Workload];
  return { open: portsText(cluster.ports(from, to)), doubts: cluster.doubts(from, to) };
}

const TCP_80 = [{ protocol: 'TCP', from: 80, to: 80 }];
const mayBeOpen = { open: 'none', doubts: [{ hangsOn: ['pods'], ports: TCP_80 }] };
const isClosed = { open: 'none', doubts: [] };
const isOpen = { open: 'TCP 80', doubts: [] };

describe('of a pod whose address no manifest tells, and a block that may hold it, nobody knows', () => {
  test.each<[string, object]>([
    ['ingress from an ipBlock', fromBlock('10.0.0.0/8')],
    ['egress to an ipBlock', toBlock('10.42.0.0/16')],
    ['an ipBlock that leaves out some addresses', fromBlock('0.0.0.0/0', '169.254.169.254/32')],
    ['an ipBlock of private addresses that are left over', fromBlock('0.0.0.0/0', '10.0.0.0/8', '172.16.0.0/12')],
    ['an ipBlock of IPv6', toBlock('2600:1f14::/36')],
    [
      'nets of Calico',
      calico('ingress', 'db', {
        action: 'Allow',
        protocol: 'TCP',
        source: { nets: ['10.1.0.0/16'] },
        destination: { ports: [80] },
      }),
    ],
    [
      'notNets of Calico',
      calico('egress', 'web', {
        action: 'Allow',
        protocol: 'TCP',
        destination: { notNets: ['10.1.0.0/16'], ports: [80] },
      }),
    ],
  ])('under %s', (_, object) => {
    expect(known([object], everywhere)).toEqual(mayBeOpen);
    expect(known([object], { ipBlocks: 'outside' })).toEqual(isClosed);
    expect(known([object], {}).doubts).toContainEqual({ hangsOn: ['ip-blocks', 'pods'], ports: TCP_80 });
  });

  test('whether networks of an admin tier deny', () => {
    const deny = admin({ action: 'Deny', to: [{ networks: ['10.0.0.0/8'] }] });
    expect(known([deny], everywhere)).toEqual({ open: 'all', doubts: [{ hangsOn: ['pods'], ports: [] }] });
    expect(known([deny], { ...everywhere, pods: ['192.168.0.0/16'] })).toEqual({ open: 'all', doubts: [] });
    expect(known([deny], { ...everywhere, pods: ['10.42.0.0/16'] })).toEqual(isClosed);
  });

  test('what a Baseline tier accepts', () => {
    const baseline = admin({ action: 'Accept', to: [{ networks: ['10.0.0.0/8'] }] }, 'Baseline');
    const rest = { ...admin({ action: 'Deny', to: [{ namespaces: {} }] }, 'Baseline'), metadata: { name: 'd' } };
    const { open, doubts } = known([baseline, { ...rest, spec: { ...rest.spec, priority: 2 } }], everywhere);
    expect([open, doubts]).toEqual(['none', [{ hangsOn: ['pods'], ports: 'all' }]]);
  });

  test('in words', () => {
    expect(doubtTexts(known([fromBlock('10.0.0.0/8')], everywhere).doubts)).toEqual([
      'TCP 80 may be open; it hangs on the addresses of pods, which --pods tells',
    ]);
    const deny = admin({ action: 'Deny', to: [{ networks: ['10.0.0.0/8'] }] });
    expect(doubtTexts(known([deny], everywhere).doubts)).toEqual([
      'it may be closed; it hangs on the addresses of pods, which --pods tells',
    ]);
    expect(doubtTexts(known([fromBlock('10.0.0.0/8')], {}).doubts)).toEqual([
      'TCP 80 may be open; it hangs on whether ipBlock matches pods and on the addresses of pods, which --ip-blocks and --pods tell',
    ]);
  });
});

test('addresses of nodes are not told as a reason of pods, nor those of pods as one of nodes', () => {
  const agent = deployment('shop/agent', { app: 'agent' }, { hostNetwork: true });
  const cluster = clusterOf([web, db, agent, fromBlock('10.0.0.0/8')], everywhere);
  const reasons = (from: string) =>
    cluster.doubts(workload(cluster, from), workload(cluster, 'db')).map(({ hangsOn }) => hangsOn);
  expect([reasons('web'), reasons('agent')]).toEqual([[['pods']], [['nodes']]]);
});

describe('it is known', () => {
  test('where a block holds no address that pods have as a rule', () => {
    expect(known([fromBlock('203.0.113.0/24')], everywhere)).toEqual(isClosed);
    expect(known([fromBlock('203.0.113.0/24')], {})).toEqual(isClosed);
  });

  test('where somebody who knows tells the addresses of pods', () => {
    const pods = ['10.42.0.0/16'];
    expect(known([fromBlock('10.0.0.0/8')], { ...everywhere, pods })).toEqual(isOpen);
    expect(known([fromBlock('192.168.0.0/16')], { ...everywhere, pods })).toEqual(isClosed);
    expect(known([fromBlock('10.42.128.0/17')], { ...everywhere, pods })).toEqual(mayBeOpen);
    expect(known([fromBlock('203.0.113.0/24')], { ...everywhere, pods: ['203.0.113.0/24'] })).toEqual(isOpen);
  });

  test('where another rule opens the same', () => {
    const open = policy('shop/open', { ...app('db'), ingress: [{ from: [app('web')], ports }] });
    expect(known([fromBlock('10.0.0.0/8'), open], everywhere)).toEqual(isOpen);
  });

  test('where the other end is closed', () => {
    const closed = policy('shop/web', { ...app('web'), policyTypes: ['Egress'] });
    expect(known([fromBlock('10.0.0.0/8'), closed], everywhere)).toEqual(isClosed);
  });
});

describe('a note', () => {
  const notes = (options: ClusterOptions, ...objects: object[]) => {
    const cluster = clusterOf([web, db, ...objects], options);
    return [...cluster.notes, ...cluster.notesOn()].map(({ code, message }) => `${code} ${message}`);
  };

  test('says of which rule nobody knows whether its addresses hold pods', () => {
    const text = (policy: string, direction: string) =>
      `unknown-pod ${policy}: whether the addresses of ${direction} rule 1 hold pods of which no manifest tells an address is not known, and they are taken not to; give --pods`;
    expect(notes(everywhere, fromBlock('10.0.0.0/8'))).toEqual([text('NetworkPolicy shop/db', 'ingress')]);
    expect(notes(everywhere, admin({ action: 'Deny', to: [{ networks: ['10.0.0.0/8'] }] }))).toEqual([
      text('ClusterNetworkPolicy c', 'egress'),
    ]);
    expect(
      notes(everywhere, calico('egress', 'web', { action: 'Allow', destination: { nets: ['10.1.0.0/16'] } })),
    ).toEqual([text('GlobalNetworkPolicy g', 'egress')]);
    expect(notes({ ...everywhere, pods: ['10.42.0.0/16'] }, fromBlock('10.0.0.0/8'))).toEqual([]);
    expect(notes({ ipBlocks: 'outside' }, fromBlock('10.0.0.0/8'))).toEqual([]);
  });

  test('says so too of nodes that networks and nets may hold', () => {
    const agent = deployment('shop/agent', { app: 'agent' }, { hostNetwork: true });
    const deny = admin({ action: 'Deny', to: [{ networks: ['10.0.0.0/8'] }] });
    expect(notes({ ipBlocks: 'outside' }, agent, deny)).toContain(
      'unknown-node ClusterNetworkPolicy c: whether the addresses of egress rule 1 hold the nodes of pods with hostNetwork is not known, and they are taken not to; give --nodes',
    );
  });

  test('says what hangs on the network plugin, and on addresses of pods', () => {
    const text = (on: string, see: string) =>
      `ip-blocks NetworkPolicy shop/db: whether the addresses of ingress rule 1 match pods hangs on the network plugin${on}, and with it shop/Deployment/web -> shop/Deployment/db; they are taken not to; see --ip-blocks${see}`;
    expect(notes({}, fromBlock('10.0.0.0/8'))).toEqual([
      text(' and on addresses of pods that no manifest tells', ' and --pods'),
    ]);
    expect(notes({ pods: ['10.42.0.0/16'] }, fromBlock('10.0.0.0/8'))).toEqual([text('', '')]);
    expect(notes({ pods: ['192.168.0.0/16'] }, fromBlock('10.0.0.0/8'))).toEqual([]);
  });
});

test('why it is closed names a block that is not known to hold a pod', () => {
  const nearest = (options: ClusterOptions) => {
    const cluster = clusterOf([web, db, fromBlock('10.0.0.0/8')], options);
    const { ingress } = cluster.explain(workload(cluster, 'web'), workload(cluster, 'db'));
    return ingress.nearest?.faults.map(({ kind }) => kind);
  };
  expect(nearest(everywhere)).toEqual(['unknown-address']);
  expect(nearest({ ...everywhere, pods: ['192.168.0.0/16'] })).toEqual(['ip-block']);
  expect(nearest({ ipBlocks: 'outside' })).toEqual(['block-for-pods']);
});

test('fails for addresses of pods that are none', () => {
  expect(() => clusterOf([web], { pods: ['10.42.0.0/33'] })).toThrow(
    'pods "10.42.0.0/33": give a block of addresses such as "10.0.0.0/8" or "2001:db8::/32"',
  );
});
