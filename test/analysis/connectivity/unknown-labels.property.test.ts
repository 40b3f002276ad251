import { Cluster, type ClusterOptions, type Peer, type Ports } from '../../../analysis';
import { PortSets } from '../../../analysis/connectivity/engine/port-sets';
import fc from '../../helpers/random';
import { randomCalico, manifestsOf as withCalico } from './random-calico';
import { randomCilium, manifestsOf as withCilium } from './random-cilium';
import { randomCluster } from './random-clusters';

/** How many clusters are looked at. */
const RUNS = process.env.NIGHTLY === '1' ? 2_000 : 60;

interface World {
  readonly objects: readonly object[];
  readonly options: ClusterOptions;
}

const sets = new PortSets();
const setOf = (ports: Ports) =>
  ports === 'all' ? 1 : sets.unionOf(ports.map(({ protocol, from, to }) => sets.range(protocol, from, to)));

/** The pods of a team may connect to those of namespace `a`. */
const TEAM = {
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name: 'team', namespace: 'a' },
  spec: {
    endpointSelector: {},
    ingress: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.team': 'y' } }] }],
  },
};

const WORLDS: readonly (readonly [string, fc.Arbitrary<World>])[] = [
  [
    'NetworkPolicies and admin policies',
    randomCluster.map(({ plain: { hostNetwork }, objects }) => ({ objects, options: { hostNetwork } })),
  ],
  [
    'policies of Calico',
    randomCalico(true).map((cluster) => ({ objects: withCalico(cluster), options: { ipBlocks: cluster.ipBlocks } })),
  ],
  [
    'policies of Cilium',
    randomCilium(true).map((cluster) => ({ objects: [...withCilium(cluster), TEAM], options: {} })),
  ],
];

describe('namespaces and service accounts that are not among the manifests', () => {
  test.each(WORLDS)('have whatever labels: what %s open is among what may be', (_, world) => {
    let differences = 0;
    fc.assert(
      fc.property(world, fc.nat(2), ({ objects, options }, left) => {
        let place = 0;
        const isOwner = ({ kind }: { kind?: string }) => kind === 'Namespace' || kind === 'ServiceAccount';
        const some = objects.filter((object) => !isOwner(object) || (left !== 0 && place++ % 2 === left - 1));
        const [before, after] = [Cluster.from(some, options), Cluster.from(objects, options)];
        expect([...before.problems, ...after.problems]).toEqual([]);
        const check = (from: Peer, to: Peer) => {
          const known = setOf(before.ports(from, to));
          const doubts = before.doubts(from, to).map(({ ports }) => setOf(ports));
          const is = setOf(after.ports(from, to));
          differences += is === known ? 0 : 1;
          const least = doubts.reduce((a, b) => sets.intersection(a, b), known);
          const most = sets.unionOf([known, ...doubts]);
          expect([sets.difference(least, is), sets.difference(is, most)]).toEqual([0, 0]);
        };
        for (const from of after.workloads) {
          for (const to of after.workloads) {
            check(from, to);
          }
        }
      }),
      { numRuns: RUNS },
    );
    expect(differences).toBeGreaterThan(0);
  });
});
