import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as cdk8s from 'cdk8s';
import * as library from '../../constructs';
import { blocksIn, run as runBlock } from '../../scripts/doc-blocks';
import { ROOT } from '../../scripts/doc-pages';
import { type Language, packageFor } from '../../scripts/languages';
import { isInstalled } from '../helpers/installed';

// The constructs in other languages: the example of README.md, in each of them, writes the same bytes.

let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'languages-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (...parts: string[]) => path.join(folder, ...parts);

interface Ran {
  readonly status: number | null;
  readonly text: string;
}

function attempted(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Ran {
  const given = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1', ...env };
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: given,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return { status, text: `${error ?? ''}${stdout}${stderr}` };
}

function ran(command: string, args: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): void {
  const { status, text } = attempted(command, args, cwd, env);
  if (status !== 0) {
    throw new Error(`${command} ${args.join(' ')}\n${text}`);
  }
}

/** The example of docs/languages.md in a language. */
function example(language: Language): string {
  const page = fs.readFileSync(path.join(ROOT, 'docs/languages.md'), 'utf8');
  return blocksIn(page).find(({ info }) => info === language)?.text ?? '';
}

function filesIn(dist: string): Readonly<Record<string, string>> {
  return Object.fromEntries(fs.readdirSync(dist).map((name) => [name, fs.readFileSync(path.join(dist, name), 'utf8')]));
}

/** What the example of README.md writes. */
function written(): Readonly<Record<string, string>> {
  const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8').split('## As a library')[1] ?? '';
  const [app = ''] = blocksIn(readme).flatMap(({ info, text }) => (info === 'ts' ? [text] : []));
  const dist = at('dist-typescript');
  const text = app.replace("outdir: 'dist'", `outdir: ${JSON.stringify(dist)}`);
  runBlock(
    text,
    new Map<string, unknown>([
      ['cdk8s', cdk8s],
      ['cdk8s-networking', library],
    ]),
  );
  return filesIn(dist);
}

/** A folder with files, in which something is run. */
function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  fs.mkdirSync(at(name));
  for (const [file, text] of Object.entries(files)) {
    fs.writeFileSync(at(name, file), text);
  }
  return at(name);
}

(isInstalled('python3', '--version') ? describe : describe.skip)('in Python', () => {
  let python: string;

  beforeAll(() => {
    packageFor(['python'], folder);
    ran('python3', ['-m', 'venv', 'venv'], folder);
    python = at('venv/bin/python');
    const [wheel = ''] = fs.readdirSync(at('python')).filter((name) => name.endsWith('.whl'));
    ran(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', at('python', wheel)], folder);
  });

  test('the example writes the same bytes as in TypeScript', () => {
    const app = folderOf('python-app', { 'main.py': example('python') });
    ran(python, ['main.py'], app);
    const expected = written();
    expect(Object.keys(expected)).toEqual(['shop.k8s.yaml']);
    expect(filesIn(path.join(app, 'dist'))).toEqual(expected);
  });

  test('another value is other bytes, and a wrong value is refused with the path of the construct', () => {
    const other = example('python').replace('port=8080', 'port=8081');
    const app = folderOf('python-other', { 'main.py': other });
    ran(python, ['main.py'], app);
    expect(filesIn(path.join(app, 'dist'))).not.toEqual(written());
    const wrong = example('python').replace('port=8080', 'port=0');
    const { status, text } = attempted(python, ['main.py'], folderOf('python-wrong', { 'main.py': wrong }));
    expect(status).toBe(1);
    expect(text).toContain('shop/frontend: port is 0; give an integer from 1 to 65535');
  });

  test('every class of the library is there', () => {
    const names = Object.entries(library).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
    expect(names.length).toBeGreaterThan(30);
    const app = folderOf('python-names', {
      'names.py': `import json, cdk8s_networking\njson.dump(dir(cdk8s_networking), open('names.json', 'w'))\n`,
    });
    ran(python, ['names.py'], app);
    const there: string[] = JSON.parse(fs.readFileSync(path.join(app, 'names.json'), 'utf8'));
    expect(names.filter((name) => !there.includes(name))).toEqual([]);
  });
});

(['javac', 'mvn'].every((name) => isInstalled(name, '--version')) ? describe : describe.skip)('in Java', () => {
  test('the sources compile, and the example writes the same bytes as in TypeScript', () => {
    packageFor(['java'], folder);
    const sources = at('java/src/main/java');
    const dependency = (group: string, artifact: string, version: string) =>
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
    const app = folderOf('java-app', {
      'Main.java': example('java'),
      // What the sources need; cdk8s-plus is among the sources, since not every copy of Maven Central has it.
      'pom.xml': `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
        <groupId>test</groupId><artifactId>jars</artifactId><version>1</version><dependencies>
        ${dependency('software.amazon.jsii', 'jsii-runtime', '1.140.0')}
        ${dependency('org.jetbrains', 'annotations', '19.0.0')}
        ${dependency('javax.annotation', 'javax.annotation-api', '1.3.2')}
        </dependencies></project>`,
      files: fs
        .readdirSync(sources, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.java'))
        .map((name) => `"${path.join(sources, name)}"\n`)
        .join(''),
    });
    ran('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=jars'], app);
    const compiler = ['-nowarn', '-proc:none', '-encoding', 'UTF-8', '-d', 'classes', '-cp', 'jars/*'];
    ran('nice', ['javac', ...compiler, '@files', 'Main.java'], app);
    ran('java', ['-cp', `classes:${at('java/src/main/resources')}:jars/*`, 'Main'], app);
    expect(filesIn(path.join(app, 'dist'))).toEqual(written());
  });
});

(isInstalled('go', 'version') ? describe : describe.skip)('in Go', () => {
  test('the sources compile, and the example writes the same bytes as in TypeScript', () => {
    packageFor(['go'], folder);
    const modules = ['cdk8s', 'cdk8splus27', 'cdk8snetworking', 'constructs'].map((name) => {
      const text = fs.readFileSync(at('go', name, 'go.mod'), 'utf8');
      return { module: /^module (\S+)/m.exec(text)?.[1] ?? '', place: at('go', name) };
    });
    const app = folderOf('go-app', {
      'main.go': example('go'),
      'go.mod': [
        'module app\n\ngo 1.25\n',
        ...modules.map(({ module, place }) => `replace ${module} => ${place}`),
        '',
      ].join('\n'),
    });
    const env = { GOFLAGS: '-mod=mod -buildvcs=false' };
    ran('go', ['mod', 'tidy'], app, env);
    ran('nice', ['go', 'build', '-o', 'app', '.'], app, env);
    ran(path.join(app, 'app'), [], app);
    expect(filesIn(path.join(app, 'dist'))).toEqual(written());
  });
});
