import { PACKS, withPacks } from '../../scripts/pack';

/** What a file exports, of files that are loaded as Node.js does. */
function loaded(files: ReadonlyMap<string, string>, name: string, run: string[] = []): unknown {
  const known = new Map<string, { exports: unknown }>();
  const required = (id: string): unknown => {
    const file = id.replace('./', '');
    let module = known.get(file);
    if (module === undefined) {
      module = { exports: {} };
      known.set(file, module);
      new Function('module', 'exports', 'require', 'run', files.get(file) ?? '')(module, module.exports, required, run);
    }
    return module.exports;
  };
  return required(`./${name}`);
}

const part = (name: string, code: string) => `run.push("${name}");${code}\n`;
const LONG = `/*${'x'.repeat(10_000)}*/`;
const FILES = new Map([
  ['part-A.js', part('A', 'const{one}=require("./part-B.js");module.exports={two:one+1};')],
  ['part-B.js', part('B', 'module.exports={one:1};')],
  ['part-C.js', part('C', 'module.exports={never:0};')],
  ['part-L.js', part('L', `${LONG}const{two}=require("./part-A.js");module.exports={three:two+1};`)],
  ['browser.js', 'module.exports=require("./part-B.js").one;'],
  ['index.js', part('index', 'module.exports=require("./part-L.js").three+require("./part-B.js").one;')],
]);

test('small parts become files of several, of which each is run once, when it is required', () => {
  const packed = withPacks(FILES, 'browser.js');
  expect([...packed.keys()].sort()).toEqual(['browser.js', 'index.js', 'part-L.js', ...PACKS].sort());
  const run: string[] = [];
  expect(loaded(packed, 'index.js', run)).toBe(loaded(FILES, 'index.js'));
  expect(run).toEqual(['index', 'L', 'A', 'B']);
});

test('what browsers load comes without what it does not need', () => {
  const packed = withPacks(FILES, 'browser.js');
  expect(loaded(packed, 'browser.js')).toBe(1);
  expect(packed.get(PACKS[0])).toContain('one:1');
  expect(packed.get(PACKS[0])).not.toMatch(/two:|never:/);
});

test('what is no part stays a file of its own, however small', () => {
  const packed = withPacks(new Map([['cli.js', 'module.exports=1;']]), 'cli.js');
  expect(packed.get('cli.js')).toBe('module.exports=1;');
});
