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

/**
 * Texts that kubectl refuses and that are taken here: what it says, why that is so, and which. Nothing of them reaches a cluster by
 * kubectl; other readers, such as that of Argo CD, take some of them.
 */
const REFUSED: readonly (readonly [says: RegExp, why: string, ids: string])[] = [
  [
    /invalid Yaml document separator/,
    'kubectl takes text behind --- for a broken separator, unless it is a comment',
    '27NA 2G84/2 2G84/3 2XXW 35KP 4Q9F 6FWR 6JQW 6LVF 753E 82AN 93WF 96L6 9MQT/0 B3HG C4HZ DK3J EXG3 FP8R FTA2 J7PZ K54U KSS4 L383 ' +
      'T26H T5N4 UGM3 W4TN',
  ],
  [
    /did not find expected <document start>|unknown directive|incompatible YAML document/,
    'go-yaml knows %YAML 1.1 and %TAG only, and wants --- behind them; kubectl has split the text by --- before',
    '2LFX 5TYM 6CK3 BEC7 CC74 DK95/7 MUS6/2 MUS6/3 MUS6/4 MUS6/5 MUS6/6 P76L RTP8 U3C3 Z9M4',
  ],
  [
    /tab character|cannot start any token/,
    'go-yaml takes a tab for indentation where YAML takes it for space between words',
    '6BCT 6CA3 96NN/0 96NN/1 A2M4 DK95/0 DK95/3 DK95/4 R4YG Y79Y/1 Y79Y/10',
  ],
  [
    /did not find expected ',' or '[}\]]'|did not find expected (key|node content)|mapping values are not allowed/,
    'go-yaml is of YAML 1.1: a key of several lines, a colon next to a quote, an empty key, an anchor on a line of its own',
    '2SXE 5MUD 5T43 6M2F 6ZKB 9DXL 9SA2 CFD4 DBG4 HM87/0 HWV9 JR7V K3WX NHX8 NJ66 NKF9 QT73 S3PD SM9W/1 UKK6/0 UT92 VJP3/0 VJP3/1',
  ],
  [/alphabetic or numeric character|unknown escape/, 'YAML 1.1 has no such anchor or escape', '3UYS 8XYN W5VH'],
  [/unsupported map key/, 'a key is null, of which JSON has none', 'FH7J PW8X'],
  [
    /looking for beginning of (value|object key string)/,
    'a text that begins with a brace is JSON for kubectl',
    '4MUZ/1 4MUZ/2 58MP DFF7 FRK4 WZ62',
  ],
];

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
    let same = 0;
    const refused: string[] = [];
    const unsaid: string[] = [];
    const found = all.flatMap(({ id, fail = false }, index) => {
      const { documents, mistake } = readings[index] as Reading;
      const ours = byUs(all[index]?.yaml ?? '');
      if (ours === undefined) {
        // What the suite itself calls no YAML is refused here, also where kubectl takes it.
        unsaid.push(...(mistake === undefined && !fail ? [id] : []));
        return [];
      }
      if (mistake !== undefined) {
        const row = REFUSED.find(([says]) => says.test(mistake));
        refused.push(row?.[2].split(' ').includes(id) ? id : `${id}: ${mistake}`);
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
    process.stderr.write(`${same} texts are taken alike, ${refused.length} are taken here and refused by kubectl\n`);
    expect(found).toEqual([]);
    expect(unsaid).toEqual([]);
    expect(refused.sort()).toEqual(REFUSED.flatMap(([, , ids]) => ids.split(' ')).sort());
    expect(same).toBeGreaterThan(200);
  });
});
