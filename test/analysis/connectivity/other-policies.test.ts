import { type ClusterOptions, type Doubt, type Peer, portsText } from '../../../analysis';
import { app, clusterOf, deployment, namespace, policy } from './manifests';

/** `web` and `db` in `shop`, where nobody may connect to `db`, and `client` elsewhere. */
const SHOP = [
  namespace('shop', { team: 'a' }),
  namespace('other', { team: 'b' }),
  deployment('shop/web', { app: 'web' }),
  deployment('shop/db', { app: 'db' }),
  deployment('other/client', { app: 'client' }),
  policy('shop/db', { podSelector: app('db').podSelector, ingress: [] }),
];

interface Header {
  readonly kind: string;
  readonly group: string;
  readonly at?: string;
}

const object = ({ kind, group, at = 'shop' }: Header, spec: object) => ({
  apiVersion: `${group}/v1`,
  kind,
  metadata: { name: 'x', ...(at === '' ? {} : { namespace: at }) },
  spec,
});

/** The pairs that are in doubt, and what may be open. */
function doubted(objects: readonly object[], options?: ClusterOptions): string[] {
  const cluster = clusterOf(objects, options);
  const outside = cluster.find('8.8.8.8')[0] as Peer;
  const name = (peer: Peer) => ('ipRange' in peer ? 'outside' : peer.name);
  const peers = [...cluster.workloads, outside];
  return peers.flatMap((from) =>
    peers
      .filter((to) => from !== to)
      .flatMap((to) =>
        cluster
          .doubts(from, to)
          .map(({ ports }: Doubt) => `${name(from)} > ${name(to)}: ${ports.length === 0 ? 'none' : portsText(ports)}`),
      ),
  );
}

const to = (name: string, what: string, ...from: string[]) => from.map((one) => `${one} > ${name}: ${what}`);

describe('a policy that is not evaluated puts in doubt what it may open or close, and nothing else', () => {
  const ISTIO = { kind: 'AuthorizationPolicy', group: 'security.istio.io' };
  const ANTREA = { kind: 'NetworkPolicy', group: 'crd.antrea.io' };
  const AWS = { kind: 'ApplicationNetworkPolicy', group: 'networking.k8s.aws' };
  const web = { matchLabels: { app: 'web' } };
  const db = { matchLabels: { app: 'db' } };
  test.each<[string, object, string[]]>([
    [
      'Istio closes what it selects',
      object(ISTIO, { selector: web, rules: [{}] }),
      to('web', 'none', 'client', 'db', 'outside').sort(),
    ],
    ['Istio opens nothing that is closed', object(ISTIO, { selector: db, rules: [{}] }), []],
    ['Istio denies nothing without rules', object(ISTIO, { action: 'DENY' }), []],
    ['Istio audits and lets through', object(ISTIO, { action: 'AUDIT', rules: [{}] }), []],
    [
      'the mesh as a whole',
      object({ ...ISTIO, at: 'istio-system' }, {}),
      [...to('client', 'none', 'web', 'db', 'outside'), ...to('web', 'none', 'client', 'db', 'outside')],
    ],
    [
      'a selector that cannot be read means the whole namespace',
      object(ISTIO, { targetRefs: [{ kind: 'Service', name: 'x' }] }),
      to('web', 'none', 'client', 'db', 'outside'),
    ],
    [
      'mutual TLS closes what is plain',
      object({ kind: 'PeerAuthentication', group: 'security.istio.io' }, { mtls: { mode: 'STRICT' } }),
      to('web', 'none', 'client', 'db', 'outside'),
    ],
    [
      'and lets it be',
      object({ kind: 'PeerAuthentication', group: 'security.istio.io' }, { mtls: { mode: 'PERMISSIVE' } }),
      [],
    ],
    [
      'Antrea opens before NetworkPolicies are asked',
      object(ANTREA, { appliedTo: [{ podSelector: db }], ingress: [{ action: 'Allow' }] }),
      to('db', 'all', 'client', 'web', 'outside'),
    ],
    [
      'Antrea closes by a rule of its own',
      object(ANTREA, { ingress: [{ action: 'Drop', appliedTo: [{ podSelector: web }] }] }),
      to('web', 'none', 'client', 'db', 'outside'),
    ],
    [
      'Antrea by a Group, which is not read',
      object(ANTREA, { appliedTo: [{ group: 'g' }], ingress: [{ action: 'Drop' }] }),
      to('web', 'none', 'client', 'db', 'outside'),
    ],
    [
      'Antrea by a namespace',
      object(
        { kind: 'ClusterNetworkPolicy', group: 'crd.antrea.io', at: '' },
        { appliedTo: [{ namespaceSelector: { matchLabels: { team: 'b' } } }], ingress: [{ action: 'Reject' }] },
      ),
      to('client', 'none', 'db', 'web', 'outside'),
    ],
    ['Antrea without rules', object(ANTREA, { appliedTo: [{ podSelector: db }] }), []],
    [
      'AWS adds to NetworkPolicies',
      object(AWS, { podSelector: db, policyTypes: ['Ingress'] }),
      to('db', 'all', 'client', 'web', 'outside'),
    ],
    [
      'AWS by a direction that nobody knows, which may be either',
      object(AWS, { podSelector: db, policyTypes: ['Ingress', 'Sideways'] }),
      [
        ...to('db', 'all', 'client', 'web', 'outside'),
        ...['client', 'web', 'outside'].map((name) => `db > ${name}: none`),
      ],
    ],
    [
      'an egress firewall is about addresses outside',
      object({ kind: 'EgressFirewall', group: 'k8s.ovn.org' }, {}),
      ['db > outside: none', 'web > outside: none'],
    ],
    ['staged policies', object({ kind: 'StagedNetworkPolicy', group: 'projectcalico.org' }, {}), []],
    ['policies of further networks', object({ kind: 'MultiNetworkPolicy', group: 'k8s.cni.cncf.io' }, {}), []],
    [
      'one that nobody has heard of',
      object({ kind: 'SuperNetworkPolicy', group: 'example.com' }, { podSelector: db }),
      [
        ...to('db', 'all', 'client', 'web', 'outside'),
        ...['client', 'web', 'outside'].map((name) => `db > ${name}: none`),
      ],
    ],
    [
      'a network that no pod asks for',
      object({ kind: 'NetworkAttachmentDefinition', group: 'k8s.cni.cncf.io' }, {}),
      [],
    ],
  ])('%s', (_, other, expected) => {
    expect(doubted([...SHOP, other]).sort()).toEqual([...expected].sort());
    expect(doubted([...SHOP, other], { otherPolicies: 'ignore' })).toEqual([]);
  });
});

test('a further network opens a way between the pods that ask for it', () => {
  const asking = (name: string, networks: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      labels: { app: name },
      annotations: { 'k8s.v1.cni.cncf.io/networks': networks },
    },
    spec: {},
  });
  const nad = object({ kind: 'NetworkAttachmentDefinition', group: 'k8s.cni.cncf.io' }, {});
  const inside = (...pods: object[]) =>
    doubted([policy('shop/all', { podSelector: {}, ingress: [] }), ...pods, nad]).filter(
      (one) => !one.includes('outside'),
    );
  expect(inside(asking('a', 'x'), asking('b', 'y, shop/x@eth1'))).toEqual(['a > b: all', 'b > a: all']);
  expect(inside(asking('a', '[{"name": "x"}]'), asking('b', '{'))).toEqual(['a > b: all', 'b > a: all']);
  expect(inside(asking('a', 'y'), asking('b', 'other/x'))).toEqual([]);
  // No manifest needs to show the network.
  expect(inside(asking('a', 'y'), asking('b', 'y'))).toEqual(['a > b: all', 'b > a: all']);
});

test('what hangs on a policy that is not evaluated names it', () => {
  const cluster = clusterOf([...SHOP, object({ kind: 'ServiceIntentions', group: 'consul.hashicorp.com' }, {})]);
  const [web, client] = ['web', 'client'].map((name) => cluster.find(name)[0] as Peer) as [Peer, Peer];
  expect(cluster.doubts(client, web)).toEqual([
    { hangsOn: ['other-policies'], ports: [], policies: ['ServiceIntentions shop/x'] },
  ]);
  expect(cluster.notes.map(({ message }) => message)).toEqual([
    'ServiceIntentions shop/x: a policy of consul.hashicorp.com, which is not taken into account; it may close more',
  ]);
  // It does not isolate anything, as far as is known.
  expect(cluster.isIsolated(cluster.workloads[2] as never, 'ingress')).toBe(false);
  expect(cluster.explain(client, web).ingress.outcome).toBe('not-selected');
});

test('a policy of nodes may close what pods on the network of a node have', () => {
  const agent = deployment('shop/agent', { app: 'agent' }, { hostNetwork: true });
  const endpoint = object({ kind: 'HostEndpoint', group: 'projectcalico.org', at: '' }, { node: 'n' });
  const about = doubted([...SHOP, agent, endpoint]);
  expect(about).toContain('web > agent: none');
  expect(about.filter((one) => !one.includes('agent'))).toEqual([]);
  expect(doubted([...SHOP, agent, endpoint], { otherPolicies: 'ignore' })).toEqual([]);
});

test('whether something gets in from outside hangs on policies that are not evaluated', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] },
  };
  const istio = object({ kind: 'AuthorizationPolicy', group: 'security.istio.io' }, { rules: [{}] });
  const reachable = (objects: readonly object[], options?: ClusterOptions) =>
    clusterOf(objects, options)
      .exposures()
      .map((row) => row.reachable);
  expect(reachable([...SHOP, service])).toEqual([true]);
  expect(reachable([...SHOP, service, istio])).toEqual([null]);
  expect(reachable([...SHOP, service, istio], { otherPolicies: 'ignore' })).toEqual([true]);
});
