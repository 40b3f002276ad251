import {
  createSourceFile,
  forEachChild,
  isElementAccessExpression,
  isExportDeclaration,
  isIdentifier,
  isPropertyAccessExpression,
  type Node,
  ScriptTarget,
} from 'typescript';
import { cycles, type SourceFile, sourceFile, sources } from './helpers/imports';

/** Who may import what: the folders below a floor, and the packages. What is not named here may not be imported. */
interface Floor {
  readonly files: readonly string[];
  readonly packages: readonly (string | RegExp)[];
}

const CDK8S = ['cdk8s', 'cdk8s-plus-27', 'constructs'];
const NODE = /^node:/;

const HOUSE = new Map<string, Floor>([
  // The package: what apps import by its name.
  ['index.ts', { files: ['constructs', 'validation'], packages: [] }],
  ['main.ts', { files: ['charts', 'constructs'], packages: CDK8S }],
  ['charts', { files: ['charts', 'constructs'], packages: CDK8S }],
  [
    'constructs',
    { files: ['constructs', 'imports'], packages: [...CDK8S, 'ip-address', 'node:fs', 'node:path', 'node:util'] },
  ],
  ['imports', { files: [], packages: CDK8S }],
  ['analysis/manifest', { files: ['analysis/manifest'], packages: ['js-yaml'] }],
  ['analysis/delivery', { files: ['analysis/manifest', 'analysis/delivery'], packages: [] }],
  [
    'analysis/connectivity',
    {
      files: ['analysis/manifest', 'analysis/delivery', 'analysis/connectivity', 'analysis/routing'],
      packages: ['ip-address'],
    },
  ],
  [
    'analysis/routing',
    { files: ['analysis/manifest', 'analysis/delivery', 'analysis/connectivity', 'analysis/routing'], packages: [] },
  ],
  // What asks the engines, and is asked by neither.
  ...['check', 'diff', 'migrate'].map((name): [string, Floor] => [
    `analysis/${name}`,
    { files: ['analysis'], packages: name === 'check' ? ['js-yaml'] : [] },
  ]),
  ['analysis/index.ts', { files: ['analysis'], packages: [] }],
  ['input', { files: ['input', 'analysis/manifest', 'analysis/check/settings.ts'], packages: ['js-yaml', NODE] }],
  ['report', { files: ['report', 'analysis'], packages: ['diff', 'js-yaml'] }],
  // What runs in browsers.
  ['page', { files: ['page', 'report', 'analysis'], packages: [] }],
  // What grades tasks of lessons are the matchers.
  ['site', { files: ['site', 'page', 'jest', 'report', 'analysis'], packages: [/^@codemirror\//] }],
  [
    'cli',
    {
      // The checks of single values know nothing of cdk8s; names and hosts are refused in the same words everywhere.
      files: ['cli', 'input', 'report', 'analysis', 'constructs/values.ts'],
      packages: ['commander', 'js-yaml', 'picocolors', '@peculiar/x509', 'reflect-metadata', NODE],
    },
  ],
  [
    'jest',
    { files: ['jest', 'input', 'report', 'analysis'], packages: ['constructs', 'expect', '@jest/globals', NODE] },
  ],
  // Thin adapters of the core in jest/.
  ['vitest', { files: ['vitest', 'jest'], packages: ['vitest'] }],
  ['assert', { files: ['assert', 'jest'], packages: ['node:assert'] }],
  ['action', { files: ['action', 'input', 'report', 'analysis'], packages: [NODE] }],
  // It calls down to the seam that apps have for whoever judges them.
  ['validation', { files: ['validation', 'report', 'input', 'analysis', 'constructs/judge.ts'], packages: [NODE] }],
]);

const FOLDERS = [
  ...new Set(
    [...HOUSE.keys()].flatMap((floor) =>
      floor.endsWith('.ts') && !floor.includes('/') ? [] : (floor.split('/')[0] ?? []),
    ),
  ),
];
const house = [sourceFile('main.ts'), sourceFile('index.ts'), ...sources(FOLDERS)];
const workshop = sources(['scripts', 'bench']);

const within = (file: string, folders: readonly string[]) =>
  folders.some((folder) => file === folder || file.startsWith(`${folder}/`));

/** The innermost floor that a file stands on. */
function floorOf(file: string): Floor | undefined {
  const name = [...HOUSE.keys()].filter((floor) => within(file, [floor])).sort((a, b) => b.length - a.length)[0];
  return name === undefined ? undefined : HOUSE.get(name);
}

/** The imports of a file that its floor does not allow. */
function climbs({ file, files, packages }: Pick<SourceFile, 'file' | 'files' | 'packages'>): readonly string[] {
  const floor = floorOf(file);
  if (floor === undefined) {
    return [`${file} stands on no floor; give it one in test/architecture.test.ts`];
  }
  const known = (name: string) =>
    floor.packages.some((allowed) => (typeof allowed === 'string' ? allowed === name : allowed.test(name)));
  const forbidden = [...files.filter((to) => !within(to, floor.files)), ...packages.filter((name) => !known(name))];
  return forbidden.map((to) => `${file} imports ${to}`);
}

describe('an import never goes up a floor', () => {
  test.each(FOLDERS.filter((folder) => house.some(({ file }) => within(file, [folder]))))('in %s/', (folder) => {
    expect(house.filter(({ file }) => within(file, [folder])).flatMap(climbs)).toEqual([]);
  });

  test.each(['main.ts', 'index.ts'])('in %s', (name) => {
    expect(house.filter(({ file }) => file === name).flatMap(climbs)).toEqual([]);
  });

  test.each([
    ['constructs/tls.ts', ['analysis/index.ts'], []],
    ['constructs/tls.ts', ['charts/shop.ts'], []],
    ['analysis/routing/pattern.ts', ['constructs/values.ts'], []],
    ['analysis/routing/pattern.ts', [], ['node:fs']],
    ['analysis/routing/pattern.ts', [], ['cdk8s']],
    ['analysis/manifest/read.ts', ['analysis/routing/index.ts'], []],
    ['analysis/connectivity/cluster.ts', ['analysis/diff/index.ts'], []],
    ['report/csv.ts', ['cli/io.ts'], []],
    ['page/engine.ts', ['input/files.ts'], []],
    ['report/page/pack.ts', ['page/engine.ts'], []],
    ['page/engine.ts', ['site/engine.ts'], []],
    ['analysis/manifest/read.ts', ['site/playground.ts'], []],
    ['site/playground.ts', ['input/files.ts'], []],
    ['site/playground.ts', [], ['node:fs']],
    ['cli/run.ts', ['constructs/index.ts'], []],
    ['jest/index.ts', ['constructs/index.ts'], []],
    ['jest/expect.ts', ['vitest/expect.ts'], []],
    ['vitest/expect.ts', ['analysis/check/index.ts'], []],
    ['assert/routes.ts', [], ['vitest']],
    ['charts/shop.ts', ['analysis/index.ts'], []],
    ['other/file.ts', [], []],
  ])('and this test sees it: %s, which imports %j %j', (file, files, packages) => {
    expect(climbs({ file, files, packages })).toHaveLength(1);
  });
});

test('nothing that ships reads tests, scripts or benchmarks, and no script reads tests', () => {
  const guilty = house.filter(({ files }) => files.some((to) => within(to, ['test', 'scripts', 'bench'])));
  expect(guilty.map(({ file }) => file)).toEqual([]);
  expect(
    workshop.filter(({ file, files }) => within(file, ['scripts']) && files.some((to) => within(to, ['test']))),
  ).toEqual([]);
});

describe('no file is loaded by a file that it loads', () => {
  test('in the house', () => {
    expect(cycles(new Map([...house, ...workshop].map(({ file, loads }) => [file, loads])))).toEqual([]);
  });

  test('and this test sees it', () => {
    const files = new Map([
      ['a', ['b', 'c']],
      ['b', ['c', 'd']],
      ['c', []],
      ['d', ['b']],
      ['e', ['e']],
    ]);
    expect(cycles(files)).toEqual(['b → d → b', 'e → e']);
  });
});

/** Names of the surroundings that a file uses. */
function used(text: string, names: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    const whole = isPropertyAccessExpression(node) || isElementAccessExpression(node);
    if (whole && isIdentifier(node.expression)) {
      const { text: of } = node.expression;
      const member = isPropertyAccessExpression(node) ? `${of}.${node.name.text}` : of;
      found.push(...[of, member].filter((name) => names.has(name)));
    }
    forEachChild(node, visit);
  };
  visit(createSourceFile('file.ts', text, ScriptTarget.ES2022, true));
  return found;
}

describe('the analysis is pure', () => {
  const SURROUNDINGS = new Set(['process', 'console', 'globalThis', 'Date.now', 'Math.random', 'performance']);
  const analysis = house.filter(({ file }) => within(file, ['analysis']));

  test('it asks neither process nor console, clock nor dice', () => {
    const guilty = analysis.flatMap(({ file, text }) => used(text, SURROUNDINGS).map((name) => `${file}: ${name}`));
    expect(analysis.length).toBeGreaterThan(100);
    expect(guilty).toEqual([]);
  });

  test('and this test sees it', () => {
    const text =
      '// process.exit\nconst word = "console.log";\nprocess.exit();\na.console.log(Math.random(), Math.max());';
    expect(used(text, SURROUNDINGS)).toEqual(['process', 'Math.random']);
  });
});

test('what constructs, charts and reports write depends on neither clock nor dice', () => {
  const chance = new Set(['Date.now', 'Math.random', 'performance']);
  const written = house.filter(({ file }) => within(file, ['constructs', 'charts', 'report', 'main.ts']));
  expect(written.flatMap(({ file, text }) => used(text, chance).map((name) => `${file}: ${name}`))).toEqual([]);
});

test('an index.ts re-exports and does nothing else', () => {
  // Importing the matchers is what adds them to the runner.
  const adding = ['jest/index.ts', 'vitest/index.ts'];
  const index = house.filter(({ file }) => /(^|\/)index\.ts$/.test(file) && !adding.includes(file));
  const guilty = index.filter(({ file, text }) => {
    const { statements } = createSourceFile(file, text, ScriptTarget.ES2022);
    return !statements.every((statement) => isExportDeclaration(statement) && statement.moduleSpecifier !== undefined);
  });
  expect(index.length).toBeGreaterThan(10);
  expect(guilty.map(({ file }) => file)).toEqual([]);
});

test('no file has 400 lines or more', () => {
  // Nobody reads what a script has written.
  const own = [...house, ...workshop].filter(
    ({ file, text }) => !within(file, ['imports']) && !text.startsWith('// Written by scripts/'),
  );
  const long = own.filter(({ text }) => text.split('\n').length > 400);
  expect(long.map(({ file }) => file)).toEqual([]);
});

test('tests take their random worlds from one place, which says whether each run has new ones', () => {
  const tests = sources(['test']).filter(({ file }) => file !== 'test/helpers/random.ts');
  expect(tests.filter(({ packages }) => packages.includes('fast-check')).map(({ file }) => file)).toEqual([]);
});
