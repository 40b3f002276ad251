import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Manifest } from '../../analysis';
import { Cluster } from '../../analysis';
import { graphOf } from '../../report/graph/build';
import type { PageAssets } from '../../report/page/frame';
import { graphPage } from '../../report/page/html';
import { assetsOf } from '../../scripts/page';

/** Where the browser is. The one that has no window takes two thirds of the processor's time that the others take. */
export const CHROMIUM = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']
  .map((name) => `/usr/bin/${name}`)
  .find(existsSync);

/** Where there is no browser, tests in one are left out, and say so; continuous integration has to have one. */
export function inBrowser(name: string, tests: () => void): void {
  if (CHROMIUM === undefined && process.env.CI === 'true') {
    test('a browser is there', () => {
      throw new Error('no chromium is installed; .ci/run installs it');
    });
  } else if (CHROMIUM === undefined) {
    describe(`${name} (left out: no chromium is installed; apt-get install chromium)`, () => {
      test.skip('in a browser', () => {});
    });
  } else {
    describe(name, tests);
  }
}

/** One browser for all tests of a file, and what pages are made of. */
export class World {
  private browser: Browser | undefined;
  private assets: PageAssets | undefined;

  async open(): Promise<void> {
    [this.assets, this.browser] = await Promise.all([
      assetsOf(undefined, 0),
      chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox'] }),
    ]);
  }

  async close(): Promise<void> {
    await this.browser?.close();
  }

  /** A page of some manifests. */
  html(manifests: readonly Manifest[], before?: readonly Manifest[], start?: 'routes'): string {
    const cluster = Cluster.from({ manifests }, { input: 'tolerant' });
    const earlier = before && Cluster.from({ manifests: before }, { input: 'tolerant' });
    const graph = graphOf(cluster, { before: earlier });
    const options = { input: 'tolerant' as const };
    return graphPage({ title: 'A page', graph, manifests, before, options, start }, this.assets as PageAssets);
  }

  /** Opens a page that may load nothing, and collects what it complains of. */
  async visit(html: string, { width = 1440, height = 900, dark = false, script = true } = {}): Promise<Visit> {
    const page = await (this.browser as Browser).newPage({
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
    });
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(blob|data):|^http:\/\/page\.test\/$/.test(request.url())) {
        complaints.push(`asks for ${request.url()}`);
      }
    });
    await page.route('http://page.test/', (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await page.goto('http://page.test/');
    if (script) {
      await page.waitForSelector('html[data-ready]');
    }
    return { page, complaints };
  }
}

export interface Visit {
  readonly page: Page;
  readonly complaints: string[];
}
