import { Command, CommanderError } from 'commander';
import { addCertificate } from './commands/certificate';
import { addCheck } from './commands/check';
import { addConnections } from './commands/connections';
import { addDiff } from './commands/diff';
import { addGraph } from './commands/graph';
import { addMigrate } from './commands/migrate';
import { addProbe } from './commands/probe';
import { addRoute } from './commands/route';
import type { Io } from './io';
import { Output } from './output';
import { Refusal } from './refusal';

/** The status with which the program ends when input or arguments cannot be used. */
const UNUSABLE = 2;

/**
 * Runs the command line.
 *
 * @param argv the arguments behind the name of the program
 * @returns the exit status: 0 done and nothing wrong, 1 the answer is "no", 2 input or arguments cannot be used
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const output = new Output(io);
  let status = 0;
  try {
    const program = programOf(io, output, (ended) => {
      status = ended;
    });
    await program.parseAsync([...argv], { from: 'user' });
    return status;
  } catch (error) {
    return statusOf(error, io, output);
  }
}

/** What a command is given: the world, where to write, and whom to tell its status. */
export interface Session {
  readonly io: Io;
  readonly output: Output;
  readonly end: (status: number) => void;
}

function programOf(io: Io, output: Output, end: (status: number) => void): Command {
  const program = new Command('cdk8s-networking')
    .description('Says what Kubernetes manifests do to the network, without a cluster.')
    .version(io.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      outputError: (text, write) => write(text.replace(/^error: /, '')),
    })
    .addHelpText('after', '\nPATH is a file or a folder of .yaml, .yml and .json files; - is standard input.');
  const session: Session = { io, output, end };
  addConnections(program, session);
  addRoute(program, session);
  addDiff(program, session);
  addCheck(program, session);
  addGraph(program, session);
  addMigrate(program, session);
  addProbe(program, session);
  addCertificate(program, session);
  return program;
}

function statusOf(error: unknown, io: Io, output: Output): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : UNUSABLE;
  }
  if (error instanceof Refusal) {
    for (const line of error.lines) {
      output.say(line);
    }
    return UNUSABLE;
  }
  const { message = String(error), stack = '' } = error as Partial<Error>;
  output.say(`This is a mistake of the program itself: ${message}`);
  output.say(io.env.DEBUG ? stack : 'Set DEBUG=1 to see where, and please report it.');
  return UNUSABLE;
}
