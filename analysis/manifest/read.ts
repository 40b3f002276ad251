import { type DocumentText, splitDocuments } from './documents';
import { misframing } from './framing';
import { parseJson } from './json';
import { LocatedDocument } from './locate';
import { Reader, type Reading } from './reader';
import { type ParsedText, parseYaml } from './yaml';

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
    reader.read(json.value, (list, index) => located.source(list, index));
    return reader;
  }
  const documents = splitDocuments(stream);
  for (const [document, parsed] of parseYaml(documents)) {
    readDocument(reader, document, parsed, file, document === documents[0]);
  }
  return reader;
}

function readDocument(
  reader: Reader,
  document: DocumentText,
  parsed: ParsedText,
  file: string,
  isFirst: boolean,
): void {
  const edge = misframing(document, isFirst);
  if (edge !== undefined) {
    const { line, message } = edge;
    reader.problems.push({ code: 'document-edge', severity: 'tolerable', file, line, message });
  }
  if (edge?.isLeftOut) {
    return;
  }
  if ('mistake' in parsed) {
    reader.problems.push({ file, ...parsed.mistake });
    return;
  }
  const located = new LocatedDocument(file, { ...document, text: parsed.text ?? document.text });
  for (const value of parsed.values) {
    // A document of nothing but comments is null.
    if (value !== null) {
      reader.read(value, (list, index) => located.source(list, index));
    }
  }
}
