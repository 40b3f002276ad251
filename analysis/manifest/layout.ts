import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import { contentStart } from './documents';
import type { Path, Position, Span } from './manifest';
import { eventsOf } from './yaml';

interface Child {
  /** The index of the event with which the value begins. */
  readonly value: number;
  /** Where a reader looks for it: at the key of a mapping, at the item of a list. */
  readonly offset: number;
  /** Where the key ends; undefined for an item of a list. */
  readonly keyEnd: number | undefined;
}

/** Where the nodes and lines of a text begin. A list may have a hundred thousand items, so what was found is kept. */
export class Layout {
  private readonly events: readonly Event[];
  private readonly lineStarts: readonly number[];
  private readonly contentStart: number;
  private readonly children = new Map<number, ReadonlyMap<string, Child>>();

  constructor(private readonly text: string) {
    this.events = eventsOrNone(text);
    this.contentStart = contentStart(text);
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
    return this.positionAt(this.offsetOf(path)).column;
  }

  /** Where a path is written, lines from 0; undefined where a step of it is not in the text. */
  spanOf(path: Path): Span | undefined {
    let node = this.root();
    let child: Child | undefined;
    let inFlow = false;
    for (const step of path) {
      const parent = this.events[node] as Event | undefined;
      inFlow ||= parent !== undefined && 'style' in parent && parent.type !== EVENT_ID.SCALAR && this.isFlow(parent);
      child = this.childrenOf(node).get(String(step));
      if (child === undefined) {
        return undefined;
      }
      node = child.value;
    }
    if (child === undefined || child.offset < 0) {
      return undefined;
    }
    const [from, to] = this.extentOf(child);
    return {
      start: this.positionAt(child.offset),
      keyEnd: child.keyEnd === undefined ? undefined : this.positionAt(child.keyEnd),
      value: [this.positionAt(from), this.positionAt(to)],
      inFlow,
    };
  }

  /** From the first character of a value to behind its last, quotes included. A null that nobody wrote is behind its key. */
  private extentOf({ value, keyEnd = 0 }: Child): readonly [number, number] {
    const event = this.events[value];
    const start = startOf(event);
    if (start < 0) {
      return [keyEnd, keyEnd];
    }
    let end = start;
    for (let at = value; at < this.after(value); at++) {
      const own = this.events[at] as Event;
      end = Math.max(end, 'valueEnd' in own ? own.valueEnd + this.quotes(own) : startOf(own));
    }
    return [start - (event !== undefined && 'valueEnd' in event ? this.quotes(event) : 0), end];
  }

  private quotes({ style }: { readonly style: number }): number {
    return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
  }

  private isFlow({ start }: { readonly start: number }): boolean {
    return this.text[start] === '{' || this.text[start] === '[';
  }

  private positionAt(offset: number): Position {
    const line = this.lineAt(offset);
    return { line, column: offset - (this.lineStarts[line] as number) + 1 };
  }

  private root(): number {
    return this.events.findIndex((event) => event.type === EVENT_ID.DOCUMENT) + 1;
  }

  private offsetOf(path: Path): number {
    let node = this.root();
    let offset = this.contentStart;
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
        children.set(String(index), { value: at, offset: startOf(this.events[at]), keyEnd: undefined });
        at = this.after(at);
      }
    } else if (parent?.type === EVENT_ID.MAPPING) {
      while (!isEnd(this.events[at])) {
        const key = this.events[at];
        const value = this.after(at);
        if (key?.type === EVENT_ID.SCALAR) {
          children.set(getScalarValue(this.text, key), { value, offset: startOf(key), keyEnd: key.valueEnd });
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
