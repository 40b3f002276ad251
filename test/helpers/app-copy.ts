import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '../..');

/** What `cdk8s synth` reads, and dist/. */
const PARTS = [
  'main.ts',
  'scripts/typescript.js',
  'charts',
  'constructs',
  'imports',
  'cdk8s.yaml',
  'package.json',
  'tsconfig.json',
  'dist',
];

/** What a command did. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder that holds the app as a clean clone with its packages installed does. */
export function copyOfApp(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'app-'));
  for (const part of PARTS) {
    fs.cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  }
  // What `npm ci` brings: the packages, and the compiled library, which validates.
  for (const part of ['node_modules', 'lib']) {
    fs.symlinkSync(path.join(ROOT, part), path.join(folder, part), 'dir');
  }
  return folder;
}

// Nothing listens there, so that whoever asks the network is refused at once.
const NOWHERE = 'http://127.0.0.1:9';
const OFFLINE = { HTTP_PROXY: NOWHERE, HTTPS_PROXY: NOWHERE, http_proxy: NOWHERE, https_proxy: NOWHERE };

/** Runs a command as a person would, without a network and without settings of this test's own environment. */
export function runOffline(command: string, cwd: string, settings: Readonly<Record<string, string>> = {}): Ran {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|CDK8S_|NETWORKING_|NODE_OPTIONS)/i.test(name));
  const env = { ...Object.fromEntries(own), ...OFFLINE, npm_config_loglevel: 'error', ...settings };
  const { status, stdout, stderr } = spawnSync(command, { cwd, env, shell: true, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** The files below a folder, by their paths from there, with what they hold. */
export function filesBelow(folder: string): ReadonlyMap<string, string> {
  const found = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = found.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  return new Map(
    names
      .map((name) => name.split(path.sep).join('/'))
      .sort()
      .map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]),
  );
}
