import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { QUICK, root } from '../helpers/consumer';

/** Where releases are kept from one run to the next. */
const CACHE = path.join(
  process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'),
  'cdk8s-networking',
  'versions',
);

/** What a command prints. @throws Error with all that it says, when it fails */
export function ran(command: string, args: readonly string[], cwd: string, env = process.env): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (error || status !== 0) {
    throw error ?? new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  }
  return stdout;
}

/** A folder with one package at one release, which is installed there when it is asked for the first time. */
function kept(name: string, version: string): string {
  const at = path.join(CACHE, `${name}-${version}`);
  const installed = path.join(at, 'node_modules', name);
  if (!fs.existsSync(installed)) {
    fs.mkdirSync(CACHE, { recursive: true });
    // Installed beside its place and renamed, so that what is stopped leaves nothing half.
    const making = fs.mkdtempSync(path.join(CACHE, 'installing-'));
    fs.writeFileSync(path.join(making, 'package.json'), '{ "private": true }');
    ran('npm', ['install', ...QUICK, `${name}@${version}`], making);
    fs.rmSync(at, { recursive: true, force: true });
    fs.renameSync(making, at);
  }
  return installed;
}

/** The program of a release of Node.js. */
export function nodeOf(version: string): string {
  return path.join(kept(`node-${process.platform}-${process.arch}`, version), 'bin', 'node');
}

/** The compiler of a release of TypeScript. */
export function compilerOf(version: string): string {
  return path.join(kept('typescript', version), 'bin', 'tsc');
}

/** The library, packed into a folder. */
export function packed(folder: string): string {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [{ filename }] = JSON.parse(ran('npm', args, root));
  return path.join(folder, filename);
}

/** A folder in which a consumer has the packed library and these packages. */
export function consumer(at: string, archive: string, packages: Readonly<Record<string, string>>): string {
  fs.mkdirSync(at, { recursive: true });
  fs.writeFileSync(path.join(at, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  const given = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
  ran('npm', ['install', ...QUICK, archive, ...given], at);
  return at;
}
