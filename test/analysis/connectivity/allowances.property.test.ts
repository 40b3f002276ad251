import { Allowances } from '../../../analysis/connectivity/engine/allowances';
import { IdSet } from '../../../analysis/connectivity/engine/id-set';
import { Memberships } from '../../../analysis/connectivity/engine/memberships';
import { NONE, PortSets } from '../../../analysis/connectivity/engine/port-sets';
import { PortSpecs, type SpecId } from '../../../analysis/connectivity/engine/port-specs';
import type { PodPart, PodProfile } from '../../../analysis/connectivity/engine/profiles';
import fc from '../../helpers/random';
import { RUNS } from '../../helpers/runs';

const CLASSES = 9;
const GROUPS = 5;
const pods = [...Array(CLASSES).keys()];

const group = fc.uniqueArray(fc.nat(CLASSES - 1)).map((some) => some.sort((a, b) => a - b));
/** Ports by their numbers, from 1; none where it is 0. */
const ports = fc.nat(6);
const part = fc.record({
  everybody: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: ports }),
  peers: fc.array(
    fc.tuple(
      fc.nat(GROUPS - 1),
      ports.map((port) => port + 1),
    ),
    { maxLength: 3 },
  ),
});

test('what profiles allow to a class is the same in whichever way it is found', () => {
  let shared = 0;
  fc.assert(
    fc.property(
      fc.array(group, { minLength: GROUPS, maxLength: GROUPS }),
      fc.array(part, { minLength: 1, maxLength: 5 }),
      fc.array(fc.uniqueArray(fc.nat(4), { minLength: 1 }), { minLength: 1, maxLength: 12 }),
      // More ports than a number has bits for, names, or more ports than are looked at as bits.
      fc.constantFrom(...['few', 'few', 'few', 'few', 'few', 'few', 'numbers', 'names', 'most']),
      (groups, parts, lists, more) => {
        const members = groups.map((own) => IdSet.of(own, CLASSES));
        const specs = new PortSpecs(sets);
        const specOf = (port: number): SpecId =>
          port === 0 ? NONE : specs.intern({ numbers: sets.range('TCP', port, port), names: [] });
        const podParts = parts.map(({ everybody, peers }): PodPart => {
          const byGroup = new Map<number, SpecId>();
          for (const [own, port] of peers) {
            byGroup.set(own, specs.union(byGroup.get(own) ?? NONE, specOf(port)));
          }
          return { everybody: specOf(everybody), peers: byGroup };
        });
        const otherOf = (at: number): SpecId =>
          more === 'names'
            ? specs.intern({ numbers: NONE, names: [`port-${at}`] })
            : more === 'most'
              ? (scattered[at % 3] as SpecId)
              : specOf(10 + 2 * at);
        const others = [...Array(more === 'few' ? 0 : more === 'most' ? 3 : 33).keys()].map(
          (at): PodPart => ({ everybody: NONE, peers: new Map([[at % GROUPS, otherOf(at)]]) }),
        );
        const profiles = lists.map((list) => profileOf(list.map((at) => podParts[at % podParts.length] as PodPart)));
        profiles.push(...others.map((_, at) => profileOf(others.slice(at % 3))));
        function profileOf(own: readonly PodPart[]): PodProfile {
          const everybody = specs.unionOf(own.map((one) => one.everybody));
          const peers = [...new Set(own.flatMap((one) => [...one.peers.keys()]))].map((id) => ({
            group: id,
            ports: specs.unionOf([everybody, ...own.map((one) => one.peers.get(id) ?? NONE)]),
          }));
          const isOfMost = peers.some(({ group: id }) => members[id]?.isNearlyAll);
          return { everybody, peers, parts: isOfMost ? undefined : [...new Set(own)] };
        }
        const rulesFor = new Map(
          groups.map((_, id) => [
            id,
            profiles.flatMap(({ peers }, profile) =>
              peers.filter((peer) => peer.group === id).map((peer) => ({ profile, ports: peer.ports })),
            ),
          ]),
        );
        const withProfile = new Map(profiles.map((_, profile) => [profile, [profile]]));
        const memberships = new Memberships(Int32Array.from(pods), CLASSES, members.keys(), members);
        const allowances = new Allowances({ profiles, withProfile, rulesFor }, memberships, specs, sets);
        const wanted = (profile: number, id: number): SpecId => {
          const { everybody, peers } = profiles[profile] as PodProfile;
          const open = peers.filter((peer) => groups[peer.group]?.includes(id)).map((peer) => peer.ports);
          return specs.unionOf([everybody, ...open]);
        };
        for (const id of pods) {
          shared += allowances.isQuick(id, 1000) ? 1 : 0;
          const permits = allowances.to(id);
          expect(new Set(permits.profiles).size).toBe(permits.profiles.length);
          const told = new Map([...permits.profiles].map((profile, at) => [profile, permits.ports[at]]));
          const all = [...profiles.keys()];
          const right = all.map((profile) => wanted(profile, id));
          expect(all.map((profile) => told.get(profile) ?? NONE)).toEqual(right);
          expect(all.map((profile) => allowances.between(profile, id))).toEqual(right);
        }
        for (const profile of profiles.keys()) {
          const { rest, classes, ports: open } = allowances.of(profile);
          expect(new Set(classes).size).toBe(classes.length);
          const told = new Map(classes.map((id, at) => [id, open[at]]));
          expect(pods.map((id) => told.get(id) ?? rest)).toEqual(pods.map((id) => wanted(profile, id)));
        }
      },
    ),
    RUNS,
  );
  // Both ways were taken.
  expect(shared).toBeGreaterThan(0);
});

const sets = new PortSets();

/** More ranges together than there are bits for. */
const scattered = [...Array(3).keys()].map((at) =>
  sets.unionOf(
    [...Array(700).keys()].map((place) => sets.range('UDP', 10 * place + 2 * at + 1, 10 * place + 2 * at + 1)),
  ),
);
