import { constructFromEvents, EVENT_ID, type Event, parseEvents, YAMLException } from 'js-yaml';
import { contentStart, type DocumentText, linesBefore } from './documents';
import { Mender } from './mend';
import { plainDocument } from './plain';
import { kubectlSchema } from './schema';
import { explained } from './syntax';

/** Deeper than any manifest; what recursion over a document can stand. */
export const MAX_DEPTH = 1000;

/** Enough for every manifest that people write, little enough that a bomb of merges ends in a second. */
const MAX_MERGED_KEYS = 1_000_000;

/** A document that cannot be read. */
export interface SyntaxMistake {
  readonly code: 'syntax' | 'aliases';
  /** The line of the file, from 1. */
  readonly line: number;
  readonly message: string;
}

/** The values of a text (several only if `...` is missing its own line), or what is wrong with it. */
export type ParsedText =
  | {
      readonly values: readonly unknown[];
      /** The text as it was parsed, where that is not how it was written; its lines are the same. */
      readonly text?: string;
    }
  | { readonly mistake: SyntaxMistake };

/** Documents are parsed together up to this length: the parser has fixed costs, and most documents are short. */
const BATCH = 200_000;

/** Parses documents as kubectl does, except that a key given twice is a mistake. */
export function* parseYaml(documents: readonly DocumentText[]): Generator<[DocumentText, ParsedText]> {
  const keys = new Set<string>();
  let others: DocumentText[] = [];
  for (const document of documents) {
    const plain = plainDocument(document.text, keys);
    if (plain === undefined) {
      others.push(document);
    } else {
      yield* parseCarefully(others);
      others = [];
      yield [document, { values: [plain.value] }];
    }
  }
  yield* parseCarefully(others);
}

/** The same by the parser of all YAML, also where the short way would do. */
export function* parseCarefully(documents: readonly DocumentText[]): Generator<[DocumentText, ParsedText]> {
  for (const batch of batchesOf(documents)) {
    const values = batch.length > 1 ? parseTogether(batch) : undefined;
    for (const [index, document] of batch.entries()) {
      yield [document, values === undefined ? parseOne(document) : { values: [values[index]] }];
    }
  }
}

function* batchesOf(documents: readonly DocumentText[]): Generator<DocumentText[]> {
  let batch: DocumentText[] = [];
  let size = 0;
  for (const document of documents) {
    if (size > BATCH || !document.text.startsWith('---')) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(document);
    size += document.text.length;
  }
  yield batch;
}

/**
 * The values of documents of which all but the first begin with a marker, so that none of those is empty; `undefined`
 * where anything is not as usual, so that they are looked at one by one.
 */
function parseTogether(documents: readonly DocumentText[]): readonly unknown[] | undefined {
  const text = documents.map((document) => document.text).join('');
  try {
    const events = eventsOf(text);
    if (events.some(({ type }) => type === EVENT_ID.ALIAS)) {
      return undefined;
    }
    const values = constructFromEvents(events, { source: text, schema: kubectlSchema() });
    return values.length === documents.length ? values : undefined;
  } catch {
    return undefined;
  }
}

function parseOne(document: DocumentText): ParsedText {
  const { firstLine } = document;
  const mender = new Mender();
  for (let { text } = document; ; ) {
    try {
      return { ...valuesOf(text, firstLine), text };
    } catch (error) {
      const mended = error instanceof YAMLException ? mender.mended(text, error) : undefined;
      if (mended === undefined) {
        const { line, message } = explained(text, error);
        return { mistake: { code: 'syntax', line: firstLine + line, message } };
      }
      text = mended;
    }
  }
}

function valuesOf(text: string, firstLine: number): ParsedText {
  const events = eventsOf(text);
  const values = constructFromEvents(events, {
    source: text,
    schema: kubectlSchema(),
    maxTotalMergeKeys: MAX_MERGED_KEYS,
  });
  const bomb = excessiveAliasing(events, values);
  return bomb === undefined
    ? { values }
    : { mistake: { code: 'aliases', line: firstLine + linesBefore(text, contentStart(text)), message: bomb } };
}

/** The events of a text, with offsets into it. */
export function eventsOf(text: string): Event[] {
  return parseEvents(text, { maxDepth: MAX_DEPTH });
}

/**
 * The rule by which kubectl refuses a document whose aliases make much of little (go-yaml, allowedAliasRatio). The
 * values share what an alias repeats, so the check itself costs no more than the text is long.
 */
function excessiveAliasing(events: readonly Event[], values: readonly unknown[]): string | undefined {
  let aliases = 0;
  let written = 0;
  for (const event of events) {
    aliases += event.type === EVENT_ID.ALIAS ? 1 : 0;
    written +=
      event.type === EVENT_ID.SCALAR || event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE ? 1 : 0;
  }
  if (aliases === 0) {
    return undefined;
  }
  const sizes = new Map<object, number>();
  let size = 0;
  for (const value of values) {
    size += expandedSize(value, sizes, 0);
  }
  if (Number.isNaN(size)) {
    return `an alias stands inside of what it repeats, or aliases nest deeper than ${MAX_DEPTH}; write that part out`;
  }
  const repeated = size - written;
  return repeated > 100 && size > 1000 && repeated / size > allowedShare(size)
    ? 'the aliases of this document expand to far more than it holds; write it out'
    : undefined;
}

/** How many nodes a value has once its aliases are written out; not a number where it has no end. */
function expandedSize(value: unknown, sizes: Map<object, number>, depth: number): number {
  if (typeof value !== 'object' || value === null) {
    return 1;
  }
  if (depth > MAX_DEPTH) {
    return Number.NaN;
  }
  const known = sizes.get(value);
  if (known !== undefined) {
    return known;
  }
  // Until it is known, a value that is met again contains itself.
  sizes.set(value, Number.NaN);
  let size = 1;
  for (const member of Object.values(value)) {
    size += expandedSize(member, sizes, depth + 1) + (Array.isArray(value) ? 0 : 1);
  }
  size = Math.min(size, Number.MAX_SAFE_INTEGER);
  sizes.set(value, size);
  return size;
}

function allowedShare(size: number): number {
  const low = 400_000;
  const high = 4_000_000;
  return size <= low ? 0.99 : size >= high ? 0.1 : 0.99 - (0.89 * (size - low)) / (high - low);
}
