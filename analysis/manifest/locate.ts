import type { DocumentText } from './documents';
import { contentStart, linesBefore } from './documents';
import { Layout } from './layout';
import type { Path, Position, Source, Span } from './manifest';
import { pathOf } from './unfold';

/**
 * A document whose lines can be asked for. Few objects are ever asked, so nothing is kept from the first parse: the
 * text is parsed again when it comes to that, and forgotten when memory is needed.
 */
export class LocatedDocument {
  private layout: WeakRef<Layout> | undefined;

  constructor(
    readonly file: string,
    private readonly document: DocumentText,
  ) {}

  /** The source of the item of a list of the document, or of what stands at a path of it. */
  source(list: Path, index: number | undefined): Source {
    return new DocumentSource(this, list, index);
  }

  /** The line of a path, or of its nearest ancestor that the text has. */
  lineOf(path: Path): number {
    const { text, firstLine } = this.document;
    return firstLine + (path.length === 0 ? linesBefore(text, contentStart(text)) : this.parsed().lineOf(path));
  }

  /** The column of a path, or of its nearest ancestor that the text has. */
  columnOf(path: Path): number {
    return this.parsed().columnOf(path);
  }

  /** Where a path is written. */
  spanOf(path: Path): Span | undefined {
    const { firstLine } = this.document;
    const span = this.parsed().spanOf(path);
    const placed = ({ line, column }: Position): Position => ({ line: firstLine + line, column });
    return span === undefined
      ? undefined
      : {
          ...span,
          start: placed(span.start),
          keyEnd: span.keyEnd && placed(span.keyEnd),
          value: [placed(span.value[0]), placed(span.value[1])],
        };
  }

  private parsed(): Layout {
    let layout = this.layout?.deref();
    if (layout === undefined) {
      layout = new Layout(this.document.text);
      this.layout = new WeakRef(layout);
    }
    return layout;
  }
}

class DocumentSource implements Source {
  constructor(
    private readonly document: LocatedDocument,
    private readonly list: Path,
    private readonly index: number | undefined,
  ) {}

  private get path(): Path {
    return pathOf(this.list, this.index);
  }

  get file(): string {
    return this.document.file;
  }

  get line(): number {
    return this.document.lineOf(this.path);
  }

  lineOf(path: Path): number {
    return this.document.lineOf([...this.path, ...path]);
  }

  columnOf(path: Path): number {
    return this.document.columnOf([...this.path, ...path]);
  }

  spanOf(path: Path): Span | undefined {
    return this.document.spanOf([...this.path, ...path]);
  }
}

/** The source of an object that was never text. */
export function memorySource(file: string): Source {
  return { file, line: 0, lineOf: () => 0, columnOf: () => 0, spanOf: () => undefined };
}
