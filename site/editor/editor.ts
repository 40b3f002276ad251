import { history, isolateHistory } from '@codemirror/commands';
import { EditorState, Transaction } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { Mark } from '../playground';
import { colours } from './colours';
import { Find } from './find';
import { keys } from './keys';
import { look } from './look';
import { marked, marks } from './marks';

/** The editor of the manifests. */
export class Editor {
  private readonly view: EditorView;
  private readonly finder = new Find(() => this.view);

  /**
   * @param host gets the editor
   * @param changed called with each change of the text
   */
  constructor(
    host: HTMLElement,
    private readonly changed: () => void,
  ) {
    const place = document.createElement('div');
    place.className = 'code';
    host.append(this.finder.element, place);
    this.view = new EditorView({ parent: place, state: this.stateOf('') });
  }

  private stateOf(text: string): EditorState {
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        marks,
        highlightSpecialChars(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        keymap.of([{ key: 'Mod-f', run: () => this.find() }, ...keys]),
        EditorState.languageData.of(() => [{ commentTokens: { line: '#' } }]),
        colours,
        look,
        EditorView.cspNonce.of(nonce()),
        EditorView.contentAttributes.of({
          'aria-label': 'Manifests, as YAML. Escape, then Tab, leaves the editor.',
          autocapitalize: 'off',
          tabindex: '0',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            this.changed();
          }
        }),
      ],
    });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** Another text in the place of this one. That can be taken back by itself, but not the first text. */
  set text(text: string) {
    const { length } = this.view.state.doc;
    this.view.dispatch({
      changes: { from: 0, to: length, insert: text },
      selection: { anchor: 0 },
      scrollIntoView: true,
      annotations: length === 0 ? Transaction.addToHistory.of(false) : isolateHistory.of('full'),
    });
    this.view.scrollDOM.scrollTop = 0;
  }

  /** Shows what is to be said of lines, in the place of what was said before. */
  mark(all: readonly Mark[]): void {
    this.view.dispatch(marked(this.view.state.doc, all));
  }

  /** Puts the cursor on a line and shows it. */
  goTo(line: number): void {
    const { doc } = this.view.state;
    const { from, text } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const anchor = from + text.length - text.trimStart().length;
    this.view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    this.view.focus();
  }

  private find(): boolean {
    this.finder.open();
    return true;
  }
}

/** What the policy of the page asks of styles that scripts add. */
function nonce(): string {
  return document.querySelector<HTMLStyleElement>('style[nonce]')?.nonce ?? '';
}
