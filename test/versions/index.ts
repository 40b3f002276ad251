import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { REQUIRED } from '../helpers/consumer';
import { compilerOf, consumer, nodeOf, packed, ran } from './install';
import { compiles, tests, type Verdict, writes } from './judges';
import { CDK8S, isGone, JESTS, NODES, RESOLUTIONS, TYPESCRIPTS } from './versions';

// The packed library with releases that consumers have: `npm run test:versions` prints a table, and ends with 1 where something
// does not hold.

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'versions-'));
const wrong: string[] = [];
let asked = 0;

function cell(title: string, verdict: Verdict): string {
  asked += 1;
  if (verdict !== undefined) {
    wrong.push(`${title}: ${verdict}`);
  }
  return verdict === undefined ? 'yes' : 'no';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((one, column) => Math.max(one.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]) => `| ${cells.map((one, at) => one.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line), ''].join('\n');
}

try {
  const archive = packed(folder);
  // The declarations of Node.js are those that a consumer of the oldest one has.
  const types = { '@types/node': '20.19.43' };
  const consumers = CDK8S.flatMap((cdk8s) =>
    JESTS.map((jest) => {
      const at = path.join(folder, `${cdk8s.title}, ${jest.title}`.replace(/\W+/g, '-'));
      const packages = { ...cdk8s.packages, ...types, jest: jest.version, '@jest/globals': jest.version };
      return { title: `${cdk8s.title}, ${jest.title}`, at: consumer(at, archive, packages) };
    }),
  );
  const [first] = consumers;
  fs.writeFileSync(path.join(first?.at ?? '', 'known.cjs'), REQUIRED);
  const yaml = ran(process.execPath, ['known.cjs'], first?.at ?? '');

  const titles = consumers.map(({ title }) => title);
  process.stdout.write('The known YAML by require and import, the command line, and the matchers:\n\n');
  process.stdout.write(
    `${table(
      ['', ...titles],
      NODES.map(({ title, version }) => [
        title,
        ...consumers.map((one) => {
          const node = nodeOf(version);
          return cell(`${title}, ${one.title}`, writes(one.at, node, yaml) ?? tests(one.at, node));
        }),
      ]),
    )}\n`,
  );
  process.stdout.write('Types, with strict:\n\n');
  process.stdout.write(
    `${table(
      ['', ...RESOLUTIONS.map(({ moduleResolution }) => moduleResolution)],
      TYPESCRIPTS.map((release) => [
        release.title,
        ...RESOLUTIONS.map((resolution) => {
          if (isGone(release, resolution)) {
            return 'has none';
          }
          const isOld = resolution.moduleResolution === 'node10' && release.version.startsWith('6.');
          const options = isOld ? { ignoreDeprecations: '6.0' } : {};
          const verdicts = consumers.flatMap(
            (one) => compiles(one.at, compilerOf(release.version), resolution, options) ?? [],
          );
          return cell(`${release.title}, ${resolution.moduleResolution}`, verdicts[0]);
        }),
      ]),
    )}\n`,
  );
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
for (const one of wrong) {
  process.stdout.write(`${one}\n\n`);
}
process.stdout.write(`${asked - wrong.length} passed, ${wrong.length} failed\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
