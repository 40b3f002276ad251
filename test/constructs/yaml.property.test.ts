import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, Chart, Yaml } from 'cdk8s';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { NetworkingApp } from '../../constructs';
import { yamlOf } from '../../constructs/yaml';
import { carefulYaml } from '../../constructs/yaml/careful';
import { plainDocument } from '../../constructs/yaml/plain';
import { FURTHER_BREAKS, isReadable, plainIs } from '../helpers/go-yaml';
import fc from '../helpers/random';
import { RUNS } from '../helpers/runs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yaml-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** What readers of YAML 1.1 and of 1.2 make of documents. */
function readings(written: string): { old: unknown; now: unknown } {
  // cdk8s starts a process for each file that it reads.
  const file = path.join(folder, 'all.yaml');
  fs.writeFileSync(file, written);
  return { old: Yaml.load(file), now: loadAll(written, { schema: CORE_SCHEMA }) };
}

/** Whether Kubernetes reads `at: <text>` as that text. What has quotes, or is a block, is text for every reader. */
function kubernetesReads(text: string): boolean {
  const written = yamlOf([{ at: text }]);
  const [, plain] = /^at: (.*)\n$/.exec(written) ?? [];
  const isPlain = plain !== undefined && !/^["'|>]/.test(plain);
  return isReadable(written) && !FURTHER_BREAKS.test(written) && (!isPlain || plainIs(plain) === 'text');
}

const characters = [...'-+_.0179xXobBeEfFaAnNyYtT~: #"\'{}[],&*!|>%@`=<?/\\\n\t\r', '\x7f', '\x85', '\u2028', '\ufeff'];
const words = [
  'null',
  'true',
  'yes',
  'on',
  'off',
  'inf',
  'nan',
  '0x',
  '0b',
  '0o',
  '---',
  '...',
  '<<',
  '\0',
  '\ue000',
  '😀',
];
const text = fc
  .oneof(
    fc.array(fc.constantFrom(...characters, ...words), { maxLength: 6 }).map((parts) => parts.join('')),
    fc.array(fc.constantFrom(...'-+_.017exob'), { maxLength: 7 }).map((parts) => parts.join('')),
    fc.array(fc.constantFrom(' ', '\n', '\t', 'a', '- ', '# '), { maxLength: 7 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )
  .filter((one) => !/\p{Cs}/u.test(one));

describe('a text', () => {
  // Each is a number, nothing or no YAML at all for one of the readers when it is written as cdk8s writes it.
  const MISTAKABLE = ['-_7', '+_0', '0o7', '0_o7', '0b-0', '1e7_', '0.e_1', '<<', '  \n', '\n\ta', '\x7f', 'a\u2028b'];

  const CLEAR = ['y', '~', '', '1.5', '0x1F', 'no', '1_000', '\ue0000\ue000', 'a\0'];

  test.each([...MISTAKABLE, ...CLEAR])('%j is the same text for Kubernetes', (one) => {
    expect(kubernetesReads(one)).toBe(true);
  });

  test.each([
    ['value', (one: string) => ({ at: one })],
    ['key', (one: string) => ({ [one]: 'x' })],
  ])('is the same text for every reader, as a %s', (_, make) => {
    const objects = [...MISTAKABLE, ...CLEAR].map(make);
    expect(readings(yamlOf(objects))).toEqual({ old: objects, now: objects });
  });

  test('that nobody mistakes is written as cdk8s writes it', () => {
    const objects = [
      { kind: 'A', list: ['10.0.0.1', '100m', 'v1.15.1', '--v=3', '$(POD_NAME)', 'a\nb\n'], '8080': '8080' },
    ];
    expect(yamlOf(objects)).toBe(Yaml.stringify(...objects));
  });

  test('in an annotation, a label, an argument or a key comes back from every reader as it was', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 50, maxLength: 50 }), (texts) => {
        // Parsed from JSON, so that a key such as __proto__ is one.
        const objects = texts.map((one) =>
          JSON.parse(JSON.stringify({ annotations: { at: one }, args: [one], data: { [one]: one } })),
        );
        expect(readings(yamlOf(objects))).toEqual({ old: objects, now: objects });
        expect(texts.filter((one) => !kubernetesReads(one))).toEqual([]);
      }),
      { numRuns: RUNS.numRuns / 50 },
    );
  });
});

describe('a document', () => {
  const plainText = fc
    .array(
      fc.constantFrom(
        ...'aAz_-/.:$()=,@+ #0189"\'{}[]',
        'true',
        'yEs',
        'e',
        'No',
        '10.0.0.1',
        '80',
        '1.5',
        '--v=3',
        ': ',
        '\n',
      ),
      {
        maxLength: 5,
      },
    )
    .map((parts) => parts.join(''));
  const anyText = fc.oneof({ weight: 3, arbitrary: plainText }, { weight: 1, arbitrary: text });
  const scalar = fc.oneof(
    { weight: 6, arbitrary: anyText },
    { weight: 1, arbitrary: fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.constantFrom(null, undefined, -0)) },
  );
  const key = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom('name', 'app.kubernetes.io/name', 'matchLabels', 'http-port', '--x') },
    { weight: 1, arbitrary: anyText },
  );
  const { tree, map } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('tree'), { maxLength: 3 }), tie('map')),
    map: fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
  }));

  const isMap = (one: unknown): one is object => typeof one === 'object' && one !== null && !Array.isArray(one);

  test('is the same to the byte whether its plain parts are written fast or with care', () => {
    let plain = 0;
    fc.assert(
      fc.property(fc.array(fc.oneof(tree, map, map, map), { maxLength: 3 }), (documents) => {
        expect(yamlOf(documents)).toBe(carefulYaml(documents));
        plain += documents.filter((one) => isMap(one) && plainDocument(one, String) !== undefined).length;
      }),
      RUNS,
    );
    expect(plain).toBeGreaterThan(RUNS.numRuns / 2);
  });
});

test('an app writes texts so, into files and as one stream', () => {
  const app = new NetworkingApp({ outdir: path.join(folder, 'dist') });
  const at = new Chart(app, 'shop');
  new ApiObject(at, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', annotations: { at: '-_7' } },
  });
  app.synth();
  expect(fs.readFileSync(path.join(folder, 'dist/shop.k8s.yaml'), 'utf8')).toContain('at: "-_7"');
  expect(app.synthYaml()).toContain('at: "-_7"');
});
