import * as fs from 'node:fs';
import * as path from 'node:path';
import { applyEdits } from '../../../analysis/check/fix/apply';
import { RULES } from '../../../analysis/check/registry';
import { worded } from '../../../report/check/worded';
import { generated, ruleCodes, rulesPage, titledRules } from '../../../scripts/check-rules';
import { blocksIn } from '../../../scripts/doc-blocks';
import { ROOT } from '../../../scripts/doc-pages';
import { expectedLines, FIXTURES, findingsOf, fixturesOf } from './fixtures';

const codes = RULES.map(({ code }) => code);

describe.each(codes)('%s', (code) => {
  const fixtures = fixturesOf(code);

  test.each(fixtures.map((fixture) => [fixture.sentence, fixture] as const))('%s', (_, fixture) => {
    const findings = findingsOf(code, fixture.text);
    expect(findings.map(({ source }) => source.line)).toEqual(expectedLines(fixture));
    expect(
      findings.map((finding) => {
        const { severity, object, message, advice, related } = worded(finding);
        return [`${severity} ${object}`, message, advice, ...related.map((other) => other.message)];
      }),
    ).toMatchSnapshot();
  });

  test('has a fixture in which it finds something, and one in which it comes near', () => {
    const fires = fixtures.filter(({ file }) => file.startsWith('fires'));
    const silent = fixtures.filter(({ file }) => file.startsWith('silent'));
    expect(fires.length).toBeGreaterThan(0);
    expect(silent.length).toBeGreaterThan(0);
    expect(fires.filter((fixture) => expectedLines(fixture).length === 0)).toEqual([]);
    expect(silent.filter((fixture) => expectedLines(fixture).length > 0)).toEqual([]);
    expect(fixtures).toHaveLength(fires.length + silent.length);
  });

  test('what a safe fix changes is not found again', () => {
    for (const { text } of fixtures) {
      const before = findingsOf(code, text);
      const edits = before.flatMap(({ fix }) => (fix?.safe === true ? fix.edits : []));
      const edited = applyEdits(text, edits);
      const fixed = before.filter(
        ({ fix }) => fix?.safe === true && fix.edits.every((one) => edited.applied.includes(one)),
      );
      expect(findingsOf(code, edited.text)).toHaveLength(before.length - fixed.length);
    }
  });

  test('has a page that says what, why, what is not reported, and shows a bad and a good manifest', () => {
    const page = fs.readFileSync(path.join(ROOT, 'docs/checks', `${code}.md`), 'utf8');
    expect(page.startsWith(`# ${code}\n`)).toBe(true);
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual([
      'Why',
      'Bad',
      'Good',
      'Not reported',
    ]);
    const [bad, good] = blocksIn(page).filter(({ info }) => info === 'yaml');
    expect(findingsOf(code, bad?.text ?? '').length).toBeGreaterThan(0);
    expect(findingsOf(code, good?.text ?? '')).toEqual([]);
    expect(page).toContain(`**${RULES.find((rule) => rule.code === code)?.severity}**`);
  });
});

test('the registries hold every rule; npm run rules writes them', () => {
  expect(codes).toEqual(ruleCodes());
  for (const [file, text] of generated()) {
    expect(fs.readFileSync(path.join(ROOT, file), 'utf8')).toBe(text);
  }
  expect(fs.readFileSync(path.join(ROOT, 'docs/checks/README.md'), 'utf8')).toBe(rulesPage(titledRules()));
});

test('no fixtures and no pages are left of a rule that is gone', () => {
  const pages = fs.readdirSync(path.join(ROOT, 'docs/checks')).filter((file) => file !== 'README.md');
  expect(fs.readdirSync(FIXTURES).sort()).toEqual(codes);
  expect(pages.sort()).toEqual(codes.map((code) => `${code}.md`));
});
