import type { Severity } from '../../analysis/check';
import type { CheckAnswer } from './answer';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Findings as commands of a GitHub workflow, which annotate lines.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function* checkGithub({ findings }: CheckAnswer): Generator<string> {
  for (const { severity, source, object, rule, message, advice } of findings) {
    const place = source.line === 0 ? '' : `,line=${source.line},col=${source.column}`;
    const properties = `file=${property(source.file)}${place},title=${property(`${rule}: ${object}`)}`;
    yield `::${COMMANDS[severity]} ${properties}::${data(`${message}\n${advice}`)}\n`;
  }
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
