import { memorySource } from './locate';
import type { Manifest, Path, Problem, Source } from './manifest';
import { type ObjectProblemCode, ObjectReader } from './object';
import { serverField } from './server-fields';
import { isListOfObjects, unfold } from './unfold';

/** What can be wrong with a text or an object before anybody asks what it means. */
export type ManifestProblemCode =
  | 'syntax'
  | 'aliases'
  | 'not-a-list'
  | 'list-document'
  | 'document-edge'
  | 'server-fields'
  | ObjectProblemCode;

/** What was read: objects in the order of the text, and everything that could not be used. */
export interface Reading {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem<ManifestProblemCode>[];
}

/**
 * Takes objects that are in memory already, such as those of a cdk8s chart.
 *
 * @param objects Kubernetes objects; lists are unfolded as in a text
 * @param file what problems call them; the index follows in brackets
 */
export function manifestsOf(objects: readonly unknown[], file = 'objects'): Reading {
  const reader = new Reader();
  for (const [index, object] of objects.entries()) {
    const source = memorySource(`${file}[${index}]`);
    reader.read(object, () => source);
  }
  return reader;
}

/** Takes objects one after the other, wherever they come from. */
export class Reader implements Reading {
  readonly manifests: Manifest[] = [];
  readonly problems: Problem<ManifestProblemCode>[] = [];
  private readonly objects = new ObjectReader();

  /** @param sourceOf the source of an item of a list, or of what stands at a path and in none */
  read(value: unknown, sourceOf: (list: Path, index: number | undefined) => Source): void {
    if (isListOfObjects(value)) {
      const { file, line } = sourceOf([], undefined);
      const message = 'the document is a list of objects, which kubectl refuses; it is read as a List';
      this.problems.push({ code: 'list-document', severity: 'tolerable', file, line, message });
    }
    const before = this.manifests.length;
    unfold(value, (object, list, index, mistake) => {
      const source = sourceOf(list, index);
      if (mistake !== undefined) {
        this.problems.push({ code: 'not-a-list', file: source.file, line: source.line, message: mistake });
        return;
      }
      const { manifest, problems } = this.objects.read(object, source);
      for (const problem of problems) {
        this.problems.push(problem);
      }
      if (manifest !== undefined) {
        this.manifests.push(manifest);
      }
    });
    this.reportServerFields(before);
  }

  /** Once for each document: in what a cluster printed, all objects have them. */
  private reportServerFields(before: number): void {
    let first: Manifest | undefined;
    let others = 0;
    for (let at = before; at < this.manifests.length; at++) {
      const manifest = this.manifests[at] as Manifest;
      if (serverField(manifest) !== undefined) {
        others += first === undefined ? 0 : 1;
        first ??= manifest;
      }
    }
    const path = first === undefined ? undefined : serverField(first);
    if (first !== undefined && path !== undefined) {
      const { kind, name, source } = first;
      const and =
        others > 0 ? `, and ${others} more ${others > 1 ? 'objects have such fields' : 'object has such fields'}` : '';
      this.problems.push({
        code: 'server-fields',
        severity: 'tolerable',
        file: source.file,
        line: source.lineOf(path),
        message: `${kind} ${name}: ${path.join('.')} is for the API server to write${and}; leave them out to apply it`,
      });
    }
  }
}
