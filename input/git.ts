import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** A file of a revision of a git repository. */
export interface GitFile {
  /** As it is named in messages: `main:dist/shop.yaml`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** What is at a path of a revision, or why nothing can be read there. */
export type GitFiles = { readonly files: readonly GitFile[]; readonly isFile: boolean } | { readonly mistake: string };

/** What git printed, or what is wrong. */
type Answer = { readonly out: Buffer } | { readonly mistake: string };

/** `REVISION:PATH`, unless that is the name of a file that is there. */
export function gitPlace(text: string): { readonly revision: string; readonly path: string } | undefined {
  // A letter and a colon begin an absolute path on Windows.
  const [, revision, path] = /^([^:-][^:]+):(.*)$/s.exec(text) ?? [];
  return revision === undefined || path === undefined ? undefined : { revision, path };
}

/** Reads a file or a folder of a revision of the repository that a folder stands in; paths start from that folder. */
export function gitFiles(text: string, cwd: string, isWanted: (name: string) => boolean): GitFiles {
  const { revision, path } = gitPlace(text) ?? { revision: '', path: '' };
  const git = (argv: readonly string[], input = ''): Answer => {
    const { error, status, stdout, stderr } = spawnSync('git', argv, { cwd: resolve(cwd), input, maxBuffer: 2 ** 30 });
    if (error !== undefined) {
      return { mistake: `git cannot be run: ${error.message}` };
    }
    return status === 0 ? { out: stdout } : { mistake: stderr.toString().trim().split('\n')[0] ?? 'git failed' };
  };
  const commit = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if ('mistake' in commit) {
    return { mistake: `there is no file or folder of this name, and no revision ${revision} in a git repository here` };
  }
  const id = commit.out.toString().trim();
  const kind = git(['cat-file', '-t', `${id}:./${path}`]);
  if ('mistake' in kind) {
    return { mistake: `revision ${revision} has no file or folder ${path}` };
  }
  const isFile = kind.out.toString().trim() === 'blob';
  const names = isFile ? [path] : listed(git(['ls-tree', '-r', '-z', '--name-only', id, '--', `./${path}`]));
  const wanted = isFile ? names : names.filter(isWanted).sort();
  const blobs = git(['cat-file', '--batch'], wanted.map((name) => `${id}:./${name}\n`).join(''));
  if ('mistake' in blobs) {
    return blobs;
  }
  return {
    files: filesIn(
      blobs.out,
      wanted.map((name) => `${revision}:${name}`),
    ),
    isFile,
  };
}

/** The blobs of an answer of `git cat-file --batch`: a line with the size, then the bytes and a line end. */
function filesIn(answer: Buffer, names: readonly string[]): readonly GitFile[] {
  let at = 0;
  return names.map((name) => {
    const end = answer.indexOf(10, at);
    const size = Number(answer.toString('latin1', at, end).split(' ')[2]);
    const bytes = answer.subarray(end + 1, end + 1 + size);
    at = end + 2 + size;
    return { name, bytes };
  });
}

/** Paths as git lists them from a folder: relative to it. */
function listed(answer: Answer): string[] {
  return 'out' in answer
    ? answer.out
        .toString()
        .split('\0')
        .filter((name) => name !== '')
    : [];
}
