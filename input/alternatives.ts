import { dirname, resolve, sep } from 'node:path';
import type { CheckSettings } from '../analysis/check/settings';
import { gitPlace } from './git';

/**
 * Whether a file, also one of a git revision, is one of some files or stands in one of some folders.
 *
 * @param paths files and folders
 * @param cwd where relative paths begin
 */
export function isWithin(paths: readonly string[], cwd: string): (file: string) => boolean {
  const places = paths.map((path) => resolve(cwd, path));
  return (file) =>
    [file, gitPlace(file)?.path ?? file].some((name) => {
      const real = resolve(cwd, name);
      return places.some((place) => real === place || real.startsWith(place.endsWith(sep) ? place : `${place}${sep}`));
    });
}

/** Settings of a configuration file, whose paths begin in its folder. */
export function fromFolderOf(file: string, settings: CheckSettings): CheckSettings {
  return { ...settings, alternatives: settings.alternatives.map((path) => resolve(dirname(file), path)) };
}
