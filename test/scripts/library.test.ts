import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  createSourceFile,
  type ExportDeclaration,
  forEachChild,
  isBinaryExpression,
  isExportDeclaration,
  isIdentifier,
  isNamedExports,
  type Node,
  ScriptTarget,
  SyntaxKind,
} from 'typescript';
import { library } from '../../scripts/library';

// What lib/ is loaded by. `npm test` builds it first.

const ROOT = join(__dirname, '../..');

/** What code prints that runs beside lib/. */
function printed(code: string): unknown {
  return JSON.parse(execFileSync(process.execPath, ['-e', code], { cwd: join(ROOT, 'lib'), encoding: 'utf8' }));
}

const PARTS = `() => Object.keys(require.cache).filter((file) => /part-/.test(file)).length`;

// What esbuild needs of its own may be loaded.
test.each(['analysis', 'jest', 'vitest', 'assert'])('%s loads no part before it is asked for something', (name) => {
  expect(printed(`require('./${name}-index.js'); console.log((${PARTS})())`)).toBeLessThan(2);
});

test('of the analysis, what is asked for is loaded', () => {
  const [connectivity, all] = printed(
    `const parts = ${PARTS}; const analysis = require('./analysis-index.js'); analysis.Cluster; const some = parts();
     Object.values(analysis); console.log(JSON.stringify([some, parts()]))`,
  ) as [number, number];
  expect(connectivity).toBeGreaterThan(0);
  expect(all).toBeGreaterThan(connectivity);
});

test('the constructs come with who judges what they make', () => {
  const app = `const { NetworkingApp } = require('./index.js'); new NetworkingApp({ validate: true, outdir: '/tmp' });`;
  expect(printed(`${app} console.log('"judged"')`)).toBe('judged');
});

describe('variables may stand for imports, since', () => {
  let files: Awaited<ReturnType<typeof library>>;
  beforeAll(async () => {
    files = await library();
  });

  test('no two parts need each other', () => {
    const needs = new Map(
      Object.entries(files.metafile.outputs).map(([file, { imports }]) => [
        file,
        imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path),
      ]),
    );
    const above: string[] = [];
    const known = new Set<string>();
    const visit = (file: string): void => {
      expect(above).not.toContain(file);
      if (!known.has(file)) {
        known.add(file);
        above.push(file);
        needs.get(file)?.forEach(visit);
        above.pop();
      }
    };
    [...needs.keys()].forEach(visit);
    expect(known.size).toBeGreaterThan(20);
  });

  test('no export gets another value once its file is loaded', () => {
    let exported = 0;
    for (const { path, text } of files.outputFiles.filter(({ path }) => /part-/.test(path))) {
      const file = createSourceFile(path, text, ScriptTarget.Latest);
      const names = new Set(file.statements.filter(isExportDeclaration).flatMap(localNames));
      exported += names.size;
      expect([path, ...assigned(file).filter((name) => names.has(name))]).toEqual([path]);
    }
    expect(exported).toBeGreaterThan(300);
  });
});

function localNames({ exportClause }: ExportDeclaration): readonly string[] {
  return exportClause !== undefined && isNamedExports(exportClause)
    ? exportClause.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
    : [];
}

/** The variables that get a value somewhere below, but for that with which they are declared. */
function assigned(node: Node): readonly string[] {
  const found: string[] = [];
  const visit = (at: Node): void => {
    if (
      isBinaryExpression(at) &&
      isIdentifier(at.left) &&
      at.operatorToken.kind >= SyntaxKind.FirstAssignment &&
      at.operatorToken.kind <= SyntaxKind.LastAssignment
    ) {
      found.push(at.left.text);
    }
    forEachChild(at, visit);
  };
  visit(node);
  return found;
}
