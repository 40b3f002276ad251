import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Severity } from '../analysis/check';
import { SEVERITIES } from '../analysis/check/rule';
import { type CheckSettings, NO_SETTINGS, SettingsReader } from '../analysis/check/settings';
import type { InputDegree } from '../analysis/manifest';
import { fromFolderOf } from '../input/alternatives';
import { configurationOf } from '../input/configuration';
import { CONFIGURATION_FILE } from '../input/configuration-file';
import { failureText, textOf } from '../input/files';

/** What a validation is told. */
export interface ValidationSettings extends CheckSettings {
  readonly failOn: Severity | 'never';
  /** The least severity of findings that are told. */
  readonly tell: Severity;
  readonly input: InputDegree;
}

/**
 * Reads properties, and the configuration file.
 *
 * @param who is told what is wrong with the properties
 * @throws Error with everything that is wrong in them
 */
export function settingsOf(props: unknown, who: string): ValidationSettings {
  const reader = new SettingsReader(who, false);
  const own = reader.checks(props, '', ['tell', 'input', 'config']);
  const { tell, input, config } = reader.mapping(props, 'the properties', [
    'rules',
    'ignore',
    'failOn',
    'alternatives',
    'tell',
    'input',
    'config',
  ]);
  const told = reader.oneOf(tell, 'tell', SEVERITIES) as Severity | undefined;
  const degree = reader.oneOf(input, 'input', ['strict', 'tolerant']) as InputDegree | undefined;
  if (config !== undefined && typeof config !== 'string') {
    reader.wrong('config', config, `give a file such as ${CONFIGURATION_FILE}`);
  }
  const { settings, mistakes } = configured(typeof config === 'string' ? config : undefined);
  const all = [...new Set([...reader.mistakes, ...mistakes])];
  if (all.length > 0) {
    throw mistaken(all.join('\n'));
  }
  return {
    rules: new Map([...settings.rules, ...own.rules]),
    ignore: [...settings.ignore, ...own.ignore],
    failOn: own.failOn ?? settings.failOn ?? 'error',
    alternatives: [...settings.alternatives, ...own.alternatives],
    tell: told ?? 'warning',
    input: degree ?? 'strict',
  };
}

/** The command prints the stack of an error, which says nothing to who wrote a wrong value. */
function mistaken(message: string): Error {
  const error = new Error(message);
  error.stack = message;
  return error;
}

function configured(config: string | undefined): ReturnType<typeof configurationOf> {
  const file = config ?? CONFIGURATION_FILE;
  if (config === undefined && !existsSync(resolve(file))) {
    return { settings: NO_SETTINGS, mistakes: [] };
  }
  try {
    const text = textOf(readFileSync(resolve(file)));
    if ('mistake' in text) {
      return { settings: NO_SETTINGS, mistakes: [`${file}:${text.line}: ${text.mistake}`] };
    }
    const { settings, mistakes } = configurationOf(text.text, file);
    return { settings: fromFolderOf(resolve(file), settings), mistakes };
  } catch (error) {
    return { settings: NO_SETTINGS, mistakes: [`${file}: ${failureText(error)}`] };
  }
}
