import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { toolsOf } from './tools';

// Makes a release, by release-it: what stands under "Unreleased" in CHANGELOG.md becomes that of the version, package.json gets it,
// and both are committed and tagged. The tag, once it is pushed, publishes: .github/workflows/release.yml.

const FOLDER = path.join(__dirname, '../release');
const program = path.join(toolsOf(FOLDER), 'release-it/bin/release-it.js');
const args = [program, '--config', path.join(FOLDER, 'release-it.json'), ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
