import { contentStart, type DocumentText, linesBefore } from './documents';

/** What stands at the edge of a document as YAML allows, and kubectl does not. */
export interface Misframing {
  /** The line of the file, from 1. */
  readonly line: number;
  readonly message: string;
  /** Whether kubectl takes no notice of the document, so that nothing of it is on a cluster. */
  readonly isLeftOut: boolean;
}

/**
 * kubectl cuts a stream at lines that begin with `---` before it reads any YAML. It refuses what else stands on such a line and
 * directives, and of what follows `...` up to the next `---` it reads nothing, without a word.
 *
 * @see https://github.com/kubernetes/apimachinery/blob/master/pkg/util/yaml/decoder.go
 */
export function misframing({ text, firstLine }: DocumentText, isFirst: boolean): Misframing | undefined {
  const start = contentStart(text);
  const line = firstLine + linesBefore(text, start);
  if (text[start] === '%') {
    const message = 'a directive of YAML, which kubectl refuses; leave out its line and the --- after it';
    return { line, message, isLeftOut: false };
  }
  if (/^---[ \t]+[^\s#]/.test(text.slice(start, start + 500))) {
    const message = 'the document begins on the line of its ---, which kubectl refuses; begin it on the next line';
    return { line, message, isLeftOut: false };
  }
  // All documents but the first begin with ---, or else follow `...`.
  if (!isFirst && !text.startsWith('---') && start < text.length) {
    const message = 'kubectl reads nothing between ... and the next ---, so this is left out; write --- before it';
    return { line, message, isLeftOut: true };
  }
  return undefined;
}
