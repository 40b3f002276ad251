import { type LabelSelector, type Ports, portsText, type UnseenPeer } from '../../../analysis';
import { PortSets } from '../../../analysis/connectivity/engine/port-sets';
import fc from '../../helpers/random';
import { clusterOf, deployment, namespace, policy, workload } from './manifests';

const NAME = 'kubernetes.io/metadata.name';

type Labels = Record<string, string>;
const labels = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'), { maxKeys: 2 });
const port = fc.constantFrom(80, 81);
const namespaceName = fc.constantFrom('n', 'm', 'new');
const peer = fc.oneof(
  labels.map((matchLabels) => ({ podSelector: { matchLabels } })),
  fc.record({
    namespaceSelector: labels.map((matchLabels) => ({ matchLabels })),
    podSelector: labels.map((matchLabels) => ({ matchLabels })),
  }),
  namespaceName.map((name) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })),
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
    fc.array(rule('to'), { maxLength: 1 }),
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
const selected = fc.record({
  namespaceSelector: labels.map((matchLabels) => ({ matchLabels })),
  podSelector: labels.map((matchLabels) => ({ matchLabels })),
});
const clusterPolicy = fc.record({
  tier: fc.constantFrom('Admin', 'Baseline'),
  priority: fc.constant(0),
  subject: fc.constant({ namespaces: {} }),
  ingress: fc.array(
    fc.record({ action: fc.constantFrom('Accept', 'Deny', 'Pass'), from: selected.map((pods) => [{ pods }]) }),
    { minLength: 1, maxLength: 3 },
  ),
});
const cluster = fc.record({
  policies: fc.array(networkPolicy, { maxLength: 4 }),
  ordered: fc.array(clusterPolicy, { maxLength: 3 }),
  known: labels,
  db: labels,
  pod: fc.record({ name: namespaceName, ofNamespace: labels, own: labels }),
});

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
  fc.assert(
    fc.property(cluster, ({ policies, ordered, known, db, pod }) => {
      const objects = [
        namespace('n', known),
        namespace('m', {}),
        deployment('n/db', db),
        ...policies.map(({ inNamespace, spec }, place) => policy(`${inNamespace}/p${place}`, spec as never)),
        ...ordered.map((spec, place) => ({
          apiVersion: 'policy.networking.k8s.io/v1alpha2',
          kind: 'ClusterNetworkPolicy',
          metadata: { name: `c${place}` },
          spec: { ...spec, priority: place },
        })),
      ];
      const labelsOf = (name: string, ofNamespace: Labels): Labels => ({
        ...(name === 'n' ? known : name === 'm' ? {} : ofNamespace),
        [NAME]: name,
      });
      const before = clusterOf(objects);
      const rows = [...before.unseen()];
      const adding = (name: string, ofNamespace: Labels, own: Labels) => {
        const declared = name === 'n' || name === 'm' ? [] : [namespace(name, ofNamespace)];
        const after = clusterOf([...objects, ...declared, deployment(`${name}/new`, own)]);
        const [one, other] = [workload(after, `${name}/new`), workload(after, 'n/db')];
        return { incoming: after.ports(one, other), outgoing: after.ports(other, one) };
      };
      const isOne = ({ pods }: UnseenPeer, name: string, ofNamespace: Labels, own: Labels) =>
        meets(pods.namespaceSelector, labelsOf(name, ofNamespace)) && meets(pods.podSelector, own);
      const { incoming, outgoing } = adding(pod.name, pod.ofNamespace, pod.own);
      const told = (direction: 'from' | 'to') =>
        rows.flatMap((row) => {
          const peer = row[direction];
          return 'pods' in peer && isOne(peer, pod.name, pod.ofNamespace, pod.own) ? [row.ports] : [];
        });
      expect(covered(incoming, told('from')) || portsText(incoming)).toBe(true);
      expect(covered(outgoing, told('to')) || portsText(outgoing)).toBe(true);
      // Without tiers, the plainest pod that a row means has just the ports of the row, or those of a narrower row too.
      for (const row of ordered.length === 0 ? rows : []) {
        const peer = 'pods' in row.from ? row.from : (row.to as UnseenPeer);
        const { matchLabels: outer = {} } = peer.pods.namespaceSelector;
        const { [NAME]: name = 'new', ...ofNamespace } = outer;
        if (name !== 'new' && Object.keys(ofNamespace).length > 0) {
          continue;
        }
        const met = adding(name, ofNamespace, peer.pods.podSelector.matchLabels ?? {});
        const got = 'pods' in row.from ? met.incoming : met.outgoing;
        const ownPolicies = policies.some(({ inNamespace }) => inNamespace === name);
        expect(ownPolicies || covered(row.ports, [got]) || portsText(got)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
