import { type DocumentText, splitDocuments } from './documents';
import { misframing } from './framing';
import { parseJson } from './json';
import { LocatedDocument, memorySource } from './locate';
import type { Manifest, Problem, Source } from './manifest';
import { type ObjectProblemCode, objectOf } from './object';
import { serverField } from './server-fields';
import { isListOfObjects, unfolded } from './unfold';
import { type ParsedText, parseYaml } from './yaml';

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
 * Reads the Kubernetes objects of a text: YAML with any number of documents, or JSON.
 *
 * YAML is understood as kubectl understands it (`yes` and `on` are booleans, `0644` is octal), except that a key given
 * twice in one mapping is a mistake. `kind: List` and typed lists such as `PodList` are unfolded. A mistake costs its
 * document, not the others. Objects of kinds that the analysis has no use for are left out without a word.
 *
 * @param text the text, with or without byte order mark, with any line ends
 * @param file what problems call the text: the file as the user named it, `-` for standard input
 */
export function readManifests(text: string, file: string): Reading {
  const reader = new Reader();
  // Files that were joined may each have brought one.
  const stream = text.includes('\uFEFF') ? text.replace(/(^|\n)\uFEFF/g, '$1') : text;
  const json = parseJson(stream);
  if (json !== undefined) {
    const located = new LocatedDocument(file, { text: stream, firstLine: 1 });
    reader.read(json.value, (path) => located.source(path));
    return reader;
  }
  const documents = splitDocuments(stream);
  for (const [document, parsed] of parseYaml(documents)) {
    reader.readYaml(document, parsed, file, document === documents[0]);
  }
  return reader;
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

class Reader implements Reading {
  readonly manifests: Manifest[] = [];
  readonly problems: Problem<ManifestProblemCode>[] = [];

  readYaml(document: DocumentText, parsed: ParsedText, file: string, isFirst: boolean): void {
    const edge = misframing(document, isFirst);
    if (edge !== undefined) {
      const { line, message } = edge;
      this.problems.push({ code: 'document-edge', severity: 'tolerable', file, line, message });
    }
    if (edge?.isLeftOut) {
      return;
    }
    if ('mistake' in parsed) {
      this.problems.push({ file, ...parsed.mistake });
      return;
    }
    const located = new LocatedDocument(file, { ...document, text: parsed.text ?? document.text });
    for (const value of parsed.values) {
      // A document of nothing but comments is null.
      if (value !== null) {
        this.read(value, (path) => located.source(path));
      }
    }
  }

  read(value: unknown, sourceOf: (path: readonly (string | number)[]) => Source): void {
    if (isListOfObjects(value)) {
      const { file, line } = sourceOf([]);
      const message = 'the document is a list of objects, which kubectl refuses; it is read as a List';
      this.problems.push({ code: 'list-document', severity: 'tolerable', file, line, message });
    }
    const before = this.manifests.length;
    for (const { object, path, mistake } of unfolded(value)) {
      const source = sourceOf(path);
      if (mistake !== undefined) {
        this.problems.push({ code: 'not-a-list', file: source.file, line: source.line, message: mistake });
        continue;
      }
      const { manifest, problems } = objectOf(object, source);
      this.problems.push(...problems);
      if (manifest !== undefined) {
        this.manifests.push(manifest);
      }
    }
    this.reportServerFields(this.manifests.slice(before));
  }

  /** Once for each document: in what a cluster printed, all objects have them. */
  private reportServerFields(manifests: readonly Manifest[]): void {
    const fields = manifests.map(serverField);
    const first = fields.findIndex((field) => field !== undefined);
    const { kind, name, source } = manifests[first] ?? {};
    const path = fields[first];
    if (source !== undefined && path !== undefined) {
      const others = fields.filter((field) => field !== undefined).length - 1;
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
