import { AlikeIn } from '../../../analysis/connectivity/alike';
import fc from '../../helpers/random';
import { RUNS } from '../../helpers/runs';

const COUNT = 9;
const numbers = fc.uniqueArray(fc.nat(COUNT - 1));

test('numbers are together if they are in the same lists and not left out, in the order of the first of each', () => {
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 6 }), numbers, (lists, leftOut) => {
      const alike = new AlikeIn(COUNT, (number) => leftOut.includes(number));
      const wanted = new Map<string, { members: number[]; lists: number[] }>();
      for (const [list, own] of lists.entries()) {
        alike.add(list, Int32Array.from(own));
      }
      for (const number of [...Array(COUNT).keys()].filter((one) => !leftOut.includes(one))) {
        const own = [...lists.keys()].filter((list) => lists[list]?.includes(number));
        const known = wanted.get(own.join()) ?? { members: [], lists: own };
        wanted.set(own.join(), known);
        known.members.push(number);
      }
      expect(alike.all()).toEqual([...wanted.values()]);
    }),
    RUNS,
  );
});
