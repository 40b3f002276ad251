// Writes lib/: what the package is loaded from, and the declarations of what it exports.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type BuildResult, build, type Plugin } from 'esbuild';
import { commonJs, type Loading, WRITTEN } from './common-js';
import { licence, packagesOf } from './licences';
import { isActive } from './load-late';
import { withPacks } from './pack';

const ROOT = join(__dirname, '..');
const LIB = join(ROOT, 'lib');
const OWN = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** Where the compiler puts declarations (tsconfig.build.json), of which the package has those that its entry points lead to. */
const DECLARATIONS = join(ROOT, '.declarations');

/** What is loaded only by who has the runner. */
const RUNNERS = ['@jest/globals', 'expect', 'jest-snapshot', 'vitest'];

/**
 * What few manifests or questions need, and large: it is loaded when something of it is first used, though it is imported at the
 * top of a file. Nothing of it may be used by loading that.
 */
const LATE = new Set([
  'analysis/connectivity/read/calico/policy.ts',
  'analysis/connectivity/read/cilium/policy.ts',
  'analysis/connectivity/read/tiers/peers.ts',
  'analysis/connectivity/read/tiers/ports.ts',
  'analysis/delivery/flagger.ts',
  'analysis/delivery/rollout.ts',
  'analysis/routing/gateway-api/read.ts',
  'report/connections/explain.ts',
  'report/connections/matrix.ts',
  'report/connections/sentence.ts',
]);

/** Names of files in lib/, and the source that each is made of. */
type Entries = Record<string, string>;

async function main(): Promise<void> {
  const built = await library();
  clear();
  for (const [name, code] of await filesOf(built)) {
    writeFileSync(join(LIB, name), code);
  }
  const packages = packagesOf(Object.keys(built.metafile.inputs));
  writeFileSync(join(LIB, 'LICENSES.txt'), packages.map(licence).join(`\n${'-'.repeat(80)}\n\n`));
  for (const file of reached(entryPoints().map(({ types }) => relative('lib', types)))) {
    cpSync(join(DECLARATIONS, file), join(LIB, file));
  }
  // A folder of lib/ is a path too, by which cdk8s.yaml names the validation plugin: cdk8s does not ask for what is exported.
  for (const { types, default: main } of entryPoints()) {
    const [folder, name] = [join(ROOT, dirname(types)), relative('lib', main)];
    if (folder !== LIB) {
      writeFileSync(join(folder, 'index.js'), `module.exports = require('../${name}');\n`);
    }
  }
}

/** The files of lib/ by name, as they are written. */
export async function filesOf({ outputFiles, metafile }: Built): Promise<ReadonlyMap<string, string>> {
  const loading = loadingOf(outputFiles, metafile);
  const files = new Map<string, string>();
  for (const { path, text } of outputFiles) {
    files.set(basename(path), await commonJs(text, loading(basename(path))));
  }
  return withPacks(files, basename(OWN.exports['./analysis'].default));
}

/**
 * Parts of libraries alone are loaded late, and so are those of an entry point: an app gets what it asks for, with the parts that this
 * needs. That of the constructs is not, since they use what they share as soon as they are loaded. What does something by being
 * loaded never is.
 */
function loadingOf(files: Built['outputFiles'], { outputs }: Built['metafile']): (file: string) => Loading {
  const isPart = (path: string) => /^(\.\/)?part-/.test(path);
  const isLibrary = (file: string) =>
    Object.keys(outputs[`lib/${file}`]?.inputs ?? {}).every((source) => source.startsWith('node_modules/'));
  const active = new Set(files.filter(({ text }) => isActive(text)).map(({ path }) => basename(path)));
  const isQuiet = (file: string): boolean =>
    !active.has(file) &&
    (outputs[`lib/${file}`]?.imports ?? [])
      .filter(({ kind, path }) => kind === 'import-statement' && isPart(basename(path)))
      .every(({ path }) => isQuiet(basename(path)));
  const constructs = basename(OWN.main);
  const late = new Set([...LATE].map((source) => `./${nameOf(source)}.js`));
  const handing = new Set(entryPoints().map(({ default: main }) => basename(main)));
  return (file) => {
    const isLate = (path: string) =>
      late.has(path) ||
      (isPart(path) &&
        (isLibrary(basename(path)) || (file !== constructs && handing.has(file) && isQuiet(basename(path)))));
    return { isPart: isPart(file), isLate, isBound: (path) => isPart(path) && !isLate(path) };
  };
}

/** What is loaded from lib/: each file, and by `metafile` of which sources it is made. */
export async function library(): Promise<Built> {
  const sources = entryPoints().map(({ types }) => relative('lib', types).replace(/\.d\.ts$/, '.ts'));
  const entries = Object.fromEntries(['cli/bin.ts', ...sources].map((source) => [nameOf(source), source]));
  return bundled(entries, [...Object.keys(OWN.peerDependencies), ...RUNNERS]);
}

/** All files stand side by side, so that each finds all others, and none has the name of a folder of declarations. */
function nameOf(source: string): string {
  return source.replace(/\.ts$/, '').replaceAll('/', '-');
}

/** What package.json exports, but for itself. */
function entryPoints(): readonly { readonly types: string; readonly default: string }[] {
  return Object.values<string | { types: string; default: string }>(OWN.exports).filter(
    (target) => typeof target === 'object',
  );
}

/** All that was made before, but for the parts of pages. */
function clear(): void {
  mkdirSync(LIB, { recursive: true });
  for (const name of readdirSync(LIB)) {
    if (name !== 'page') {
      rmSync(join(LIB, name), { recursive: true });
    }
  }
}

/**
 * Entry points with all that they import, libraries too, and what several import once. A file that is loaded by `require` when it
 * is needed is an entry point of its own; such files may need others, so that it is done again until no more are found. It takes
 * long, so that the texts tell first which these will be: if they are right, it is done once.
 */
async function bundled(given: Entries, external: readonly string[]): Promise<Built> {
  const foreseen = { ...given, ...requiredBelow(Object.values(given)) };
  for (let entries = foreseen; ; ) {
    const found: Entries = {};
    const built = await build({
      ...WRITTEN,
      // They are found in any order, and the order decides what is written.
      entryPoints: Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1))),
      absWorkingDir: ROOT,
      // Paths are part of what is written: they are those below this folder, wherever the libraries are kept.
      preserveSymlinks: true,
      bundle: true,
      splitting: true,
      format: 'esm',
      keepNames: true,
      outdir: LIB,
      chunkNames: 'part-[hash]',
      external: [...external],
      plugins: [loadedLater(found)],
      tsconfigRaw: {},
      metafile: true,
      write: false,
    });
    const all = { ...given, ...found };
    if (isDeepStrictEqual(all, entries)) {
      return built;
    }
    // Whatever was not foreseen rightly is found from nothing but what is given.
    entries = entries === foreseen ? given : { ...entries, ...all };
  }
}

/** What files, and all that they import, load late, as far as their texts tell. */
function requiredBelow(sources: readonly string[]): Entries {
  const required: Entries = {};
  const all = new Set(sources);
  for (const source of all) {
    const text = readFileSync(join(ROOT, source), 'utf8');
    for (const [, call, name = ''] of text.matchAll(
      /(?:^(?:import|export)(?! type\b)[^;'"]*?\bfrom |^import |\b(require)\()['"](\.{1,2}\/[^'"]+)['"]/gm,
    )) {
      const base = join(dirname(source), name);
      const file = [`${base}.ts`, join(base, 'index.ts')].find((one) => existsSync(join(ROOT, one)));
      if (file !== undefined) {
        all.add(file);
        if (call !== undefined || LATE.has(file)) {
          required[nameOf(file)] = file;
        }
      }
    }
  }
  return required;
}

type Built = BuildResult<{ metafile: true; write: false }>;

/** Files do nothing by being loaded, so that what is not used is left out; those that are required are put into `found`. */
function loadedLater(found: Entries): Plugin {
  const plugin: Plugin = {
    name: 'loaded-later',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^\.{1,2}\// }, async ({ path, pluginData, ...rest }) => {
        if (pluginData === plugin || rest.importer.includes('node_modules')) {
          return undefined;
        }
        const file = await resolve(path, { ...rest, pluginData: plugin });
        const source = relative(ROOT, file.path);
        if (rest.kind === 'entry-point' || (rest.kind !== 'require-call' && !LATE.has(source))) {
          return { ...file, sideEffects: false };
        }
        const name = nameOf(source);
        found[name] = source;
        return { path: `./${name}.js`, external: true };
      });
    },
  };
  return plugin;
}

/** The declarations that some of them lead to, by their paths below the folder of all of them. */
function reached(files: readonly string[]): ReadonlySet<string> {
  const all = new Set(files);
  for (const file of all) {
    const text = readFileSync(join(DECLARATIONS, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]*)['"]/g)) {
      const base = join(dirname(file), name).replace(/\.js$/, '');
      const found = [`${base}.d.ts`, join(base, 'index.d.ts')].find((one) => existsSync(join(DECLARATIONS, one)));
      if (found === undefined) {
        throw new Error(`${file} imports ${name}, of which there is no declaration`);
      }
      all.add(found);
    }
  }
  return all;
}

if (require.main === module) {
  void main();
}
