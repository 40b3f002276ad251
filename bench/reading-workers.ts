import { execFileSync, type StdioOptions } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { dump } from 'js-yaml';
import { clusterOf } from './connectivity-clusters';
import { printHead, printRow, ratio, seconds, timed } from './table';

/**
 * Whether worker threads pay off that read YAML: `npm run build && npm run bench reading-workers`, on Linux, where taskset gives a
 * process one core or two. Nothing of it is part of the library.
 *
 * Workers take the next file that nobody has taken, read it by the reader of lib/, and hand over what was read without its sources, which
 * the main thread makes anew: the least that has to come back. Runs take turns, and the middle of each kind counts.
 */
const RUNS = 5;
const FILES = 200;
const CORES = ['0', '0,1'];

const READER = join(__dirname, '../lib/analysis-index.js');
const BINARY = join(__dirname, '../bin/cdk8s-networking.js');

interface Way {
  readonly workers: number;
  /** Whether the main thread reads files too, before it looks at what others have read. */
  readonly isMainReading: boolean;
  /** How objects come back: as Node.js copies them, or as text. */
  readonly by: 'copy' | 'JSON';
}

const WAYS: ReadonlyMap<string, Way> = new Map([
  ['main thread alone', { workers: 0, isMainReading: true, by: 'copy' }],
  ['and a worker, copies', { workers: 1, isMainReading: true, by: 'copy' }],
  ['and a worker, JSON', { workers: 1, isMainReading: true, by: 'JSON' }],
  ['two workers, copies', { workers: 2, isMainReading: false, by: 'copy' }],
  ['two workers, JSON', { workers: 2, isMainReading: false, by: 'JSON' }],
]);

interface Measured {
  /** Milliseconds: from the first file to the last object, and of the processor, all threads together. */
  readonly wall: number;
  readonly processor: number;
  readonly objects: number;
}

/** A manifest as it can be handed over. */
interface Sent {
  readonly labels: Iterable<readonly [string, string]>;
  readonly annotations: Iterable<readonly [string, string]>;
  readonly source?: unknown;
}

/** What a worker runs. It is text, so that it starts without a compiler of TypeScript. */
const WORKER = `
const { readFileSync } = require('node:fs');
const { parentPort, workerData: { files, next, reader, by } } = require('node:worker_threads');
const { readManifests } = require(reader);
const taken = new Int32Array(next);
for (let at = Atomics.add(taken, 0, 1); at < files.length; at = Atomics.add(taken, 0, 1)) {
  const { manifests } = readManifests(readFileSync(files[at], 'utf8'), files[at]);
  const all = manifests.map(({ source, labels, annotations, ...rest }) =>
    by === 'copy' ? { ...rest, labels, annotations } : { ...rest, labels: [...labels], annotations: [...annotations] });
  parentPort.postMessage({ at, all: by === 'copy' ? all : JSON.stringify(all) });
}
`;

function main(): void {
  if (!existsSync(READER)) {
    throw new Error('lib/ is missing; npm run build makes it');
  }
  const folder = mkdtempSync(join(tmpdir(), 'workers-'));
  writeFiles(folder);
  for (const cores of CORES) {
    const runs = Array.from({ length: RUNS }, () => [...WAYS.keys()].map((way) => run(cores, way, folder)));
    const [, command] = timed(() => taskset(cores, [BINARY, 'connections', folder], 'ignore'));
    console.log(`\non ${cores.split(',').length} of the processor's cores; the whole command: ${seconds(command)}\n`);
    printHead(['read by', 'time', 'ratio', 'of the processor', 'saved of the command']);
    const middles = [...WAYS.keys()].map((_, way) => middleOf(runs.map((all) => all[way] as Measured)));
    const [alone] = middles as [Measured, ...Measured[]];
    for (const [at, name] of [...WAYS.keys()].entries()) {
      const { wall, processor } = middles[at] as Measured;
      const saved = `${Math.round((100 * (alone.wall - wall)) / command)} %`;
      printRow([name, seconds(wall), ratio(wall, alone.wall), seconds(processor), saved]);
    }
  }
  rmSync(folder, { recursive: true });
}

function writeFiles(folder: string): void {
  const objects = clusterOf({ workloads: 100_000, policies: 20_000, namespaces: 5_000, kind: 'closed' });
  const size = Math.ceil(objects.length / FILES);
  for (let file = 0; file < FILES; file++) {
    const texts = objects.slice(file * size, (file + 1) * size).map((object) => `---\n${dump(object)}`);
    writeFileSync(join(folder, `part-${String(file).padStart(3, '0')}.yaml`), texts.join(''));
  }
}

function run(cores: string, way: string, folder: string): Measured {
  return JSON.parse(taskset(cores, [...process.execArgv, __filename, way, folder])) as Measured;
}

function taskset(cores: string, argv: readonly string[], stderr: 'ignore' | 'inherit' = 'inherit'): string {
  const stdio: StdioOptions = ['ignore', 'pipe', stderr];
  return execFileSync('taskset', ['-c', cores, process.execPath, ...argv], { encoding: 'utf8', maxBuffer: 1e9, stdio });
}

/** The middle of times, each by itself. */
function middleOf(runs: readonly Measured[]): Measured {
  const middle = (numbers: readonly number[]) =>
    [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;
  const objects = new Set(runs.map((one) => one.objects));
  if (objects.size !== 1) {
    throw new Error(`runs have read different numbers of objects: ${[...objects].join(', ')}`);
  }
  return {
    wall: middle(runs.map(({ wall }) => wall)),
    processor: middle(runs.map(({ processor }) => processor)),
    objects: middle([...objects]),
  };
}

async function measure({ workers, isMainReading, by }: Way, folder: string): Promise<Measured> {
  const { readManifests } = require(READER) as typeof import('../analysis');
  const files = readdirSync(folder).map((name) => join(folder, name));
  const [start, used] = [performance.now(), process.cpuUsage()];
  const next = new SharedArrayBuffer(4);
  const read: (readonly Sent[])[] = [];
  const ends = Array.from({ length: workers }, () => {
    const worker = new Worker(WORKER, { eval: true, execArgv: [], workerData: { files, next, reader: READER, by } });
    worker.on('message', ({ at, all }: { at: number; all: Sent[] | string }) => {
      read[at] = withSources(all, files[at] as string);
    });
    return new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject));
  });
  const taken = new Int32Array(next);
  const nextFile = () => (isMainReading ? Atomics.add(taken, 0, 1) : files.length);
  for (let at = nextFile(); at < files.length; at = nextFile()) {
    read[at] = readManifests(readFileSync(files[at] as string, 'utf8'), files[at] as string).manifests;
  }
  await Promise.all(ends);
  const { user, system } = process.cpuUsage(used);
  const objects = read.reduce((sum, all) => sum + all.length, 0);
  return { wall: performance.now() - start, processor: (user + system) / 1000, objects };
}

/** What was handed over, as the main thread needs it; a source would read its file again when somebody asks for a line. */
function withSources(all: readonly Sent[] | string, file: string): readonly Sent[] {
  return typeof all !== 'string'
    ? all.map((manifest, index) => ({ ...manifest, source: { file, index } }))
    : (JSON.parse(all) as Sent[]).map((manifest, index) => ({
        ...manifest,
        labels: new Map(manifest.labels),
        annotations: new Map(manifest.annotations),
        source: { file, index },
      }));
}

const [way, folder] = process.argv.slice(2);
if (way === undefined) {
  main();
} else {
  void measure(WAYS.get(way) as Way, folder as string).then((measured) => console.log(JSON.stringify(measured)));
}
