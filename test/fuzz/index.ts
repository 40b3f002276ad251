// Bends manifests at random and gives them to every verb, until the time is over:
//
//     npm run fuzz -- --seconds 300 --seed 1
//
// What goes wrong is printed with its seed, and the manifest is kept; --seed with that seed and --rounds 1 does it again.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type Failure, round } from './rounds';

/** A round that takes longer hangs: its thread is ended. */
const HANGS = 60_000;
/** More failures of one kind tell nothing new. */
const MOST_OF_A_KIND = 3;

interface Job {
  readonly seed: number;
  readonly rounds: number;
  readonly until: number;
}

type Message = { readonly seed: number } | { readonly failure: Failure } | { readonly done: number };

async function work({ seed, rounds, until }: Job, say: (message: Message) => void): Promise<void> {
  let done = 0;
  for (; done < rounds && Date.now() < until; done++) {
    say({ seed: seed + done });
    const failure = await round(seed + done);
    if (failure !== undefined) {
      say({ failure });
    }
  }
  say({ done });
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    process.stderr.write(`--${name} is ${JSON.stringify(text)}; give a whole number from 1\n`);
    process.exit(2);
  }
  return value;
}

function main(): void {
  const options = { seconds: { type: 'string' }, seed: { type: 'string' }, rounds: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const seed = numberOf('seed', values.seed ?? String(1 + Math.floor(Math.random() * 1e9)));
  const rounds = values.rounds === undefined ? Number.MAX_SAFE_INTEGER : numberOf('rounds', values.rounds);
  const until = Date.now() + numberOf('seconds', values.seconds ?? '60') * 1000;
  const kept = fs.mkdtempSync(path.join(os.tmpdir(), 'fuzz-'));
  const kinds = new Map<string, number>();
  let [current, done] = [seed, 0];

  const tell = (at: number, text: string, bytes?: Buffer | Uint8Array) => {
    const kind = text.replace(/\d+/g, '').slice(0, 120);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if ((kinds.get(kind) ?? 0) <= MOST_OF_A_KIND) {
      const file = path.join(kept, `${at}.yaml`);
      process.stdout.write(`seed ${at}: ${text}\n`);
      if (bytes !== undefined) {
        fs.writeFileSync(file, bytes);
        process.stdout.write(`  ${file}\n`);
      }
    }
  };
  const start = (job: Job) => {
    const worker = new Worker(__filename, {
      workerData: job,
      execArgv: ['-r', path.join(__dirname, '../../scripts/typescript')],
    });
    let watch = setTimeout(hangs, HANGS);
    function hangs(): void {
      tell(current, `it hangs: no answer within ${HANGS / 1000} seconds`);
      void worker.terminate();
      done += current - job.seed + 1;
      if (Date.now() < until) {
        start({ ...job, seed: current + 1 });
      }
    }
    worker.on('message', (message: Message) => {
      clearTimeout(watch);
      watch = setTimeout(hangs, HANGS);
      if ('seed' in message) {
        current = message.seed;
      } else if ('failure' in message) {
        const { failure } = message;
        tell(failure.seed, `${failure.argv.join(' ')} (${failure.how}): ${failure.what}`, failure.bytes);
      } else {
        clearTimeout(watch);
        done += message.done;
        const failures = [...kinds.values()].reduce((sum, count) => sum + count, 0);
        process.stdout.write(`${done} rounds from seed ${seed}, ${failures} failures of ${kinds.size} kinds\n`);
        process.exitCode = failures > 0 ? 1 : 0;
        if (failures === 0) {
          fs.rmSync(kept, { recursive: true });
        }
      }
    });
    worker.on('error', (error) => {
      clearTimeout(watch);
      tell(current, `the thread ended: ${error.stack}`);
      process.exitCode = 1;
    });
  };
  start({ seed, rounds, until });
}

if (isMainThread) {
  main();
} else {
  void work(workerData as Job, (message) => parentPort?.postMessage(message));
}
