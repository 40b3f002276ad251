/** A scalar that is not plain, as the text that stands behind its key or dash; the lines of a block have this indent. */
export type WriteScalar = (value: unknown, indent: number) => string;

/**
 * Writes an object of the shape that nearly all Kubernetes objects have: maps whose keys are words, lists, and scalars.
 *
 * @returns `undefined` where a key is no plain word.
 */
export function plainDocument(object: object, writeScalar: WriteScalar): string | undefined {
  const writer = new PlainWriter(writeScalar);
  writer.map(object, 0, '');
  return writer.isPlain ? writer.text : undefined;
}

/** Words of YAML 1.1 that are no text: booleans, and nothing. */
const WORD = /^(?:[YyNn]|[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF|[Tt]rue|TRUE|[Ff]alse|FALSE|[Nn]ull|NULL)$/;

/**
 * No number, date or sign of YAML begins so (but for `e1`, which cdk8s takes for one), and neither a comment nor a key can begin
 * in it. The same for versions and addresses, which have too many dots for a number.
 */
const PLAIN =
  /^(?!-?e[-+]?\d+$)(?:-{0,2}[a-z]|[/$(])[!-9;-~]*(?:(?::(?! |$)| (?![ #]|$))[!-9;-~]*)*$|^\d+\.\d+\.\d[\w./-]*$/i;

/** Decimal numbers, which are texts only in quotes. */
const DECIMAL = /^\d+(?:\.\d+)?$/;

/** Signs of YAML, which stand in quotes. */
const SIGN = /^[ ,[\]{}#&*!|>'%@`]|^[?-](?: |$)|: | #|[ :]$/;

/** What needs no escape in quotes. */
const PRINTABLE = /^[ !#-[\]-~]*$/;

/** A longer key is written in a form of its own. */
const LONGEST_KEY = 200;

/** How many keys are kept. */
const MOST_KEYS = 1_000;

class PlainWriter {
  text = '';
  isPlain = true;

  constructor(private readonly writeScalar: WriteScalar) {}

  /** @param before What the value stands behind: a colon, a dash, or nothing. */
  map(value: object, indent: number, before: Before): void {
    let start = startOf(before, indent);
    let isEmpty = true;
    for (const key of Object.keys(value)) {
      isEmpty = false;
      this.isPlain &&= isPlainKey(key);
      this.text += `${start}${key}:`;
      this.value((value as Record<string, unknown>)[key], indent, ':');
      start = spaces(indent);
    }
    if (isEmpty) {
      this.text += before === '' ? '{}\n' : ' {}\n';
    }
  }

  private list(values: readonly unknown[], indent: number, before: Before): void {
    let start = startOf(before, indent);
    for (const value of values) {
      this.text += `${start}-`;
      this.value(value, indent, '-');
      start = spaces(indent);
    }
    if (values.length === 0) {
      this.text += ' []\n';
    }
  }

  private value(value: unknown, indent: number, before: Before): void {
    if (typeof value !== 'object' || value === null) {
      this.text += ` ${this.scalar(value, indent + 2)}\n`;
    } else if (Array.isArray(value)) {
      this.list(value, indent + 2, before);
    } else {
      this.map(value, indent + 2, before);
    }
  }

  private scalar(value: unknown, indent: number): string {
    switch (typeof value) {
      case 'string':
        return this.string(value, indent);
      case 'boolean':
        return String(value);
      case 'number':
        return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : this.writeScalar(value, indent);
      default:
        return value === null ? 'null' : this.writeScalar(value, indent);
    }
  }

  private string(value: string, indent: number): string {
    if (PLAIN.test(value)) {
      return WORD.test(value) ? `"${value}"` : value;
    }
    const isQuoted = DECIMAL.test(value) || (SIGN.test(value) && PRINTABLE.test(value));
    return isQuoted ? `"${value}"` : this.writeScalar(value, indent);
  }
}

/** The same few keys stand in all objects. */
const plainKeys = new Set<string>();

function isPlainKey(key: string): boolean {
  if (plainKeys.has(key)) {
    return true;
  }
  const isPlain = PLAIN.test(key) && !WORD.test(key) && key.length <= LONGEST_KEY;
  if (isPlain && plainKeys.size < MOST_KEYS) {
    plainKeys.add(key);
  }
  return isPlain;
}

type Before = ':' | '-' | '';

/** What stands behind a dash goes on in its line, and what stands behind a key begins the next one. */
function startOf(before: Before, indent: number): string {
  return before === ':' ? `\n${spaces(indent)}` : before === '-' ? ' ' : '';
}

const SPACES = ' '.repeat(100);

function spaces(count: number): string {
  return count <= SPACES.length ? SPACES.slice(0, count) : ' '.repeat(count);
}
