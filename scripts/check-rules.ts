// Writes what follows from the files of the rules of `check`: the registries, and the schema of the configuration.
// A rule is a file in analysis/check/rules/, its words are a file of the same name in report/check/words/.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ROOT } from './doc-pages';

const RULES = 'analysis/check/rules';
const HEAD = '// Written by `npm run rules`; do not edit.\n';

/** The codes of all rules, by their files. */
export function ruleCodes(): readonly string[] {
  return fs
    .readdirSync(path.join(ROOT, RULES))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** What the generated files hold, by their paths. */
export function generated(): ReadonlyMap<string, string> {
  const codes = ruleCodes();
  return new Map([
    ['analysis/check/finding-args.ts', typesText(codes)],
    ['analysis/check/registry.ts', rulesText(codes)],
    ['report/check/registry.ts', wordsText(codes)],
  ]);
}

function typesText(codes: readonly string[]): string {
  return [
    HEAD,
    ...codes.map((code) => `import type { ${pascal(code)} } from './rules/${code}';\n`),
    '\nexport type {\n',
    ...codes.map((code) => `  ${pascal(code)},\n`),
    '};\n\n/** What the findings of each rule hold. */\nexport interface FindingArgs {\n',
    ...codes.map((code) => `  readonly ${key(code)}: ${pascal(code)};\n`),
    '}\n\n/** The code of a rule. */\nexport type RuleCode = keyof FindingArgs;\n',
  ].join('');
}

function rulesText(codes: readonly string[]): string {
  return [
    HEAD,
    "import type { FindingArgs, RuleCode } from './finding-args';\n",
    "import type { Rule } from './rule';\n",
    ...codes.map((code) => `import { rule as ${camel(code)} } from './rules/${code}';\n`),
    '\nconst BY_CODE: { readonly [Code in RuleCode]: Rule<Code, FindingArgs[Code]> } = {\n',
    ...codes.map((code) => `  ${key(code)}: ${camel(code)},\n`),
    '};\n\n/** All rules, by their codes. */\n',
    'export const RULES: readonly Rule<RuleCode>[] = Object.values(BY_CODE);\n',
  ].join('');
}

function wordsText(codes: readonly string[]): string {
  return [
    HEAD,
    "import type { FindingArgs, RuleCode } from '../../analysis/check/finding-args';\n",
    "import type { Words } from './wording';\n",
    ...codes.map((code) => `import { words as ${camel(code)} } from './words/${code}';\n`),
    '\n/** The words of all rules, by their codes. */\n',
    'export const WORDS: { readonly [Code in RuleCode]: Words<FindingArgs[Code]> } = {\n',
    ...codes.map((code) => `  ${key(code)}: ${camel(code)},\n`),
    '};\n',
  ].join('');
}

function key(code: string): string {
  return /^[a-z]+$/.test(code) ? code : `'${code}'`;
}

function pascal(code: string): string {
  return code[0]?.toUpperCase() + camel(code).slice(1);
}

function camel(code: string): string {
  return code.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

if (require.main === module) {
  for (const [file, text] of generated()) {
    const at = path.join(ROOT, file);
    if (!fs.existsSync(at) || fs.readFileSync(at, 'utf8') !== text) {
      fs.writeFileSync(at, text);
      console.log(`wrote ${file}`);
    }
  }
}
