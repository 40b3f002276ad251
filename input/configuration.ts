import { load } from 'js-yaml';
import { type CheckSettings, NO_SETTINGS, SettingsReader } from '../analysis/check/settings';

/** The settings of `check` in the text of a configuration file, and everything that is wrong with it. */
export function configurationOf(
  text: string,
  file: string,
): { readonly settings: CheckSettings; readonly mistakes: readonly string[] } {
  let value: unknown;
  try {
    value = load(text);
  } catch (error) {
    return { settings: NO_SETTINGS, mistakes: [`${file}: ${(error as Error).message.split('\n')[0]}`] };
  }
  const reader = new SettingsReader(file, true);
  const { checks } = reader.mapping(value, 'the file', ['checks']);
  return { settings: reader.checks(checks, 'checks'), mistakes: reader.mistakes };
}
