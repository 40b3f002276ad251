/** How GitHub shows an annotation. */
export type Level = 'error' | 'warning' | 'notice';

/** A line of a file that a workflow marks. */
export interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
  /** From the root of the repository; left out where no file is to blame. */
  readonly file?: string | undefined;
  /** From 1; 0 where there is no line. */
  readonly line?: number;
  readonly column?: number;
}

/**
 * A command of a GitHub workflow that annotates a line, with its line end.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function workflowCommand({ level, title, message, file, line = 0, column = 0 }: Annotation): string {
  const properties = [
    ...(file === undefined ? [] : [`file=${property(file)}`]),
    ...(file === undefined || line === 0 ? [] : [`line=${line}`, ...(column > 0 ? [`col=${column}`] : [])]),
    `title=${property(title)}`,
  ];
  return `::${level} ${properties.join(',')}::${data(message)}\n`;
}

/** GitHub shows so many of a kind in a step, and drops the rest without a word. */
const MOST = 10;

const LEVELS: readonly Level[] = ['error', 'warning', 'notice'];

/** Annotations of one level. */
interface Kind {
  /** As many as are shown; the last of them says how many there are more. */
  readonly first: readonly Annotation[];
  readonly rest: readonly Annotation[];
}

/**
 * Annotations by what is shown of them: errors first.
 *
 * @param where what tells those that are not shown, in words
 */
export function shown(annotations: readonly Annotation[], where: string): readonly Kind[] {
  return LEVELS.map((level): Kind => {
    const own = annotations.filter((one) => one.level === level);
    if (own.length <= MOST) {
      return { first: own, rest: [] };
    }
    const rest = own.slice(MOST - 1);
    const more: Annotation = { level, title: 'more', message: `… and ${rest.length} more of the kind; ${where}` };
    return { first: [...own.slice(0, MOST - 1), more], rest };
  });
}

/** Commands for all annotations: of each kind what is not shown comes last, and stands in the log alone. */
export function* workflowCommands(annotations: readonly Annotation[]): Generator<string> {
  for (const { first, rest } of shown(annotations, 'the log of this step tells them')) {
    for (const annotation of [...first, ...rest]) {
      yield workflowCommand(annotation);
    }
  }
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
