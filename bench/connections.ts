import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandMeasured } from './command';
import { type ClusterSize, clusterOf } from './connectivity-clusters';
import { megabytes, printTable, seconds } from './table';

/**
 * The whole command, from a file to the last line of its answer: `npm run bench connections`.
 *
 * Nothing is printed, but counted. Seconds are those of the processor, all threads together.
 */
interface Asked extends ClusterSize {
  readonly options: readonly string[];
}

interface Result {
  readonly time: number;
  readonly lines: number;
  readonly megabytes: number;
}

const SHAPES: readonly ClusterSize[] = [
  { workloads: 10_000, policies: 2_000, namespaces: 500, kind: 'closed' },
  { workloads: 10_000, policies: 2_000, namespaces: 500, kind: 'tenth-open' },
  { workloads: 10_000, policies: 2_000, namespaces: 500, kind: 'open' },
  { workloads: 10_000, policies: 2_000, namespaces: 500, kind: 'told-apart' },
  { workloads: 1_000, policies: 300, namespaces: 50, kind: 'all-but-one' },
  { workloads: 10_000, policies: 2_000, namespaces: 500, kind: 'all-but-one' },
];

const LARGE: ClusterSize = { workloads: 100_000, policies: 20_000, namespaces: 5_000, kind: 'closed' };

const SIZES: readonly Asked[] = [
  ...SHAPES.map((shape) => ({ ...shape, options: [] })),
  ...SHAPES.filter(({ kind }) => kind === 'closed').flatMap((shape) => [
    { ...shape, options: ['--to', 'app-1'] },
    { ...shape, options: ['--from', 'app-1', '--to', 'app-2'] },
    { ...shape, options: ['--all'] },
    { ...shape, options: ['--format', 'json'] },
  ]),
  { ...LARGE, options: [] },
  { ...LARGE, options: ['--format', 'csv'] },
];

async function measure({ options, ...size }: Asked): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const items = clusterOf(size);
    writeFileSync(join(folder, 'cluster.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    const { lines, time } = await commandMeasured(['connections', 'cluster.json', ...options], folder);
    return { time, lines, megabytes: megabytes() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

printTable({
  file: __filename,
  heads: ['workloads', 'policies', 'kind', 'asked', 'lines', 'time', 'memory'],
  sizes: SIZES,
  measure,
  cells: ({ workloads, policies, kind, options }, { time, lines, megabytes }) => [
    workloads,
    policies,
    kind,
    options.length === 0 ? '-' : `\`${options.join(' ')}\``,
    lines,
    seconds(time),
    `${megabytes} MB`,
  ],
});
