import { EVENT_ID, type Event, getScalarValue } from 'js-yaml';
import type { DocumentText } from './documents';
import { contentStart, linesBefore } from './documents';
import type { Path, Source } from './manifest';
import { eventsOf } from './yaml';

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

  /** The source of what stands at a path of the document. */
  source(path: Path): Source {
    return new DocumentSource(this, path);
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
    private readonly path: Path,
  ) {}

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
}

/** The source of an object that was never text. */
export function memorySource(file: string): Source {
  return { file, line: 0, lineOf: () => 0, columnOf: () => 0 };
}

interface Child {
  /** The index of the event with which the value begins. */
  readonly value: number;
  /** Where a reader looks for it: at the key of a mapping, at the item of a list. */
  readonly offset: number;
}

/** Where the nodes and lines of a text begin. A list may have a hundred thousand items, so what was found is kept. */
class Layout {
  private readonly events: readonly Event[];
  private readonly lineStarts: readonly number[];
  private readonly children = new Map<number, ReadonlyMap<string, Child>>();

  constructor(private readonly text: string) {
    this.events = eventsOrNone(text);
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.lineStarts = starts;
  }

  /** The line, from 0, of the last step of a path that the text has. */
  lineOf(path: Path): number {
    return this.lineAt(this.offsetOf(path));
  }

  /** The column, from 1, of the same step. */
  columnOf(path: Path): number {
    const offset = this.offsetOf(path);
    return offset - (this.lineStarts[this.lineAt(offset)] as number) + 1;
  }

  private offsetOf(path: Path): number {
    let node = this.events.findIndex((event) => event.type === EVENT_ID.DOCUMENT) + 1;
    let offset = contentStart(this.text);
    for (const step of path) {
      const child = this.childrenOf(this.resolved(node)).get(String(step));
      if (child === undefined) {
        break;
      }
      node = child.value;
      // A null that nobody wrote is nowhere.
      offset = child.offset < 0 ? offset : child.offset;
    }
    return offset;
  }

  private lineAt(offset: number): number {
    let low = 0;
    let high = this.lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.lineStarts[middle] as number) <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Follows an alias to what it repeats: the last anchor of that name before it. */
  private resolved(node: number): number {
    const alias = this.events[node];
    if (alias?.type !== EVENT_ID.ALIAS) {
      return node;
    }
    const name = this.text.slice(alias.anchorStart, alias.anchorEnd);
    for (let at = node - 1; at >= 0; at--) {
      const event = this.events[at] as Event;
      if (
        event.type !== EVENT_ID.ALIAS &&
        'anchorStart' in event &&
        event.anchorStart >= 0 &&
        this.text.slice(event.anchorStart, event.anchorEnd) === name
      ) {
        return at;
      }
    }
    return node;
  }

  private childrenOf(node: number): ReadonlyMap<string, Child> {
    let children = this.children.get(node);
    if (children === undefined) {
      children = this.findChildren(node);
      this.children.set(node, children);
    }
    return children;
  }

  private findChildren(node: number): ReadonlyMap<string, Child> {
    const children = new Map<string, Child>();
    const parent = this.events[node];
    let at = node + 1;
    if (parent?.type === EVENT_ID.SEQUENCE) {
      for (let index = 0; !isEnd(this.events[at]); index++) {
        children.set(String(index), { value: at, offset: startOf(this.events[at]) });
        at = this.after(at);
      }
    } else if (parent?.type === EVENT_ID.MAPPING) {
      while (!isEnd(this.events[at])) {
        const key = this.events[at];
        const value = this.after(at);
        if (key?.type === EVENT_ID.SCALAR) {
          children.set(getScalarValue(this.text, key), { value, offset: startOf(key) });
        }
        at = this.after(value);
      }
    }
    return children;
  }

  /** The index behind a node and all that it holds. */
  private after(node: number): number {
    let depth = 0;
    for (let at = node; at < this.events.length; at++) {
      const { type } = this.events[at] as Event;
      if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) {
        depth++;
      } else if (type === EVENT_ID.POP) {
        depth--;
      }
      if (depth === 0) {
        return at + 1;
      }
    }
    return this.events.length;
  }
}

/** JSON may be what YAML is not, e.g. in its control characters. The line of the document has to do then. */
function eventsOrNone(text: string): readonly Event[] {
  try {
    return eventsOf(text);
  } catch {
    return [];
  }
}

function isEnd(event: Event | undefined): boolean {
  return event === undefined || event.type === EVENT_ID.POP;
}

function startOf(event: Event | undefined): number {
  if (event === undefined) {
    return -1;
  }
  if ('start' in event) {
    return event.start;
  }
  return 'valueStart' in event ? event.valueStart : 'anchorStart' in event ? event.anchorStart : -1;
}
