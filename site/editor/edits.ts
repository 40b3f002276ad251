import { insertNewlineKeepIndent } from '@codemirror/commands';
import { type ChangeSpec, EditorSelection, type EditorState, findClusterBreak, type Line } from '@codemirror/state';
import type { Command } from '@codemirror/view';

const STEP = 2;

/** A new line begins where its text does; below a key that has no value yet, one step deeper. */
export const newLine: Command = (view) => {
  const { state } = view;
  const { head, empty } = state.selection.main;
  const { from, text } = state.doc.lineAt(head);
  const before = text.slice(0, head - from);
  if (!empty || state.selection.ranges.length > 1 || !/^\s*(- +)*[^\s#][^#]*:\s*$/.test(before)) {
    return insertNewlineKeepIndent(view);
  }
  const [start = ''] = /^\s*(- +)*/.exec(before) ?? [];
  const insert = `\n${' '.repeat(start.length + STEP)}`;
  view.dispatch(
    state.update({
      changes: { from: head, insert },
      selection: EditorSelection.cursor(head + insert.length),
      scrollIntoView: true,
      userEvent: 'input',
    }),
  );
  return true;
};

/** Deletes what is selected, else one character; backward in front of the text, one step of its indentation. */
export function deleteCharacter(isForward: boolean): Command {
  return (view) => {
    const { state } = view;
    const spec = state.changeByRange((range) => {
      const to = range.empty ? next(state, range.head, isForward) : range.to;
      const [from, end] = range.empty ? [Math.min(range.head, to), Math.max(range.head, to)] : [range.from, range.to];
      return { changes: { from, to: end }, range: EditorSelection.cursor(from) };
    });
    if (state.readOnly || spec.changes.empty) {
      return false;
    }
    const userEvent = isForward ? 'delete.forward' : 'delete.backward';
    view.dispatch(state.update(spec, { scrollIntoView: true, userEvent }));
    return true;
  };
}

function next({ doc }: EditorState, at: number, isForward: boolean): number {
  const line = doc.lineAt(at);
  const before = line.text.slice(0, at - line.from);
  if (!isForward && before !== '' && before.trim() === '') {
    return at - (before.length % STEP === 0 && before.endsWith('  ') ? STEP : 1);
  }
  if (at === (isForward ? line.to : line.from)) {
    return Math.min(Math.max(at + (isForward ? 1 : -1), 0), doc.length);
  }
  return line.from + findClusterBreak(line.text, at - line.from, isForward);
}

/** Moves the lines of the selection one step in; a cursor inside of a line is given spaces. */
export const indent: Command = (view) => {
  const { main } = view.state.selection;
  if (main.empty) {
    const { from } = view.state.doc.lineAt(main.head);
    view.dispatch(view.state.replaceSelection(' '.repeat(STEP - ((main.head - from) % STEP))));
    return true;
  }
  return eachLine(view, ({ from, length }) => (length === 0 ? [] : [{ from, insert: ' '.repeat(STEP) }]));
};

/** Moves the lines of the selection one step out. */
export const outdent: Command = (view) =>
  eachLine(view, ({ from, text }) => {
    const [spaces = ''] = /^ {1,2}/.exec(text) ?? [];
    return spaces === '' ? [] : [{ from, to: from + spaces.length }];
  });

function eachLine(view: Parameters<Command>[0], change: (line: Line) => readonly ChangeSpec[]): boolean {
  const { state } = view;
  const lines = new Map<number, Line>();
  for (const { from, to } of state.selection.ranges) {
    for (let at = from; at <= to; ) {
      const line = state.doc.lineAt(at);
      lines.set(line.from, line);
      at = line.to + 1;
    }
  }
  view.dispatch(state.update({ changes: [...lines.values()].flatMap(change), userEvent: 'input.indent' }));
  return true;
}
