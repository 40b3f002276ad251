import type { ApplicationSpecSource } from '../../imports/argoproj.io';

/** Where the files of an app stand. */
export interface Repository {
  readonly repoUrl: string;
  readonly targetRevision: string;
  /** The folder that manifests are written to. */
  readonly path: string;
}

/**
 * These files and no others, as the source of an Application. They are found from the deepest folder that holds them
 * all, so that no other file is even looked at.
 */
export function filesSource(repository: Repository, files: readonly string[]): ApplicationSpecSource {
  const folder = commonFolder(files);
  const names = files.map((file) => file.split('/').slice(folder.length).join('/')).sort();
  return {
    repoUrl: repository.repoUrl,
    targetRevision: repository.targetRevision,
    path: [repository.path, ...folder]
      .filter((part, at) => part !== '.' || (at === 0 && folder.length === 0))
      .join('/'),
    directory: {
      include: names.length === 1 ? names[0] : `{${names.join(',')}}`,
      recurse: names.some((name) => name.includes('/')) ? true : undefined,
    },
  };
}

function commonFolder(files: readonly string[]): string[] {
  const [first = [], ...others] = files.map((file) => file.split('/').slice(0, -1));
  const differs = first.findIndex((part, at) => others.some((other) => other[at] !== part));
  return differs < 0 ? first : first.slice(0, differs);
}
