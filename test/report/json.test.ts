import { jsonText } from '../../report/json';
import fc from '../helpers/random';

/** Values as answers have them: what is not known is undefined, at any depth. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(undefined, null, 0, 1.5, '', 'a "b"\n', true),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'to', 'ports'), tie('value')),
  ),
}));

test('a field whose value is not known is null in JSON, wherever it stands', () => {
  const withNull = (part: unknown): unknown =>
    Array.isArray(part)
      ? part.map(withNull)
      : typeof part === 'object' && part !== null
        ? Object.fromEntries(Object.entries(part).map(([key, inside]) => [key, withNull(inside)]))
        : (part ?? null);
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 2), (answer, indent) => {
      expect(jsonText(answer, indent)).toBe(JSON.stringify(withNull(answer), undefined, indent));
    }),
  );
  expect(jsonText({ to: undefined, ports: [undefined] })).toBe('{"to":null,"ports":[null]}');
});
