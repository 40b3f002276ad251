import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { blocksIn } from '../../scripts/doc-blocks';
import { ROOT } from '../../scripts/doc-pages';

const PAGE = readFileSync(join(ROOT, 'docs/pull-requests.md'), 'utf8');

/** The job that the page shows. */
interface Job {
  readonly script: readonly string[];
  readonly artifacts: { readonly reports: { readonly codequality: string } };
}

const [job] = blocksIn(PAGE.slice(PAGE.indexOf('## GitLab')))
  .filter(({ info }) => info === 'yaml')
  .map(({ text }) => (load(text) as { readonly network: Job }).network) as [Job];

interface Note {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let folder: string;
let server: Server;
let notes: Note[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gitlab-'));
  notes = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      notes.push({ path: request.url, headers: request.headers, body });
      response.writeHead(201).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const git = (cwd: string, ...argv: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...argv], {
    cwd,
    encoding: 'utf8',
  }).trim();

const mistakes = readFileSync(join(__dirname, 'fixtures/mistakes/shop.yaml'), 'utf8');

/** A checkout as the runner of GitLab makes it, of a merge request whose base opens another port. */
function checkout(): { readonly cwd: string; readonly base: string } {
  const origin = join(folder, 'origin');
  mkdirSync(join(origin, 'dist'), { recursive: true });
  git(origin, 'init', '-q', '-b', 'main');
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const commit = (text: string) => {
    writeFileSync(join(origin, 'dist/shop.yaml'), text);
    git(origin, 'add', '.');
    git(origin, 'commit', '-q', '-m', 'a change');
    return git(origin, 'rev-parse', 'HEAD');
  };
  const base = commit(mistakes.replace('port: 5001 # the API', 'port: 5000 # the API'));
  commit(mistakes);
  git(folder, 'clone', '-q', '--depth=1', `file://${origin}`, 'checkout');
  return { cwd: join(folder, 'checkout'), base };
}

/** Runs the lines of the job one after the other, as the shell of a runner does: the first that fails ends it. */
async function run({ cwd, base }: ReturnType<typeof checkout>): Promise<{ status: number | null; text: string }> {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const tool = (name: string, line: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  tool('npm', 'exit 0');
  tool('npx', `shift; exec "${process.execPath}" "${join(ROOT, 'bin/cdk8s-networking.js')}" "$@"`);
  const child = spawn('sh', ['-e', '-c', job.script.join('\n')], {
    cwd,
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      HOME: folder,
      NETWORK_TOKEN: 'secret',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      CI_API_V4_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v4`,
      CI_PROJECT_ID: '7',
      CI_MERGE_REQUEST_IID: '12',
    } as NodeJS.ProcessEnv,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk;
    });
  }
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, text };
}

test('the recipe for GitLab writes a code quality report and a note on the merge request', async () => {
  const place = checkout();
  expect(await run(place)).toMatchObject({ status: 0, text: expect.stringMatching(/{}$/) });

  const report = JSON.parse(readFileSync(join(place.cwd, job.artifacts.reports.codequality), 'utf8'));
  expect(report).toHaveLength(2);
  for (const one of report) {
    // The fields of which GitLab says that they have to be there, and what it takes of each.
    expect(one).toEqual({
      description: expect.stringMatching(/./),
      check_name: expect.stringMatching(/^[a-z-]+$/),
      fingerprint: expect.stringMatching(/./),
      severity: expect.stringMatching(/^(info|minor|major|critical|blocker)$/),
      location: { path: 'dist/shop.yaml', lines: { begin: expect.any(Number) } },
    });
    expect(one.location.lines.begin).toBeGreaterThan(0);
  }
  expect(new Set(report.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(2);

  expect(notes).toMatchObject([
    { path: '/api/v4/projects/7/merge_requests/12/notes', headers: { 'private-token': 'secret' } },
  ]);
  const body = new URLSearchParams(notes[0]?.body).get('body');
  expect(body?.split('\n')[0]).toMatch(/^\*\*.*connection.*\*\*$/);
  expect(body).toContain('`dist/shop.yaml:');
  expect(body).toContain('`TCP 5000` → `TCP 5001`');
});
