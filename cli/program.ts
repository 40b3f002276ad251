import { Command, CommanderError } from 'commander';
import { addCertificate } from './commands/certificate';
import { addCheck } from './commands/check';
import { addConnections } from './commands/connections';
import { addDiff } from './commands/diff';
import { addGraph } from './commands/graph';
import { addMigrate } from './commands/migrate';
import { addProbe } from './commands/probe';
import { addRoute } from './commands/route';
import { UNUSABLE } from './refusal';
import type { Session } from './run';

/** Does what arguments ask for, or says why they cannot be understood. */
export async function follow(argv: readonly string[], session: Session): Promise<void> {
  try {
    await programOf(session, argv).parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    session.end(error.exitCode === 0 ? 0 : UNUSABLE);
  }
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
