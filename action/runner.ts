import { appendFileSync, readFileSync } from 'node:fs';
import { type Annotation, workflowCommand } from '../report/workflow-commands';
import { Refusal } from './refusal';

/**
 * The runner of GitHub Actions, by its variables and files.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export class Runner {
  constructor(
    readonly env: Readonly<Record<string, string | undefined>>,
    readonly cwd: string,
    private readonly write: (text: string) => void,
  ) {}

  /** An input of the action; empty where it is not given. */
  input(name: string): string {
    return (this.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim();
  }

  /** @throws Refusal for what is none of these; where nothing is given it is the first */
  choice<Choice extends string>(name: string, choices: readonly [Choice, ...Choice[]]): Choice {
    const text = this.input(name);
    const found = text === '' ? choices[0] : choices.find((one) => one === text);
    if (found === undefined) {
      throw Refusal.of(`${name} is ${JSON.stringify(text)}; give ${choices.join(', ')}`);
    }
    return found;
  }

  /** What made the workflow run. */
  event(): GitHubEvent {
    const file = this.env.GITHUB_EVENT_PATH;
    return file === undefined || file === '' ? {} : (JSON.parse(readFileSync(file, 'utf8')) as GitHubEvent);
  }

  output(name: string, value: string | number | boolean): void {
    this.append('GITHUB_OUTPUT', `${name}=${value}\n`);
  }

  summary(markdown: string): void {
    this.append('GITHUB_STEP_SUMMARY', `${markdown}\n`);
  }

  annotate(annotation: Annotation): void {
    this.write(workflowCommand(annotation));
  }

  say(line: string): void {
    // A line that begins with two colons would be a command.
    this.write(`${line.replace(/^(\s*)::/gm, '$1: :')}\n`);
  }

  debug(text: string): void {
    this.write(`::debug::${text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}\n`);
  }

  private append(variable: string, text: string): void {
    const file = this.env[variable];
    if (file !== undefined && file !== '') {
      appendFileSync(file, text);
    }
  }
}

/** As much of an event as is read. */
export interface GitHubEvent {
  readonly pull_request?: {
    readonly number: number;
    readonly base: { readonly sha: string };
    readonly head: { readonly sha: string };
  };
  readonly merge_group?: { readonly base_sha: string };
  /** Of a push: what was there before. */
  readonly before?: string;
}
