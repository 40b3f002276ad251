import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/**
 * Runs a command.
 *
 * @returns what it prints
 * @throws Error with all that it says, when it fails
 */
export function ran(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  const given = { cwd, env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 26 } as const;
  const { status, stdout, stderr, error } = spawnSync(command, args, given);
  if (error || status !== 0) {
    throw error ?? new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  }
  return stdout;
}

/**
 * Installs what the package.json and package-lock.json of a folder name, into a cache, where that has not been done before: tools
 * that few need are no part of what everybody installs.
 *
 * @returns the folder node_modules
 */
export function toolsOf(folder: string): string {
  const lock = fs.readFileSync(path.join(folder, 'package-lock.json'));
  const cache = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'cdk8s-networking');
  const name = `${path.basename(folder)}-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`;
  const at = path.join(cache, name);
  if (!fs.existsSync(at)) {
    fs.mkdirSync(cache, { recursive: true });
    // Installed beside its place and renamed, so that what is stopped leaves nothing half.
    const making = fs.mkdtempSync(path.join(cache, 'installing-'));
    for (const file of ['package.json', 'package-lock.json']) {
      fs.copyFileSync(path.join(folder, file), path.join(making, file));
    }
    ran('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], making);
    fs.renameSync(making, at);
  }
  return path.join(at, 'node_modules');
}
