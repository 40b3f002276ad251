import { spawnSync } from 'node:child_process';

/**
 * Whether a program is installed that tests compare with; said aloud where it is not, for they are skipped then.
 *
 * @param argument makes the program tell its version
 * @throws in CI, which has to install it
 */
export function isInstalled(program: string, argument: string): boolean {
  const found = spawnSync(program, [argument]).error === undefined;
  const missing = `${program} is not installed (apt-get install ${program})`;
  if (!found && process.env.CI !== undefined) {
    throw new Error(missing);
  }
  if (!found) {
    process.stderr.write(`${missing}; the tests that compare with it are skipped\n`);
  }
  return found;
}
