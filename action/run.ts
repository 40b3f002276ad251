import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SEVERITIES } from '../analysis/check/rule';
import { type CheckSettings, NO_SETTINGS } from '../analysis/check/settings';
import { configurationOf } from '../input/configuration';
import { CONFIGURATION_FILE } from '../input/configuration-file';
import { InputReader } from '../input/files';
import { checkSarif } from '../report/check/sarif';
import { pairCounts } from '../report/diff/connections-rows';
import type { Link, PullRequestAnswer } from '../report/pull-request/answer';
import { pullRequestComment } from '../report/pull-request/comment';
import { code } from '../report/pull-request/inline';
import { isSame, openCount, verdict } from '../report/pull-request/verdict';
import { annotationsOf, shownAlone } from './annotations';
import { baseCommit, hasPath } from './base';
import { type Compared, compare } from './compare';
import { ApiError, GitHub } from './github';
import { Refusal } from './refusal';
import type { Runner } from './runner';

/** A summary of more than 1 MiB is not shown at all. */
const MOST_SUMMARY = 400_000;

/**
 * Runs the action.
 *
 * @returns the status of the step: 1 where a new finding is as grave as `fail-on` says, or the manifests cannot be used
 */
export async function runAction(runner: Runner): Promise<number> {
  try {
    return await new Run(runner).run();
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    for (const one of shownAlone(
      error.problems.map(({ file, line, message }) => ({
        level: 'error' as const,
        title: 'the manifests cannot be compared',
        message,
        ...(file === '' ? {} : { file, line }),
      })),
    )) {
      runner.annotate(one);
    }
    return 1;
  }
}

class Run {
  private readonly paths: readonly string[];
  private readonly target: string;

  constructor(private readonly runner: Runner) {
    const paths = (runner.input('path') || 'dist').split('\n').map((path) => path.trim());
    this.paths = paths.filter((path) => path !== '');
    this.target = runner.input('target') || this.paths.join(' ');
  }

  async run(): Promise<number> {
    const { runner } = this;
    const failOn = runner.choice('fail-on', ['error', 'warning', 'info', 'never']);
    const withComment = runner.choice('comment', ['true', 'false']) === 'true';
    const base = baseCommit(runner);
    const compared = compare(this.read(base), this.read(undefined), {
      input: runner.choice('input', ['strict', 'tolerant']),
      class: runner.input('class'),
      gateway: runner.input('gateway'),
      assumeGateway: runner.choice('assume-gateway', ['false', 'true']) === 'true',
      checks: this.checks(),
    });
    const answer = { ...compared.answer, link: this.link(base) };
    runner.say(`${this.target}: ${verdict(answer)}`);
    this.tell(answer, compared);
    for (const annotation of annotationsOf(answer)) {
      runner.annotate(annotation);
    }
    if (withComment) {
      await this.comment(answer);
    }
    const added = answer.findings?.added ?? [];
    const isFailed = (at: number) => failOn !== 'never' && at <= SEVERITIES.indexOf(failOn);
    return added.some(({ severity }) => isFailed(SEVERITIES.indexOf(severity))) ? 1 : 0;
  }

  /** The manifests of a revision, or of the checkout. What a revision does not have yet is new. */
  private read(revision: string | undefined): InputReader {
    const { cwd } = this.runner;
    const reader = new InputReader(cwd);
    for (const path of this.paths) {
      if (revision === undefined) {
        reader.path(path);
      } else if (hasPath(cwd, revision, path)) {
        reader.path(`${revision}:${path}`);
      }
    }
    return reader;
  }

  private checks(): CheckSettings {
    const file = join(this.runner.cwd, CONFIGURATION_FILE);
    const { settings, mistakes } = existsSync(file)
      ? configurationOf(readFileSync(file, 'utf8'), CONFIGURATION_FILE)
      : { settings: NO_SETTINGS, mistakes: [] };
    if (mistakes.length > 0) {
      throw Refusal.of(...mistakes);
    }
    return settings;
  }

  private tell(answer: PullRequestAnswer, { findings, objects }: Compared): void {
    const { runner } = this;
    const { opened, closed } = pairCounts(answer.connections);
    runner.output('same', isSame(answer) && openCount(answer) === 0);
    runner.output('opened', opened);
    runner.output('closed', closed);
    runner.output('findings', answer.findings?.added.length ?? 0);
    runner.summary(`## ${this.target}\n\n${pullRequestComment(answer, MOST_SUMMARY)}`);
    const sarif = runner.input('sarif');
    if (sarif !== '') {
      writeFileSync(resolve(runner.cwd, sarif), checkSarif({ findings, objects, silenced: 0, version: VERSION }));
    }
  }

  private async comment(answer: PullRequestAnswer): Promise<void> {
    const { runner, target } = this;
    const { env } = runner;
    const number = runner.event().pull_request?.number;
    const token = runner.input('token');
    if (number === undefined) {
      return;
    }
    if (token === '') {
      runner.say('there is no token: the summary of the run has what a comment would say');
      return;
    }
    const api = env.GITHUB_API_URL || 'https://api.github.com';
    const github = new GitHub({
      api,
      graphql: env.GITHUB_GRAPHQL_URL || `${api}/graphql`,
      repository: env.GITHUB_REPOSITORY ?? '',
      token,
    });
    const named = runner.input('target') === '' ? '' : `\n${code(target)}\n`;
    try {
      const isWorthIt = !isSame(answer);
      const done = await github.keepComment(number, markOf(target), `${pullRequestComment(answer)}${named}`, isWorthIt);
      runner.say(`comment: ${done}`);
    } catch (error) {
      // A fork has no token that may write; whatever else GitHub has against a comment does not make the manifests wrong.
      const why = error instanceof ApiError ? error.message : `GitHub cannot be asked: ${(error as Error).message}`;
      const message = `${why}; the summary of the run has what a comment would say`;
      runner.annotate({ level: 'notice', title: 'no comment', message });
    }
  }

  /** Lines on GitHub, of the commit on which they stand. */
  private link(base: string): Link {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: sha } = this.runner.env;
    const head = this.runner.event().pull_request?.head.sha ?? sha;
    return (file, line) => {
      const isBefore = file.startsWith(`${base}:`);
      const path = isBefore ? file.slice(base.length + 1) : file;
      const text = line > 0 ? `${path}:${line}` : path;
      const commit = isBefore ? base : head;
      const address = path.split('/').map(encodeURIComponent).join('/');
      const url = `${server}/${repository}/blob/${commit}/${address}${line > 0 ? `#L${line}` : ''}`;
      return server && repository && commit && path !== '' ? { text, url } : { text };
    };
  }
}

/** A mark that nobody sees; nothing of a target can end it. */
function markOf(target: string): string {
  return `<!-- cdk8s-networking: ${encodeURIComponent(target).replaceAll('-', '%2D')} -->`;
}

declare const VERSION: string;
