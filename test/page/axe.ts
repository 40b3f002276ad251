import { source } from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds that is serious or critical. `ready` has been called. */
export async function seriousIn(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { violations } = await (globalThis as never as { axe: typeof import('axe-core') }).axe.run(document, {
      resultTypes: ['violations'],
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html)}`);
  });
}

/** Puts axe into a page. */
export async function ready(page: Page): Promise<void> {
  await page.evaluate(source);
}

/** Asks axe about each tab of a page of a picture, with a workload chosen, and whether it fits its width. */
export async function judgeTabs(page: Page): Promise<void> {
  await page.locator('.node').first().dispatchEvent('click');
  await page.locator('.chosen button').first().waitFor();
  await ready(page);
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await page.locator('[role="tabpanel"]:not([hidden]) > *').first().waitFor();
    const found = await seriousIn(page);
    expect([await tab.innerText(), found]).toEqual([await tab.innerText(), []]);
  }
  const { width = 0 } = page.viewportSize() ?? {};
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
}
