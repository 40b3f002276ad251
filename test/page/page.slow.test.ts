import type { Page } from 'playwright-core';
import { readManifests } from '../../analysis';
import { judgeTabs } from './axe';
import { inBrowser, type Visit, World } from './browser';
import { changed } from './examples';

inBrowser('the page of a picture', () => {
  const world = new World();
  let visit: Visit;
  let page: Page;

  beforeAll(() => world.open());
  afterAll(() => world.close());
  afterEach(async () => {
    expect(visit.complaints).toEqual([]);
    await page.close();
  });

  const open = async (html: string, size?: Parameters<World['visit']>[1]) => {
    visit = await world.visit(html, size);
    page = visit.page;
  };

  test('axe finds nothing serious in any tab, dark, 390 wide', async () => {
    await open(world.html(...changed()), { dark: true, width: 390 });
    await judgeTabs(page);
  });

  test('islands of 1,000 workloads are drawn at once, one is opened, and nothing holds the page up', async () => {
    await open(world.html(readManifests(many(1000), 'big.yaml').manifests));
    expect(await page.locator('.node').count()).toBeGreaterThan(39);
    await page.evaluate(() => {
      const long: number[] = [];
      const watch = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
      watch.observe({ entryTypes: ['longtask'] });
      Object.assign(globalThis, { long });
    });
    await page.getByRole('searchbox').fill('app-77');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Show only this and its neighbours' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.node').length < 40);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.node').length > 39);
    await page.mouse.move(400, 400);
    for (let turn = 0; turn < 8; turn++) {
      await page.mouse.wheel(0, turn < 4 ? -120 : 120);
    }
    await page.getByRole('tab', { name: 'Matrix' }).click();
    await page.locator('.matrix').waitFor();
    await page.getByRole('tab', { name: 'Table' }).click();
    await page.locator('#panel-table h2').waitFor();
    // On a busy machine all takes longer; what the page itself does stays far below a second.
    expect(await page.evaluate(() => Math.max(0, ...(globalThis as never as { long: number[] }).long))).toBeLessThan(
      1000,
    );
  });
});

/** So many workloads in 40 namespaces, each with a policy of its own. */
function many(count: number): string {
  const one = (at: number) => {
    const [namespace, name] = [`ns-${at % 40}`, `app-${at}`];
    const from = `[{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ns-${(at * 7) % 40} } }, podSelector: { matchLabels: { app: app-${(at * 13) % count} } } }, { podSelector: {} }]`;
    return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: a, image: a, ports: [{ containerPort: 8080 }] }] } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec: { podSelector: { matchLabels: { app: ${name} } }, ingress: [{ from: ${from}, ports: [{ port: 8080 }] }] }
`;
  };
  return Array.from({ length: count }, (_, at) => one(at)).join('---\n');
}
