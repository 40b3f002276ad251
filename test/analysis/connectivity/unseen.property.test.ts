import { type LabelSelector, type Ports, portsText, type UnseenPeer } from '../../../analysis';
import { PortSets } from '../../../analysis/connectivity/engine/port-sets';
import fc from '../../helpers/random';
import { clusterOf, namespace, policy, workload } from './manifests';

/** How many clusters each test looks at. */
const RUNS = process.env.NIGHTLY === '1' ? 5_000 : 300;

const NAME = 'kubernetes.io/metadata.name';
/** The only block that rules speak of, and an address in it. */
const BLOCK = '10.0.0.0/8';
const ADDRESS = '10.1.2.3';

type Labels = Record<string, string>;
const labels = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'), { maxKeys: 2 });
const port = fc.constantFrom<number | string>(80, 81, 'http');
/** The number that a pod calls `http`. */
const http = fc.option(fc.constantFrom(80, 81, 5000), { nil: undefined });
const namespaceName = fc.constantFrom('n', 'm', 'new');
const peer = fc.oneof(
  { weight: 2, arbitrary: labels.map((matchLabels) => ({ podSelector: { matchLabels } })) },
  {
    weight: 2,
    arbitrary: fc.record({
      namespaceSelector: labels.map((matchLabels) => ({ matchLabels })),
      podSelector: labels.map((matchLabels) => ({ matchLabels })),
    }),
  },
  {
    weight: 2,
    arbitrary: namespaceName.map((name) => ({ namespaceSelector: { matchLabels: { [NAME]: name } } })),
  },
  { weight: 1, arbitrary: fc.constant({ ipBlock: { cidr: BLOCK } }) },
);
const rule = (key: 'from' | 'to') =>
  fc.record({
    [key]: fc.array(peer, { minLength: 1, maxLength: 2 }),
    ports: fc.array(
      port.map((one) => ({ port: one })),
      { minLength: 1, maxLength: 2 },
    ),
  });
const networkPolicy = fc
  .tuple(
    fc.constantFrom('n', 'm'),
    labels,
    fc.array(rule('from'), { maxLength: 2 }),
    fc.array(rule('to'), { maxLength: 2 }),
    fc.constantFrom<readonly string[]>(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
  )
  .map(([inNamespace, matchLabels, ingress, egress, policyTypes]) => ({
    inNamespace,
    spec: {
      podSelector: { matchLabels },
      policyTypes,
      ...(policyTypes.includes('Ingress') ? { ingress } : {}),
      ...(policyTypes.includes('Egress') ? { egress } : {}),
    },
  }));
const selected = fc
  .record({
    namespaceSelector: labels.map((matchLabels) => ({ matchLabels })),
    podSelector: labels.map((matchLabels) => ({ matchLabels })),
  })
  .map((pods) => ({ pods }));
const protocols = fc.option(
  fc.array(
    port.map((one) =>
      typeof one === 'string' ? { destinationNamedPort: one } : { tcp: { destinationPort: { number: one } } },
    ),
    { minLength: 1, maxLength: 2 },
  ),
  { nil: undefined },
);
const action = fc.constantFrom('Accept', 'Deny', 'Pass');
const clusterPolicy = fc.record({
  tier: fc.constantFrom('Admin', 'Baseline'),
  priority: fc.constant(0),
  subject: fc.constant({ namespaces: {} }),
  ingress: fc.array(fc.record({ action, from: selected.map((one) => [one]), protocols }), { maxLength: 3 }),
  egress: fc.array(
    fc.record({ action, to: fc.oneof(selected, fc.constant({ networks: [BLOCK] })).map((one) => [one]), protocols }),
    { maxLength: 2 },
  ),
});
const cluster = fc.record({
  policies: fc.array(networkPolicy, { maxLength: 4 }),
  ordered: fc.array(clusterPolicy, { maxLength: 3 }),
  known: labels,
  db: fc.record({ own: labels, http }),
  pod: fc.record({
    name: namespaceName,
    ofNamespace: labels,
    own: labels,
    http,
    address: fc.constantFrom(undefined, ADDRESS),
  }),
  ipBlocks: fc.constantFrom('outside' as const, 'everywhere' as const),
});

interface Added {
  readonly own: Labels;
  readonly http?: number | undefined;
  readonly address?: string | undefined;
}

/** A Pod that calls a port `http`, if any, and has an address, if any. */
function podOf(path: string, { own, http: containerPort, address }: Added): object {
  const [inNamespace, name] = path.split('/');
  const ports = containerPort === undefined ? [] : [{ name: 'http', containerPort }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: inNamespace, labels: own },
    spec: { containers: [{ name: 'c', image: 'i', ports }] },
    ...(address === undefined ? {} : { status: { podIP: address } }),
  };
}

const meets = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector, own: Labels) => {
  expect(matchExpressions).toEqual([]);
  return Object.entries(matchLabels).every(([key, value]) => own[key] === value);
};

const sets = new PortSets();
const setOf = (ports: Ports) =>
  ports === 'all' ? 1 : sets.unionOf(ports.map(({ protocol, from, to }) => sets.range(protocol, from, to)));
const covered = (ports: Ports, by: readonly Ports[]) =>
  sets.difference(setOf(ports), sets.unionOf(by.map(setOf))) === 0;

test('a pod that is added to the manifests has no connection that was not told', () => {
  const counts = { rows: 0, names: 0 };
  fc.assert(
    fc.property(cluster, ({ policies, ordered, known, db, pod, ipBlocks }) => {
      const objects = [
        namespace('n', known),
        namespace('m', {}),
        podOf('n/db', db),
        ...policies.map(({ inNamespace, spec }, place) => policy(`${inNamespace}/p${place}`, spec as never)),
        ...ordered.map((spec, place) => ({
          apiVersion: 'policy.networking.k8s.io/v1alpha2',
          kind: 'ClusterNetworkPolicy',
          metadata: { name: `c${place}` },
          spec: JSON.parse(JSON.stringify({ ...spec, priority: place })),
        })),
      ];
      const labelsOf = (name: string, ofNamespace: Labels): Labels => ({
        ...(name === 'n' ? known : name === 'm' ? {} : ofNamespace),
        [NAME]: name,
      });
      const before = clusterOf(objects, { ipBlocks });
      const rows = [...before.unseen()];
      const adding = (name: string, ofNamespace: Labels, added: Added) => {
        const declared = name === 'n' || name === 'm' ? [] : [namespace(name, ofNamespace)];
        const after = clusterOf([...objects, ...declared, podOf(`${name}/new`, added)], { ipBlocks });
        const [one, other] = [workload(after, `${name}/new`), workload(after, 'n/db')];
        return { incoming: after.ports(one, other), outgoing: after.ports(other, one) };
      };
      const isOne = ({ pods }: UnseenPeer, name: string, ofNamespace: Labels, own: Labels) =>
        meets(pods.namespaceSelector, labelsOf(name, ofNamespace)) && meets(pods.podSelector, own);
      const { incoming, outgoing } = adding(pod.name, pod.ofNamespace, pod);
      const told = (direction: 'from' | 'to') =>
        rows.flatMap((row) => {
          const peer = row[direction];
          return 'pods' in peer && isOne(peer, pod.name, pod.ofNamespace, pod.own) ? [row.ports] : [];
        });
      expect(covered(incoming, told('from')) || portsText(incoming)).toBe(true);
      expect(covered(outgoing, told('to')) || portsText(outgoing)).toBe(true);
      // Without tiers, the plainest pod that a row means has the ports of the row: of names, those that it calls so.
      for (const row of ordered.length === 0 ? rows : []) {
        const peer = 'pods' in row.from ? row.from : (row.to as UnseenPeer);
        const { matchLabels: outer = {} } = peer.pods.namespaceSelector;
        const { [NAME]: name = 'new', ...ofNamespace } = outer;
        const type = 'pods' in row.from ? 'Egress' : 'Ingress';
        const isIsolated = policies.some(
          ({ inNamespace, spec }) => inNamespace === name && spec.policyTypes.includes(type),
        );
        if (isIsolated || (name !== 'new' && Object.keys(ofNamespace).length > 0)) {
          continue;
        }
        counts.rows++;
        const own = peer.pods.podSelector.matchLabels ?? {};
        const met = (containerPort?: number) => {
          const ports = adding(name, ofNamespace, { own, http: containerPort, address: ADDRESS });
          return 'pods' in row.from ? ports.incoming : ports.outgoing;
        };
        if (covered(row.ports, [met()])) {
          continue;
        }
        expect('pods' in row.from).toBe(false);
        counts.names++;
        for (const number of [1, 80, 81, 5000, 65535]) {
          const single: Ports = [{ protocol: 'TCP', from: number, to: number }];
          expect(!covered(single, [row.ports]) || covered(single, [met(number)])).toBe(true);
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(0);
});
