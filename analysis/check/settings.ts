import { isMapping, shown } from '../manifest/value';
import type { RuleSetting } from './check';
import type { RuleCode } from './finding-args';
import { RULES } from './registry';
import { SEVERITIES, type Severity } from './rule';
import type { Silencer } from './silence';

/** What `check` is told, by whoever starts it. */
export interface CheckSettings {
  readonly rules: ReadonlyMap<RuleCode, RuleSetting>;
  readonly ignore: readonly Silencer[];
  /** The least severity of findings that make the answer "no". */
  readonly failOn: Severity | 'never' | undefined;
  /** Files, and folders of files, that are applied in the place of others; as they are named in the place where the settings stand. */
  readonly alternatives: readonly string[];
}

/** Settings that say nothing. */
export const NO_SETTINGS: CheckSettings = { rules: new Map(), ignore: [], failOn: undefined, alternatives: [] };

/** Reads settings that people wrote, and keeps all that is wrong with them. */
export class SettingsReader {
  readonly mistakes: string[] = [];

  /** @param isShared whether the settings are for other manifests too, so that a silencer may find nothing here */
  constructor(
    private readonly file: string,
    private readonly isShared: boolean,
  ) {}

  /**
   * The settings of `check`.
   *
   * @param value a mapping with `rules`, `ignore`, `failOn` and `alternatives`, each of which may be left out
   * @param at the way to it, e.g. `checks`; empty where it is all there is
   * @param others what else may stand there, which somebody else reads
   */
  checks(value: unknown, at: string, others: readonly string[] = []): CheckSettings {
    const way = (name: string) => (at === '' ? name : `${at}.${name}`);
    const checks = this.mapping(value, at === '' ? 'the properties' : at, [
      'rules',
      'ignore',
      'failOn',
      'alternatives',
      ...others,
    ]);
    return {
      rules: this.rules(checks.rules, way('rules')),
      ignore: this.ignore(checks.ignore, way('ignore')),
      failOn: this.oneOf(checks.failOn, way('failOn'), [...SEVERITIES, 'never']) as Severity | 'never' | undefined,
      alternatives: this.paths(checks.alternatives, way('alternatives')),
    };
  }

  /** A mapping without what nobody knows; empty where there is none. */
  mapping(value: unknown, place: string, known: readonly string[]): Readonly<Record<string, unknown>> {
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

  /** One of some texts. YAML reads `on` and `off` as truths where nobody quotes them. */
  oneOf(value: unknown, place: string, choices: readonly string[]): string | undefined {
    const text = value === true ? 'on' : value === false ? 'off' : value;
    if (text !== undefined && !choices.includes(text as string)) {
      const some = choices.length > 8 ? 'the code of a rule' : choices.join(', ');
      this.wrong(place, value, `use ${some}`);
      return undefined;
    }
    return text as string | undefined;
  }

  /** Says what is wrong with a value, and what would be right. */
  wrong(place: string, value: unknown, advice: string): void {
    this.mistakes.push(`${this.file}: ${place} is ${shown(value)}; ${advice}`);
  }

  private rules(value: unknown, at: string): ReadonlyMap<RuleCode, RuleSetting> {
    const codes = RULES.map(({ code }) => code);
    const rules = new Map<RuleCode, RuleSetting>();
    for (const [code, setting] of Object.entries(this.mapping(value, at, codes))) {
      const read = this.oneOf(setting, `${at}.${code}`, ['on', 'off', ...SEVERITIES]);
      if (read !== undefined) {
        rules.set(code as RuleCode, read as RuleSetting);
      }
    }
    return rules;
  }

  private paths(value: unknown, at: string): readonly string[] {
    if (value === undefined || value === null) {
      return [];
    }
    if (!Array.isArray(value) || !value.every((path) => typeof path === 'string' && path !== '')) {
      this.wrong(at, value, 'give a list of files and folders');
      return [];
    }
    return value as readonly string[];
  }

  private ignore(value: unknown, at: string): readonly Silencer[] {
    if (value !== undefined && value !== null && !Array.isArray(value)) {
      this.wrong(at, value, 'give a list of rules with object and reason');
      return [];
    }
    return ((value ?? []) as unknown[]).map((item, index) => this.silencer(item, `${at}[${index}]`));
  }

  private silencer(item: unknown, place: string): Silencer {
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
      isShared: this.isShared,
    };
  }
}
