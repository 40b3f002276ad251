import { Cluster, type Port, portsText, whyText } from '../../../analysis';
import { app, clusterOf, deployment, named, policy, workload } from './manifests';

const ALPHA2 = 'policy.networking.k8s.io/v1alpha2';
const ALPHA1 = 'policy.networking.k8s.io/v1alpha1';
const tcp = (port: number): Port => ({ protocol: 'TCP', port });

const everywhere = { namespaces: {} };
const cnp = (name: string, spec: object) => ({
  apiVersion: ALPHA2,
  kind: 'ClusterNetworkPolicy',
  metadata: { name },
  spec: { tier: 'Admin', priority: 10, subject: everywhere, ...spec },
});
const anp = (name: string, spec: object) => ({
  apiVersion: ALPHA1,
  kind: 'AdminNetworkPolicy',
  metadata: { name },
  spec: { priority: 10, subject: everywhere, ...spec },
});
const banp = (spec: object) => ({
  apiVersion: ALPHA1,
  kind: 'BaselineAdminNetworkPolicy',
  metadata: { name: 'default' },
  spec: { subject: everywhere, ...spec },
});
const pods = (name: string) => ({ pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: name } } } });

const web = deployment('shop/web', { app: 'web' });
const db = deployment('shop/db', { app: 'db' });
const agent = {
  ...deployment('shop/agent', { app: 'agent' }),
  spec: { template: { metadata: { labels: { app: 'agent' } }, spec: { hostNetwork: true } } },
};

/** The ports that are open from `web` to `db`. */
function open(...policies: object[]): string {
  const cluster = clusterOf([web, db, agent, ...policies]);
  return portsText(cluster.ports(workload(cluster, 'web'), workload(cluster, 'db')));
}

describe('the order of tiers', () => {
  const denyAll = policy('shop/deny-all', { podSelector: {} });
  const allowWeb = policy('shop/allow', { ...app('db'), ingress: [{ from: [app('web')] }] });
  const rule = (action: string) => ({ ingress: [{ action, from: [pods('web')] }] });

  test('an Admin rule that accepts beats a NetworkPolicy that closes', () => {
    expect(open(denyAll, cnp('a', rule('Accept')))).toBe('all');
    expect(open(denyAll, anp('a', rule('Allow')))).toBe('all');
  });

  test('an Admin rule that denies beats a NetworkPolicy that allows', () => {
    expect(open(allowWeb, cnp('a', rule('Deny')))).toBe('none');
    expect(open(allowWeb, anp('a', rule('Deny')))).toBe('none');
  });

  test('a rule that passes leaves it to NetworkPolicies, and to Baseline where none selects', () => {
    const passed = cnp('a', { ingress: [...rule('Pass').ingress, ...rule('Deny').ingress] });
    expect(open(allowWeb, passed)).toBe('all');
    expect(open(denyAll, passed)).toBe('none');
    expect(open(passed)).toBe('all');
    expect(open(passed, cnp('b', { tier: 'Baseline', ...rule('Deny') }))).toBe('none');
  });

  test('Baseline counts only where no NetworkPolicy selects the pod', () => {
    const baseline = [cnp('b', { tier: 'Baseline', ...rule('Deny') }), banp(rule('Deny'))];
    for (const one of baseline) {
      expect(open(one)).toBe('none');
      expect(open(one, allowWeb)).toBe('all');
    }
  });

  test('a lower priority number comes first, and rules from top to bottom', () => {
    expect(open(cnp('z', { priority: 1, ...rule('Accept') }), cnp('a', { priority: 2, ...rule('Deny') }))).toBe('all');
    expect(open(cnp('a', { ingress: [...rule('Deny').ingress, ...rule('Accept').ingress] }))).toBe('none');
  });

  test('both ends must allow', () => {
    const egress = cnp('e', { subject: pods('web'), egress: [{ action: 'Deny', to: [pods('db')] }] });
    expect(open(cnp('a', rule('Accept')), egress)).toBe('none');
  });
});

describe('the ports of a rule', () => {
  const sql = deployment('shop/db', { app: 'db' }, named({ sql: 5432 }));
  const opens = (policyOf: object) => {
    const cluster = clusterOf([web, sql, policy('shop/deny', { podSelector: {} }), policyOf]);
    return portsText(cluster.ports(workload(cluster, 'web'), workload(cluster, 'db')));
  };
  const from = [pods('web')];

  test('are numbers, ranges and names in both versions', () => {
    expect(
      opens(
        cnp('a', {
          ingress: [
            {
              action: 'Accept',
              from,
              protocols: [
                { tcp: { destinationPort: { number: 80 } } },
                { udp: { destinationPort: { range: { start: 53, end: 54 } } } },
                { destinationNamedPort: 'sql' },
              ],
            },
          ],
        }),
      ),
    ).toBe('TCP 80, TCP 5432, UDP 53-54');
    expect(
      opens(
        anp('a', {
          ingress: [
            {
              action: 'Allow',
              from,
              ports: [
                { portNumber: { protocol: 'TCP', port: 80 } },
                { portRange: { protocol: 'UDP', start: 53, end: 54 } },
                { namedPort: 'sql' },
              ],
            },
          ],
        }),
      ),
    ).toBe('TCP 80, TCP 5432, UDP 53-54');
  });
});

describe('who takes part', () => {
  test('pods on the network of their node are no subject, and no namespace or pod peer means them', () => {
    const cluster = clusterOf([
      web,
      agent,
      cnp('a', {
        ingress: [{ action: 'Deny', from: [everywhere] }],
        egress: [{ action: 'Deny', to: [everywhere] }],
      }),
    ]);
    const [from, to] = [workload(cluster, 'agent'), workload(cluster, 'web')];
    expect(portsText(cluster.ports(from, to))).toBe('all');
    expect(portsText(cluster.ports(to, from))).toBe('all');
  });

  test('nodes as a peer are the pods on the network of their node', () => {
    const cluster = clusterOf([web, db, agent, cnp('a', { egress: [{ action: 'Deny', to: [{ nodes: {} }] }] })]);
    expect(portsText(cluster.ports(workload(cluster, 'web'), workload(cluster, 'agent')))).toBe('none');
    expect(portsText(cluster.ports(workload(cluster, 'web'), workload(cluster, 'db')))).toBe('all');
  });

  test('networks are addresses outside, in the order of the rules', () => {
    const cluster = clusterOf([
      web,
      cnp('a', {
        egress: [
          { action: 'Accept', to: [{ networks: ['10.1.0.0/16'] }] },
          { action: 'Deny', to: [{ networks: ['10.0.0.0/8', '::/0'] }] },
        ],
      }),
    ]);
    const to = (address: string) =>
      cluster.find(address).map((peer) => portsText(cluster.ports(workload(cluster, 'web'), peer)));
    expect(to('10.1.2.3')).toEqual(['all']);
    expect(to('10.2.0.0')).toEqual(['none']);
    expect(to('11.0.0.0')).toEqual(['all']);
    expect(to('2001:db8::1')).toEqual(['none']);
  });

  test('a peer that no version knows lets nobody in, and keeps everybody out', () => {
    const unknown = [{ services: {} }];
    expect(
      open(
        policy('shop/deny', { podSelector: {} }),
        cnp('a', { ingress: [{ action: 'Accept', from: [...unknown, pods('web')] }] }),
      ),
    ).toBe('none');
    for (const action of ['Deny', 'Pass']) {
      expect(open(cnp('a', { ingress: [{ action, from: unknown }] }))).toBe('none');
    }
  });
});

describe('an explanation', () => {
  const why = (policies: object[], port?: Port) => {
    const cluster = clusterOf([web, db, ...policies]);
    return whyText(cluster.explain(workload(cluster, 'web'), workload(cluster, 'db'), port));
  };
  const denies = cnp('guard', {
    subject: pods('db'),
    ingress: [{ name: 'no-web', action: 'Deny', from: [pods('web')] }],
  });

  test('names the policy and the rule that decide', () => {
    expect(why([denies])).toBe('ClusterNetworkPolicy guard denies it (ingress rule 1 "no-web")');
    expect(why([anp('a', { ingress: [{ action: 'Allow', from: [pods('web')] }] })], tcp(80))).toBe(
      'AdminNetworkPolicy a allows it (ingress rule 1)',
    );
  });

  test('names the tier, and what came to the NetworkPolicies behind it', () => {
    const cluster = clusterOf([
      web,
      db,
      policy('shop/closed', app('db')),
      cnp('guard', {
        subject: pods('db'),
        ingress: [{ action: 'Deny', from: [pods('web')], protocols: [{ tcp: { destinationPort: { number: 80 } } }] }],
      }),
    ]);
    const explain = (port: number) =>
      cluster.explain(workload(cluster, 'web'), workload(cluster, 'db'), tcp(port)).ingress;
    expect(explain(80)).toMatchObject({
      outcome: 'denied',
      denies: [{ policy: { kind: 'ClusterNetworkPolicy', tier: 'Admin', name: 'guard' }, index: 0, action: 'Deny' }],
      isolating: [],
    });
    expect(explain(81)).toMatchObject({ outcome: 'denied', denies: [], isolating: [{ name: 'closed' }] });
  });

  test('says that no rule is about it', () => {
    const other = cnp('guard', { subject: pods('db'), ingress: [{ action: 'Deny', from: [pods('nobody')] }] });
    expect(why([other])).toBe('no policy decides about it');
  });
});

describe('what manifests cannot tell is a note', () => {
  const notes = (...objects: object[]) =>
    clusterOf([web, db, ...objects]).notes.map(({ code, message }) => `${code} ${message}`);

  test('of domain names and of the labels of nodes', () => {
    const egress = [
      { action: 'Accept', to: [{ domainNames: ['*.example.com'] }] },
      { action: 'Deny', to: [{ nodes: { matchLabels: { role: 'db' } } }] },
    ];
    expect(notes(cnp('a', { egress }))).toEqual([
      'undecided ClusterNetworkPolicy a: whom egress rule 1 (Accept) matches hangs on domainNames, which manifests do not tell',
      'undecided ClusterNetworkPolicy a: whom egress rule 2 (Deny) matches hangs on the labels of nodes, which manifests do not tell',
    ]);
  });

  test('of a peer that no version knows', () => {
    expect(notes(cnp('a', { ingress: [{ action: 'Pass', from: [{ services: {} }] }] }))).toEqual([
      'fail-closed ClusterNetworkPolicy a: ingress rule 1 has a peer that is not known here (services), so it is taken to deny everybody',
    ]);
  });

  test('of equal priorities, where two rules about the same peers and ports do unlike things', () => {
    const one = cnp('a', { ingress: [{ action: 'Accept', from: [pods('web')] }] });
    const other = (action: string, from: string, priority = 10) =>
      cnp('b', { priority, ingress: [{ action, from: [pods(from)] }] });
    expect(notes(one, other('Deny', 'web'))).toEqual([
      'equal-priority ClusterNetworkPolicy a: it has the same priority as ClusterNetworkPolicy b, so nobody knows which one is asked first; they are taken by name',
    ]);
    expect(notes(one, other('Accept', 'web'))).toEqual([]);
    expect(notes(one, other('Deny', 'db'))).toEqual([]);
    expect(notes(one, other('Deny', 'web', 11))).toEqual([]);
    expect(notes(one, cnp('b', { tier: 'Baseline', ingress: [{ action: 'Deny', from: [pods('web')] }] }))).toEqual([]);
  });

  test.each([
    ['security.istio.io/v1', 'AuthorizationPolicy', 'a policy of security.istio.io'],
    ['policy.linkerd.io/v1alpha1', 'AuthorizationPolicy', 'a policy of policy.linkerd.io'],
    ['k8s.ovn.org/v1', 'EgressFirewall', 'a policy of k8s.ovn.org'],
    ['k8s.ovn.org/v1', 'UserDefinedNetwork', 'a network that separates pods of k8s.ovn.org'],
    ['k8s.cni.cncf.io/v1beta1', 'MultiNetworkPolicy', 'a policy of k8s.cni.cncf.io'],
    [
      'k8s.cni.cncf.io/v1',
      'NetworkAttachmentDefinition',
      'a further network of pods, on which NetworkPolicies have no effect (k8s.cni.cncf.io)',
    ],
    ['networking.gke.io/v1alpha1', 'FQDNNetworkPolicy', 'a policy of networking.gke.io'],
    ['networking.k8s.aws/v1alpha1', 'ApplicationNetworkPolicy', 'a policy of networking.k8s.aws'],
    ['networking.k8s.aws/v1alpha1', 'ClusterNetworkPolicy', 'a policy of networking.k8s.aws'],
    ['crd.antrea.io/v1beta1', 'NetworkPolicy', 'a policy of crd.antrea.io'],
    [
      'projectcalico.org/v3',
      'StagedGlobalNetworkPolicy',
      'a staged policy, which has no effect until it is enforced (projectcalico.org)',
    ],
  ])('of what other makers decide: %s %s', (apiVersion, kind, what) => {
    const { problems, notes: said } = Cluster.from([{ apiVersion, kind, metadata: { name: 'x' }, spec: {} }]);
    expect(problems).toEqual([]);
    expect(said.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(`^foreign-policy ${kind} (default/)?x: `),
    ]);
    expect(said[0]?.message).toContain(`: ${what}, which is not taken into account`);
  });
});

describe('what an API server refuses is a problem', () => {
  test.each([
    ['bad-tier', cnp('a', { tier: 'admin' })],
    ['bad-priority', cnp('a', { priority: 1001 })],
    ['bad-priority', anp('a', { priority: '1' })],
    ['bad-subject', cnp('a', { subject: {} })],
    ['bad-subject', cnp('a', { subject: { ...everywhere, ...pods('a') } })],
    ['bad-action', cnp('a', { ingress: [{ action: 'Allow', from: [everywhere] }] })],
    ['bad-action', anp('a', { ingress: [{ action: 'Accept', from: [everywhere] }] })],
    ['bad-action', banp({ ingress: [{ action: 'Pass', from: [everywhere] }] })],
    ['bad-peer', cnp('a', { ingress: [{ action: 'Deny', from: [] }] })],
    ['bad-peer', cnp('a', { ingress: [{ action: 'Deny', from: [{}] }] })],
    ['bad-peer', cnp('a', { ingress: [{ action: 'Deny', from: [{ ...everywhere, ...pods('a') }] }] })],
    ['unknown-field', cnp('a', { ingress: [{ action: 'Deny', from: [{ namespace: {} }] }] })],
    ['unknown-field', cnp('a', { egress: [{ action: 'Deny', to: [everywhere], ports: [] }] })],
    ['bad-cidr', cnp('a', { egress: [{ action: 'Deny', to: [{ networks: ['10.0.0.1'] }] }] })],
    ['bad-name', { ...banp({}), metadata: { name: 'other' } }],
    [
      'bad-end-port',
      anp('a', {
        ingress: [
          { action: 'Deny', from: [everywhere], ports: [{ portRange: { protocol: 'TCP', start: 9, end: 9 } }] },
        ],
      }),
    ],
    ['bad-port', cnp('a', { ingress: [{ action: 'Deny', from: [everywhere], protocols: [{ tcp: {} }] }] })],
    ['bad-port', cnp('a', { ingress: [{ action: 'Deny', from: [everywhere], protocols: [] }] })],
  ])('%s', (code, object) => {
    expect(Cluster.from([object]).problems.map((problem) => problem.code)).toContain(code);
  });
});

describe('of policies of the same priority', () => {
  const says = (name: string, action: string, port: number) =>
    anp(name, { ingress: [{ action, from: [pods('web')], ports: [{ portNumber: { protocol: 'TCP', port } }] }] });
  const denied = banp({ ingress: [{ action: 'Deny', from: [everywhere] }] });
  const asked = (...policies: object[]) => {
    const cluster = clusterOf([web, db, ...policies]);
    const [from, to] = [workload(cluster, 'web'), workload(cluster, 'db')];
    return [portsText(cluster.ports(from, to)), cluster.doubts(from, to).map(({ ports }) => portsText(ports))];
  };

  test('what one allows is open for sure where the others say nothing of it', () => {
    expect(asked(says('a', 'Allow', 80), says('b', 'Allow', 443), denied)).toEqual(['TCP 80, TCP 443', []]);
    expect(asked(says('b', 'Allow', 80), says('a', 'Allow', 443), denied)).toEqual(['TCP 80, TCP 443', []]);
  });

  test('what one allows and another denies is not known, whichever comes first by name', () => {
    expect(asked(says('a', 'Deny', 80), says('b', 'Allow', 80), denied)).toEqual(['none', ['TCP 80']]);
    expect(asked(says('a', 'Allow', 80), says('b', 'Deny', 80), denied)).toEqual(['TCP 80', ['none']]);
    expect(asked(says('a', 'Pass', 80), says('b', 'Allow', 80), denied)).toEqual(['none', ['TCP 80']]);
    expect(asked(says('a', 'Deny', 80), says('b', 'Deny', 80), denied)).toEqual(['none', []]);
  });
});

test('whether a block of addresses matches a pod whose address no manifest tells is not known, where blocks match pods at all', () => {
  const egress = (action: string, cidr: string) => anp('a', { egress: [{ action, to: [{ networks: [cidr] }] }] });
  const denied = banp({ egress: [{ action: 'Deny', to: [everywhere] }] });
  const asked = (...policies: object[]) => {
    const cluster = clusterOf([web, db, ...policies], { ipBlocks: 'everywhere', pods: ['10.1.0.0/16'] });
    const [from, to] = [workload(cluster, 'web'), workload(cluster, 'db')];
    return [portsText(cluster.ports(from, to)), cluster.doubts(from, to).map(({ ports }) => portsText(ports))];
  };
  expect(asked(egress('Allow', '10.1.2.0/24'), denied)).toEqual(['none', ['all']]);
  expect(asked(egress('Deny', '10.1.2.0/24'))).toEqual(['all', ['none']]);
  expect(asked(egress('Allow', '10.1.0.0/16'), denied)).toEqual(['all', []]);
  expect(asked(egress('Deny', '10.2.0.0/16'))).toEqual(['all', []]);
});
