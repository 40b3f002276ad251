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
    const end = (ended: number) => {
      status = ended;
    };
    const program = programOf({ io, output, end }, argv);
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

const COMMANDS: ReadonlyMap<string | undefined, (program: Command, session: Session) => void> = new Map([
  ['connections', addConnections],
  ['route', addRoute],
  ['diff', addDiff],
  ['check', addCheck],
  ['graph', addGraph],
  ['migrate', addMigrate],
  ['probe', addProbe],
  ['certificate', addCertificate],
]);

/** The program with all that its arguments may ask for: what begins with a command asks for no other. */
function programOf(session: Session, [name]: readonly string[]): Command {
  const { io, output } = session;
  const program = new Command('cdk8s-networking')
    .description('Says what Kubernetes manifests do to the network, without a cluster.')
    .version(io.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => output.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => output.stderr.columns ?? 100,
      outputError: (text, write) => write(text.replace(/^error: /, '')),
    })
    .addHelpText('after', '\nPATH is a file or a folder of .yaml, .yml and .json files; - is standard input.');
  const asked = COMMANDS.get(name);
  for (const add of asked === undefined ? COMMANDS.values() : [asked]) {
    add(program, session);
  }
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
