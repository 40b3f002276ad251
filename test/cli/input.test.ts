import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { commandLine, type World } from './command-line';

const FIXTURES = join(__dirname, 'fixtures');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifests-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\n`;

async function namesIn(paths: readonly string[], world: World = {}): Promise<string[]> {
  const ran = await commandLine(['connections', ...paths, '--format', 'json'], { cwd: folder, ...world });
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
  return JSON.parse(ran.stdout).workloads.map(({ name }: { name: string }) => name);
}

async function refusalOf(paths: readonly string[], world: World = {}): Promise<string> {
  const ran = await commandLine(['connections', ...paths], { cwd: folder, ...world });
  expect(ran.stdout).toBe('');
  expect(ran.status).toBe(2);
  return ran.stderr;
}

describe('what is read', () => {
  test('a folder is read with all its folders: .yaml, .yml and .json, and nothing else', async () => {
    write('a.yaml', pod('a'));
    write('b/b.yml', pod('b'));
    write('b/c/c.json', JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'c' } }));
    write('README.md', pod('no'));
    write('yaml', pod('no'));
    expect(await namesIn(['.'])).toEqual(['a', 'b', 'c']);
  });

  test('several paths are read together, and a file that is named may have any name', async () => {
    write('a.txt', pod('a'));
    write('b/b.yaml', pod('b'));
    expect(await namesIn(['a.txt', 'b'])).toEqual(['a', 'b']);
  });

  test('a file that is named twice counts once', async () => {
    write('a/a.yaml', pod('a'));
    expect(await namesIn(['a', 'a/a.yaml', 'a'])).toEqual(['a']);
  });

  test('paths are taken from the working folder, and absolute ones as they are', async () => {
    write('a/a.yaml', pod('a'));
    expect(await namesIn(['a.yaml'], { cwd: join(folder, 'a') })).toEqual(['a']);
    expect(await namesIn([join(folder, 'a')], { cwd: '/' })).toEqual(['a']);
  });

  test('- is standard input, beside files', async () => {
    write('a.yaml', pod('a'));
    expect(await namesIn(['-', 'a.yaml'], { stdin: pod('b') })).toEqual(['a', 'b']);
  });

  test('lines may end as on Windows, and a text may begin with a byte order mark', async () => {
    write('a.yaml', `\uFEFF${pod('a')}---\n${pod('b')}`.replaceAll('\n', '\r\n'));
    expect(await namesIn(['.'])).toEqual(['a', 'b']);
  });

  test('many documents, anchors, lists and typed lists are unfolded', async () => {
    write(
      'a.yaml',
      'apiVersion: v1\nkind: List\nitems:\n- &pod { apiVersion: v1, kind: Pod, metadata: { name: a } }\n' +
        '- { <<: *pod, metadata: { name: b } }\n---\napiVersion: v1\nkind: PodList\nitems: [{ metadata: { name: c } }]\n',
    );
    expect(await namesIn(['a.yaml'])).toEqual(['a', 'b', 'c']);
  });

  test('kinds without use are ignored without a word, and so are files that are empty, in a folder', async () => {
    write('a.yaml', `${pod('a')}---\napiVersion: example.com/v1\nkind: Anything\n`);
    write('empty.yaml', '\n# nothing\n');
    write('nothing.yaml', '');
    expect(await namesIn(['.'])).toEqual(['a']);
  });

  test('the configuration of check is no manifest where it stands in a folder, unless it holds one', async () => {
    write('cdk8s-networking.yaml', 'checks: { failOn: warning }\n');
    write('a.yaml', pod('a'));
    expect(await namesIn(['.'])).toEqual(['a']);
    write('b/cdk8s-networking.yaml', pod('b'));
    expect(await namesIn(['.'])).toEqual(['a', 'b']);
  });

  test('links are followed, and folders that contain themselves are read once', async () => {
    write('real/a.yaml', pod('a'));
    write('other/b.yaml', pod('b'));
    symlinkSync('../other', join(folder, 'real/linked'));
    symlinkSync('..', join(folder, 'real/up'));
    symlinkSync('../real', join(folder, 'other/back'));
    symlinkSync('b.yaml', join(folder, 'other/c.yaml'));
    symlinkSync('nowhere', join(folder, 'real/no-manifest'));
    expect(await namesIn(['real'])).toEqual(['a', 'b']);
  });

  test('a pipe that is named is read, as a shell makes it of <(…)', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const writer = execFileSync('sh', ['-c', `printf '${pod('a').replaceAll('\n', '\\n')}' > pipe & echo started`], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    expect(writer).toBe(null);
    expect(await namesIn(['pipe'])).toEqual(['a']);
  });

  test('the order of files changes nothing', async () => {
    cpSync(join(FIXTURES, 'stars'), folder, { recursive: true });
    const one = await commandLine(['connections', 'apps.yaml', 'policies.yaml'], { cwd: folder });
    const other = await commandLine(['connections', 'policies.yaml', 'apps.yaml'], { cwd: folder });
    expect(other.stdout).toBe(one.stdout);
  });
});

describe('what is refused', () => {
  test('a file that is not there', async () => {
    expect(await refusalOf(['nowhere.yaml'])).toBe('nowhere.yaml: there is no such file or folder\n');
  });

  test('a path that is empty, as a variable that is not set makes it', async () => {
    write('a.yaml', pod('a'));
    expect(await refusalOf([''])).toBe('"": the path is empty; "." is the folder in which you are\n');
  });

  test('a path through a file', async () => {
    write('a.yaml', pod('a'));
    expect(await refusalOf(['a.yaml/b.yaml'])).toBe('a.yaml/b.yaml: a part of the path before the last is a file\n');
  });

  test('a folder without manifests', async () => {
    write('empty/README.md', '');
    mkdirSync(join(folder, 'empty/below'));
    expect(await refusalOf(['empty'])).toBe('empty: there is no .yaml, .yml or .json file in this folder\n');
  });

  test('a file that is named and empty, and standard input with nothing in it', async () => {
    write('empty.yaml', ' \n');
    expect(await refusalOf(['empty.yaml', '-'])).toBe(
      '-: nothing came in on standard input\nempty.yaml: the file is empty\n',
    );
  });

  test('standard input that is a folder, as in `connections - < folder`', async () => {
    const stdin = createReadStream(folder);
    expect(await refusalOf(['-'], { stdin })).toBe('-: it is a folder\n');
  });

  test('standard input named twice', async () => {
    expect(await refusalOf(['-', '-'], { stdin: pod('a') })).toBe(
      '-: standard input can be read once; give "-" once\n',
    );
  });

  test('what is not text', async () => {
    write('binary.yaml', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]));
    write('latin.yaml', Buffer.from(`${pod('a')}# caf\xe9\n`, 'latin1'));
    write('wide.yaml', Buffer.from(`\uFEFF${pod('a')}`, 'utf16le'));
    expect(await refusalOf(['.'])).toBe(
      'binary.yaml:1: byte 5 of this line is zero: this is not text; give YAML or JSON\n' +
        'latin.yaml:4: byte 6 of this line, 0xe9, is not UTF-8; save the file as UTF-8, or give YAML or JSON\n' +
        'wide.yaml:1: the text is UTF-16; save it as UTF-8\n',
    );
  });

  test('what is not YAML, with its line, and every other mistake beside it', async () => {
    write('a.yaml', `${pod('a')}---\nfoo: [1,\nbar: 2\n---\njust text\n---\n${pod('Web')}`);
    write('b.json', '{ "kind": "Pod", }');
    expect((await refusalOf(['.'])).split('\n')).toEqual([
      expect.stringMatching(/^a\.yaml:\d: not YAML: .+$/),
      'a.yaml:8: warning: the document is "just text"; a manifest is a mapping with apiVersion and kind',
      expect.stringMatching(/^a\.yaml:12: warning: Pod: metadata\.name is "Web"; .+$/),
      expect.stringMatching(/^b\.json:1: Pod: apiVersion is missing; .+$/),
      '',
    ]);
  });

  test('links that lead nowhere or back to themselves, where a manifest is promised', async () => {
    write('a.yaml', pod('a'));
    symlinkSync('nowhere.yaml', join(folder, 'broken.yaml'));
    symlinkSync('circle.yaml', join(folder, 'circle.yaml'));
    expect(await refusalOf(['.'])).toBe(
      'broken.yaml: there is no such file or folder\ncircle.yaml: the link leads back to itself\n',
    );
  });

  test('a folder of nothing but what cannot be read, for that alone', async () => {
    symlinkSync('nowhere.yaml', join(folder, 'broken.yaml'));
    expect(await refusalOf(['.'])).toBe('broken.yaml: there is no such file or folder\n');
  });

  test('what is in a folder and neither file nor folder, rather than wait for it', async () => {
    write('a.yaml', pod('a'));
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
    expect(await refusalOf(['.'])).toBe('pipe.yaml: it is neither a file nor a folder\n');
  });

  test('a file that may not be read', async () => {
    write('a.yaml', pod('a'));
    chmodSync(join(folder, 'a.yaml'), 0o000);
    chmodSync(folder, 0o755);
    const user = process.geteuid?.();
    // Root may read everything.
    if (user === 0) {
      process.seteuid?.(65534);
    }
    try {
      expect(await refusalOf(['.'])).toBe('a.yaml: permission to read it is denied\n');
    } finally {
      process.seteuid?.(user ?? 0);
    }
  });

  test('of a thousand mistakes the first fifty are told, and how many follow', async () => {
    write('a.yaml', Array.from({ length: 1000 }, (_, index) => pod(`Web ${index}`)).join('---\n'));
    const lines = (await refusalOf(['.'])).trimEnd().split('\n');
    expect(lines).toHaveLength(51);
    expect(lines[49]).toMatch(/^a\.yaml:199: Pod: metadata\.name is "Web 49"/);
    expect(lines[50]).toBe('… and 950 more of the kind');
  });

  test('a bomb of aliases', async () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level++) {
      const [name, before] = [String.fromCharCode(97 + level), String.fromCharCode(96 + level)];
      lines.push(`${name}: &${name} [${Array(10).fill(`*${before}`).join(', ')}]`);
    }
    write('bomb.yaml', `${lines.join('\n')}\n`);
    expect(await refusalOf(['.'])).toBe(
      'bomb.yaml:1: the aliases of this document expand to far more than it holds; write it out\n',
    );
  });
});
