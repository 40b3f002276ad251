import { Cluster, compareConnections, manifestsOf } from '../../../analysis';
import fc from '../../helpers/random';
import { manifestsOf as calicoObjects, randomCalico } from '../connectivity/random-calico';
import { manifestsOf as ciliumObjects, randomCilium } from '../connectivity/random-cilium';
import { randomCluster } from '../connectivity/random-clusters';

const RUNS = process.env.NIGHTLY === '1' ? 2_000 : 20;

const sideOf = (objects: readonly object[]) => {
  const { manifests } = manifestsOf(objects);
  return { cluster: Cluster.from(objects), manifests };
};

interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const isPolicy = (object: object) => (object as Named).kind.endsWith('NetworkPolicy');
const isAround = (object: object) =>
  /^(Namespace|Tier|ServiceAccount|\w*NetworkSet|\w*CIDRGroup)$/.test((object as Named).kind);

const kindOf = (object: object) => `${(object as Named).apiVersion} ${(object as Named).kind}`;

/** Some policies of one world go, or say what one of another world says. */
const change = (world: fc.Arbitrary<readonly object[]>) =>
  fc
    .tuple(world, world, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 30, maxLength: 30 }))
    .map(([before, other, picks]) => {
      const others = other.filter(isPolicy);
      const after = before.flatMap((object, at) => {
        const pick = picks[at % picks.length] as number;
        if (!isPolicy(object) || pick > 3) {
          return [object];
        }
        const same = others.find((one) => kindOf(one) === kindOf(object)) as { readonly spec?: object } | undefined;
        return pick > 1 || same?.spec === undefined ? [] : [{ ...object, spec: same.spec }];
      });
      return { before, after, hidden: (at: number) => (picks[(at * 7 + 3) % picks.length] as number) < 7 };
    });

/** What no workload of the manifests shows, pods show that are not among them: they are left out on both sides. */
function shown(objects: readonly object[], hidden: (at: number) => boolean): readonly object[] {
  let at = 0;
  return objects.filter((object) => isPolicy(object) || isAround(object) || !hidden(at++));
}

describe.each([
  ['NetworkPolicies and admin policies', randomCluster.map(({ objects }) => objects)],
  ['policies of Calico', randomCalico(false).map(calicoObjects)],
  ['policies of Cilium', randomCilium(false).map(ciliumObjects)],
])('%s', (_, world) => {
  test('two sets of manifests are the same only if pods that are not among them may do the same', () => {
    fc.assert(
      fc.property(change(world), ({ before, after, hidden }) => {
        const [old, changed] = [before, after].map((objects) => sideOf(shown(objects, hidden)));
        if (compareConnections(old as NonNullable<typeof old>, changed as NonNullable<typeof changed>).same) {
          expect(compareConnections(sideOf(before), sideOf(after)).connections).toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
