import { RangeSetBuilder, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { NOTHING_OPEN, type Open, type Token, tokensOf } from './yaml';

const KINDS = new Map(
  (['key', 'text', 'value', 'comment', 'sign'] as const).map((kind) => [kind, Decoration.mark({ class: `y-${kind}` })]),
);

/** Colours what is in sight. Of each line before it is known what it leaves open, up to the last change. */
class Colours {
  decorations: DecorationSet;
  private readonly open: Open[] = [];

  constructor(view: EditorView) {
    this.decorations = this.coloured(view);
  }

  update(update: ViewUpdate): void {
    if (update.docChanged) {
      let first = Number.POSITIVE_INFINITY;
      update.changes.iterChangedRanges((_from, _to, from) => {
        first = Math.min(first, from);
      });
      this.open.length = Math.min(this.open.length, update.state.doc.lineAt(first).number - 1);
    }
    if (update.docChanged || update.viewportChanged) {
      this.decorations = this.coloured(update.view);
    }
  }

  private coloured({ state, visibleRanges }: EditorView): DecorationSet {
    const builder = new RangeSetBuilder<Decoration>();
    for (const { from, to } of visibleRanges) {
      const last = state.doc.lineAt(to).number;
      for (let number = state.doc.lineAt(from).number; number <= last; number++) {
        const line = state.doc.line(number);
        for (const token of this.tokens(state.doc, number)) {
          const mark = KINDS.get(token.kind);
          if (mark !== undefined && token.to > token.from) {
            builder.add(line.from + token.from, line.from + token.to, mark);
          }
        }
      }
    }
    return builder.finish();
  }

  private tokens(doc: Text, number: number): readonly Token[] {
    while (this.open.length < number - 1) {
      const at = this.open.length;
      this.open.push(tokensOf(doc.line(at + 1).text, this.open[at - 1] ?? NOTHING_OPEN).open);
    }
    const { tokens, open } = tokensOf(doc.line(number).text, this.open[number - 2] ?? NOTHING_OPEN);
    this.open[number - 1] = open;
    return tokens;
  }
}

/** The colours of YAML. */
export const colours = ViewPlugin.fromClass(Colours, { decorations: ({ decorations }) => decorations });
