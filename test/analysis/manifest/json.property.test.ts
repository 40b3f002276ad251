import { parseJson } from '../../../analysis/manifest/json';
import { parseCarefully } from '../../../analysis/manifest/yaml';
import fc from '../../helpers/random';

const RUNS = process.env.NIGHTLY === '1' ? 200_000 : 5_000;

/** A JSON text, the value that its last keys give, and whether a mapping of it has a key twice. */
interface Written {
  readonly text: string;
  readonly isTwice: boolean;
}

const space = fc.constantFrom('', '', '', '', ' ', '\n', '\t ');
/** What stands beside colons and quotes. */
const word = fc
  .array(fc.constantFrom('a', 'b', ':', ':', '"', '\\', '\\\\', ' ', 'é', '{', '}', ',', '__proto__', '1'), {
    maxLength: 4,
  })
  .map((pieces) => pieces.join(''));
const scalar = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null));

/** A text as JSON has it: some of its characters as escapes. */
const written = (text: string, isEscaped: boolean): string =>
  isEscaped
    ? JSON.stringify(text).replace(/[:a]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)
    : JSON.stringify(text);

const json = fc.letrec<{ value: Written; list: Written; mapping: Written; leaf: Written }>((tie) => ({
  leaf: fc.tuple(scalar, fc.boolean()).map(([value, isEscaped]) => ({
    text: typeof value === 'string' ? written(value, isEscaped) : JSON.stringify(value),
    isTwice: false,
  })),
  list: fc.tuple(fc.array(tie('value'), { maxLength: 3 }), space).map(([items, gap]) => ({
    text: `[${items.map(({ text }) => `${gap}${text}${gap}`).join(',')}]`,
    isTwice: items.some(({ isTwice }) => isTwice),
  })),
  mapping: fc.array(fc.tuple(word, fc.nat(9), tie('value'), space, space), { maxLength: 4 }).map((entries) => ({
    text: `{${entries
      .map(
        ([key, die, { text }, before, after]) => `${after}${written(key, die === 0)}${before}:${after}${text}${before}`,
      )
      .join(',')}}`,
    isTwice: new Set(entries.map(([key]) => key)).size < entries.length || entries.some(([, , { isTwice }]) => isTwice),
  })),
  value: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('list'), tie('mapping')),
}));
const document = fc.oneof(json.list, json.mapping);

test('JSON is read as JSON.parse reads it, unless a mapping has a key twice', () => {
  const seen = { twice: 0, once: 0 };
  fc.assert(
    fc.property(document, ({ text, isTwice }) => {
      seen[isTwice ? 'twice' : 'once']++;
      const value: unknown = JSON.parse(text);
      // A text may have a colon as an escape, and is left to the parser of YAML then.
      const read = parseJson(text);
      expect(read === undefined ? isTwice || /\\u003a/.test(text) : !isTwice).toBe(true);
      expect(read?.value ?? value).toStrictEqual(value);
    }),
    { numRuns: RUNS },
  );
  expect(Math.min(seen.twice, seen.once)).toBeGreaterThan(RUNS / 20);
});

test('the parser of YAML reads JSON alike, and refuses it where a mapping has a key twice', () => {
  fc.assert(
    fc.property(document, ({ text, isTwice }) => {
      const [[, parsed] = []] = [...parseCarefully([{ text, firstLine: 1 }])];
      const read = parseJson(text);
      if (isTwice) {
        expect(parsed).toHaveProperty('mistake.message', expect.stringContaining('given twice'));
      } else if (read !== undefined) {
        expect(parsed).toHaveProperty('values', [read.value]);
      }
    }),
    { numRuns: RUNS },
  );
});
