// Every benchmark, or those that are named, one after the other, each in a process of its own.
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

const BENCHMARKS = [
  'synth',
  'connectivity',
  'connectivity-shapes',
  'connectivity-reading',
  'reading-workers',
  'connections',
  'np-guard',
  'routing',
  'gateway',
  'requests',
  'diff',
  'check',
  'diff-connections',
  'start-up',
];

const names = process.argv.slice(2);
const unknown = names.filter((name) => !BENCHMARKS.includes(name));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}; give one of ${BENCHMARKS.join(', ')}`);
  process.exitCode = 2;
} else {
  for (const name of names.length > 0 ? names : BENCHMARKS) {
    console.log(`\n# ${name}\n`);
    const file = path.join(__dirname, `${name}.ts`);
    const { status } = spawnSync(process.execPath, [...process.execArgv, file], { stdio: 'inherit' });
    process.exitCode ||= status ?? 1;
  }
}
