import { EditorView } from '@codemirror/view';

/** The editor in the colours of the page, which are light or dark by themselves. */
export const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--frame)', color: 'var(--ink)', fontSize: '13px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--accent)', padding: '8px 0' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--chosen)',
  },
  '.cm-gutters': { backgroundColor: 'var(--frame)', color: 'var(--soft)', border: '0' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 8px 0 12px', minWidth: '3em' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--shade) 55%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--ink)' },
  '.signs': { width: '1.1em' },
  '.signs .cm-gutterElement': { paddingLeft: '4px', cursor: 'default' },
  '.sign': { fontFamily: 'var(--mono)', fontWeight: '700' },
  '.sign.error': { color: 'var(--no)' },
  '.sign.warning': { color: 'var(--open)' },
  '.sign.info': { color: 'var(--accent)' },
  '.wrong': { textDecorationThickness: '1.5px', textUnderlineOffset: '3px' },
  '.wrong.error': { textDecoration: 'underline wavy var(--no)' },
  '.wrong.warning': { textDecoration: 'underline wavy var(--open)' },
  '.wrong.info': { textDecoration: 'underline dotted var(--accent)' },
  '.y-key': { color: 'var(--key)' },
  '.y-text': { color: 'var(--text)' },
  '.y-value': { color: 'var(--value)' },
  '.y-comment': { color: 'var(--soft)', fontStyle: 'italic' },
  '.y-sign': { color: 'var(--soft)' },
});
