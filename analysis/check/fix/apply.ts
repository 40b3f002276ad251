import type { Position } from '../../manifest';
import type { Edit } from './edit';
import { TextLines } from './lines';
import { yamlLines, yamlScalar } from './yaml';

/** A text with changes, and the changes that could not be made in it. */
export interface Edited {
  readonly text: string;
  readonly applied: readonly Edit[];
  /** Changes of what is written in a way that this does not change, such as lists between brackets over several lines. */
  readonly skipped: readonly Edit[];
}

/** A part of the text, and what stands there instead. */
interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Changes the text of a file, and leaves comments, order and layout of all else as they are. */
export function applyEdits(text: string, edits: readonly Edit[]): Edited {
  const lines = new TextLines(text);
  const replacements: { readonly edit: Edit; readonly replacement: Replacement }[] = [];
  const skipped: Edit[] = [];
  for (const edit of edits) {
    const replacement = replacementOf(edit, lines);
    if (replacement === undefined) {
      skipped.push(edit);
    } else {
      replacements.push({ edit, replacement });
    }
  }
  // What is added at one place is made from the last to the first: a field of the inner mapping stands before one of the outer.
  replacements.reverse();
  replacements.sort((a, b) => b.replacement.from - a.replacement.from || a.edit.path.length - b.edit.path.length);
  let changed = text;
  let reached = text.length + 1;
  const applied: Edit[] = [];
  for (const { edit, replacement } of replacements) {
    if (replacement.to > reached) {
      skipped.push(edit);
      continue;
    }
    changed = changed.slice(0, replacement.from) + replacement.text + changed.slice(replacement.to);
    reached = replacement.from;
    applied.push(edit);
  }
  return { text: changed, applied, skipped };
}

function replacementOf(edit: Edit, lines: TextLines): Replacement | undefined {
  switch (edit.kind) {
    case 'set':
      return set(edit, lines);
    case 'rename':
      return rename(edit, lines);
    case 'remove':
      return remove(edit, lines);
    case 'add':
      return add(edit, lines);
  }
}

function set({ manifest, path, value }: Extract<Edit, { kind: 'set' }>, lines: TextLines): Replacement | undefined {
  const span = manifest.source.spanOf(path);
  if (span === undefined || span.value[0].line !== span.value[1].line) {
    return undefined;
  }
  const [from, to] = span.value.map((position) => lines.offsetOf(position)) as [number, number];
  return from === to ? undefined : { from, to, text: yamlScalar(value) };
}

function rename({ manifest, path, key }: Extract<Edit, { kind: 'rename' }>, lines: TextLines): Replacement | undefined {
  const span = manifest.source.spanOf(path);
  return span?.keyEnd === undefined
    ? undefined
    : { from: lines.offsetOf(span.start), to: lines.offsetOf(span.keyEnd), text: key };
}

/** Takes whole lines away; what shares its lines with something else stays. */
function remove({ manifest, path }: Extract<Edit, { kind: 'remove' }>, lines: TextLines): Replacement | undefined {
  const span = manifest.source.spanOf(path);
  if (span === undefined || span.inFlow || !lines.isFirst(span.start)) {
    return undefined;
  }
  const last = lastLine(span.value[1]);
  return lines.isBalanced(span.start.line, last)
    ? { from: lines.startOf(span.start.line), to: lines.startOf(last + 1), text: '' }
    : undefined;
}

/** Adds a field behind the last one of its mapping, or an item behind the last one of its list. */
function add({ manifest, path, value }: Extract<Edit, { kind: 'add' }>, lines: TextLines): Replacement | undefined {
  const parent = manifest.source.spanOf(path.slice(0, -1));
  const [start, end] = parent?.value ?? [];
  if (parent === undefined || start === undefined || end === undefined || parent.inFlow || lines.isBracket(start)) {
    return undefined;
  }
  if (start.line === end.line && start.column === end.column) {
    return undefined;
  }
  const at = lines.startOf(lastLine(end) + 1);
  const indent = ' '.repeat(start.column - 1);
  const text = yamlLines(path.at(-1) as string | number, value).map((line) => `${indent}${line}\n`);
  return { from: at, to: at, text: (lines.endsInLine(at) ? '' : '\n') + text.join('') };
}

/** The last line that has something of a value: a block of text ends at the start of the next line. */
function lastLine({ line, column }: Position): number {
  return column === 1 ? line - 1 : line;
}
