import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ran, toolsOf } from './tools';

// The constructs for other languages, by jsii. What that takes is installed on demand, into a cache: it is nothing that those who
// work on the rest need.

const ROOT = path.join(__dirname, '..');
const TOOLS = path.join(ROOT, 'languages');

/** The languages that jsii is asked for. */
export type Language = 'python' | 'java' | 'go';
const LANGUAGES: readonly Language[] = ['python', 'java', 'go'];

/** What becomes part of the package as it is. */
const PARTS = ['constructs', 'imports', 'LICENSE', 'CHANGELOG.md', 'README.md'];

/** What the compiler of jsii checks, beside what jsii itself demands. */
const COMPILER_OPTIONS = {
  target: 'es2022',
  module: 'node16',
  moduleResolution: 'node16',
  lib: ['es2023'],
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  noEmitOnError: true,
  esModuleInterop: true,
  skipLibCheck: true,
  declaration: true,
  stripInternal: true,
};

const readJson = (file: string) => JSON.parse(fs.readFileSync(file, 'utf8'));

// jsii says of Node.js 20 that it is no longer maintained, which is no news to who still has it.
const QUIET = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' };

/** The package of the constructs alone, as jsii demands it. */
function manifest(modules: string): object {
  const own = readJson(path.join(ROOT, 'package.json'));
  const installed = (name: string): string => readJson(path.join(modules, name, 'package.json')).version;
  const peers = Object.keys(own.peerDependencies);
  return {
    name: own.name,
    version: own.version,
    description: own.description,
    license: own.license,
    keywords: own.keywords,
    author: { name: 'The authors of cdk8s-networking' },
    repository: { type: 'git', url: 'https://git.example.com/platform/cdk8s-networking.git' },
    main: 'index.js',
    types: 'index.d.ts',
    stability: 'experimental',
    // What other languages cannot fetch from npm travels inside.
    dependencies: { 'ip-address': installed('ip-address') },
    bundleDependencies: ['ip-address'],
    peerDependencies: own.peerDependencies,
    devDependencies: Object.fromEntries(peers.map((name) => [name, installed(name)])),
    jsii: {
      outdir: 'dist',
      tsconfig: 'tsconfig.json',
      validateTsconfig: 'minimal',
      targets: readJson(path.join(TOOLS, 'targets.json')),
    },
  };
}

/**
 * Writes the constructs for other languages into a folder: for Python a wheel in `python/`, which pip installs; for Java and Go
 * their sources in `java/` and `go/`, together with those of cdk8s and cdk8s-plus.
 *
 * @throws Error with what jsii says, when it refuses the constructs
 */
export function packageFor(languages: readonly Language[], folder: string): void {
  const stage = fs.mkdtempSync(path.join(os.tmpdir(), 'languages-'));
  try {
    const modules = toolsOf(TOOLS);
    for (const part of PARTS) {
      fs.cpSync(path.join(ROOT, part), path.join(stage, part), { recursive: true });
    }
    fs.symlinkSync(modules, path.join(stage, 'node_modules'));
    fs.writeFileSync(path.join(stage, 'index.ts'), "export * from './constructs';\n");
    fs.writeFileSync(path.join(stage, 'package.json'), JSON.stringify(manifest(modules), undefined, 2));
    fs.writeFileSync(
      path.join(stage, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ['**/*.ts'], exclude: ['node_modules'] }),
    );
    ran(process.execPath, [path.join(modules, 'jsii/bin/jsii')], stage, QUIET);
    for (const language of languages) {
      const out = path.join(folder, language);
      fs.rmSync(out, { recursive: true, force: true });
      const sources = language === 'python' ? [] : ['--code-only', '--recurse'];
      const args = ['--targets', language, '--outdir', folder, ...sources, stage];
      ran(process.execPath, [path.join(modules, 'jsii-pacmak/bin/jsii-pacmak'), ...args], stage, QUIET);
    }
  } finally {
    fs.rmSync(stage, { recursive: true, force: true });
  }
}

function main(): void {
  const given = process.argv.slice(2);
  const unknown = given.find((one) => !(LANGUAGES as readonly string[]).includes(one));
  if (given.length === 0 || unknown !== undefined) {
    throw new Error(`give one of ${LANGUAGES.join(', ')}${unknown === undefined ? '' : `, not "${unknown}"`}`);
  }
  const folder = path.join(ROOT, 'packages');
  packageFor(given as Language[], folder);
  for (const language of given) {
    process.stdout.write(`packages/${language}: ${fs.readdirSync(path.join(folder, language)).join(', ')}\n`);
  }
}

if (require.main === module) {
  try {
    main();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
