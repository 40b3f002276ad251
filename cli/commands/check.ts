import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Silencer } from '../../analysis/check/silence';
import type { InputDegree } from '../../analysis/manifest';
import { collect, formatOption, inputOption, namespaceOption } from '../options';
import type { Session } from '../run';

export interface CheckOptions {
  readonly namespace?: string;
  readonly input: InputDegree;
  readonly format: string;
  readonly failOn?: 'error' | 'warning' | 'info' | 'never';
  readonly rule?: readonly RuleOption[];
  readonly ignore?: readonly Silencer[];
  readonly alternative?: readonly string[];
  readonly config?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
}

/** A rule and what it counts for. */
export interface RuleOption {
  readonly code: string;
  readonly setting: string;
}

/** Adds the command that says what is wrong with manifests. */
export function addCheck(program: Command, session: Session): void {
  program
    .command('check')
    .summary('what is wrong with these manifests')
    .description('Says what is wrong with manifests, and what to do about it.')
    .argument('<path...>', 'files and folders of manifests; - is standard input')
    .addOption(formatOption(['text', 'json', 'sarif', 'github', 'gitlab', 'junit']))
    .addOption(
      new Option(
        '--fail-on <severity>',
        'end with status 1 where a finding is as grave as this (default: error)',
      ).choices(['error', 'warning', 'info', 'never']),
    )
    .option(
      '--rule <rule=setting>',
      'what a rule counts for: on, off, error, warning or info; again for more',
      collect(parseRule),
    )
    .option(
      '--ignore <rule[=object]>',
      'leave out findings of a rule, everywhere or of one object; again for more',
      collect(parseIgnore),
    )
    .option(
      '--alternative <path>',
      'a file, or a folder of files, each of which is applied in the place of others; again for more',
      collect(parsePath),
    )
    .option('--config <file>', 'the configuration (default: cdk8s-networking.yaml, if there is one)')
    .option('--baseline <file>', 'leave out the findings that this file knows')
    .option('--write-baseline <file>', 'write the findings to a file for --baseline, and end with status 0')
    .option('--fix', 'mend what can be mended without looking')
    .addOption(new Option('--fix-dry-run', 'print what --fix would change').conflicts('fix'))
    .addOption(namespaceOption())
    .addOption(inputOption('strict'))
    .action(async (paths: string[], options: CheckOptions) => {
      const { runCheck } = require('./check-run') as typeof import('./check-run.js');
      session.end(await runCheck(paths, options, session));
    });
}

function parseRule(text: string): RuleOption {
  const [, code, setting] = /^([a-z0-9-]+)=(on|off|error|warning|info)$/.exec(text) ?? [];
  if (code === undefined || setting === undefined) {
    throw new InvalidArgumentError('Give a rule and what it counts for, e.g. dns-closed=off.');
  }
  return { code, setting };
}

function parsePath(text: string): string {
  if (text === '') {
    throw new InvalidArgumentError('Give a file or a folder.');
  }
  return text;
}

function parseIgnore(text: string): Silencer {
  const [, rule, object] = /^([a-z0-9-]+)(?:=(.+))?$/.exec(text) ?? [];
  if (rule === undefined) {
    throw new InvalidArgumentError('Give a rule, or a rule and an object, e.g. "dns-closed=NetworkPolicy shop/web".');
  }
  return { rule, object, source: { file: '--ignore', line: 0, column: 0 } };
}
