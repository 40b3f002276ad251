import type { Io } from './io';
import { Output } from './output';
import { manifestsAlone, PLAIN } from './plain';
import { Refusal, UNUSABLE } from './refusal';

/**
 * Runs the command line.
 *
 * @param argv the arguments behind the name of the program
 * @returns the exit status: 0 done and nothing wrong, 1 the answer is "no", 2 input or arguments cannot be used
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const output = new Output(io);
  let status = 0;
  const end = (ended: number) => {
    status = ended;
  };
  const session: Session = { io, output, end };
  try {
    const manifests = manifestsAlone(argv);
    if (manifests === undefined) {
      const { follow } = require('./program') as typeof import('./program.js');
      await follow(argv, session);
    } else {
      const { connections } = require('./commands/connections-run') as typeof import('./commands/connections-run.js');
      end(await connections(manifests, PLAIN, session));
    }
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

function statusOf(error: unknown, io: Io, output: Output): number {
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
