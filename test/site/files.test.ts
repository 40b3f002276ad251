import { readManifests } from '../../analysis';
import { opened } from '../../site/files';

const file = (name: string, text: string | Uint8Array<ArrayBuffer>) => ({ name, file: new Blob([text]) });

test('one file is opened as it is', async () => {
  const text = '---\na: 1\n---\n';
  expect(await opened([file('a.yaml', text)])).toEqual({ text, names: ['a.yaml'], refused: [] });
});

test('several files stand one behind the other by name, and the first line of each says which', async () => {
  const { text, names } = await opened([
    file('x/b.yml', '---\nb: 1\n---\n'),
    file('x/a.json', '{"a": 1}'),
    file('c.yaml', '\uFEFF--- \r\nc: 1\n\n\n'),
  ]);
  expect(names).toEqual(['c.yaml', 'x/a.json', 'x/b.yml']);
  expect(text).toBe('# c.yaml\nc: 1\n---\n# x/a.json\n{"a": 1}\n---\n# x/b.yml\nb: 1\n');
});

test('what is put together has the objects of all files', async () => {
  const space = (name: string) => `---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n---\n`;
  const { text } = await opened(['a', 'b', 'c'].map((name) => file(`${name}.yaml`, space(name))));
  expect(readManifests(text, 'x')).toMatchObject({
    problems: [],
    manifests: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
  });
});

test('what is no manifest, no text, or too much is left out and named', async () => {
  const { names, refused } = await opened([
    file('logo.png', 'x'),
    file('latin.yaml', new Uint8Array([0x61, 0xe9])),
    file('large.yaml', 'x'.repeat(5_000_001)),
    file('good.yaml', 'a: 1'),
  ]);
  expect(names).toEqual(['good.yaml']);
  expect(refused).toEqual([
    'large.yaml is left out: together they have more than 5 MB',
    'latin.yaml is no text in UTF-8',
    'logo.png is neither .yaml, .yml nor .json',
  ]);
});

test('a file name ends no comment', async () => {
  const { text } = await opened([file('a\nkind: Evil\n.yaml', 'a: 1'), file('b.yaml', 'b: 1')]);
  expect(text.split('\n')[0]).toBe('# a?kind: Evil?.yaml');
});
