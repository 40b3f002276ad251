import * as fs from 'node:fs';
import * as path from 'node:path';
import { Construct } from 'constructs';
import * as library from '../constructs';
import { blocksIn, isExample } from '../scripts/doc-blocks';
import { refreshed } from '../scripts/doc-examples';
import { pages, ROOT } from '../scripts/doc-pages';
import { typeErrors } from '../scripts/doc-types';
import { anchorsOf, brokenLink, linksOf } from './helpers/doc-links';

const all = pages();
const withExamples = all.filter(({ text }) => blocksIn(text).some(isExample));
const fence = '```';

describe('the pages', () => {
  test('are those of docs/ and of the root', () => {
    const files = all.map(({ file }) => file);
    expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/calico.md', 'docs/commands/route.md']));
    expect(withExamples.length).toBeGreaterThan(10);
  });

  test.each(withExamples.map((page) => [page.file, page] as const))(
    '%s shows what its examples synthesize; npm run docs writes it',
    (_, page) => {
      expect(refreshed(page)).toBe(page.text);
    },
  );

  test('have examples that a type check accepts', () => {
    expect(typeErrors(withExamples)).toEqual([]);
  }, 60_000);

  test.each(all.map((page) => [page.file, page] as const))('%s has no link that leads nowhere', (file, { text }) => {
    expect(linksOf(text).flatMap((link) => brokenLink(ROOT, file, link) ?? [])).toEqual([]);
  });
});

test('every construct has a page, or is written about in one', () => {
  const constructs = Object.entries(library)
    .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct)
    .map(([name]) => name);
  expect(constructs).toEqual(expect.arrayContaining(['Calico', 'ExposedService', 'NetworkingApp']));
  const prose = all.map(({ text }) => text.replace(/^```.*?^```$/gms, '')).join('\n');
  const silent = constructs.filter((name) => {
    const page = `${name.replace(/(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])/g, '-').toLowerCase()}.md`;
    return !fs.existsSync(path.join(ROOT, 'docs', page)) && !new RegExp(`\\b${name}\\b`).test(prose);
  });
  expect(silent).toEqual([]);
});

describe('an example', () => {
  const page = (example: string, below = `${fence}yaml\nold: true\n${fence}\n`) => ({
    file: 'docs/page.md',
    text: `# Page\n\n${fence}ts example\n${example}\n${fence}\n\n${below}\nThe end.\n`,
  });
  const made =
    "import { ApiObject } from 'cdk8s';\nnew ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap' });";

  test('has what it synthesizes written below it, and the text around it left', () => {
    const { text } = page(made);
    const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: chart-a-c882e114\n';
    expect(refreshed(page(made))).toBe(text.replace('old: true\n', yaml));
  });

  test('has its objects counted where they are folded away', () => {
    const folded = `<details>\n<summary>The YAML: 7 objects</summary>\n\n${fence}yaml\n${fence}\n\n</details>\n`;
    expect(refreshed(page(made, folded))).toContain('<summary>The YAML: 1 object</summary>');
  });

  test('may add charts to the app', () => {
    const both = `${made}\nimport { Chart } from 'cdk8s';\nnew ApiObject(new Chart(app, 'b'), 'b', { apiVersion: 'v1', kind: 'Pod' });`;
    expect(refreshed(page(both)).match(/^kind: .*$/gm)).toEqual(['kind: ConfigMap', 'kind: Pod']);
  });

  test.each([
    ['', 'no block of YAML follows the example; add ```yaml and ```, npm run docs fills it'],
    [`${fence}text\n${fence}\n`, 'no block of YAML follows the example; add ```yaml and ```, npm run docs fills it'],
  ])('fails without a block of YAML below it', (below, message) => {
    expect(() => refreshed(page(made, below))).toThrow(`docs/page.md:3: ${message}`);
  });

  test('fails with file and line when it cannot be synthesized', () => {
    const wrong = "import { StarsDemo } from 'cdk8s-networking';\nnew StarsDemo(chart, 'stars', { step: 'closed' });";
    expect(() => refreshed(page(wrong))).toThrow(/^docs\/page\.md:3: chart\/stars: step is "closed"; give one of/);
  });

  test('fails when it imports what a reader has not been told to install', () => {
    expect(() => refreshed(page("import * as fs from 'node:fs';\nfs.readdirSync('.');"))).toThrow(
      'docs/page.md:3: an example cannot import node:fs; it can import cdk8s-networking, cdk8s, cdk8s-plus-27, constructs',
    );
  });

  test('is refused by the type check for a property that there is none of, with file and line', () => {
    const wrong = "import { StarsDemo } from 'cdk8s-networking';\nnew StarsDemo(chart, 'stars', { steps: 1 });";
    expect(typeErrors([page(wrong)])).toEqual([
      expect.stringMatching(/^docs\/page\.md:5: .*'steps' does not exist in type 'StarsDemoProps'/s),
    ]);
  });
});

describe('a link', () => {
  test('is found in text, and not in code or to another site', () => {
    const text = `[a](a.md) ![b](b.svg "B") \`[c](c.md)\` [d](https://d.example/)\n\n[e]: e.md#e\n\n${fence}\n[f](f.md)\n${fence}\n`;
    expect(linksOf(text)).toEqual(['a.md', 'b.svg', 'e.md#e']);
  });

  test('fails without a file, without a heading, and out of the project', () => {
    const at = (link: string) => brokenLink(ROOT, 'docs/calico.md', link);
    expect(at('nowhere.md')).toBe('docs/calico.md: nowhere.md leads to no file');
    expect(at('stars-demo.md#nowhere')).toBe('docs/calico.md: stars-demo.md#nowhere leads to no heading');
    expect(at('../..')).toBe('docs/calico.md: ../.. leads to no file');
    expect([at('stars-demo.md#props'), at('#props'), at('commands')]).toEqual([undefined, undefined, undefined]);
  });

  test('leads to headings as GitHub names them', () => {
    const text = '# One, *two*: `three`\n## Same\n## Same\n';
    expect([...anchorsOf(text)]).toEqual(['one-two-three', 'same', 'same-1']);
  });
});
