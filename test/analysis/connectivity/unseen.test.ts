import {
  type ClusterOptions,
  portsText,
  type UnseenConnection,
  type UnseenPeer,
  type Workload,
} from '../../../analysis';
import { podsText } from '../../../report/connections/unseen';
import { app, clusterOf, deployment, named, namespace, policy } from './manifests';

const end = (peer: Workload | UnseenPeer) =>
  'pods' in peer ? `[${podsText(peer)}]` : `${peer.namespace}/${peer.name}`;
const line = ({ from, to, ports }: UnseenConnection) => `${end(from)} > ${end(to)}: ${portsText(ports)}`;
function incoming(objects: readonly object[], unmet = false, options?: ClusterOptions): string[] {
  const cluster = clusterOf(objects, options);
  return [...cluster.unseen({ to: cluster.find('db') }, unmet)].map(line);
}
function outgoing(objects: readonly object[], options?: ClusterOptions): string[] {
  const cluster = clusterOf(objects, options);
  return [...cluster.unseen({ from: cluster.find('db') })].map(line);
}

const db = deployment('shop/db', { app: 'db' }, named({ sql: 5432 }));
const from = (...peers: object[]) => ({ ...app('db'), ingress: [{ from: peers, ports: [{ port: 5432 }] }] });
const labelled = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const clusterPolicy = (name: string, tier: string, priority: number, ...ingress: object[]) => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name },
  spec: { tier, priority, subject: { namespaces: {} }, ingress },
});
const pods = (role: string) => [{ pods: { namespaceSelector: {}, podSelector: { matchLabels: { role } } } }];
const everywhere = [{ namespaces: {} }];

describe('pods that are not among the manifests', () => {
  test('are opened at their own end by a policy of the whole cluster, though one of their namespace closes them', () => {
    const closed = policy('shop/all', { podSelector: {}, policyTypes: ['Egress'] });
    const open = {
      ...clusterPolicy('open', 'Admin', 1),
      spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, egress: [{ action: 'Accept', to: everywhere }] },
    };
    const objects = [db, policy('shop/db', from(labelled('web'))), closed];
    expect(incoming(objects)).toEqual([]);
    expect(incoming([...objects, open])).toEqual(['[pods app=web of namespace shop] > shop/db: TCP 5432']);
  });

  test('are not met by workloads that may not connect, nor by one that they are not and that may', () => {
    const others = [...'abcefgh'].flatMap((name) => [
      deployment(`shop/${name}`, { app: name }),
      policy(`shop/${name}`, { ...app(name), policyTypes: ['Egress'] }),
    ]);
    const but = (name: string) => ({
      podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['db', name] }] },
    });
    // In the order of their names, the one that may connect stands before others, behind them, and among them.
    for (const name of ['0', 'x', 'd']) {
      const open = deployment(`shop/${name}`, { app: name });
      const objects = [db, policy('shop/db', from(but(name), labelled(name))), open, ...others];
      expect(incoming(objects, true)).toEqual([
        `[pods app notin (${['db', name].sort().join(', ')}) of namespace shop] > shop/db: TCP 5432`,
      ]);
    }
  });

  test('may connect to what a rule opens to them, as grafana is open to a Prometheus that an operator makes', () => {
    const grafana = deployment('monitoring/grafana', { 'app.kubernetes.io/name': 'grafana' });
    const prometheus = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } };
    const cluster = clusterOf([
      grafana,
      policy('monitoring/grafana', {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'grafana' } },
        policyTypes: ['Ingress', 'Egress'],
        egress: [{}],
        ingress: [{ from: [prometheus], ports: [{ port: 3000, protocol: 'TCP' }] }],
      }),
    ]);
    expect([...cluster.unseen({ to: cluster.find('grafana') })]).toEqual([
      {
        from: {
          pods: {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
          },
        },
        to: { namespace: 'monitoring', kind: 'Deployment', name: 'grafana' },
        ports: [{ protocol: 'TCP', from: 3000, to: 3000 }],
      },
    ]);
  });

  test('are any, where no policy isolates', () => {
    expect(incoming([db])).toEqual(['[any pod] > shop/db: all']);
    expect(outgoing([db])).toEqual(['shop/db > [any pod]: all']);
  });

  test('are none, where no rule lets anybody in', () => {
    expect(incoming([db, policy('shop/db', app('db'))])).toEqual([]);
  });

  test('are none where a rule lets in addresses alone, unless blocks match pods', () => {
    const open = policy('shop/db', from({ ipBlock: { cidr: '0.0.0.0/0' } }));
    expect(incoming([db, open])).toEqual([]);
    expect(incoming([db, open], false, { ipBlocks: 'everywhere' })).toEqual(['[any pod] > shop/db: TCP 5432']);
  });

  test('are any, where a block may hold them and blocks match pods', () => {
    const open = policy('shop/db', from({ ipBlock: { cidr: '10.0.0.0/8' } }));
    const everywhere = { ipBlocks: 'everywhere' } as const;
    expect(incoming([db, open], false, everywhere)).toEqual(['[any pod] > shop/db: TCP 5432']);
    expect(incoming([db, open], false, { ...everywhere, pods: ['192.168.0.0/16'] })).toEqual([]);
    const egress = policy('shop/db', {
      ...app('db'),
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 80 }] }],
    });
    expect(outgoing([db, egress], everywhere)).toEqual(['shop/db > [any pod]: TCP 80']);
  });

  test('are not shut out by a denial of a block that may hold some of them', () => {
    const deny = (network: string) => ({
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'deny' },
      spec: {
        tier: 'Admin',
        priority: 1,
        subject: { namespaces: {} },
        egress: [{ action: 'Deny', to: [{ networks: [network] }] }],
      },
    });
    expect(outgoing([db, deny('10.0.0.0/8')], { ipBlocks: 'everywhere' })).toEqual(['shop/db > [any pod]: all']);
    expect(outgoing([db, deny('0.0.0.0/0')], { ipBlocks: 'everywhere' })).toEqual([]);
  });

  test('are told once, by the broadest selectors', () => {
    const narrow = { ...labelled('web'), ...inNamespace('shop') };
    expect(incoming([db, policy('shop/db', from(labelled('web'), inNamespace('shop'), narrow))])).toEqual([
      '[any pod of namespace shop] > shop/db: TCP 5432',
    ]);
  });

  test('are told apart, where one may have ports that the other may not', () => {
    const more = policy('shop/more', { ...app('db'), ingress: [{ from: [labelled('web')] }] });
    expect(incoming([db, policy('shop/db', from(inNamespace('shop'))), more])).toEqual([
      '[any pod of namespace shop] > shop/db: TCP 5432',
      '[pods app=web of namespace shop] > shop/db: all',
    ]);
  });

  test('are shut out by policies of their own namespace, where these select them for sure', () => {
    const open = policy('shop/db', from(labelled('web')));
    const closed = policy('shop/closed', { podSelector: {}, policyTypes: ['Egress'] });
    const allowed = policy('shop/allowed', {
      ...app('web'),
      policyTypes: ['Egress'],
      egress: [{ to: [labelled('db')] }],
    });
    const others = policy('shop/others', { ...app('other'), policyTypes: ['Egress'] });
    expect(incoming([db, open, others])).toHaveLength(1);
    expect(incoming([db, open, closed])).toEqual([]);
    expect(incoming([db, open, closed, allowed])).toHaveLength(1);
  });

  test('are none of a namespace whose labels are known to be others', () => {
    const tier = {
      namespaceSelector: { matchLabels: { ...inNamespace('web').namespaceSelector.matchLabels, tier: 'a' } },
    };
    expect(incoming([db, policy('shop/db', from(tier)), namespace('web', { tier: 'b' })])).toEqual([]);
    expect(incoming([db, policy('shop/db', from(tier)), namespace('web', { tier: 'a' })])).toHaveLength(1);
  });

  test('are what an egress rule means too', () => {
    const dns = { ...inNamespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } };
    const egress = policy('shop/db', {
      ...app('db'),
      policyTypes: ['Egress'],
      egress: [{ to: [dns], ports: [{ protocol: 'UDP', port: 53 }] }],
    });
    expect(outgoing([db, egress])).toEqual(['shop/db > [pods k8s-app=kube-dns of namespace kube-system]: UDP 53']);
  });

  test('are left out on request, where a pod of the manifests meets the selectors and has all their ports', () => {
    const open = policy('shop/db', from(labelled('web')));
    const web = deployment('shop/web', { app: 'web' });
    expect(incoming([db, open], true)).toHaveLength(1);
    expect(incoming([db, open, web], true)).toEqual([]);
    const closed = policy('shop/web', { ...app('web'), policyTypes: ['Egress'] });
    expect(incoming([db, open, web, closed], true)).toEqual([]);
    expect(incoming([db, policy('shop/db', from(labelled('db')))], true)).toEqual([]);
  });
});

describe('pods that are not among the manifests, of a workload whose own pods differ', () => {
  const replica = (name: string, labels: object, spec: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      labels,
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', controller: true }],
    },
    spec,
  });
  const role = (name: string) => ({ podSelector: { matchLabels: { role: name } } });
  const open = (name: string, peers: readonly object[], ports: readonly object[]) =>
    policy(`shop/${name}`, { ...role(name), ingress: [{ from: peers, ports }] } as never);

  test('may have with a pod what is open to others as well, in the row that names them', () => {
    const objects = [
      replica('db-0', { role: 'primary' }),
      replica('db-1', { role: 'replica' }),
      open('primary', [labelled('web')], [{ port: 5432 }]),
      open('replica', [{ namespaceSelector: {} }], [{ port: 9187 }]),
    ];
    expect(incoming(objects).sort()).toEqual([
      '[any pod] > shop/db: TCP 9187',
      '[pods app=web of namespace shop] > shop/db: TCP 5432, TCP 9187',
    ]);
  });

  test('have no row of their own where the pods on the network of nodes are open to any', () => {
    const objects = [
      replica('db-0', { role: 'primary' }),
      replica('db-1', { role: 'primary' }, { hostNetwork: true }),
      open('primary', [labelled('web')], [{ port: 5432 }]),
    ];
    expect(incoming(objects)).toEqual(['[any pod] > shop/db: all']);
  });
});

describe('pods that are not among the manifests, where policies are asked in order', () => {
  test('may not have the port of a name that a rule passes on, and then have what a later rule accepts', () => {
    const rule = (priority: number, egress: object) => ({
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: `p${priority}` },
      spec: { tier: 'Admin', priority, subject: { namespaces: {} }, egress: [egress] },
    });
    const closed = policy('shop/db', { ...app('db'), policyTypes: ['Egress'] });
    const pass = (protocol: object) => rule(1, { action: 'Pass', to: everywhere, protocols: [protocol] });
    const accept = rule(2, { action: 'Accept', to: everywhere });
    expect(outgoing([db, closed, pass({ destinationNamedPort: 'http' }), accept])).toEqual([
      'shop/db > [any pod]: all',
    ]);
    expect(outgoing([db, closed, pass({ tcp: { destinationPort: { number: 80 } } }), accept])).toEqual([
      'shop/db > [any pod]: SCTP all, TCP 1-79, TCP 81-65535, UDP all',
    ]);
  });

  test('are shut out by a denial that means them all', () => {
    const deny = clusterPolicy('deny', 'Admin', 1, { action: 'Deny', from: everywhere });
    expect(incoming([db, deny])).toEqual([]);
  });

  test('are not shut out by a denial of some', () => {
    const deny = clusterPolicy('deny', 'Admin', 1, { action: 'Deny', from: pods('bad') });
    expect(incoming([db, deny])).toEqual(['[any pod] > shop/db: all']);
  });

  test('are let in by a rule before the denial', () => {
    const rules = [
      { action: 'Accept', from: pods('good') },
      { action: 'Deny', from: everywhere },
    ];
    expect(incoming([db, clusterPolicy('some', 'Admin', 1, ...rules)])).toEqual(['[pods role=good] > shop/db: all']);
  });

  test('are let in by a NetworkPolicy behind a rule that passes them on', () => {
    const rules = [
      { action: 'Pass', from: pods('maybe') },
      { action: 'Deny', from: everywhere },
    ];
    const open = policy('shop/db', from(inNamespace('other')));
    expect(incoming([db, clusterPolicy('some', 'Admin', 1, ...rules), open])).toEqual([
      '[any pod of namespace other] > shop/db: TCP 5432',
    ]);
  });

  test('are not let in by a baseline that denies, where no NetworkPolicy selects', () => {
    const baseline = clusterPolicy('base', 'Baseline', 1, { action: 'Deny', from: everywhere });
    expect(incoming([db, baseline])).toEqual([]);
    expect(incoming([db, baseline, policy('shop/db', from(labelled('web')))])).toHaveLength(1);
  });

  test('are known by the namespaces of Calico', () => {
    const open = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'GlobalNetworkPolicy',
      metadata: { name: 'edge' },
      spec: {
        selector: "app == 'db'",
        ingress: [
          { action: 'Allow', source: { selector: "role == 'web'", namespaceSelector: "team == 'a'" } },
          { action: 'Allow', source: { selector: "role starts with 'x'", namespaceSelector: 'all()' } },
        ],
      },
    };
    expect(incoming([db, open])).toEqual([
      '[pods role=web of namespaces team=a] > shop/db: all',
      '[pods role] > shop/db: all',
    ]);
  });

  test('are none of what is in no namespace', () => {
    const open = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'GlobalNetworkPolicy',
      metadata: { name: 'edge' },
      spec: { selector: "app == 'db'", ingress: [{ action: 'Allow', source: { namespaceSelector: 'global()' } }] },
    };
    expect(incoming([db, open])).toEqual([]);
  });
});
