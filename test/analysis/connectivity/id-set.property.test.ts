import { IdSet, unionOfRests, united } from '../../../analysis/connectivity/engine/id-set';
import fc from '../../helpers/random';
import { RUNS } from '../../helpers/runs';

const COUNT = 9;
const ids = fc.uniqueArray(fc.nat(COUNT - 1)).map((some) => some.sort((a, b) => a - b));
const everything = [...Array(COUNT).keys()];
const without = (some: readonly number[]) => everything.filter((id) => !some.includes(id));

test('a set is the same, whether told by what it holds or by what it misses, and keeps whichever is less', () => {
  fc.assert(
    fc.property(ids, (some) => {
      const set = IdSet.of(some, COUNT);
      expect(set.ids()).toEqual(some);
      expect(set.size).toBe(some.length);
      expect(set.listed.length * 2).toBeLessThanOrEqual(COUNT);
      const same = IdSet.allBut(without(some), COUNT);
      expect(same).toEqual(set);
      expect(same.key).toBe(set.key);
    }),
    RUNS,
  );
});

test('what any of several sets holds is found from what is listed, if one of them holds nearly all', () => {
  fc.assert(
    fc.property(fc.array(ids, { minLength: 1, maxLength: 4 }), (lists) => {
      const sets = lists.map((some) => IdSet.of(some, COUNT));
      const wanted = everything.filter((id) => lists.some((some) => some.includes(id)));
      expect(united(lists)).toEqual(wanted);
      if (sets.some(({ isRest }) => isRest)) {
        expect(unionOfRests(sets).ids()).toEqual(wanted);
      }
    }),
    RUNS,
  );
});

test('half of an even number is kept in one way only', () => {
  expect(IdSet.of([0, 1], 4)).toEqual(IdSet.allBut([2, 3], 4));
  expect(IdSet.of([], 0)).toEqual(IdSet.allBut([], 0));
});
