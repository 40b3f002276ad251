import { JsonItems } from '../../input/json-items';
import fc from '../helpers/random';

/** The items of a text that comes in pieces, parsed. */
function itemsOf(text: string, cuts: readonly number[]): unknown[] {
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b)];
  const items = new JsonItems();
  const found = places.flatMap((from, index) => items.add(bytes.subarray(from, places[index + 1] ?? bytes.length)));
  items.end();
  return found.map((item) => JSON.parse(item.bytes.toString()));
}

test('an array has the items that JSON.parse finds, wherever it is cut into pieces', () => {
  const cuts = fc.array(fc.nat(), { maxLength: 9 });
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 2), cuts, (all, indent, at) => {
      const text = JSON.stringify(all, undefined, indent);
      expect(itemsOf(text, at)).toEqual(JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

test('a text that JSON.parse refuses has an item that is refused, or is no array', () => {
  const orRefused = (parse: () => unknown): unknown => {
    try {
      return parse();
    } catch {
      return 'refused';
    }
  };
  const written = fc.constantFrom('', ',', ']', '[', '{', '"', '0', '\\', '\n');
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), fc.nat(), written, (all, at, mark) => {
      const whole = JSON.stringify(all);
      const place = at % whole.length;
      const text = `${whole.slice(0, place)}${mark}${whole.slice(place + 1)}`;
      const parsed = orRefused(() => JSON.parse(text));
      expect(orRefused(() => itemsOf(text, []))).toEqual(Array.isArray(parsed) ? parsed : 'refused');
    }),
    { numRuns: 2_000 },
  );
});
