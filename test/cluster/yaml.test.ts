import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { splitDocuments } from '../../analysis/manifest/documents';
import { misframing } from '../../analysis/manifest/framing';
import { parseYaml } from '../../analysis/manifest/yaml';
import { isInstalled } from '../helpers/installed';
import { cases } from '../helpers/yaml-test-suite';

// The texts of the YAML test suite as kubectl's own reader takes them, beside ours. Nothing may be taken for something else.

/** Texts that both take, and for other values: forms that nobody writes, where go-yaml has a reading of its own. */
const DEVIATIONS: Readonly<Record<string, string>> = {
  '4ABK': 'a colon at the end of a key in braces belongs to the key for kubectl',
  '565N': 'kubectl writes out what !!binary has in base64; here it stays text, and no answer needs it',
  '652Z': 'a question mark at the beginning of a key in braces is left out by kubectl',
  'HM87/1': 'a question mark at the beginning of a text in brackets makes it a key for kubectl',
  Y2GN: 'a colon inside of an anchor ends it for kubectl',
};

interface Reading {
  readonly documents: readonly unknown[];
  readonly mistake?: string;
}

function byKubectl(texts: readonly string[]): readonly Reading[] {
  const { status, stdout, stderr } = spawnSync('go', ['run', './yaml'], {
    cwd: path.join(__dirname, 'server'),
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0) {
    throw new Error(`the reader of kubectl cannot be run:\n${stderr}`);
  }
  return JSON.parse(stdout);
}

/** The values of a text as we take them; `undefined` where it is refused. */
function byUs(text: string): readonly unknown[] | undefined {
  const values: unknown[] = [];
  const documents = splitDocuments(text);
  for (const [document, parsed] of parseYaml(documents)) {
    if ('mistake' in parsed) {
      return undefined;
    }
    if (!misframing(document, document === documents[0])?.isLeftOut) {
      values.push(...parsed.values);
    }
  }
  return values.filter((value) => value !== null);
}

(isInstalled('go', 'version') ? describe : describe.skip)('the reader of kubectl', () => {
  test('takes no text of the YAML test suite for other values than ours', () => {
    const all = cases();
    const readings = byKubectl(all.map(({ yaml }) => yaml));
    let [same, lenient] = [0, 0];
    const found = all.flatMap(({ id }, index) => {
      const { documents, mistake } = readings[index] as Reading;
      const ours = byUs(all[index]?.yaml ?? '');
      if (ours === undefined || mistake !== undefined) {
        lenient += ours === undefined || mistake === undefined ? 0 : 1;
        return [];
      }
      const isSame = isDeepStrictEqual(
        ours,
        documents.filter((value) => value !== null),
      );
      same += isSame ? 1 : 0;
      return isSame === id in DEVIATIONS
        ? [`${id}: ${JSON.stringify(documents)} there, ${JSON.stringify(ours)} here`]
        : [];
    });
    process.stderr.write(`${same} texts are taken alike, ${lenient} are taken here and refused by kubectl\n`);
    expect(found).toEqual([]);
    expect(same).toBeGreaterThan(200);
  });
});
