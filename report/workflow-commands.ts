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

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
