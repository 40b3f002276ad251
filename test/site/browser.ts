import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { siteHtml } from '../../scripts/site';
import { CHROMIUM } from '../page/browser';

/** A name that browsers trust as they trust https, without which they lend nobody the clipboard. */
const ADDRESS = 'http://playground.localhost/';

/** How somebody comes to the playground. */
export interface Coming {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** Behind the address: `#…`. */
  readonly fragment?: string;
  /** What the browser remembers of former visits. */
  readonly context?: BrowserContext;
  /** Runs before the page does. */
  readonly before?: () => void;
}

/** A page, and what it complained of. */
export interface Visit {
  readonly page: Page;
  readonly complaints: string[];
}

/** One browser for all tests of a file, and the playground as the build makes it. */
export class Site {
  private browser: Browser | undefined;
  private html = '';

  async open(): Promise<void> {
    [this.html, this.browser] = await Promise.all([
      siteHtml(0),
      chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox'] }),
    ]);
  }

  async close(): Promise<void> {
    await this.browser?.close();
  }

  /** Somebody's browser. */
  context({ width = 1440, height = 900, dark = false }: Coming = {}): Promise<BrowserContext> {
    return (this.browser as Browser).newContext({
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
  }

  /** Opens the playground where nothing but the page itself can be loaded. */
  async visit(coming: Coming = {}): Promise<Visit> {
    const { fragment = '', context = await this.context(coming), before } = coming;
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(ADDRESS)) {
        complaints.push(`asks for ${request.url()}`);
      }
    });
    await page.route(ADDRESS, (route) => route.fulfill({ contentType: 'text/html', body: this.html }));
    if (before !== undefined) {
      await page.addInitScript(before);
    }
    await page.goto(`${ADDRESS}${fragment}`);
    await page.waitForSelector('html[data-checked]');
    return { page, complaints };
  }
}

/** Does something that changes the text, and waits until this is answered and checked, or found to have no answer. */
export async function settled(page: Page, act: () => Promise<unknown>, state = 'checked'): Promise<void> {
  const last = await page.evaluate((name) => document.documentElement.dataset[name], state);
  await act();
  await page.waitForFunction(([name, before]) => document.documentElement.dataset[name as string] !== before, [
    state,
    last,
  ] as const);
}

/** The whole text of the editor, which shows only a part of it. */
export async function textIn(page: Page): Promise<string> {
  await page.locator('.cm-content').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+c');
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Puts a text in the place of all that is in the editor, as a paste does. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.querySelector('.cm-content')?.dispatchEvent(event);
  }, text);
}
