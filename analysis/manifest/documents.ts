/** One document of a YAML stream, or a whole JSON text, as it stands in its file. */
export interface DocumentText {
  readonly text: string;
  /** The line of the file, from 1, on which the text begins. */
  readonly firstLine: number;
}

/**
 * Splits a YAML stream at its document markers, so that a mistake in one document leaves the others readable.
 *
 * A marker at the beginning of a line ends every scalar (YAML 1.2.2, 9.1.2), so no document is ever cut in two.
 */
export function splitDocuments(stream: string): DocumentText[] {
  const documents: DocumentText[] = [];
  let start = 0;
  let firstLine = 1;
  for (const cut of cuts(stream)) {
    const text = stream.slice(start, cut);
    // Directives belong to the document whose marker they precede, and to no other.
    if (text[contentStart(text)] === '%' && !/^---/m.test(text)) {
      continue;
    }
    documents.push({ text, firstLine });
    firstLine += linesBefore(text, text.length);
    start = cut;
  }
  documents.push({ text: stream.slice(start), firstLine });
  return documents;
}

/** Offsets at which a document ends and the next begins: before each `---`, after each line that begins with `...`. */
function* cuts(stream: string): Generator<number> {
  let dashes = stream.indexOf('\n---');
  let dots = stream.indexOf('\n...');
  while (dashes >= 0 || dots >= 0) {
    if (dots < 0 || (dashes >= 0 && dashes < dots)) {
      if (isMarkerEnd(stream, dashes + 4)) {
        yield dashes + 1;
      }
      dashes = stream.indexOf('\n---', dashes + 4);
    } else {
      const end = stream.indexOf('\n', dots + 4);
      if (isMarkerEnd(stream, dots + 4) && end >= 0) {
        yield end + 1;
      }
      dots = stream.indexOf('\n...', dots + 4);
    }
  }
}

function isMarkerEnd(stream: string, at: number): boolean {
  return at === stream.length || ' \t\r\n'.includes(stream.charAt(at));
}

/** The offset of the first line that is neither blank nor a comment nor a bare `---`; the length where all lines are. */
export function contentStart(text: string): number {
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (!/^(---)?\s*(#.*)?$/.test(text.slice(start, end))) {
      return start;
    }
    start = end + 1;
  }
  return text.length;
}

/** How many lines end before an offset. */
export function linesBefore(text: string, offset: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    lines++;
  }
  return lines;
}
