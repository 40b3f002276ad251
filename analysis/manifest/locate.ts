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
  private events: WeakRef<Event[]> | undefined;

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
    if (path.length === 0) {
      return firstLine + linesBefore(text, contentStart(text));
    }
    const offset = offsetOf(text, this.parsed(), path);
    return firstLine + linesBefore(text, offset < 0 ? contentStart(text) : offset);
  }

  private parsed(): Event[] {
    let events = this.events?.deref();
    if (events === undefined) {
      try {
        events = eventsOf(this.document.text);
      } catch {
        // JSON may be what YAML is not, e.g. in its control characters. The line of the document has to do.
        events = [];
      }
      this.events = new WeakRef(events);
    }
    return events;
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
}

/** The source of an object that was never text. */
export function memorySource(file: string): Source {
  return { file, line: 0, lineOf: () => 0 };
}

/** The offset of the last step of a path that the document has; less than 0 where it has none. */
function offsetOf(text: string, events: readonly Event[], path: Path): number {
  let at = events.findIndex((event) => event.type === EVENT_ID.DOCUMENT) + 1;
  let offset = -1;
  for (const step of path) {
    const node = resolved(text, events, at);
    const found = node < 0 ? undefined : child(text, events, node, step);
    if (found === undefined) {
      break;
    }
    at = found.value;
    offset = found.offset;
  }
  return offset;
}

/** Follows an alias to what it repeats: the last anchor of that name before it. */
function resolved(text: string, events: readonly Event[], at: number): number {
  const alias = events[at];
  if (alias?.type !== EVENT_ID.ALIAS) {
    return at;
  }
  const name = text.slice(alias.anchorStart, alias.anchorEnd);
  return events.findLastIndex(
    (event, index) =>
      index < at &&
      event.type !== EVENT_ID.ALIAS &&
      'anchorStart' in event &&
      event.anchorStart >= 0 &&
      text.slice(event.anchorStart, event.anchorEnd) === name,
  );
}

interface Child {
  /** The index of the event with which the value begins. */
  readonly value: number;
  /** Where a reader looks for it: at the key of a mapping, at the item of a list. */
  readonly offset: number;
}

function child(text: string, events: readonly Event[], node: number, step: string | number): Child | undefined {
  const parent = events[node];
  let at = node + 1;
  if (parent?.type === EVENT_ID.SEQUENCE) {
    for (let index = 0; !isEnd(events[at]); index++) {
      if (index === step) {
        return { value: at, offset: startOf(events[at]) };
      }
      at = afterNode(events, at);
    }
  } else if (parent?.type === EVENT_ID.MAPPING) {
    while (!isEnd(events[at])) {
      const key = events[at];
      const value = afterNode(events, at);
      if (key?.type === EVENT_ID.SCALAR && getScalarValue(text, key) === String(step)) {
        return { value, offset: startOf(key) };
      }
      at = afterNode(events, value);
    }
  }
  return undefined;
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

/** The index behind a node and all that it holds. */
function afterNode(events: readonly Event[], at: number): number {
  let depth = 0;
  for (let index = at; index < events.length; index++) {
    const { type } = events[index] as Event;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) {
      depth++;
    } else if (type === EVENT_ID.POP) {
      depth--;
    }
    if (depth === 0) {
      return index + 1;
    }
  }
  return events.length;
}
