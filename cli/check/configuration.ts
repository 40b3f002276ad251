import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckSettings, NO_SETTINGS } from '../../analysis/check/settings';
import { fromFolderOf } from '../../input/alternatives';
import { configurationOf } from '../../input/configuration';
import { CONFIGURATION_FILE } from '../../input/configuration-file';
import { readText } from '../input';
import type { Io } from '../io';
import { Refusal } from '../refusal';

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
    return NO_SETTINGS;
  }
  const { settings, mistakes } = configurationOf(await readText(file, io), file);
  if (mistakes.length > 0) {
    throw new Refusal(mistakes);
  }
  return fromFolderOf(join(io.cwd, file), settings);
}
