import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ApiObject, App, Chart, Yaml } from 'cdk8s';
import { NetworkingApp } from '../constructs';
import { yamlOf } from '../constructs/yaml';
import { printHead, printRow, ratio, seconds, timed } from './table';

/**
 * What `cdk8s synth` costs beside the compiled app, and how synthesis grows with charts that depend on each other:
 * `npm run bench synth`.
 */
const ROOT = path.join(__dirname, '..');
const CLI = path.join(path.dirname(require.resolve('cdk8s-cli/package.json')), 'bin/cdk8s');

function main(): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-synth-'));
  try {
    commands(folder);
    console.log();
    growth(folder);
    console.log();
    texts();
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** The middle of several runs of each command; the commands take turns, so that all meet the same disturbances. */
function timesOf(runs: ReadonlyMap<string, () => void>): ReadonlyMap<string, number> {
  const times = new Map([...runs.keys()].map((name) => [name, [] as number[]]));
  for (let turn = 0; turn < 9; turn++) {
    for (const [name, run] of runs) {
      times.get(name)?.push(timed(run)[1]);
    }
  }
  return new Map([...times].map(([name, all]) => [name, all.sort((a, b) => a - b)[all.length >> 1] ?? 0]));
}

function commands(folder: string): void {
  const env = { ...process.env, CDK8S_OUTDIR: path.join(folder, 'dist'), CDK8S_CHECK_UPGRADE: 'false' };
  const run = (command: string, ...args: string[]) => {
    const { status, stderr } = spawnSync(command, args, { cwd: ROOT, env, encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
    }
  };
  const compiled = compiledApp(folder);
  const output = ['--output', path.join(folder, 'dist')];
  const nothing = ['--app', 'mkdir -p "$CDK8S_OUTDIR"'];
  const times = timesOf(
    new Map([
      ['compiled app', () => run(process.execPath, compiled)],
      ['app', () => run(process.execPath, '-r', './scripts/typescript', 'main.ts')],
      ['CLI', () => run(process.execPath, CLI, 'synth', ...output, ...nothing)],
      ['cdk8s synth', () => run(process.execPath, CLI, 'synth', ...output)],
      ['npx CLI', () => run('npx', 'cdk8s', 'synth', ...output, ...nothing)],
      ['npx cdk8s synth', () => run('npx', 'cdk8s', 'synth', ...output)],
    ]),
  );
  const time = (name: string) => times.get(name) ?? Number.NaN;
  const row = (name: string, whole: number, cli: number, app: number) =>
    printRow([name, seconds(whole), seconds(cli), seconds(app), ratio(whole, cli + app)]);
  printHead(['command', 'takes', 'cdk8s CLI alone', 'compiled app alone', 'ratio']);
  row('`cdk8s synth`', time('cdk8s synth'), time('CLI'), time('compiled app'));
  row('`npx cdk8s synth`', time('npx cdk8s synth'), time('npx CLI'), time('compiled app'));
  row('main.ts alone', time('app'), 0, time('compiled app'));
}

/** The app as the compiler writes it, in a folder of its own. */
function compiledApp(folder: string): string {
  const out = path.join(folder, 'app');
  const config = {
    extends: path.join(ROOT, 'tsconfig.json'),
    compilerOptions: { noEmit: false, rootDir: ROOT, outDir: out, types: ['node'] },
    files: [path.join(ROOT, 'main.ts')],
  };
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', folder], { stdio: 'inherit' });
  return path.join(out, 'main.js');
}

const OBJECTS = 30;

/** Charts of 30 objects each. */
interface Size {
  readonly app: 'NetworkingApp' | 'App';
  readonly charts: number;
  /** Whether every object depends on the namespace of its chart; all namespaces stand in one chart of their own. */
  readonly dependent: boolean;
}

function growth(folder: string): void {
  const measured = (size: Size) => {
    const args = [...process.execArgv, __filename, JSON.stringify(size), path.join(folder, 'growth')];
    const env = { ...process.env, CDK8S_OUTDIR: '' };
    return Number(execFileSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' }));
  };
  printHead(['charts', 'objects', 'NetworkingApp', 'independent', 'ratio', 'App of cdk8s', 'independent', 'ratio']);
  for (const charts of [25, 50, 100, 200]) {
    const both = (app: Size['app']) => {
      const [dependent = 0, independent = 0] = [true, false].map((value) =>
        measured({ app, charts, dependent: value }),
      );
      return [seconds(dependent), seconds(independent), ratio(dependent, independent)];
    };
    const stock = charts <= 100 ? both('App') : ['-', '-', '-'];
    printRow([charts, charts * OBJECTS, ...both('NetworkingApp'), ...stock]);
  }
}

/** What the text alone takes of objects that are made already. */
function texts(): void {
  printHead(['Deployments', 'size', 'NetworkingApp', 'cdk8s', 'ratio', 'JSON.stringify']);
  for (const count of [300, 3_000, 30_000]) {
    const objects = [...Array(count).keys()].map(deployment);
    const [text, ours] = timed(() => yamlOf(objects));
    const [theirs, stock] = timed(() => objects.map((object) => Yaml.stringify(object)).join('---\n'));
    if (text !== theirs) {
      throw new Error('cdk8s writes other bytes');
    }
    const [, json] = timed(() => JSON.stringify(objects));
    const size = `${(text.length / 1e6).toFixed(1)} MB`;
    printRow([count, size, seconds(ours), seconds(stock), ratio(stock, ours), seconds(json)]);
  }
}

function deployment(_: unknown, at: number): object {
  // Each is an object of its own: cdk8s writes one that stands twice as an alias.
  const labels = () => ({ 'app.kubernetes.io/name': `web-${at}` });
  const container = {
    name: 'web',
    image: `registry.example/web:1.${at}`,
    args: ['--v=3', '--listen=0.0.0.0:8080'],
    env: [
      { name: 'REPLICAS', value: '2' },
      { name: 'GREETING', value: `Hello: this is web-${at}` },
    ],
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `web-${at}`, namespace: `team-${at % 100}`, labels: labels() },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels() },
      template: { metadata: { labels: labels() }, spec: { containers: [container] } },
    },
  };
}

/** The milliseconds that synthesis takes. */
function measure({ app: name, charts, dependent }: Size, outdir: string): number {
  const app = name === 'App' ? new App({ outdir }) : new NetworkingApp({ outdir });
  const namespaces = new Chart(app, 'namespaces');
  for (let at = 0; at < charts; at++) {
    const namespace = `team-${at}`;
    const metadata = { name: namespace };
    const closed = new ApiObject(namespaces, namespace, { apiVersion: 'v1', kind: 'Namespace', metadata });
    const chart = new Chart(app, `chart-${at}`, { namespace });
    for (let count = 0; count < OBJECTS; count++) {
      const name = `object-${count}`;
      const object = new ApiObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
      if (dependent) {
        object.addDependency(closed);
      }
    }
  }
  return timed(() => app.synth())[1];
}

const [given, outdir] = process.argv.slice(2);
if (given === undefined || outdir === undefined) {
  main();
} else {
  console.log(measure(JSON.parse(given) as Size, outdir));
}
