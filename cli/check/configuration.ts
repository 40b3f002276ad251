import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { RuleCode, RuleSetting, Severity, Silencer } from '../../analysis/check';
import { RULES } from '../../analysis/check/registry';
import { SEVERITIES } from '../../analysis/check/rule';
import { isMapping, shown } from '../../analysis/manifest/value';
import { readText } from '../input';
import type { Io } from '../io';
import { Refusal } from '../refusal';
import type { CheckSettings } from './settings';

/** The file that is read where it stands in the folder from which the program starts. */
export const CONFIGURATION_FILE = 'cdk8s-networking.yaml';

const NOTHING: CheckSettings = { rules: new Map(), ignore: [], failOn: undefined };

/**
 * Reads the section `checks` of a configuration file.
 *
 * @param path the file; where it is left out, `cdk8s-networking.yaml` of the folder, if there is one
 * @throws Refusal for everything that is wrong in it
 */
export async function readConfiguration(
  path: string | undefined,
  io: Pick<Io, 'stdin' | 'cwd'>,
): Promise<CheckSettings> {
  const file = path ?? CONFIGURATION_FILE;
  if (path === undefined && !existsSync(join(io.cwd, file))) {
    return NOTHING;
  }
  return new Reader(file).read(parsed(await readText(file, io), file));
}

function parsed(text: string, file: string): unknown {
  try {
    return load(text);
  } catch (error) {
    throw new Refusal([`${file}: ${(error as Error).message.split('\n')[0]}`]);
  }
}

class Reader {
  private readonly mistakes: string[] = [];

  constructor(private readonly file: string) {}

  read(value: unknown): CheckSettings {
    const checks = this.mapping(this.mapping(value, 'the file', ['checks']).checks, 'checks', [
      'rules',
      'ignore',
      'failOn',
    ]);
    const settings = {
      rules: this.rules(checks.rules),
      ignore: this.ignore(checks.ignore),
      failOn: this.oneOf(checks.failOn, 'checks.failOn', [...SEVERITIES, 'never']) as Severity | 'never' | undefined,
    };
    if (this.mistakes.length > 0) {
      throw new Refusal(this.mistakes);
    }
    return settings;
  }

  private rules(value: unknown): ReadonlyMap<RuleCode, RuleSetting> {
    const codes = RULES.map(({ code }) => code);
    const rules = new Map<RuleCode, RuleSetting>();
    for (const [code, setting] of Object.entries(this.mapping(value, 'checks.rules', codes))) {
      const read = this.oneOf(setting, `checks.rules.${code}`, ['on', 'off', ...SEVERITIES]);
      if (read !== undefined) {
        rules.set(code as RuleCode, read as RuleSetting);
      }
    }
    return rules;
  }

  private ignore(value: unknown): readonly Silencer[] {
    if (value !== undefined && value !== null && !Array.isArray(value)) {
      this.wrong('checks.ignore', value, 'give a list of rules with object and reason');
      return [];
    }
    return ((value ?? []) as unknown[]).map((item, at) => {
      const place = `checks.ignore[${at}]`;
      const { rule, object, reason } = this.mapping(item, place, ['rule', 'object', 'reason']);
      const code = this.oneOf(
        rule,
        `${place}.rule`,
        RULES.map((known) => known.code),
      );
      if (rule === undefined) {
        this.wrong(`${place}.rule`, rule, 'give the code of a rule');
      }
      for (const [name, text] of Object.entries({ object, reason })) {
        if (text !== undefined && typeof text !== 'string') {
          this.wrong(`${place}.${name}`, text, 'give a text');
        }
      }
      return {
        rule: code ?? '',
        object: object as string | undefined,
        source: { file: this.file, line: 0, column: 0 },
        isShared: true,
      };
    });
  }

  /** YAML reads `on` and `off` as truths where nobody quotes them. */
  private oneOf(value: unknown, place: string, choices: readonly string[]): string | undefined {
    const text = value === true ? 'on' : value === false ? 'off' : value;
    if (text !== undefined && !choices.includes(text as string)) {
      const some = choices.length > 8 ? 'the code of a rule' : choices.join(', ');
      this.wrong(place, value, `use ${some}`);
      return undefined;
    }
    return text as string | undefined;
  }

  private mapping(value: unknown, place: string, known: readonly string[]): Readonly<Record<string, unknown>> {
    if (value === undefined || value === null) {
      return {};
    }
    if (!isMapping(value)) {
      this.wrong(place, value, 'give a mapping');
      return {};
    }
    for (const key of Object.keys(value)) {
      if (!known.includes(key)) {
        const what = known.length > 8 ? 'no rule has this code' : `known are ${known.join(', ')}`;
        this.mistakes.push(`${this.file}: ${place}: ${JSON.stringify(key)} is not known; ${what}`);
      }
    }
    return Object.fromEntries(Object.entries(value).filter(([key]) => known.includes(key)));
  }

  private wrong(place: string, value: unknown, advice: string): void {
    this.mistakes.push(`${this.file}: ${place} is ${shown(value)}; ${advice}`);
  }
}
