import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { commonJs, WRITTEN } from '../../scripts/common-js';
import { isActive } from '../../scripts/load-late';

// A small package, built as lib/ is: `shapes` is a library written as CommonJS, `colours` one of ES modules that three files share.

const SOURCES = {
  'node_modules/shapes/index.js': `
    loaded.push('shapes');
    class Shape { constructor(name) { this.name = name; } }
    module.exports = { Shape, all: ['circle', 'square'], options: { round: true }, nested: { Shape }, count: () => 2 };
    module.exports.default = module.exports;`,
  'node_modules/patch/index.js': `loaded.push('patch'); globalThis.patched = true; module.exports = {};`,
  'node_modules/colours/index.js': `loaded.push('colours'); export class Colour {}; export const red = 'red';`,
  'node_modules/colours/package.json': '{ "type": "module", "sideEffects": false }',
  'shared.ts': `
    export const table = new Map([['a', 1]]);
    export function long(text) { return text.length > 3; }
    export class Base { named() { return 'base'; } }
    export const spread = [1, 2];`,
  'first.ts': `
    import * as shapes from 'shapes';
    import 'patch';
    import { Colour, red } from 'colours';
    import { Base, long as isLong, spread, table } from './shared';
    export class Named extends Base { named() { return super.named() + '!'; } }
    export const nothing = () => 'nothing';
    export const made = () => new shapes.Shape('made');
    export const madeOfNested = () => new shapes.nested.Shape('made').name;
    export const isShape = (value) => value instanceof shapes.Shape;
    export const all = () => [...shapes.all, ...spread];
    export const options = () => ({ ...shapes.options, count: shapes.count() });
    export const Square = () => class Square extends shapes.Shape {};
    export const colour = () => [new Colour() instanceof Colour, red];
    export const table1 = () => table.get('a');
    export const text = (shapes) => shapes.all;
    export default isLong;`,
  'second.ts': `
    import { Colour } from 'colours';
    import { long, spread, table } from './shared';
    export const other = () => [long('long'), spread.length, table.size, new Colour() instanceof Colour];`,
  'third.ts': `import { Colour } from 'colours'; export const third = () => new Colour();`,
  'fourth.ts': `export const fourth = () => class Fourth {};`,
};

let folder: string;
let lib: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'common-js-'));
  lib = join(folder, 'lib');
  for (const [name, text] of Object.entries(SOURCES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const { outputFiles, metafile } = await build({
    ...WRITTEN,
    absWorkingDir: folder,
    entryPoints: ['first.ts', 'second.ts', 'third.ts', 'fourth.ts'],
    bundle: true,
    splitting: true,
    format: 'esm',
    keepNames: true,
    outdir: lib,
    chunkNames: 'part-[hash]',
    metafile: true,
    write: false,
  });
  mkdirSync(lib);
  // The second file loads late what the first is bound to.
  const isLate = (file: string) => (path: string) =>
    file === 'second.js' ||
    Object.keys(metafile.outputs[`lib/${basename(path)}`]?.inputs ?? {}).some((source) => source.includes('colours'));
  for (const { path, text } of outputFiles) {
    const isPart = (name: string) => basename(name).startsWith('part-');
    const late = isLate(basename(path));
    const loading = { isPart: isPart(path), isLate: late, isBound: (name: string) => isPart(name) && !late(name) };
    writeFileSync(path, await commonJs(text, loading));
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What an expression gives in a process of its own, and what was loaded by then. */
function asked(expression: string, flags: readonly string[] = []): unknown {
  const code = `globalThis.loaded = []; ${expression}`;
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '-e', code], { cwd: lib, encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const first = (expression: string) =>
  asked(`const first = require('./first.js'); console.log(JSON.stringify([${expression}, loaded]));`);

test('a library is loaded when something of it is first used, and what is imported for what it does at once', () => {
  expect(first('first.nothing()')).toEqual(['nothing', ['patch']]);
  expect(first('globalThis.patched')).toEqual([true, ['patch']]);
  expect(first('first.made().name')).toEqual(['made', ['patch', 'shapes']]);
  expect(first('[first.made().name, first.made().name]')).toEqual([
    ['made', 'made'],
    ['patch', 'shapes'],
  ]);
});

test('a variable of the name of a library is another one', () => {
  expect(first('first.text({ all: 7 })')).toEqual([7, ['patch']]);
});

test.each([
  ['first.isShape(first.made())', true],
  ['first.isShape({})', false],
  ['first.madeOfNested()', 'made'],
  ['first.all()', ['circle', 'square', 1, 2]],
  ['first.options()', { round: true, count: 2 }],
  ['new (first.Square())("four") instanceof first.made().constructor', true],
  ['first.Square().name', 'Square'],
])('%s is what it was before', (expression, expected) => {
  expect(first(expression)).toEqual([expected, ['patch', 'shapes']]);
});

test('a library of ES modules in a file of its own is loaded late too', () => {
  expect(first('first.colour()')).toEqual([
    [true, 'red'],
    ['patch', 'colours'],
  ]);
});

test('a class of one file extends one of another, and a default is exported', () => {
  expect(first('[new first.Named().named(), first.Named.name, first.default("long"), first.table1()]')).toEqual([
    ['base!', 'Named', true, 1],
    ['patch'],
  ]);
});

test('a file that hands on what parts export loads none of them before one is asked for', () => {
  const parts = '() => Object.keys(require.cache).filter((name) => /part-/.test(name)).length';
  expect(
    asked(`const parts = ${parts}; const second = require('./second.js'); const before = parts();
      const other = second.other(); console.log(JSON.stringify([before, parts() > 0, other]));`),
  ).toEqual([0, true, [true, 2, 1, true]]);
});

test('an ES module imports all of it by name', () => {
  const code = `globalThis.loaded = [];
    const { default: all, made, Named } = await import('./first.js');
    const named = Object.keys(await import('./first.js')).sort();
    console.log(JSON.stringify([typeof all.default, made().name, new Named().named(), named]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: lib,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const names = 'Named Square all colour default isShape made madeOfNested module.exports nothing options table1 text';
  expect(JSON.parse(stdout)).toEqual([
    'function',
    'made',
    'base!',
    names.split(' ').filter((name) => name !== 'module.exports' || JSON.parse(stdout)[3].includes(name)),
  ]);
});

test('a call among the statements of a file is told, as such a file must not be loaded late', () => {
  expect(isActive('provide(() => 7);\n')).toBe(true);
  expect(isActive('var all = new Map();\njudges.push(\n  7\n);\n')).toBe(true);
  expect(isActive('var all = made();\nfunction made() {\n  provide(7);\n}\n__name(made, "made");\n')).toBe(false);
});
