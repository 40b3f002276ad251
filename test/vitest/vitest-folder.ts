import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { buildSync } from 'esbuild';

export const ROOT = resolve(__dirname, '../..');

/** How one test of vitest ended. */
export interface Ended {
  readonly status: 'failed' | 'passed';
  /** The messages of its failures, without colours and stacks. */
  readonly messages: readonly string[];
}

/** A folder with tests of its own, run by vitest. */
export class VitestFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'vitest-')));

  constructor() {
    this.write('package.json', '{ "type": "module" }');
    this.configure({});
    // One file that stands where packages do is loaded as it is; of hundreds of sources, vite would make something first, each time.
    buildSync({
      entryPoints: [join(ROOT, 'vitest/index.ts')],
      outfile: this.matchers,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      keepNames: true,
      external: ['@jest/globals', 'expect', 'jest-snapshot', 'vitest'],
      tsconfigRaw: {},
    });
  }

  private get matchers(): string {
    return join(this.path, 'node_modules/cdk8s-networking/vitest.cjs');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.path, file), text);
  }

  /** Sets how the tests are run: by one project, or by those that are given. */
  configure(...projects: readonly object[]): void {
    const alias = {
      'cdk8s-networking/vitest': this.matchers,
      vitest: join(ROOT, 'node_modules/vitest'),
    };
    const common = { resolve: { alias }, server: { fs: { strict: false } } };
    const config =
      projects.length > 1
        ? { ...common, test: { projects: projects.map((test) => ({ ...common, test })) } }
        : { ...common, test: projects[0] };
    this.write('vitest.config.mjs', `export default ${JSON.stringify(config)};`);
  }

  /** Runs the tests, and gives what became of each. */
  run(...args: string[]): ReadonlyMap<string, Ended> {
    const command = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json', ...args];
    const { stdout, stderr } = spawnSync(process.execPath, command, {
      cwd: this.path,
      encoding: 'utf8',
      env: { ...process.env, CI: '' },
    });
    const start = stdout.indexOf('{"numTotalTestSuites"');
    if (start < 0) {
      throw new Error(`vitest says no result\n${stdout}${stderr}`);
    }
    const { testResults } = JSON.parse(stdout.slice(start));
    return new Map(
      testResults.flatMap((file: { message: string; assertionResults: Result[] }) => {
        if (file.message) {
          throw new Error(file.message);
        }
        return file.assertionResults.map(({ title, status, failureMessages }) => [
          title,
          { status, messages: failureMessages.map(messageIn) },
        ]);
      }),
    );
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

interface Result {
  readonly title: string;
  readonly status: Ended['status'];
  readonly failureMessages: readonly string[];
}

function messageIn(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/^\w*Error: /, '')
    .replace(/\n {4}at [\s\S]*$/, '');
}
