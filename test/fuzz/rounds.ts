import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import { commandLine } from '../cli/command-line';
import { filesBelow } from '../helpers/app-copy';
import { bent } from './bend';
import { Random } from './random';

const ROOT = path.join(__dirname, '../..');

/** What is bent: the smaller files of dist/ and what the rules of `check` are tried on. */
export const TEXTS: readonly string[] = ['dist', 'test/analysis/check/fixtures'].flatMap((folder) =>
  [...filesBelow(path.join(ROOT, folder))]
    .filter(([name, text]) => /\.ya?ml$/.test(name) && text.length < 6000)
    .map(([, text]) => text),
);

/** Every verb that reads manifests, with some of its forms and degrees. */
export const VERBS: readonly (readonly string[])[] = [
  ['connections', '-'],
  ['connections', '-', '--format', 'json', '--input', 'strict', '--ip-blocks', 'everywhere'],
  ['route', '-', '--url', 'http://shop.example.com/cart'],
  ['route', '-', '--url', 'https://shop.example.com/', '--format', 'json', '--input', 'strict', '--assume-services'],
  ['check', '-'],
  ['check', '-', '--format', 'sarif', '--input', 'tolerant'],
  ['graph', '-', '--format', 'dot'],
  ['graph', '-', '--format', 'svg', '--input', 'strict'],
  ['migrate', '-', '--gateway', 'infra/web'],
  ['diff', 'BEFORE', '-'],
  ['diff', 'BEFORE', '-', '--format', 'markdown'],
];

/** A round that went wrong. */
export interface Failure {
  readonly seed: number;
  readonly argv: readonly string[];
  readonly how: string;
  readonly what: string;
  readonly bytes: Buffer;
}

/** One verb longer than this is taken for one that hangs. */
const PATIENCE = 10_000;

/** What is wrong with how a program ended, if anything is. */
export function complaint({ status, stdout, stderr, ms }: Ended): string | undefined {
  const said = `${stdout}\n${stderr}`;
  if (![0, 1, 2].includes(status)) {
    return `it ended with ${status}`;
  }
  if (/^\s+at .+:\d+:\d+\)?$/m.test(said) || /\b(Type|Range|Reference|Syntax|Internal)?Error: /.test(stderr)) {
    return `a stack trace or an error of the program: ${stderr.slice(0, 500)}`;
  }
  if (ms > PATIENCE) {
    return `it took ${ms} ms`;
  }
  if (status === 2 && stderr.trim() === '') {
    return 'it ended with 2 and did not say why';
  }
  const nowhere = stderr.split('\n').find((line) => status === 2 && /^-: /.test(line));
  return nowhere === undefined ? undefined : `a message without line: ${nowhere}`;
}

/** How a program ended. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

/** What messages without a line are right: the whole input is what is wrong. */
const WHOLE = /^-: (nothing came in on standard input|the file is empty)/;

/** Bends a text by a seed, gives it to a verb, and says what went wrong. */
export async function round(seed: number): Promise<Failure | undefined> {
  const random = new Random(seed);
  const text = random.of(TEXTS);
  const { bytes, how } = bent(text, random);
  const before = path.join(os.tmpdir(), `fuzz-before-${process.pid}.yaml`);
  const argv = random.of(VERBS).map((word) => (word === 'BEFORE' ? before : word));
  if (argv.includes(before)) {
    fs.writeFileSync(before, text);
  }
  const start = performance.now();
  try {
    const ran = await commandLine(argv, { stdin: Readable.from([bytes]) });
    const stderr = ran.stderr
      .split('\n')
      .filter((line) => !WHOLE.test(line))
      .join('\n');
    const isWhole = stderr !== ran.stderr;
    const ended = {
      ...ran,
      stderr: isWhole && stderr.trim() === '' ? 'the whole input' : stderr,
      ms: performance.now() - start,
    };
    const what = complaint(ended);
    return what === undefined ? undefined : { seed, argv, how, what, bytes };
  } catch (error) {
    const what = `it threw ${error instanceof Error ? error.stack : error}`;
    return { seed, argv, how, what, bytes };
  } finally {
    fs.rmSync(before, { force: true });
  }
}
