import { spawnSync } from 'node:child_process';
import { createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { type ClusterSize, clusterOf } from './connectivity-clusters';
import { printTable, ratio, seconds } from './table';

/**
 * The list of connections beside that of np-guard's netpol-analyzer, each as a process of its own: `npm run bench np-guard`.
 *
 * `NETPOL_ANALYZER` tells where its executable is; without it `netpol-analyzer` and `k8snetpolicy`, as it was called before, are looked
 * for in the PATH. Where there is none, only our own figures are printed.
 *
 * @see https://github.com/np-guard/netpol-analyzer
 */
interface Run {
  /** Milliseconds of the processor, all threads together. */
  readonly time: number;
  readonly lines: number;
}

interface Result {
  readonly own: Run;
  readonly other: Run | null;
}

const SIZES: readonly ClusterSize[] = [
  { workloads: 300, policies: 90, namespaces: 15, kind: 'closed' },
  { workloads: 1_000, policies: 300, namespaces: 50, kind: 'closed' },
  { workloads: 3_000, policies: 900, namespaces: 150, kind: 'closed' },
];

const NAMES = ['netpol-analyzer', 'k8snetpolicy'];
const BUILD = `np-guard's netpol-analyzer was not found. To have its figures too:

    git clone https://github.com/np-guard/netpol-analyzer.git
    cd netpol-analyzer && make mod && make build
    NETPOL_ANALYZER=$PWD/bin/netpol-analyzer npm run bench np-guard`;

/** How the analyzer is called; `undefined` where it is not there. */
function analyzer(): string | undefined {
  const { NETPOL_ANALYZER } = process.env;
  const names = NETPOL_ANALYZER === undefined ? NAMES : [NETPOL_ANALYZER];
  return names.find((name) => spawnSync(name, ['--help']).status === 0);
}

async function measure(size: ClusterSize): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const manifests = join(folder, 'manifests');
    mkdirSync(manifests);
    const documents = clusterOf(size).map((object) => dump(object));
    writeFileSync(join(manifests, 'cluster.yaml'), documents.join('---\n'));
    const answer = join(folder, 'answer');
    const own = join(__dirname, '..', 'bin', 'cdk8s-networking.js');
    const other = analyzer();
    return {
      own: await runOf([process.execPath, own, 'connections', manifests, '--format', 'csv'], answer),
      other: other === undefined ? null : await runOf([other, 'list', '--quiet', '--dirpath', manifests], answer),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs a command, its answer into a file. The shell tells what its children took. */
async function runOf(command: readonly string[], answer: string): Promise<Run> {
  const script = 'answer=$1; shift; "$@" >"$answer" || exit 1; times';
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', answer, ...command], { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${command.join(' ')} failed: ${stderr}`);
  }
  const [, children = ''] = stdout.trim().split('\n');
  const times = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  const time = times.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60_000 + Number(rest) * 1000, 0);
  return { time, lines: await linesOf(answer) };
}

async function linesOf(file: string): Promise<number> {
  let lines = 0;
  for await (const chunk of createReadStream(file, 'utf8')) {
    lines += String(chunk).split('\n').length - 1;
  }
  return lines;
}

async function main(): Promise<void> {
  await printTable({
    file: __filename,
    heads: ['workloads', 'policies', 'lines', 'connections', 'lines of netpol-analyzer', 'netpol-analyzer', 'ratio'],
    sizes: SIZES,
    measure,
    cells: ({ workloads, policies }, { own, other }) => [
      workloads,
      policies,
      own.lines,
      seconds(own.time),
      other?.lines ?? '-',
      other === null ? '-' : seconds(other.time),
      other === null ? '-' : ratio(other.time, own.time),
    ],
  });
  if (process.argv.length < 3 && analyzer() === undefined) {
    console.log(`\n${BUILD}`);
  }
}

void main();
