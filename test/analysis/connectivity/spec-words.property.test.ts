import { NONE, PortSets } from '../../../analysis/connectivity/engine/port-sets';
import { PortSpecs } from '../../../analysis/connectivity/engine/port-specs';
import { SpecWords } from '../../../analysis/connectivity/engine/spec-words';
import { Sums } from '../../../analysis/connectivity/engine/sums';
import { PROTOCOLS } from '../../../analysis/connectivity/ports';
import fc from '../../helpers/random';
import { RUNS } from '../../helpers/runs';

const range = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(fc.constantFrom(...PROTOCOLS), fc.integer({ min: 1, max: 90 }), fc.nat(5)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...PROTOCOLS).map((protocol): [typeof protocol, number, number] => [protocol, 1, 65534]),
  },
);
const names = fc.uniqueArray(fc.constantFrom('http', 'dns', 'toString'), { maxLength: 2 });
const few = fc.record({ ranges: fc.array(range, { maxLength: 3 }), names });
const many = fc.record({ ranges: fc.array(range, { maxLength: 20, size: 'max' }), names });
const list = fc.uniqueArray(fc.nat(6)).map((some) => some.sort((a, b) => a - b));

test.each([
  ['few', few, 0],
  ['many', many, 100],
])('what specifications of %s ranges come to together is what they are together', (_, spec, least) => {
  let most = 0;
  fc.assert(
    fc.property(fc.array(spec, { minLength: 7, maxLength: 7 }), fc.array(list, { maxLength: 9 }), (all, lists) => {
      const sets = new PortSets();
      const specs = new PortSpecs(sets);
      const ids = all.map(({ ranges, names: own }) =>
        specs.intern({
          numbers: sets.unionOf(ranges.map(([protocol, from, more]) => sets.range(protocol, from, from + more))),
          names: [...own].sort(),
        }),
      );
      const starts = all.flatMap(({ ranges }) =>
        ranges.flatMap(([protocol, from, more]) => [`${protocol} ${from}`, `${protocol} ${from + more + 1}`]),
      );
      most = Math.max(most, new Set(starts).size);
      const words = SpecWords.of(new Set(ids), specs, sets) as SpecWords;
      const sums = new Sums(ids.length);
      const sumOf = lists.map((own) => sums.of(own));
      // Asked several times, since results are kept, and other things are added up by the same in between.
      for (const more of [NONE, ...ids]) {
        const found = words.addUp(sums, (id) => [words.codeOf(ids[id] as number), words.codeOf(more)]);
        for (const [at, own] of lists.entries()) {
          const wanted = specs.unionOf([...own.map((id) => ids[id] as number), ...(own.length > 0 ? [more] : [])]);
          expect(found(sumOf[at] as number)).toBe(wanted);
        }
      }
    }),
    RUNS,
  );
  // More parts than have room in several numbers, where there are many.
  expect(most).toBeGreaterThan(least);
});

test('there are no bits for more parts than are looked at', () => {
  const sets = new PortSets();
  const specs = new PortSpecs(sets);
  const ports = (count: number) =>
    new Set(Array.from({ length: count }, (_, at) => sets.range('TCP', 2 * at + 1, 2 * at + 1)));
  expect(SpecWords.of(ports(2000), specs, sets)).toBeDefined();
  expect(SpecWords.of(ports(2100), specs, sets)).toBeUndefined();
});
