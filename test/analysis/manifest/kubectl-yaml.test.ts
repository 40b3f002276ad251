import { readManifests } from '../../../analysis/manifest';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n';

/** The object of a text, and the line of a field behind all that is unusual. */
function read(text: string): unknown {
  const { manifests, problems } = readManifests(`${text}after: 1\n`, 'a.yaml');
  expect(problems).toEqual([]);
  const [manifest] = manifests;
  expect(manifest?.source.lineOf(['after'])).toBe(text.split('\n').length);
  return manifest?.object;
}

function problemOf(text: string): string {
  return readManifests(text, 'a.yaml')
    .problems.map(({ code, line, message }) => `${code} ${line}: ${message}`)
    .join('\n');
}

/** Each as sigs.k8s.io/yaml 1.6.0, the reader of kubectl, takes it. */
describe('what kubectl reads though YAML 1.2 does not', () => {
  test.each([
    [
      'a text in double quotes that ends at the indent of its key',
      'spec:\n  x: "one\n    two\n  "\n',
      { x: 'one two ' },
    ],
    ['a text in quotes that goes on at the indent of its key', "spec:\n  x: 'one\n  two'\n", { x: 'one two' }],
    ['a text in quotes that goes on further to the left', 'spec:\n  x: "one\n two"\n', { x: 'one two' }],
    ['a text in quotes that goes on at the margin', 'spec:\n  x: "one\ntwo\n\nthree"\n', { x: 'one two\nthree' }],
    ['a text in quotes that goes on behind a tab', 'spec:\n  x: "one\n\ttwo"\n', { x: 'one two' }],
    ['a list in brackets that is indented by tabs', 'spec: {x: [\n\t1,\n\t2\n ]}\n', { x: [1, 2] }],
    ['a list in brackets that goes on behind a tab', 'spec:\n  x: [a,\n\tb]\n', { x: ['a', 'b'] }],
    ['a bracket that closes at the indent of its key', 'spec:\n  x: [\n    1,\n  ]\n', { x: [1] }],
    ['a bracket that closes at the margin', 'spec:\n  x: [\n    1,\n    2\n]\n', { x: [1, 2] }],
    ['a list in brackets at the margin', 'spec:\n  x: [\n1,\n\n2\n]\n', { x: [1, 2] }],
    ['a mapping in braces that closes at the margin', 'spec: {\n  x: {\n    z: 1\n  }\n}\n', { x: { z: 1 } }],
    ['a tab at the start of a list in brackets', 'spec:\n  x: [\t{z: 1}, \t2]\n', { x: [{ z: 1 }, 2] }],
    ['tabs inside of braces', 'spec: {\tx: {z:\t1,\tv: "a,\tb"} }\n', { x: { z: 1, v: 'a,\tb' } }],
    ['a comment right behind a quote', 'spec:\n  x: "b"#c\n', { x: 'b' }],
    ['two such places', 'spec:\n  x: "one\n  two"\n  z: [\n1\n]\n', { x: 'one two', z: [1] }],
  ])('%s', (_, text, spec) => {
    expect(read(POD + text)).toEqual(expect.objectContaining({ spec }));
  });

  test('a byte order mark before a later document, as files have that were joined', () => {
    const { manifests, problems } = readManifests(`\uFEFF${POD}---\n\uFEFF${POD.replace('a\n', 'b\n')}`, 'a.yaml');
    expect(problems).toEqual([]);
    expect(manifests.map(({ name, source }) => [name, source.line])).toEqual([
      ['a', 1],
      ['b', 6],
    ]);
  });

  test('of many thousand such lines it is told that the text is no YAML, in a moment', () => {
    const text = `${POD}spec:\n  x: [\n${'1,\n\n'.repeat(200_000)}]\n`;
    const started = process.cpuUsage().user;
    expect(problemOf(text)).toMatch(/^syntax \d+: not YAML/);
    expect(process.cpuUsage(undefined).user - started).toBeLessThan(30_000_000);
  });
});

describe('what nobody reads is told with its line', () => {
  test.each([
    [
      'a template of Helm for a value',
      `${POD}spec: {{ .Values.x }}\n`,
      'syntax 5: not YAML but a template: {{ .Values.x }} stands here; render it first, e.g. by helm template (object-based map does not support complex keys, column 1)',
    ],
    [
      'a template of Helm around fields',
      `{{- if .x }}\n${POD}{{- end }}\n`,
      'syntax 1: not YAML but a template: {{- if .x }} stands here; render it first, e.g. by helm template (missed comma between flow collection entries, column 3)',
    ],
    [
      'a placeholder',
      `${POD}spec: {a: \${B}}\n`,
      `syntax 5: not YAML: the placeholder \${B} stands here; fill it in first, e.g. by envsubst (missed comma between flow collection entries, column 12)`,
    ],
    [
      'a template within quotes, for a name',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: "{{ .x }}"\n',
      'bad-name 4: Pod: metadata.name is "{{ .x }}"; a template, e.g. of Helm; render it first',
    ],
    [
      'a control character',
      `${POD}spec:\n  a: b\u0007c\n`,
      'syntax 6: not YAML: a control character stands here, 0x07; leave it out, or write "\\x07" within double quotes (column 7)',
    ],
    [
      'a control character within quotes',
      `${POD}spec:\n  a: "b\u0001c"\n`,
      'syntax 6: not YAML: a control character stands here, 0x01; leave it out, or write "\\x01" within double quotes (column 8)',
    ],
  ])('%s', (_, text, expected) => {
    expect(problemOf(text)).toBe(expected);
  });

  test('actions of templates within quotes and blocks of text are text', () => {
    expect(read(`${POD}spec:\n  x: "{{ $labels.pod }}"\n  z: |\n    {{ $value }}\n  # {{ w }}\n`)).toEqual(
      expect.objectContaining({ spec: { x: '{{ $labels.pod }}', z: '{{ $value }}\n' } }),
    );
  });
});

describe('what stands at the edge of a document as YAML allows and kubectl does not is told with its line:', () => {
  test.each([
    [
      'an object on the line of its marker',
      `${POD}--- {apiVersion: v1, kind: Pod, metadata: {name: b}}\n`,
      ['a', 'b'],
      'document-edge 5: the document begins on the line of its ---, which kubectl refuses; begin it on the next line',
    ],
    [
      'a directive',
      `# Pods\n%YAML 1.1\n---\n${POD}`,
      ['a'],
      'document-edge 2: a directive of YAML, which kubectl refuses; leave out its line and the --- after it',
    ],
    [
      'an object after the end of the one before',
      `${POD}...\n\n# b\n${POD.replace('a\n', 'b\n')}---\n${POD.replace('a\n', 'c\n')}`,
      // What kubectl does not read is on no cluster.
      ['a', 'c'],
      'document-edge 8: kubectl reads nothing between ... and the next ---, so this is left out; write --- before it',
    ],
  ])('%s', (_, text, names, expected) => {
    expect(problemOf(text)).toBe(expected);
    expect(readManifests(text, 'a.yaml').manifests.map(({ name }) => name)).toEqual(names);
  });

  test.each([
    [
      'comments on the lines of markers',
      `--- # first\n${POD}---   # second\n${POD.replace('a\n', 'b\n')}...\n# the end\n`,
    ],
    ['nothing between the end of one and the marker of the next', `${POD}...\n\n---\n${POD.replace('a\n', 'b\n')}`],
  ])('but not %s', (__, text) => {
    const { problems, manifests } = readManifests(text, 'a.yaml');
    expect(problems).toEqual([]);
    expect(manifests.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

test('tags that nobody defined say nothing, written in full too', () => {
  const text = `${POD}spec: !<tag:example.com,2000:x>\n  a: !local 7\n  b: !<tag:example.com,2000:y> [!<tag:example.com,2000:z> 1]\n`;
  expect(read(text)).toEqual(expect.objectContaining({ spec: { a: '7', b: ['1'] } }));
});
