import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Manifest } from '../analysis/manifest';
import { isMapping } from '../analysis/manifest/value';
import type { ValidationContext } from './context';

/** What an app records about its manifests beside them. */
const FILE = 'construct-metadata.json';

/** What is known of the folder that the command wrote. */
export class Recorded {
  private constructor(
    /** The folder in which the manifests were written; undefined where nothing is known of it. */
    private readonly written: string | undefined,
    /** The folder in which people find them. */
    private readonly shown: string,
    private readonly alternatives: readonly string[],
  ) {}

  /** Reads what the app recorded; an app that is no `NetworkingApp` records less. */
  static of({ manifests, stdout = false }: Pick<ValidationContext, 'manifests' | 'stdout'>): Recorded {
    const folder = folderOf(manifests);
    const { networking } = folder === undefined ? { networking: undefined } : read(join(folder, FILE));
    const { folder: published, alternatives } = isMapping(networking) ? networking : {};
    return new Recorded(
      folder,
      stdout ? '' : typeof published === 'string' ? published : (folder ?? ''),
      Array.isArray(alternatives) ? alternatives : [],
    );
  }

  /** A manifest as people find it: in the folder that the app publishes. */
  shownAs(manifest: string): string {
    return this.written === undefined ? manifest : slashed(join(this.shown, relative(this.written, manifest)));
  }

  /** Whether a manifest is applied in the place of another one. */
  isAlternative(manifest: string): boolean {
    return this.written !== undefined && this.alternatives.includes(slashed(relative(this.written, manifest)));
  }

  /**
   * The name by which the command finds the construct of an object. It knows bare names; a `NetworkingApp` records every object by
   * its kind and namespace too. A bare name that two objects have would lead to the construct of either, so it is not used.
   */
  resourceName(manifest: Manifest, all: readonly Manifest[], metadata: ValidationContext['metadata']): string {
    const { kind, namespace, name, source } = manifest;
    const full = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
    const recorded = slashed(relative(this.shown, source.file));
    const known = [full, `${full} of ${recorded}`].find((key) => Object.hasOwn(metadata, key));
    const isAlone = all.filter((other) => other.name === name).length === 1;
    return known ?? (isAlone && Object.hasOwn(metadata, name) ? name : full);
  }
}

/** The folder of all manifests, which holds what the app recorded. */
function folderOf(manifests: readonly string[]): string | undefined {
  for (const manifest of manifests) {
    for (let folder = dirname(manifest); ; folder = dirname(folder)) {
      if (existsSync(join(folder, FILE))) {
        return folder;
      }
      if (folder === dirname(folder)) {
        break;
      }
    }
  }
  return undefined;
}

function read(file: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(readFileSync(resolve(file), 'utf8'));
  return isMapping(value) ? value : {};
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
