import { fstatSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/**
 * The file that a descriptor writes to, when it stands below a folder `dist`.
 *
 * Linux tells the path of the file. Elsewhere it is looked for below the folders `dist` of the working folder and of those
 * above it. What stands behind a pipe cannot be told.
 */
export function fileInDist(descriptor: number, cwd: string): string | undefined {
  const file = fstatSync(descriptor, { bigint: true });
  if (!file.isFile()) {
    return undefined;
  }
  const path = pathOf(descriptor);
  if (path !== undefined && dirname(path).split(sep).includes('dist')) {
    return path;
  }
  return foldersAt(cwd)
    .flatMap(filesBelow)
    .find((found) => {
      const other = statSync(found, { bigint: true, throwIfNoEntry: false });
      return other?.ino === file.ino && other.dev === file.dev;
    });
}

function pathOf(descriptor: number): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return undefined;
  }
}

/** The folders `dist` beside the working folder, beside those above it, and around it. */
function foldersAt(cwd: string): string[] {
  const above = dirname(cwd);
  return [join(cwd, 'dist'), ...(above === cwd ? [] : foldersAt(above))];
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }).map((path) => join(folder, String(path)));
  } catch {
    // There is no such folder, or it cannot be read; the command line then did not open a file in it.
    return [];
  }
}
