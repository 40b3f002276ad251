// Every benchmark, one after the other, each in a process of its own so that none warms or fills another's memory.
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

for (const name of ['connectivity', 'connectivity-reading', 'routing', 'gateway', 'diff']) {
  console.log(`\n# ${name}\n`);
  const { status } = spawnSync(process.execPath, ['-r', 'tsx/cjs', path.join(__dirname, `${name}.ts`)], {
    stdio: 'inherit',
  });
  process.exitCode ||= status ?? 1;
}
