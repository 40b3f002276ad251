import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump, loadAll } from 'js-yaml';
import { readManifests } from '../analysis';
import { clusterOf } from './connectivity-clusters';
import { printHead, printRow, ratio, seconds, timed } from './table';

/**
 * Reading 50 MB of manifests, beside the parser alone, each in processes of its own, by turns: `npm run bench connectivity-reading`.
 *
 * What reading does besides: it splits documents, so that a mistake costs only its own, finds keys that are given twice, checks
 * names, labels and the names of fields, and remembers where everything stands.
 */
const WANTED = 50_000_000;

/** Of so many runs of each, the fastest counts. */
const RUNS = 5;

const PARSERS = {
  yaml: (text: string): unknown => loadAll(text),
  json: (text: string): unknown => JSON.parse(text),
};

type Format = keyof typeof PARSERS;

interface Measured {
  readonly time: number;
  readonly objects: number;
}

function main(): void {
  const some = clusterOf({ workloads: 2_000, policies: 1_000, namespaces: 100, kind: 'closed' });
  const page = some.map((object) => `---\n${dump(object)}`).join('');
  const times = Math.ceil(WANTED / page.length);
  const list = { apiVersion: 'v1', kind: 'List', items: Array.from({ length: times }, () => some).flat() };
  const folder = mkdtempSync(join(tmpdir(), 'reading-'));
  printHead(['text', 'size', 'objects', 'reading', 'parser alone', 'ratio']);
  for (const [name, format, text] of [
    ['YAML, many documents', 'yaml', page.repeat(times)],
    ['JSON, one List', 'json', JSON.stringify(list, undefined, 1)],
  ] as const) {
    const file = join(folder, `manifests.${format}`);
    writeFileSync(file, text);
    const [reading, parser] = measured(format, file);
    const size = `${Math.round(text.length / 1e6)} MB`;
    const { objects } = reading;
    printRow([name, size, objects, seconds(reading.time), seconds(parser.time), ratio(reading.time, parser.time)]);
  }
  rmSync(folder, { recursive: true });
}

function measured(format: Format, file: string): readonly [Measured, Measured] {
  const runs = Array.from({ length: RUNS }, () => [run('reading', format, file), run('parser', format, file)] as const);
  const fastest = (of: readonly Measured[]) => of.reduce((a, b) => (a.time < b.time ? a : b));
  return [fastest(runs.map(([reading]) => reading)), fastest(runs.map(([, parser]) => parser))];
}

function run(...chosen: readonly string[]): Measured {
  const { execPath, execArgv } = process;
  return JSON.parse(execFileSync(execPath, [...execArgv, __filename, ...chosen], { encoding: 'utf8' })) as Measured;
}

function measure(what: string, format: Format, file: string): Measured {
  const text = readFileSync(file, 'utf8');
  if (what === 'parser') {
    const [, time] = timed(() => PARSERS[format](text));
    return { time, objects: 0 };
  }
  const [{ manifests, problems }, time] = timed(() => readManifests(text, file));
  if (problems.length > 0) {
    throw new Error(problems[0]?.message);
  }
  return { time, objects: manifests.length };
}

const [what, format, file] = process.argv.slice(2);
if (what === undefined) {
  main();
} else {
  console.log(JSON.stringify(measure(what, format as Format, file as string)));
}
