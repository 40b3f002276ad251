import { type Extension, RangeSet, StateEffect, StateField, type Text, type TransactionSpec } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutter } from '@codemirror/view';
import type { Mark } from '../playground';

/** So many marks are shown: of a text with more, nobody reads them. */
const MOST = 500;

const SIGNS = { error: '✕', warning: '!', info: 'i' } as const;
const ORDER = ['error', 'warning', 'info'] as const;

interface Shown {
  readonly ranges: RangeSet<Decoration>;
  readonly gutter: RangeSet<GutterMarker>;
}

const NONE: Shown = { ranges: RangeSet.empty, gutter: RangeSet.empty };

/** What is to be said of a line, beside its number. */
class Sign extends GutterMarker {
  constructor(private readonly marks: readonly Mark[]) {
    super();
  }

  override eq(other: Sign): boolean {
    return JSON.stringify(other.marks) === JSON.stringify(this.marks);
  }

  override toDOM(): Node {
    const worst = ORDER.find((severity) => this.marks.some((mark) => mark.severity === severity)) ?? 'info';
    const element = document.createElement('span');
    element.className = `sign ${worst}`;
    element.textContent = SIGNS[worst];
    element.title = this.marks.map(({ message }) => message).join('\n\n');
    return element;
  }
}

const replaced = StateEffect.define<Shown>();

const shown = StateField.define<Shown>({
  create: () => NONE,
  update: ({ ranges, gutter: signs }, transaction) => {
    const [effect] = transaction.effects.filter((one) => one.is(replaced));
    return effect !== undefined
      ? (effect.value as Shown)
      : { ranges: ranges.map(transaction.changes), gutter: signs.map(transaction.changes) };
  },
  provide: (field) => EditorView.decorations.from(field, ({ ranges }) => ranges),
});

/** Marks at lines: a sign beside the number, and a line below the text, which say what is wrong. */
export const marks: Extension = [
  shown,
  gutter({ class: 'signs', markers: (view) => view.state.field(shown).gutter, initialSpacer: () => new Sign([]) }),
];

/** Shows these marks in the place of those before. */
export function marked(doc: Text, all: readonly Mark[]): TransactionSpec {
  const placed = all
    .slice(0, MOST)
    .map((mark) => ({ mark, line: doc.line(Math.min(Math.max(mark.line, 1), doc.lines)) }));
  const lines = new Map<number, Mark[]>();
  for (const { mark, line } of placed) {
    lines.set(line.from, [...(lines.get(line.from) ?? []), mark]);
  }
  const ranges = placed.flatMap(({ mark: { column, severity, message }, line }) => {
    const indent = line.text.length - line.text.trimStart().length;
    const from = Math.min(line.from + Math.max(column - 1, indent), line.to);
    const look = Decoration.mark({ class: `wrong ${severity}`, attributes: { title: message } });
    return from < line.to ? [look.range(from, line.to)] : [];
  });
  const signs = [...lines].map(([from, here]) => new Sign(here).range(from));
  return { effects: replaced.of({ ranges: RangeSet.of(ranges, true), gutter: RangeSet.of(signs, true) }) };
}
