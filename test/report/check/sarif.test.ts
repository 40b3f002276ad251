import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as ts from 'typescript';
import { checkSarif } from '../../../report/check/sarif';
import { worded } from '../../../report/check/worded';
import { ROOT } from '../../../scripts/doc-pages';
import { FIXTURES, findingsOf, fixturesOf } from '../../analysis/check/fixtures';

/** What the types of SARIF 2.1.0 have against each of some texts. */
function problemsOf(logs: readonly string[]): readonly (readonly string[])[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sarif-'));
  const files = logs.map((json, at) => {
    const file = path.join(folder, `log-${at}.ts`);
    fs.writeFileSync(file, `import type { Log } from 'sarif';\nexport const log: Log = ${json};\n`);
    return file;
  });
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    lib: ['lib.es5.d.ts'],
    types: [],
    paths: { sarif: [path.join(ROOT, 'node_modules/@types/sarif')] },
  });
  const problems = files.map((file) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  );
  fs.rmSync(folder, { recursive: true });
  return problems;
}

const findings = fs
  .readdirSync(FIXTURES)
  .flatMap((code) => fixturesOf(code).flatMap(({ text }) => findingsOf(code, text)))
  .map(worded);
const answer = { findings, silenced: 0, objects: 1, version: '1.2.3', warnings: [] };

const MISTAKES: readonly (readonly [string, string | RegExp, string])[] = [
  ['a level that there is not', '"level": "error"', '"level": "fatal"'],
  ['a field that there is not', '"ruleIndex"', '"ruleNumber"'],
  ['a line that is a text', /"startLine": (\d+)/, '"startLine": "$1"'],
];

const json = checkSarif(answer);
const few = checkSarif({ ...answer, findings: findings.slice(0, 5) });
let problems: readonly (readonly string[])[];
beforeAll(() => {
  problems = problemsOf([json, ...MISTAKES.map(([, right, wrong]) => few.replace(right, wrong))]);
});

test('findings of every rule are a log of SARIF 2.1.0', () => {
  expect(problems[0]).toEqual([]);
  const [run] = JSON.parse(json).runs;
  expect(new Set(run.results.map(({ ruleId }: { readonly ruleId: string }) => ruleId)).size).toBe(
    fs.readdirSync(FIXTURES).length,
  );
});

test.each(MISTAKES.map(([what], at) => [what, at] as const))('%s is no log of SARIF', (_, at) => {
  expect(problems[at + 1]).toHaveLength(1);
});
