import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { isBuiltin } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { transformSync } from '@swc/core';
import { blocksIn } from '../scripts/doc-blocks';
import { filesOf, library } from '../scripts/library';
import {
  ENTRIES,
  IMPORTED,
  imported,
  own,
  QUICK,
  REQUIRED,
  release,
  required,
  root,
  TEST_NAMES,
  TESTED,
  UNTYPED,
  WITH_JEST_GLOBALS,
} from './helpers/consumer';

/** What a consumer writes with the cdk8s-plus of its choice. */
const PLUS = `
import { Chart, Cron } from 'cdk8s';
import * as plus from 'PLUS';
import { DefaultDenyNamespace, ExposedService, Exposure, NetworkingApp, Peer } from '${own.name}';
declare const process: { stdout: { write(text: string): void } };
const app = new NetworkingApp();
const chart = new Chart(app, 'shop', { namespace: 'shop' });
const shop = new DefaultDenyNamespace(chart, 'namespace', { name: 'shop' });
const containers = [{ image: 'registry.example/shop:1.4', portNumber: 8080 }];
const exposure = (host: string) => Exposure.ingress({ host });
const web = new ExposedService(chart, 'web', {
  workload: new plus.StatefulSet(chart, 'pods', { containers }),
  exposure: exposure('shop.example.com'),
});
const service = new plus.Service(chart, 'service', { ports: [{ port: 80 }] });
service.selectLabel('app', 'other');
new ExposedService(chart, 'other', { service, exposure: exposure('other.example.com') });
const task = new plus.CronJob(chart, 'task', { containers: [{ image: 'task:1' }], schedule: Cron.daily() });
web.allowFrom(Peer.workload(task));
process.stdout.write(app.synthYaml());
`;

// The compiler itself takes a second to load.
const { version: typescript } = JSON.parse(
  fs.readFileSync(path.join(root, 'node_modules/typescript/package.json'), 'utf8'),
);

/** The compilers that a consumer may have set up; the last, that of the template of cdk8s, reads no `exports`. */
const COMPILERS = [
  { module: 'node16', moduleResolution: 'node16' },
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
  { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: `${typescript.split('.')[0]}.0` },
];

/** The examples of a page, as a reader copies them. */
function examplesOf(page: string): string[] {
  const found = blocksIn(fs.readFileSync(path.join(root, 'docs', page), 'utf8'));
  return found.filter(({ info }) => info === 'js').map(({ text }) => text);
}

let folder: string;
let consumer: string;
let archive: string;
/** What npm says when it sets up the consumer. */
let warnings: string;
let packed: string[];

/** What a command prints; what it says when it fails is the reason of the test's failure. */
function run(command: string, args: string[], cwd = consumer): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error || status !== 0) {
    throw error ?? new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  }
  return stdout;
}
const node = (...args: string[]) => run(process.execPath, args);
/** What TypeScript 6 complains of, or 7, which takes a seventh of the time. Its versions have their own tests: npm run test:versions. */
const tsc6 = () => node(require.resolve('typescript/bin/tsc'));
const tsc7 = () => node(path.join(root, 'node_modules/@typescript/native/bin/tsc'));
/** Of 7, how modules were found before there was `exports` is no part any more. */
const tscFor = (moduleResolution: string) => (moduleResolution === 'node10' ? tsc6 : tsc7);
const write = (file: string, text: string) => fs.writeFileSync(path.join(consumer, file), text);

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'package-'));
  consumer = path.join(folder, 'consumer');
  fs.mkdirSync(consumer);
  const [tarball] = JSON.parse(run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root));
  packed = tarball.files.map((file: { path: string }) => file.path).sort();

  write('package.json', JSON.stringify({ name: 'consumer', private: true }));
  const peers = Object.keys(own.peerDependencies).map(release);
  archive = path.join(folder, tarball.filename);
  const installed = spawnSync('npm', ['install', ...QUICK, archive, ...peers], { cwd: consumer, encoding: 'utf8' });
  warnings = installed.stderr;
  expect(installed).toMatchObject({ status: 0 });
}, 300_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  test('holds what is compiled, what starts it and what is to be read, and nothing else', () => {
    const allowed =
      /^(lib\/([\w-]+\.js|\w+\/index\.js|(.+\/)?[\w.-]+\.d\.ts|LICENSES\.txt|page\/assets\.json)|bin\/[\w-]+\.js|docs\/checks\/[\w-]+\.md|configuration\.schema\.json)$/;
    const read = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    expect(packed.filter((file) => !allowed.test(file))).toEqual(read);
  });

  test('needs nothing that is not installed with it', () => {
    const code = packed.filter((file) => /^lib\/.*\.js$/.test(file));
    expect(code).toContain('lib/index.js');
    const { dependencies, peerDependencies } = own;
    const installed = new Set(Object.keys({ ...dependencies, ...peerDependencies }));
    // What is only loaded by who has the runner.
    const runners = ['expect', '@jest/globals', 'vitest', 'jest-snapshot'];
    const missing = code.flatMap((file) => {
      const text = fs.readFileSync(path.join(consumer, 'node_modules', own.name, file), 'utf8');
      const names = [...text.matchAll(/\b(?:__)?require\("((?:@[\w.-]+\/)?[\w.:-]+)[^"]*"\)/g)].map(
        ([, name = '']) => name,
      );
      const known = (name: string) =>
        isBuiltin(name) || name.startsWith('.') || installed.has(name) || runners.includes(name);
      return names.filter((name) => !known(name)).map((name) => `${file}: ${name}`);
    });
    expect(missing).toEqual([]);
  });

  test('is small: few packages come with it, and large libraries only in the parts that are used', () => {
    const modules = path.join(consumer, 'node_modules');
    const lock = JSON.parse(fs.readFileSync(path.join(consumer, 'package-lock.json'), 'utf8'));
    const needs = (at: string): string[] =>
      Object.keys(lock.packages[at].dependencies ?? {}).map((name) => `node_modules/${name}`);
    const all = new Set([`node_modules/${own.name}`]);
    for (const at of all) {
      for (const needed of needs(at)) {
        all.add(needed);
      }
    }
    expect(all.size).toBe(1);
    const bytes = (folder: string): number =>
      fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .reduce((sum, entry) => sum + fs.statSync(path.join(entry.parentPath, entry.name)).size, 0);
    const sizes = [...all].map((at) => [at, bytes(path.join(modules, '..', at))] as const);
    expect(sizes.reduce((sum, [, size]) => sum + size, 0)).toBeLessThan(5_000_000);
  });

  test('has what the sources make and no more, so that nothing of an older build is in it', async () => {
    const made = [...(await filesOf(await library())).keys()].map((name) => `lib/${name}`);
    const folders = Object.keys(own.exports).flatMap((name) =>
      /^\.\/\w+$/.test(name) ? `lib${name.slice(1)}/index.js` : [],
    );
    expect(packed.filter((file) => /^lib\/.*\.js$/.test(file)).sort()).toEqual([...made, ...folders].sort());
    const source = (file: string) => path.join(root, file.slice('lib/'.length).replace(/\.d\.ts$/, '.ts'));
    const declarations = packed.filter((file) => file.endsWith('.d.ts'));
    expect(declarations.filter((file) => !fs.existsSync(source(file)))).toEqual([]);
  });

  test('is found by the path of a folder, by which cdk8s.yaml names the validation plugin', () => {
    const folder = path.join(consumer, 'node_modules', own.name, 'lib/validation');
    const code = `console.log(typeof require(${JSON.stringify(folder)}).NetworkingValidation)`;
    expect(spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', cwd: consumer }).stdout).toBe('function\n');
  });

  test('tells the licence of each library that is in it', () => {
    const text = fs.readFileSync(path.join(consumer, 'node_modules', own.name, 'lib/LICENSES.txt'), 'utf8');
    const names = [...text.matchAll(/^(\S+) [\d.]+ \(.+\)$/gm)].map(([, name]) => name);
    expect(names).toEqual(
      expect.arrayContaining(['@peculiar/x509', 'commander', 'diff', 'ip-address', 'js-yaml', 'picocolors']),
    );
  });

  test('calls classes and functions by the names under which it exports them', () => {
    for (const entry of ENTRIES) {
      const exported: object = JSON.parse(
        node(
          '--print',
          `JSON.stringify(Object.entries(require('${path.posix.join(own.name, entry)}')).filter(([, value]) => typeof value === 'function').map(([key, { name }]) => [key, name]))`,
        ),
      );
      expect(Object.values(exported).filter(([key, name]) => key !== name)).toEqual([]);
    }
  });

  test('names no folder of the machine that it was made on', () => {
    const installed = path.join(consumer, 'node_modules', own.name);
    const guilty = packed.filter((file) => fs.readFileSync(path.join(installed, file), 'utf8').includes(root));
    expect(guilty).toEqual([]);
  });
});

describe('a consumer', () => {
  test('gets the same YAML by require, by import and from TypeScript', () => {
    write('consumer.cjs', REQUIRED);
    write('consumer.mjs', IMPORTED);
    write('consumer.ts', IMPORTED);
    const yaml = node('consumer.cjs');
    expect(yaml).toContain('kind: IngressClass');
    expect(yaml).toContain('kind: AppProject');
    expect(node('consumer.mjs')).toBe(yaml);
    expect(node('--require', path.join(root, 'scripts/typescript'), 'consumer.ts')).toBe(yaml);
  }, 60_000);

  test.each(COMPILERS)(
    'is type-checked with strict: $moduleResolution',
    (options) => {
      // Without the comment the wrong value, and without the wrong value the comment, would be an error.
      const wrong = `// @ts-expect-error\nnew Calico(new Chart(app, 'wrong'), 'calico', { values: 7 });`;
      write(
        'checked.ts',
        [`declare const process: { stdout: { write(text: string): void } };`, IMPORTED, wrong].join('\n'),
      );
      const namespaces = ENTRIES.map(
        (entry, at) => `import * as entry${at} from '${path.posix.join(own.name, entry)}';`,
      );
      const used = `export const names: string[][] = [${ENTRIES.map((_, at) => `Object.keys(entry${at})`)}];`;
      write('entries.ts', [...namespaces, used].join('\n'));
      // One of them reads every declaration of the library, and of what it builds on.
      const skipLibCheck = options.moduleResolution !== 'node16';
      const compilerOptions = { ...options, skipLibCheck, strict: true, noEmit: true, target: 'es2022', types: [] };
      write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['checked.ts', 'entries.ts'] }));
      for (const tsc of new Set([tscFor(options.moduleResolution), ...(skipLibCheck ? [] : [tsc6])])) {
        expect(tsc()).toBe('');
      }
    },
    60_000,
  );

  test.each(ENTRIES)('finds the same in the entry point %s by require and by import', (entry) => {
    const name = path.posix.join(own.name, entry);
    const names = (of: string) =>
      `Object.keys(${of}).filter((key) => !['__esModule', 'default', 'module.exports'].includes(key)).sort().join()`;
    write('entry.mjs', `import * as entry from '${name}';\nconsole.log(${names('entry')});`);
    const required = node('--print', names(`require('${name}')`));
    expect(required.trim()).not.toBe('');
    expect(node('entry.mjs')).toBe(required);
  });

  describe('with jest', () => {
    /** Only what a package manager without hoisting would put there. */
    const link = (name: string) => {
      const at = path.join(consumer, 'node_modules', name);
      fs.mkdirSync(path.dirname(at), { recursive: true });
      fs.symlinkSync(path.join(root, 'node_modules', name), at);
    };
    const load = path.posix.join(own.name, 'jest');

    test.each([
      { injectGlobals: true, names: TEST_NAMES },
      { injectGlobals: false, names: [...TEST_NAMES, WITH_JEST_GLOBALS] },
    ])('has the matchers: globals $injectGlobals', ({ injectGlobals, names }) => {
      write('jest.config.json', JSON.stringify({ injectGlobals, transform: {} }));
      write('shop.test.js', `${required(names)}\nrequire('${load}');${TESTED}`);
      const jest = path.join(root, 'node_modules/jest/bin/jest.js');
      const { status, stderr } = spawnSync(process.execPath, [jest, '--ci=false'], { cwd: consumer, encoding: 'utf8' });
      const text = stripVTControlCharacters(stderr);
      expect({ status, text }).toEqual({ status: 0, text: expect.stringContaining('2 passed, 2 total') });
    });

    test('passes the tests of README.md on the manifests of its app', () => {
      const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8').split('## As a library')[1] ?? '';
      const [app = '', tests = ''] = blocksIn(readme).flatMap(({ info, text }) => (info === 'ts' ? [text] : []));
      write('main.ts', app);
      node('--require', path.join(root, 'scripts/typescript'), 'main.ts');
      expect(fs.readdirSync(path.join(consumer, 'dist'))).toEqual(['shop.k8s.yaml']);
      write('jest.config.json', JSON.stringify({ transform: {} }));
      write('readme.test.js', transformSync(tests, { module: { type: 'commonjs' } }).code);
      const jest = path.join(root, 'node_modules/jest/bin/jest.js');
      const { stderr } = spawnSync(process.execPath, [jest, 'readme'], { cwd: consumer, encoding: 'utf8' });
      expect(stripVTControlCharacters(stderr)).toContain('2 passed, 2 total');
    });

    // From @types/jest the package of expect cannot be found by this library; with @jest/globals it can.
    test.each([
      { compilers: COMPILERS, links: ['@types/jest'], types: ['jest'], names: TEST_NAMES },
      {
        compilers: COMPILERS.slice(0, 1),
        links: ['@jest/globals', 'expect', '@types/node'],
        types: ['node'],
        names: [...TEST_NAMES, WITH_JEST_GLOBALS],
      },
    ])(
      'is type-checked with strict and $links',
      ({ compilers, links, types, names }) => {
        links.forEach(link);
        write('shop.ts', `${imported(names)}\nimport '${load}';${TESTED}${UNTYPED}`);
        for (const { moduleResolution, ...options } of compilers) {
          const skipLibCheck = moduleResolution !== 'node16';
          const target = 'es2022';
          const compilerOptions = {
            ...options,
            moduleResolution,
            skipLibCheck,
            strict: true,
            noEmit: true,
            target,
            types,
          };
          write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['shop.ts'] }));
          expect(tscFor(moduleResolution)()).toBe('');
        }
      },
      60_000,
    );
  });

  describe('with vitest', () => {
    const load = path.posix.join(own.name, 'vitest');
    const names: [string, string][] = [['expect, test', 'vitest'], ...TEST_NAMES];
    const head = names.map(([what, module]) => `import { ${what} } from '${module}';`).join('\n');
    const packageOf = (type: string) => {
      const known = JSON.parse(fs.readFileSync(path.join(consumer, 'package.json'), 'utf8'));
      write('package.json', JSON.stringify({ ...known, type }));
    };

    beforeAll(() => {
      fs.symlinkSync(path.join(root, 'node_modules/vitest'), path.join(consumer, 'node_modules/vitest'));
    });
    afterEach(() => packageOf('commonjs'));

    test.each([
      { type: 'commonjs', file: 'shop.vitest.ts' },
      { type: 'module', file: 'shop.vitest.ts' },
      { type: 'commonjs', file: 'shop.vitest.mjs' },
    ])(
      'has the matchers: $type, $file',
      ({ type, file }) => {
        packageOf(type);
        const wrong = `test('wrong', () => {
          expect([app, INGRESS]).toRoute({ url: 'http://shop.example.com/' }).toBackend('cartservice');
        });`;
        write(file, `${head}\nimport '${load}';${TESTED}${wrong}`);
        write('vitest.config.mjs', `export default { test: { include: ['${file}'] } };`);
        const args = [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run'];
        const env = { ...process.env, CI: '' };
        const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: consumer, encoding: 'utf8', env });
        const text = stripVTControlCharacters(stdout + stderr);
        expect(text).toMatch(/Tests +1 failed \| 2 passed \(3\)/);
        expect(text).toContain('expect(manifests).toRoute(request).toBackend("cartservice")');
      },
      60_000,
    );

    test('passes the tests that docs/vitest.md shows', () => {
      const examples = examplesOf('vitest.md');
      expect(examples.length).toBeGreaterThan(0);
      examples.forEach((text, at) => {
        write(`page${at}.vitest.mjs`, text);
      });
      write('vitest.config.mjs', "export default { test: { include: ['page*.vitest.mjs'] } };");
      const args = [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run'];
      const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: consumer, encoding: 'utf8' });
      const tests = examples.join('').match(/^test\(/gm)?.length;
      expect(stripVTControlCharacters(stdout + stderr)).toMatch(new RegExp(`Tests +${tests} passed \\(${tests}\\)`));
    }, 60_000);

    test.each(COMPILERS.slice(0, 3))(
      'is type-checked with strict: $moduleResolution',
      (options) => {
        packageOf('module');
        write('shop.ts', `${head}\nimport '${load}';${TESTED}${UNTYPED}`);
        // The declarations of vitest are no business of this package.
        const strict = { skipLibCheck: true, strict: true, noEmit: true, target: 'es2022', types: [] };
        write('tsconfig.json', JSON.stringify({ compilerOptions: { ...options, ...strict }, files: ['shop.ts'] }));
        expect(tsc7()).toBe('');
      },
      60_000,
    );
  });

  test.each([
    { file: 'shop.node.cjs', load: (what: string, module: string) => `const { ${what} } = require('${module}');` },
    { file: 'shop.node.mjs', load: (what: string, module: string) => `import { ${what} } from '${module}';` },
  ])('has the assertions with node:test: $file', ({ file, load }) => {
    const given = 'assertAllowsConnection, assertDeniesConnection, assertDoesNotRoute, connectivityText';
    const modules: [string, string][] = [['test', 'node:test'], [given, `${own.name}/assert`], ...TEST_NAMES];
    write(
      file,
      `${modules.map(([what, module]) => load(what, module)).join('\n')}
      const app = new App();
      new OnlineBoutique(new Chart(app, 'shop'), 'shop');
      const question = { from: 'loadgenerator', to: 'frontend', port: 8080 };
      test('right', () => {
        assertAllowsConnection(app, question);
        assertDoesNotRoute(app, { url: 'http://shop.example.com/' });
        if (!connectivityText(app).includes('from everybody: all')) throw new Error('no text');
      });
      test('wrong', () => assertDeniesConnection(app, question));`,
    );
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const args = ['--test', '--test-reporter=tap', file];
    const { stdout } = spawnSync(process.execPath, args, { cwd: consumer, encoding: 'utf8', env });
    expect(stdout).toContain('# pass 1\n# fail 1\n');
    expect(stdout).toContain("code: 'ERR_ASSERTION'");
    expect(stdout).toContain('Expected: TCP 8080 is closed');
    expect(stdout).toContain(`${file}:`);
  });

  test('passes the tests that docs/assert.md shows with node:test', () => {
    const examples = examplesOf('assert.md');
    expect(examples.length).toBeGreaterThan(0);
    const files = examples.map((text, at) => {
      write(`page${at}.node.mjs`, text);
      return `page${at}.node.mjs`;
    });
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const args = ['--test', '--test-reporter=tap', ...files];
    const { stdout } = spawnSync(process.execPath, args, { cwd: consumer, encoding: 'utf8', env });
    const tests = examples.join('').match(/^test\(/gm)?.length;
    expect(stdout).toContain(`# pass ${tests}\n# fail 0\n`);
  });

  // The first comes with the library. The other is installed beside it, as npm would where it is asked for both at once.
  test.each(['cdk8s-plus-27', 'cdk8s-plus-34'])(
    'whose workloads and Services are of %s is set up without a warning, type-checked, and gets its YAML',
    (plus) => {
      if (!(plus in own.peerDependencies)) {
        const packages = [...QUICK, release(plus)];
        const installed = spawnSync('npm', ['install', ...packages], { cwd: consumer, encoding: 'utf8' });
        expect(installed).toMatchObject({ status: 0 });
        warnings += installed.stderr;
      }
      expect(warnings).toBe('');
      write('app.ts', PLUS.replace('PLUS', plus));
      const compilerOptions = { module: 'node16', strict: true, noEmit: true, target: 'es2022', types: [] };
      write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['app.ts'] }));
      expect(tsc7()).toBe('');
      const yaml = node('--require', path.join(root, 'scripts/typescript'), 'app.ts');
      expect(yaml.match(/^kind: .*$/gm)?.sort()).toEqual([
        'kind: CronJob',
        'kind: Ingress',
        'kind: Ingress',
        'kind: Namespace',
        ...Array(4).fill('kind: NetworkPolicy'),
        'kind: Service',
        'kind: Service',
        'kind: Service',
        'kind: StatefulSet',
      ]);
      expect(yaml).not.toMatch(/hostNetwork|externalIPs/);
    },
    300_000,
  );

  const examples = fs.readdirSync(path.join(root, 'examples'));

  test.each(examples)(
    'who takes examples/%s has an app whose tests prove what its manifests mean',
    (name) => {
      const at = path.join(folder, 'examples', name);
      fs.cpSync(path.join(root, 'examples', name), at, {
        recursive: true,
        filter: (from) => !/\/(node_modules|dist|build)$/.test(from),
      });
      run('npm', ['install', ...QUICK, archive], at);
      expect(stripVTControlCharacters(run('npm', ['test'], at))).toMatch(/Tests +\d+ passed/);
      run('npm', ['run', 'synth'], at);
      expect(fs.readdirSync(path.join(at, 'dist'))).not.toEqual([]);
    },
    600_000,
  );

  test.each(Object.keys(own.bin))('can start %s', (name) => {
    expect(run(path.join(consumer, 'node_modules/.bin', name), ['--help'])).toContain(name);
  });
});
