import { printable } from './printable';

/** Something wrong or worth knowing, and where. */
export interface Placed {
  /** Empty where no file is to blame. */
  readonly file: string;
  /** From 1; 0 where there is no line. */
  readonly line: number;
  readonly message: string;
}

/** More mistakes than anybody reads at once. */
const MOST_PROBLEMS = 50;

/**
 * Mistakes as an editor understands them, `FILE:LINE: what is wrong`, each once, by file and line; of more than `most`
 * the rest is counted.
 *
 * @param most how many lines to give at most
 * @param label what stands before each message, e.g. `note: `
 */
export function problemLines(problems: Iterable<Placed>, { most = MOST_PROBLEMS, label = '' } = {}): readonly string[] {
  const lines = new Set<string>();
  const sorted = [...problems].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  for (const { file, line, message } of sorted) {
    lines.add(printable(`${placeText(file, line)}${label}${message}`));
  }
  return capped([...lines], most);
}

/** Lines as they are, or where there are more than anybody reads, the first and how many follow. */
export function capped(lines: readonly string[], most = MOST_PROBLEMS): readonly string[] {
  return lines.length <= most + 1 ? lines : [...lines.slice(0, most), `… and ${lines.length - most} more of the kind`];
}

/** A place as an editor understands it: `FILE:LINE`, or the file alone. */
export function placeOf(file: string, line: number): string {
  return file !== '' && line > 0 ? `${file}:${line}` : file;
}

function placeText(file: string, line: number): string {
  return file === '' ? '' : `${placeOf(file, line)}: `;
}
