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
    ['configuration.schema.json', schemaText(codes)],
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

/** The form of the configuration file, for editors. */
function schemaText(codes: readonly string[]): string {
  const object = (properties: object, rest: object = {}) => ({
    type: 'object',
    additionalProperties: false,
    properties,
    ...rest,
  });
  const setting = { enum: ['on', 'off', true, false, 'error', 'warning', 'info'] };
  const checks = object({
    failOn: {
      description: 'What makes the answer "no".',
      enum: ['error', 'warning', 'info', 'never'],
      default: 'error',
    },
    rules: {
      description: 'What single rules count for.',
      ...object(Object.fromEntries(codes.map((code) => [code, setting]))),
    },
    ignore: {
      description: 'What is not to be told.',
      type: 'array',
      items: object(
        { rule: { enum: codes }, object: { type: 'string' }, reason: { type: 'string' } },
        { required: ['rule'] },
      ),
    },
    alternatives: {
      description:
        'Files, and folders of files, each of which is applied in the place of others; from the folder of this file.',
      type: 'array',
      items: { type: 'string', minLength: 1 },
    },
  });
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'The configuration of cdk8s-networking',
    ...object({ checks }),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** The page that lists all rules; it is written from their words. */
export function rulesPage(
  rules: readonly { readonly code: string; readonly severity: string; readonly title: string }[],
): string {
  const rows = rules.map(({ code, severity, title }) => `| [${code}](${code}.md) | ${severity} | ${title} |\n`);
  return [
    '# The rules of check\n\n',
    '<!-- Written by `npm run rules`; do not edit. -->\n\n',
    'Each rule of [`check`](../commands/check.md), how sure its findings are, and what it looks for.\n\n',
    '| Rule | Severity | What it looks for |\n| --- | --- | --- |\n',
    ...rows,
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

function write(file: string, text: string): void {
  const at = path.join(ROOT, file);
  if (!fs.existsSync(at) || fs.readFileSync(at, 'utf8') !== text) {
    fs.writeFileSync(at, text);
    console.log(`wrote ${file}`);
  }
}

/** The rules with their titles. Loaded late: the registries have to be written before they can be read. */
export function titledRules(): Parameters<typeof rulesPage>[0] {
  const { RULES } = require('../analysis/check/registry') as typeof import('../analysis/check/registry');
  const { WORDS } = require('../report/check/registry') as typeof import('../report/check/registry');
  return RULES.map(({ code, severity, offByDefault }) => ({
    code,
    severity: offByDefault === true ? `${severity}, off by default` : severity,
    title: WORDS[code].title,
  }));
}

if (require.main === module) {
  for (const [file, text] of generated()) {
    write(file, text);
  }
  write('docs/checks/README.md', rulesPage(titledRules()));
}
