import { YAMLException } from 'js-yaml';

/** What is wrong with a text that the parser refuses, and on which line from 0. */
export interface Explained {
  readonly line: number;
  readonly message: string;
}

/** What the parser refused, said so that it can be mended. */
export function explained(text: string, error: unknown): Explained {
  if (!(error instanceof YAMLException) || error.mark === undefined) {
    const reason = error instanceof Error ? error.message : String(error);
    return templateIn(text, undefined, reason) ?? { line: 0, message: `not YAML: ${reason}` };
  }
  const { line, column, position } = error.mark;
  const place = `column ${column + 1}`;
  if (error.reason === 'duplicated mapping key') {
    return { line, message: `${duplicate(text, position)} (${place})` };
  }
  const code = text.charCodeAt(position);
  if (isControl(code)) {
    const shown = code.toString(16).padStart(2, '0');
    const advice = `leave it out, or write "\\x${shown}" within double quotes`;
    return { line, message: `not YAML: a control character stands here, 0x${shown}; ${advice} (${place})` };
  }
  return (
    templateIn(text, line, `${error.reason}, ${place}`) ?? { line, message: `not YAML: ${error.reason} (${place})` }
  );
}

function isControl(code: number): boolean {
  return (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) || (code >= 0x7f && code <= 0x9f);
}

/** What only templates have: an action that is not within quotes or a block of text, and takes a line or a value. */
const ACTION = /^[ \t]*(?:- +)?(?:[\w./-]+: +)?(?:\{\{.*|\{%.*)$|[ \w-]\{\{[^}]*\}\}|\$\{[A-Za-z_][^}]*\}/;

/** A text that is not YAML yet: it says where, by the line at which the parser stopped or else the first that looks so. */
function templateIn(text: string, line: number | undefined, reason: string): Explained | undefined {
  const lines = text.split('\n');
  const isAction = (at: number) => {
    const written = lines[at] ?? '';
    return !written.trimStart().startsWith('#') && ACTION.test(written);
  };
  const at =
    line !== undefined && isAction(line)
      ? line
      : text.includes('{{') || text.includes('{%')
        ? lines.findIndex((_, index) => isAction(index))
        : -1;
  if (at < 0) {
    return undefined;
  }
  const [found = ''] = /\{\{.*?(\}\}|$)|\{%.*?(%\}|$)|\$\{[^}]*\}/.exec(lines[at] ?? '') ?? [];
  const shown = found.trim().slice(0, 60);
  const what = found.startsWith('$')
    ? `not YAML: the placeholder ${shown} stands here; fill it in first, e.g. by envsubst`
    : `not YAML but a template: ${shown} stands here; render it first, e.g. by helm template`;
  return { line: at, message: `${what} (${reason})` };
}

function duplicate(text: string, position: number): string {
  const rest = text.slice(position, position + 300);
  const quote = text.charAt(position - 1);
  const end = quote === '"' || quote === "'" ? rest.indexOf(quote) : rest.search(/\s*(:(\s|$)|[\r\n]|$)/);
  return `the key ${JSON.stringify(rest.slice(0, end))} is given twice in one mapping; keep one`;
}
