import { spawnSync } from 'node:child_process';
import { Refusal } from './refusal';
import type { GitHubEvent, Runner } from './runner';

/** The commit that the manifests are compared with; fetched where the checkout does not have it. */
export function baseCommit(runner: Runner): string {
  const git = new Git(runner.cwd);
  const asked = runner.input('base');
  const base = asked === '' ? eventBase(runner.event(), git) : asked;
  if (base === undefined) {
    throw Refusal.of('this event has no revision to compare with; give one as base, such as origin/main');
  }
  return git.commit(base) ?? git.fetched(base);
}

/**
 * Of a pull request: the first parent where its merge is checked out; else where its branch left the base, so that what others merged
 * meanwhile is no change of it; else the base itself, where the checkout has too little history to tell.
 */
function eventBase({ pull_request: pull, merge_group: group, before }: GitHubEvent, git: Git): string | undefined {
  if (pull !== undefined) {
    const [first, second] = git.parents('HEAD');
    return second === pull.head.sha ? first : (git.mergeBase(pull.base.sha) ?? pull.base.sha);
  }
  return group?.base_sha ?? (before === undefined || /^0+$/.test(before) ? undefined : before);
}

class Git {
  constructor(private readonly cwd: string) {}

  commit(revision: string): string | undefined {
    return this.ask('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  }

  /** @throws Refusal where the remote does not have it */
  fetched(revision: string): string {
    const { status, stderr } = this.run('fetch', '--no-tags', '--quiet', '--depth=1', 'origin', revision);
    const found = status === 0 ? (this.commit(revision) ?? this.commit('FETCH_HEAD')) : undefined;
    if (found === undefined) {
      throw Refusal.of(
        `base ${revision} is not in the checkout and cannot be fetched: ${stderr.trim().split('\n').at(-1)}`,
      );
    }
    return found;
  }

  /** By the commit itself: a shallow checkout hides parents, but not their names. */
  parents(revision: string): readonly string[] {
    return [...(this.ask('cat-file', 'commit', revision) ?? '').matchAll(/^parent ([0-9a-f]+)$/gm)].map(
      ([, id]) => id as string,
    );
  }

  mergeBase(revision: string): string | undefined {
    return this.ask('merge-base', revision, 'HEAD');
  }

  private ask(...argv: readonly string[]): string | undefined {
    const { status, stdout } = this.run(...argv);
    return status === 0 ? stdout.trim() : undefined;
  }

  private run(...argv: readonly string[]) {
    const { error, ...ran } = spawnSync('git', argv, { cwd: this.cwd, encoding: 'utf8' });
    if (error !== undefined) {
      throw Refusal.of(`git cannot be run: ${error.message}`);
    }
    return ran;
  }
}

/** Whether a revision has a file or folder. */
export function hasPath(cwd: string, revision: string, path: string): boolean {
  return spawnSync('git', ['cat-file', '-e', `${revision}:./${path}`], { cwd }).status === 0;
}
