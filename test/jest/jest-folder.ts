import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const ROOT = resolve(__dirname, '../..');

/** Loads the matchers from a file that is elsewhere. */
export const LOAD = `require(${JSON.stringify(join(ROOT, 'jest'))});\n`;

/** A folder with tests of its own. */
export class JestFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'jest-')));

  constructor() {
    this.write('package.json', '{}');
    this.configure({});
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.path, file), text);
  }

  configure(config: object): void {
    const typescript = { parser: { syntax: 'typescript' }, target: 'es2022' };
    const transform = { '\\.ts$': [require.resolve('@swc/jest'), { jsc: typescript }] };
    this.write('jest.config.json', JSON.stringify({ transform, testMatch: ['<rootDir>/*.test.js'], ...config }));
  }

  /** Runs the tests, and gives the status and what is told of them, without colours. */
  run(...args: string[]): { readonly status: number | null; readonly text: string } {
    const command = [join(ROOT, 'node_modules/jest/bin/jest.js'), ...args];
    const { status, stderr } = spawnSync(process.execPath, command, { cwd: this.path, encoding: 'utf8' });
    return { status, text: stripVTControlCharacters(stderr) };
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
