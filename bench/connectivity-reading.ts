import { dump, loadAll } from 'js-yaml';
import { readManifests } from '../analysis';
import { clusterOf } from './connectivity-clusters';
import { printHead, printRow, ratio, seconds, timed } from './table';

/**
 * Reading 50 MB of manifests, beside the parser alone: `npm run bench connectivity-reading`.
 *
 * What reading does besides: it splits documents, so that a mistake costs only its own, checks names and labels, and
 * remembers where everything stands.
 */
const WANTED = 50_000_000;

function main(): void {
  const some = clusterOf({ workloads: 2_000, policies: 1_000, namespaces: 100, kind: 'closed' });
  const page = some.map((object) => `---\n${dump(object)}`).join('');
  const yaml = page.repeat(Math.ceil(WANTED / page.length));
  const json = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: loadAll(yaml).flat() }, undefined, 1);
  printHead(['text', 'size', 'objects', 'reading', 'parser alone', 'ratio']);
  for (const [name, text, parse] of [
    ['YAML, many documents', yaml, () => loadAll(yaml)],
    ['JSON, one List', json, () => JSON.parse(json)],
  ] as const) {
    const [{ manifests, problems }, reading] = timed(() => readManifests(text, name));
    if (problems.length > 0) {
      throw new Error(problems[0]?.message);
    }
    const [, parser] = timed(parse);
    const size = `${Math.round(text.length / 1e6)} MB`;
    printRow([name, size, manifests.length, seconds(reading), seconds(parser), ratio(reading, parser)]);
  }
}

main();
