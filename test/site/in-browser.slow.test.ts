import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { inBrowser } from '../page/browser';
import { judgeSite } from './axe';
import { paste, Site, settled, textIn, type Visit } from './browser';

const stars = (name: string) => readFileSync(`dist/stars/${name}.k8s.yaml`, 'utf8');
const OPEN = stars('1-open');

inBrowser('the playground', () => {
  const site = new Site();
  let visit: Visit;
  let page: Page;

  beforeAll(() => site.open());
  afterAll(() => site.close());
  afterEach(async () => {
    expect(visit.complaints).toEqual([]);
    await page.context().close();
  });

  const come = async (coming?: Parameters<Site['visit']>[0]) => {
    visit = await site.visit(coming);
    page = visit.page;
  };
  const textOf = (selector: string) => page.locator(selector).innerText();
  const tab = (name: string) => page.getByRole('tab', { name });
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const graded = (step: string) => page.waitForSelector(`html[data-graded="${step}"]`);
  const write = async (text: string) => {
    await page.locator('.cm-content').focus();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.insertText(text);
  };
  const done = (count: number) =>
    page.waitForFunction((wanted) => document.querySelectorAll('.tasks li.done').length === wanted, count);

  test('a lesson is done from start to end, and the browser remembers it', async () => {
    await come();
    await button('Lessons and examples').click();
    await button(/^Network policies /).click();
    await graded('network-policy/1');
    expect(await textOf('.lesson-foot [role="status"]')).toBe('1 of 3 done');
    await page.locator('.tasks summary').first().click();
    expect(await textOf('.tasks pre >> nth=0')).toMatch(/Expected[\s\S]*Received/);
    for (const [step, name] of ['2-default-deny', '3-allow-ui', '4-backend-policy', '5-frontend-policy'].entries()) {
      await graded(`network-policy/${step + 1}`);
      await write(`${stars(name)}---\n`);
      await page.locator('.all-done').waitFor();
      await done(await page.locator('.tasks li').count());
      expect(await page.locator('.dots [aria-current]').innerText()).toBe(String(step + 1));
      await page.locator('.onward').click();
    }
    expect(await textOf('#lesson-title')).toBe('HTTPS');
    const context = page.context();
    const again = await site.visit({ context });
    await again.page.getByRole('button', { name: 'Lessons and examples' }).click();
    expect(await again.page.locator('.chooser .done').allInnerTexts()).toEqual([
      expect.stringMatching(/^Network policies\s+✓/),
    ]);
    expect(again.complaints).toEqual([]);
  });

  test('a solution may be looked at, and a step begun again', async () => {
    await come({ fragment: '#lesson=canary/2' });
    await graded('canary/2');
    expect(await textOf('.lesson-head')).toContain('Whom I choose');
    expect(await page.locator('.answer .shares').innerText()).toMatch(/95 % .*frontend:80[\s\S]*5 % /);
    await settled(page, () => button('Show a solution').click());
    await page.locator('.all-done').waitFor();
    await page.locator('.answer .shares', { hasText: '100 %' }).waitFor();
    await settled(page, () => button('Begin again').click());
    expect(await page.locator('.all-done').count()).toBe(0);
  });

  test('a broken text shows its problem at its line, keeps the last answer, and undo takes it back', async () => {
    await come();
    const drawn = await page.locator('#picture svg').innerHTML();
    await page.locator('.cm-line', { hasText: 'name: frontend-policy' }).click();
    await page.keyboard.press('End');
    await page.keyboard.type(': oops');
    await page.locator('.answers.old').waitFor();
    expect(await textOf('.banner')).toMatch(/^Line 4: not YAML: .*Below is the last answer\.$/);
    expect(await page.locator('.signs .sign.error').count()).toBe(1);
    expect((await page.locator('.wrong.error').allInnerTexts()).join('')).toBe('name: frontend-policy: oops');
    expect(await page.locator('#picture svg').innerHTML()).toBe(drawn);
    await page.keyboard.press('ControlOrMeta+End');
    await page.locator('.banner button').click();
    expect(await textOf('.cm-activeLineGutter >> nth=0')).toBe('4');
    await settled(page, () => page.keyboard.press('ControlOrMeta+z'));
    expect(await page.locator('.answers.old, .sign.error').count()).toBe(0);
  });

  test('a field that an API server drops is a warning at its line, and findings stand at theirs', async () => {
    await come();
    await settled(page, () =>
      paste(
        page,
        `${OPEN.replace('kind: Namespace', 'kind: Namespace\nspek: {}')}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: nobody
  namespace: stars
spec:
  podSelector:
    matchLabels:
      role: nobody
`,
      ),
    );
    await page.keyboard.press('ControlOrMeta+Home');
    const spek = page.locator('.cm-line', { hasText: 'spek' }).locator('.wrong.warning').first();
    expect(await spek.getAttribute('title')).toContain('spek is no field of this kind');
    expect(await tab('Findings').innerText()).toMatch(/Findings \d/);
    await tab('Findings').click();
    expect(await textOf('#panel-findings')).toMatch(/would not take[\s\S]*spek is no field[\s\S]*What check finds/);
    await page.locator('.findings').last().getByRole('button').first().click();
    expect(Number(await textOf('.cm-activeLineGutter >> nth=0'))).toBeGreaterThan(OPEN.split('\n').length);
  });

  test('a box that was chosen stays chosen while somebody goes on typing, and the focus stays in the text', async () => {
    await come();
    await page.locator('.node', { has: page.locator('title', { hasText: 'Deployment stars/backend' }) }).click();
    await page.locator('.chosen h3').first().waitFor();
    expect(await textOf('.chosen')).toContain('May connect to it (2)');
    await settled(page, () => paste(page, OPEN));
    await page.waitForFunction(() => document.querySelector('.chosen')?.textContent?.includes('May connect to it (4)'));
    expect(await page.evaluate(() => document.activeElement?.classList.contains('cm-content'))).toBe(true);
  });

  test('of many workloads, namespaces are drawn, and what is in one is shown where somebody asks for it', async () => {
    await come();
    const pod = (at: number) =>
      `---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: p-${at}\n  namespace: n-${at % 9}\nspec:\n  containers:\n    - name: c\n      image: c\n`;
    await settled(page, () => paste(page, Array.from({ length: 90 }, (_, at) => pod(at)).join('')));
    expect(await page.locator('.node').count()).toBe(9);
    await page.locator('.node').first().click();
    await button('Show what is in it').click();
    await page.getByText('Only namespace n-0').waitFor();
    expect(await page.locator('.node').count()).toBeGreaterThanOrEqual(10);
    await button('Show all').click();
    await page.waitForFunction(() => document.querySelectorAll('.node').length === 9);
  });

  test('2,000 lines are pasted and typed into, and are answered', async () => {
    await come();
    const policy = (at: number) =>
      `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p-${at}\n  namespace: stars\nspec:\n  podSelector:\n    matchLabels:\n      role: backend\n  ingress:\n    - from:\n        - podSelector: {}\n      ports:\n        - port: ${at + 1000}\n`;
    const text = `${OPEN}${Array.from({ length: 130 }, (_, at) => policy(at)).join('')}`;
    expect(text.split('\n').length).toBeGreaterThan(2000);
    await settled(page, async () => {
      await paste(page, text);
      await page.keyboard.type('# typed while it is read');
    });
    expect(await textOf('.said')).toMatch(/^141 objects, answered \d+ ms after the last change$/);
    expect((await textIn(page)).endsWith('# typed while it is read')).toBe(true);
    await tab('Connections').click();
    await button(/^stars\/frontend → stars\/backend: TCP/).click();
    await page.locator('.question .verdict.yes').waitFor();
  });

  test('a link holds text, kept state and lesson, and a new window opens them', async () => {
    await come({ fragment: '#lesson=network-policy' });
    await graded('network-policy/1');
    await button('Keep this state').click();
    await settled(page, () => write(`${stars('2-default-deny')}---\n# ünïcode ✓ <b>\n`));
    await button('Share').click();
    const link = await page.getByLabel('Link').inputValue();
    await page.getByText('The link is copied.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    await page.keyboard.press('Escape');
    const text = await textIn(page);
    const other = await site.visit({ fragment: new URL(link).hash });
    await other.page.waitForSelector('html[data-graded="network-policy/1"]');
    expect(await textIn(other.page)).toBe(text);
    expect(await other.page.locator('.tasks li.done').count()).toBe(3);
    await other.page.getByRole('tab', { name: /What changed \d/ }).click();
    await other.page.locator('#panel-changes table').waitFor();
    expect(await other.page.locator('#panel-changes').innerText()).toMatch(
      /closed[\s\S]*NetworkPolicy client\/default-deny added \(line \d+\)/,
    );
    // Who goes on writing has an address that says nothing wrong.
    await other.page.locator('.cm-content').press('ControlOrMeta+End');
    await settled(other.page, () => other.page.keyboard.type('#'));
    expect(new URL(other.page.url()).hash).not.toContain('#m=');
    expect(other.complaints).toEqual([]);
    await other.page.context().close();
  });

  test('a link that was cut says so, and the page works', async () => {
    await come({ fragment: '#m=7VZNb9s4EP0r' });
    expect(await textOf('.flash')).toContain('the link was cut or changed');
    expect(await page.locator('.node').count()).toBe(5);
  });

  test('files that are dropped are opened together, other files are named', async () => {
    await come();
    await settled(page, () =>
      page.evaluate(
        (files) => {
          const dataTransfer = new DataTransfer();
          for (const [name, text] of files) {
            dataTransfer.items.add(new File([text as string], name as string));
          }
          const editor = document.querySelector('.cm-content') as Element;
          for (const type of ['dragover', 'drop']) {
            editor.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
          }
        },
        [
          ['2.yaml', `---\n${stars('2-default-deny')}`],
          ['1.yml', OPEN],
          ['logo.png', '\u0000'],
        ],
      ),
    );
    expect(await textOf('.flash')).toMatch(/^2 files opened\. Undo .*logo\.png is neither \.yaml, \.yml nor \.json\.$/);
    expect(await textIn(page)).toBe(
      `# 1.yml\n${OPEN.trimEnd()}\n---\n# 2.yaml\n${stars('2-default-deny').trimEnd()}\n`,
    );
    await settled(page, () => page.keyboard.press('ControlOrMeta+z'));
    expect(await textIn(page)).toContain('name: frontend-policy');
  });

  test('a folder is opened with all below', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'playground-'));
    writeFileSync(join(folder, 'a.yaml'), OPEN);
    writeFileSync(join(folder, 'notes.txt'), 'nothing');
    await come();
    const chooser = page.waitForEvent('filechooser');
    await button('Open a folder').click();
    await settled(page, async () => (await chooser).setFiles(folder));
    rmSync(folder, { recursive: true });
    expect(await textIn(page)).toBe(OPEN);
  });

  test('everything is reached by keys: the editor is left, tabs are turned, dialogs are closed', async () => {
    await come();
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    await page.locator('.cm-content').focus();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.press('Tab');
    await page.keyboard.type('x');
    expect(await textIn(page)).toMatch(/ {2}x$/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Picture');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Connections');
    await page.locator('.matrix').waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.locator('.node[tabindex="0"]').focus();
    await page.keyboard.press('Enter');
    await page.locator('.chosen h2').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('.chosen h2').count()).toBe(0);
    await button('Lessons and examples').focus();
    await page.keyboard.press('Enter');
    await page.locator('.chooser[open]').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.lesson').waitFor();
    await button('Lessons and examples').press('Enter');
    await page.keyboard.press('Escape');
    expect(await page.locator('.chooser[open]').count()).toBe(0);
    expect(await focused()).toBe('Lessons and examples');
  });

  test('Enter goes on where the line begins, and one step deeper below a key', async () => {
    await come();
    await paste(page, 'spec:');
    for (const line of ['', 'ingress:', '- from:', '- podSelector: {}', '']) {
      await page.keyboard.type(line);
      await page.keyboard.press('Enter');
    }
    expect(await textIn(page)).toBe(
      ['spec:', '  ingress:', '    - from:', '        - podSelector: {}', '        ', '        '].join('\n'),
    );
  });

  test('Ctrl+F finds what is out of sight', async () => {
    await come();
    await page.locator('.cm-content').press('ControlOrMeta+Home');
    await page.keyboard.press('ControlOrMeta+f');
    await page.keyboard.type('KIND: namespace');
    expect(await textOf('.find [role="status"]')).toBe('1 of 3');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.press('Shift+Enter');
    expect(await textOf('.find [role="status"]')).toBe('3 of 3');
    await page.keyboard.press('Escape');
    expect(await textOf('.cm-activeLine')).toBe('kind: Namespace');
    await page.keyboard.type('x');
    expect(await textIn(page)).toContain('apiVersion: v1\nx\nmetadata');
  });

  test('names that are markup do nothing', async () => {
    await come();
    const evil = '<img src=x onerror=document.title=666>';
    const views = async () => {
      for (const name of ['Connections', 'Requests', 'Findings', 'What changed', 'Picture']) {
        await tab(name).click();
      }
    };
    const replaced = (what: string, text: string) => paste(page, OPEN.replaceAll(what, `${what}\n  ${text}`));
    await settled(page, () => replaced('name: stars', `annotations: {cdk8s-networking/ignore: "${evil}"}`));
    expect(await textOf('.findings')).toContain('<img');
    await views();
    const other = `---\nkind: "${evil}"\napiVersion: example.com/v1\nmetadata: {name: "${evil}"}\n`;
    for (const text of [OPEN.replaceAll('role: backend', `role: "${evil}"`), OPEN + other]) {
      await settled(page, () => paste(page, text), 'answered');
      await views();
    }
    await paste(page, `"${evil}": [`);
    await page.locator('.answers.old').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('Kubernetes networking playground');
  });

  test('the page works where nothing may be remembered', async () => {
    await come({
      before: () => {
        for (const name of ['localStorage', 'sessionStorage']) {
          Object.defineProperty(window, name, {
            get() {
              throw new Error('denied');
            },
          });
        }
      },
      fragment: '#lesson=https',
    });
    await settled(page, () => button('Show a solution').click());
    await page.locator('.all-done').waitFor();
  });

  test('what was written is there again when the page is loaded again', async () => {
    await come();
    await settled(page, () => paste(page, OPEN));
    await page.reload();
    await page.waitForSelector('html[data-checked]');
    expect(await textIn(page)).toBe(OPEN);
  });

  test('axe finds nothing serious', async () => {
    await come({ fragment: '#lesson=network-policy/4' });
    await judgeSite(page);
  });

  test('axe finds nothing serious, dark, 390 wide', async () => {
    await come({ dark: true, width: 390, fragment: '#lesson=network-policy/4' });
    await judgeSite(page);
  });
});
