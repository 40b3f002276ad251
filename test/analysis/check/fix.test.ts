import type { Edit } from '../../../analysis/check';
import { applyEdits } from '../../../analysis/check/fix/apply';
import { type Manifest, readManifests } from '../../../analysis/manifest';

const TEXT = `# The web.
apiVersion: v1
kind: Service
metadata:
  name: "web" # quoted
  labels: { app: 'web' }
spec:
  # ports
  ports:
    - port: 80 # as people know it
      targetPort: http
    - name: metrics
      port: 9090
  selector:
    app: web
  externalIPs: []
  note: |
    two
    lines
`;

type Change = (manifest: Manifest) => Edit;

const set =
  (path: Edit['path'], value: string | number): Change =>
  (manifest) => ({ kind: 'set', manifest, path, value });
const add =
  (path: Edit['path'], value: unknown): Change =>
  (manifest) => ({ kind: 'add', manifest, path, value });
const remove =
  (path: Edit['path']): Change =>
  (manifest) => ({ kind: 'remove', manifest, path });
const rename =
  (path: Edit['path'], key: string): Change =>
  (manifest) => ({ kind: 'rename', manifest, path, key });

function changed(text: string, ...changes: readonly Change[]) {
  const [manifest] = readManifests(text, 'web.yaml').manifests as [Manifest];
  return applyEdits(
    text,
    changes.map((change) => change(manifest)),
  );
}

describe('a change of a manifest leaves comments and layout as they are', () => {
  test.each<[string, Change, string, string]>([
    ['gives a number', set(['spec', 'ports', 0, 'port'], 8080), 'port: 80 #', 'port: 8080 #'],
    ['gives a text', set(['spec', 'ports', 0, 'targetPort'], 'web'), 'targetPort: http', 'targetPort: web'],
    ['quotes what YAML would take for a number', set(['spec', 'selector', 'app'], '80'), 'app: web\n', "app: '80'\n"],
    ['takes the quotes of what it replaces', set(['metadata', 'name'], 'shop'), '"web"', 'shop'],
    ['inside of braces', set(['metadata', 'labels', 'app'], 'shop'), "'web'", 'shop'],
    ['calls a field otherwise', rename(['spec', 'selector', 'app'], 'name'), '    app: web\n', '    name: web\n'],
    ['takes a field away', remove(['spec', 'externalIPs']), '  externalIPs: []\n', ''],
    ['takes a text of several lines away', remove(['spec', 'note']), '  note: |\n    two\n    lines\n', ''],
    ['takes a mapping away', remove(['spec', 'selector']), '  selector:\n    app: web\n', ''],
    ['adds a field', add(['spec', 'selector', 'tier'], 'front'), '    app: web\n', '    app: web\n    tier: front\n'],
    [
      'adds an item',
      add(['spec', 'ports', 2], { name: 'admin', port: 81 }),
      '      port: 9090\n',
      '      port: 9090\n    - name: admin\n      port: 81\n',
    ],
    [
      'adds a list behind all else',
      add(['spec', 'types'], ['Egress']),
      '    lines\n',
      '    lines\n  types:\n    - Egress\n',
    ],
  ])('%s', (_, change, before, after) => {
    expect(TEXT.split(before)).toHaveLength(2);
    expect(changed(TEXT, change)).toMatchObject({ text: TEXT.replace(before, after), skipped: [] });
  });

  test('several at once', () => {
    const { text } = changed(
      TEXT,
      set(['metadata', 'name'], 'a'),
      remove(['spec', 'externalIPs']),
      set(['spec', 'ports', 1, 'port'], 1),
    );
    expect(text).toBe(TEXT.replace('"web"', 'a').replace('  externalIPs: []\n', '').replace('9090', '1'));
  });

  test('also behind other documents, with CRLF, a byte order mark and no end of the last line', () => {
    const text = `\uFEFFapiVersion: v1\r\nkind: Service\r\nmetadata: { name: a }\r\nspec:\r\n  x: 1`;
    expect(changed(text, set(['metadata', 'name'], 'b')).text).toBe(text.replace('name: a', 'name: b'));
    expect(changed(text, add(['spec', 'z'], 2)).text).toBe(`${text}\n  z: 2\n`);
  });
});

describe('a change is not made where it would touch something else', () => {
  test.each<[string, string, Change]>([
    ['a field inside of braces', 'metadata: { name: a, labels: { b: c } }', remove(['metadata', 'labels'])],
    ['a field beside the dash of a list', 'metadata: { name: a }\nspec:\n  - x: 1\n    y: 2', remove(['spec', 0, 'x'])],
    ['an addition inside of braces', 'metadata: { name: a }', add(['metadata', 'labels'], { b: 'c' })],
    ['an addition to an empty field', 'metadata: { name: a }\nspec:', add(['spec', 'x'], 1)],
    ['brackets over several lines', 'metadata: { name: a }\nspec:\n  x: [\n    1\n   ]', remove(['spec', 'x'])],
    ['a text of several lines', 'metadata: { name: a }\nspec:\n  x: |\n    a\n    b', set(['spec', 'x'], 'c')],
    ['a field that is not there', 'metadata: { name: a }', set(['spec', 'x'], 'c')],
  ])('%s', (_, rest, change) => {
    const text = `apiVersion: v1\nkind: Service\n${rest}\n`;
    expect(changed(text, change)).toMatchObject({ text, applied: [] });
  });
});
