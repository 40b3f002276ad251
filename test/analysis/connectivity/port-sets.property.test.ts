import { type PortSet, PortSets } from '../../../analysis/connectivity/engine/port-sets';
import { includesPort, PROTOCOLS } from '../../../analysis/connectivity/ports';
import fc from '../../helpers/random';
import { RUNS } from '../../helpers/runs';

const END = 12;
const range = fc
  .tuple(fc.constantFrom(...PROTOCOLS), fc.integer({ min: 1, max: END }), fc.integer({ min: 1, max: END }))
  .map(([protocol, a, b]) => ({ protocol, from: Math.min(a, b), to: Math.max(a, b) }));

/** Every port of a set, one by one. */
function members(sets: PortSets, set: PortSet): string[] {
  const ports = sets.portsOf(set);
  return PROTOCOLS.flatMap((protocol) =>
    [...Array(END).keys()]
      .filter((index) => includesPort(ports, { protocol, port: index + 1 }))
      .map((index) => `${protocol} ${index + 1}`),
  );
}

test('sets of ports are the same, however few results are remembered', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(range, { maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      fc.nat(2),
      (lists, most) => {
        const sets = new PortSets(most);
        const made = lists.map((ranges) =>
          sets.unionOf(ranges.map(({ protocol, from, to }) => sets.range(protocol, from, to))),
        );
        const plain = made.map((set) => new Set(members(sets, set)));
        for (const [index, ranges] of lists.entries()) {
          const wanted = ranges.flatMap(({ protocol, from, to }) =>
            [...Array(to - from + 1).keys()].map((step) => `${protocol} ${from + step}`),
          );
          expect(plain[index]).toEqual(new Set(wanted));
        }
        for (const [index, a] of made.entries()) {
          for (const [other, b] of made.entries()) {
            const [left, right] = [plain[index] as Set<string>, plain[other] as Set<string>];
            const both = [...left].filter((port) => right.has(port));
            expect(new Set(members(sets, sets.intersection(a, b)))).toEqual(new Set(both));
            expect(new Set(members(sets, sets.union(a, b)))).toEqual(new Set([...left, ...right]));
            // Equal sets are one number.
            expect(sets.union(a, b)).toBe(sets.union(b, a));
          }
        }
        expect(sets.unionOf(made)).toBe(made.reduce((united, set) => sets.union(united, set)));
      },
    ),
    RUNS,
  );
});
