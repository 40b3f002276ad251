import { commandLine, type World } from './command-line';

/** One command of a transcript, and what it prints. */
export interface Exchange {
  /** Behind `$ `, as it would be typed. */
  readonly command: string;
  readonly output: string;
}

const PROMPT = /^\$ (npx )?cdk8s-networking\b/;

/**
 * Takes a transcript apart: `$ cdk8s-networking …`, with `npx` before it or without, and its output below. `$ echo $?` below a command prints its status.
 */
export function exchangesOf(transcript: string): Exchange[] {
  const exchanges: { command: string; output: string }[] = [];
  for (const line of transcript.split('\n')) {
    if (PROMPT.test(line)) {
      exchanges.push({ command: line.slice(2), output: '' });
    } else {
      const last = exchanges.at(-1);
      if (last === undefined) {
        throw new Error(`a transcript begins with "$ cdk8s-networking", not with ${JSON.stringify(line)}`);
      }
      last.output += `${line}\n`;
    }
  }
  return exchanges.map(({ command, output }) => ({ command, output: output.trimEnd() }));
}

const STATUS = '$ echo $?';

/** Runs a transcript again, and writes down what comes of it. */
export async function performed(transcript: string, world: World = {}): Promise<string> {
  const parts: string[] = [];
  for (const { command, output } of exchangesOf(transcript)) {
    const words = wordsOf(command);
    const ran = await commandLine(words.slice(words.indexOf('cdk8s-networking') + 1), world);
    const status = output.includes(STATUS) || ran.status !== 0 ? `\n${STATUS}\n${ran.status}` : '';
    parts.push(`$ ${command}\n${ran.output.trimEnd()}${status}`);
  }
  return parts.join('\n\n');
}

/** The words of a command as a shell takes them: in single or double quotes, spaces do not part them. */
export function wordsOf(command: string): string[] {
  return (command.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? []).map((word) =>
    word.replace(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double),
  );
}
