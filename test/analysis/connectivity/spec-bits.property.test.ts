import { PortSets } from '../../../analysis/connectivity/engine/port-sets';
import { PortSpecs } from '../../../analysis/connectivity/engine/port-specs';
import { SpecBits } from '../../../analysis/connectivity/engine/spec-bits';
import { PROTOCOLS } from '../../../analysis/connectivity/ports';
import fc from '../../helpers/random';
import { RUNS } from '../../helpers/runs';

const range = fc.oneof(
  fc.tuple(fc.constantFrom(...PROTOCOLS), fc.integer({ min: 1, max: 12 }), fc.nat(5)),
  fc.constantFrom(...PROTOCOLS).map((protocol): [typeof protocol, number, number] => [protocol, 1, 65534]),
);
const spec = fc.record({
  ranges: fc.array(range, { maxLength: 3 }),
  names: fc.uniqueArray(fc.constantFrom('http', 'dns', 'toString'), { maxLength: 2 }),
});

test('the bits of specifications together stand for what these are together', () => {
  let fitted = 0;
  fc.assert(
    fc.property(fc.array(spec, { minLength: 1, maxLength: 7 }), fc.array(fc.uniqueArray(fc.nat(6))), (all, lists) => {
      const sets = new PortSets();
      const specs = new PortSpecs(sets);
      const ids = all.map(({ ranges, names }) =>
        specs.intern({
          numbers: sets.unionOf(ranges.map(([protocol, from, more]) => sets.range(protocol, from, from + more))),
          names: [...names].sort(),
        }),
      );
      const bits = SpecBits.of(new Set(ids), specs, sets);
      fitted += bits === undefined ? 0 : 1;
      for (const list of bits === undefined ? [] : lists) {
        const some = list.filter((at) => at < ids.length).map((at) => ids[at] as number);
        const together = some.reduce((one, id) => one | (bits?.codeOf(id) as number), 0);
        expect(bits?.specOf(together)).toBe(specs.unionOf(some));
        expect(bits?.specOf(together)).toBe(specs.unionOf(some));
      }
    }),
    RUNS,
  );
  expect(fitted).toBeGreaterThan(10);
});

test('there are no bits where specifications are put together from more parts than a number has room for', () => {
  const sets = new PortSets();
  const specs = new PortSpecs(sets);
  const ports = (count: number) =>
    new Set(
      Array.from({ length: count }, (_, at) => specs.intern({ numbers: sets.range('TCP', at + 1, at + 1), names: [] })),
    );
  expect(SpecBits.of(ports(30), specs, sets)).toBeDefined();
  expect(SpecBits.of(ports(31), specs, sets)).toBeUndefined();
});
