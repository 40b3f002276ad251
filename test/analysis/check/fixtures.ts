import * as fs from 'node:fs';
import * as path from 'node:path';
import { check, type Finding, type RuleCode } from '../../../analysis/check';
import { RULES } from '../../../analysis/check/registry';
import { Cluster } from '../../../analysis/connectivity';
import { type Manifest, readManifests } from '../../../analysis/manifest';

/** The folder of the fixtures: one folder for each rule, with files that begin with `fires` and with `silent`. */
export const FIXTURES = path.join(__dirname, 'fixtures');

/** A file of manifests. Its first line is a sentence; a line with a finding ends in a comment that names the rule. */
export interface Fixture {
  readonly code: string;
  readonly file: string;
  readonly sentence: string;
  readonly text: string;
}

/** All fixtures of a rule. */
export function fixturesOf(code: string): readonly Fixture[] {
  const folder = path.join(FIXTURES, code);
  const files = fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [];
  return files.map((file) => {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    const [first = ''] = text.split('\n');
    return { code, file, sentence: first.replace(/^# /, '').replace(/\.$/, ''), text };
  });
}

/** The lines on which findings of a rule are expected, once for each finding. */
export function expectedLines({ code, text }: Fixture): readonly number[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line, at) => {
      const comment = /\s# ([a-z0-9, -]+)$/.exec(line)?.[1] ?? '';
      return comment
        .split(', ')
        .filter((word) => word === code)
        .map(() => at + 2);
    });
}

/** What a rule finds in manifests, with the rule asked for where it is off by default. */
export function findingsOf(code: string, text: string): readonly Finding[] {
  const manifests = manifestsOf(text);
  const asked = RULES.filter((rule) => rule.code === code).map((rule) => [rule.code, 'on'] as const);
  return check(manifests, { rules: new Map<RuleCode, 'on'>(asked) }).findings.filter(
    (finding) => finding.code === code,
  );
}

function manifestsOf(text: string): readonly Manifest[] {
  const reading = readManifests(text, 'fixture.yaml');
  const { problems } = Cluster.from(reading);
  if (problems.length > 0) {
    throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  }
  return reading.manifests;
}
