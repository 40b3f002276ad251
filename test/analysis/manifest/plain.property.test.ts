import { dump } from 'js-yaml';
import { plainDocument } from '../../../analysis/manifest/plain';
import { parseCarefully } from '../../../analysis/manifest/yaml';
import { yamlOf } from '../../../constructs/yaml';
import fc from '../../helpers/random';

const RUNS = process.env.NIGHTLY === '1' ? 100_000 : 5_000;

const PIECES = [
  ...[
    'a',
    'web',
    'y',
    'no',
    'on',
    'null',
    '~',
    'e1',
    '0',
    '1',
    '8080',
    '0644',
    '0x1F',
    '1.5',
    '.5',
    '1_0',
    '-',
    '+',
    '.',
  ],
  ...[
    ' ',
    '  ',
    ':',
    ': ',
    ' #',
    '#',
    '\n',
    '\n\n',
    '"',
    "'",
    '\\',
    '\\n',
    '{',
    '}',
    '[',
    ']',
    ',',
    '&',
    '*',
    '!',
    '|',
    '>',
  ],
  ...[
    '%',
    '@',
    '?',
    '? ',
    '- ',
    '--',
    '---',
    '...',
    '{}',
    '[]',
    '/',
    '=',
    '<<',
    '\t',
    '\r',
    '\u00a0',
    '\u2028',
    'é',
    '😀',
    '\0',
  ],
];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join(''));
const scalar = fc.oneof(text, text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const key = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('name', 'app.kubernetes.io/name', 'matchLabels', 'f:labels') },
  { weight: 1, arbitrary: text },
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
  ),
}));

const written = fc.oneof(
  tree.map((value) => yamlOf([JSON.parse(JSON.stringify(value) ?? 'null')])),
  tree.map((value) => dump(value)),
  tree.map((value) => `---\n${dump(value, { seqNoIndent: true, quoteStyle: 'double', flowLevel: 3 })}`),
);

/** Text of YAML with some of it left out, put in or moved. */
const bent = fc
  .tuple(
    written,
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.oneof(fc.constantFrom(...PIECES), fc.constant(''))), {
      maxLength: 3,
    }),
  )
  .map(([yaml, changes]) =>
    changes.reduce((now, [place, length, put]) => {
      const at = place % (now.length + 1);
      return now.slice(0, at) + put + now.slice(at + length);
    }, yaml),
  );

const START = ['a: ', 'b: ', 'a:', 'b:', 'y: ', 'no:', '- ', '-', '- a: ', '- - ', '-  a:', '', '? '];
const END = [
  ...[
    '',
    'x',
    'x y',
    '1',
    '0x1',
    'on',
    '~',
    "'x'",
    "'it''s'",
    '"x"',
    '"\\n"',
    '"\\x41"',
    '{}',
    '[]',
    '[x, y]',
    '[x, on]',
    '{a: b}',
  ],
  ...[
    '|',
    '|-',
    '|+',
    '|2',
    '>',
    '# x',
    'x # y',
    'x#y',
    'x:',
    'x:y',
    'x: y',
    '"x": y',
    "'x' y",
    '&x y',
    '*x',
    '!!str 1',
    ' x ',
    'x  ',
  ],
];

/** Lines of which each is likely, in an order and with indents that may be none of YAML. */
const lines = fc
  .array(fc.tuple(fc.nat({ max: 4 }), fc.constantFrom(...START), fc.constantFrom(...END)), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((parts) =>
    fc.constantFrom('', '\n', '\n\n').map((end) => {
      const yaml = parts.map(([indent, start, rest]) => `${' '.repeat(indent)}${start}${rest}`).join('\n');
      return `${yaml}${end}`;
    }),
  );

/** What YAML is cut into before it is parsed. */
const isOneDocument = (yaml: string) => !/^(?:---|\.\.\.)/m.test(yaml.slice(1));

test('a document that is read the short way means what the parser of all YAML reads', () => {
  const seen = { plain: 0, other: 0 };
  fc.assert(
    fc.property(
      fc.oneof(written, bent, lines, lines, lines).filter((yaml) => !yaml.includes('\uFEFF') && isOneDocument(yaml)),
      (yaml) => {
        const plain = plainDocument(yaml);
        seen[plain === undefined ? 'other' : 'plain']++;
        if (plain !== undefined) {
          const parsed = [...parseCarefully([{ text: yaml, firstLine: 1 }])].map(([, one]) => one);
          expect(parsed).toEqual([{ values: [plain.value], text: yaml }]);
        }
      },
    ),
    { numRuns: RUNS },
  );
  expect(Math.min(seen.plain, seen.other)).toBeGreaterThan(RUNS / 20);
});
