import { Sums } from '../../../analysis/connectivity/engine/sums';
import fc from '../../helpers/random';
import { RUNS } from '../../helpers/runs';

const SPAN = 11;
const list = fc.uniqueArray(fc.nat(SPAN - 1)).map((some) => some.sort((a, b) => a - b));

test('what a list comes to is what its numbers come to, one after the other', () => {
  fc.assert(
    fc.property(fc.array(list), fc.array(fc.nat(255), { minLength: SPAN, maxLength: SPAN }), (lists, bits) => {
      const sums = new Sums(SPAN);
      const ids = lists.map((own) => sums.of(own));
      const worthOf = (id: number) => bits[id] as number;
      const wanted = lists.map((own) => own.reduce((all, id) => all | (bits[id] as number), 0));
      const added = sums.addUp(worthOf, (one, other) => one | other);
      expect(ids.map((id) => added[id])).toEqual(wanted);
      // The bits of each number stand in the first or in the last of three words.
      const words = sums.wordsUp(3, (id, to, place) => {
        to[place + (id % 2) * 2] = worthOf(id);
      });
      const ofParity = (odd: number) =>
        lists.map((own) => own.reduce((all, id) => all | (id % 2 === odd ? worthOf(id) : 0), 0));
      expect(ids.map((id) => words[id * 3])).toEqual(ofParity(0));
      expect(ids.map((id) => words[id * 3 + 1])).toEqual(ids.map(() => 0));
      expect(ids.map((id) => words[id * 3 + 2])).toEqual(ofParity(1));
    }),
    RUNS,
  );
});

test('what lists have in common is added up once', () => {
  const sums = new Sums(16);
  for (let bits = 0; bits < 2 ** 16; bits++) {
    sums.of([...Array(16).keys()].filter((bit) => (bits & (1 << bit)) !== 0));
  }
  let added = 0;
  sums.addUp(
    (id) => 1 << id,
    (one, other) => {
      added++;
      return one | other;
    },
  );
  // 255 x 255 of both halves, and 15 x 15 twice, and so on; not one for each number of each list.
  expect(added).toBeLessThan(2 ** 16);
  expect(sums.size).toBeLessThan(2 ** 16 + 2 ** 9);
});
