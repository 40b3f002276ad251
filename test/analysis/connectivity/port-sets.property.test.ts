import { PairMemory } from '../../../analysis/connectivity/engine/memory';
import { type PortSet, PortSets } from '../../../analysis/connectivity/engine/port-sets';
import { includesPort, PROTOCOLS, portsText } from '../../../analysis/connectivity/ports';
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

test('thousands of sets of ports are told apart, and equal ones are one number', () => {
  const sets = new PortSets(64);
  const known = new Map<string, PortSet>();
  for (let from = 1; from <= 60; from++) {
    for (let to = from; to <= 60; to++) {
      const one = sets.range('TCP', from, to);
      const two = sets.union(one, sets.range('UDP', to, 2 * to));
      const three = sets.unionOf([
        two,
        sets.range('SCTP', from, from),
        sets.range('TCP', 100, 100 + to),
        sets.range('UDP', 200, 200),
      ]);
      for (const set of [one, two, three, sets.intersection(three, two), sets.difference(three, one)]) {
        const text = portsText(sets.portsOf(set));
        expect(known.get(text) ?? set).toBe(set);
        known.set(text, set);
      }
      expect(sets.intersection(three, two)).toBe(two);
      expect(portsText(sets.portsOf(sets.difference(two, one)))).toBe(`UDP ${to}-${2 * to}`);
    }
  }
  expect(new Set(known.values()).size).toBe(known.size);
  expect(known.size).toBeGreaterThan(5_000);
});

test('a memory of pairs forgets, but gives of no pair what was kept of another', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(40), fc.nat(40), fc.nat(9)), { maxLength: 2000 }),
      fc.nat(600),
      (kept, most) => {
        const memory = new PairMemory(most);
        const latest = new Map<string, number>();
        const lost: unknown[] = [];
        for (const [a, b, value] of kept) {
          memory.set(a, b, value);
          latest.set(`${a} ${b}`, value);
          if (memory.get(a, b) !== value) {
            lost.push([a, b, value]);
          }
        }
        const wrong = [...latest].filter(([pair, value]) => {
          const [a, b] = pair.split(' ').map(Number) as [number, number];
          return ![undefined, value].includes(memory.get(a, b)) || memory.get(a, b + 100) !== undefined;
        });
        expect({ lost, wrong }).toEqual({ lost: [], wrong: [] });
      },
    ),
    RUNS,
  );
});

test('sets that are made in the room of others, which are forgotten, are what they are otherwise', () => {
  const pair = fc.tuple(fc.nat(5), fc.nat(5), fc.constantFrom('union', 'intersection', 'difference'));
  fc.assert(
    fc.property(
      fc.array(fc.array(range, { maxLength: 4 }), { minLength: 6, maxLength: 6 }),
      fc.array(fc.array(pair, { minLength: 1, maxLength: 9 }), { minLength: 2, maxLength: 4 }),
      (lists, rounds) => {
        const sets = new PortSets();
        const made = lists.map((ranges) =>
          sets.unionOf(ranges.map(({ protocol, from, to }) => sets.range(protocol, from, to))),
        );
        const { size } = sets;
        const wanted = rounds.map((pairs) =>
          pairs.map(([a, b, how]) => members(sets, sets[how](made[a] as PortSet, made[b] as PortSet))),
        );
        let spare: PortSets | undefined;
        for (const [round, pairs] of rounds.entries()) {
          const again = sets.first(size, spare);
          expect(again.size).toBe(size);
          const found = pairs.map(([a, b, how]) => again[how](made[a] as PortSet, made[b] as PortSet));
          // All are looked at behind the last of them: none takes the room of another.
          expect(found.map((set) => members(again, set))).toEqual(wanted[round]);
          spare = again;
        }
      },
    ),
    RUNS,
  );
});
