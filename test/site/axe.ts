import type { Page } from 'playwright-core';
import { ready, seriousIn } from '../page/axe';
import { paste, settled } from './browser';

/** Asks axe about a lesson, `network-policy/4`: its answers, a broken text and the dialogs; and whether it fits its width. */
export async function judgeSite(page: Page): Promise<void> {
  const button = (name: string) => page.getByRole('button', { name });
  await page.waitForSelector('html[data-graded="network-policy/4"]');
  await button('Keep this state').click();
  await settled(page, () => button('Show a solution').click());
  await page.locator('.flash', { hasNotText: /./ }).waitFor({ state: 'attached' });
  await ready(page);
  const judge = async (what: string) => expect([what, await seriousIn(page)]).toEqual([what, []]);
  for (const name of ['Picture', 'Connections', 'Requests', 'Findings', 'What changed']) {
    await page.getByRole('tab', { name }).click();
    await page.locator('[role="tabpanel"]:not([hidden]) > *').first().waitFor();
    await judge(name);
  }
  const { width = 0 } = page.viewportSize() ?? {};
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  await paste(page, 'a: b: c');
  await page.locator('.answers.old').waitFor();
  await judge('a broken text');
  await button('Lessons and examples').click();
  await judge('the lessons');
  await page.keyboard.press('Escape');
  await button('Share').click();
  await judge('the link');
}
