import type { Page } from 'playwright-core';
import { type Manifest, readManifests } from '../../analysis';
import { judgeTabs } from './axe';
import { inBrowser, type Visit, World } from './browser';
import { changed, shop, stars } from './examples';

inBrowser('the page of a picture', () => {
  const world = new World();
  let visit: Visit;
  let page: Page;

  beforeAll(() => world.open());
  afterAll(() => world.close());

  const open = async (html: string, size?: Parameters<World['visit']>[1]) => {
    visit = await world.visit(html, size);
    page = visit.page;
  };
  const textOf = (selector: string) => page.locator(selector).innerText();
  const node = (name: string) => page.locator('.node', { has: page.locator('title', { hasText: name }) });
  const focused = () => page.evaluate(() => document.activeElement?.querySelector('title')?.textContent);
  const view = async () => (await page.locator('#picture svg').getAttribute('viewBox'))?.split(' ').map(Number) ?? [];
  const nodes = (count: number) =>
    page.waitForFunction((wanted) => document.querySelectorAll('.node').length === wanted, count);

  describe('of the Stars demo', () => {
    beforeAll(() => open(world.html(stars(5))));
    beforeEach(async () => {
      await page.getByRole('tab', { name: 'Picture' }).click();
      const drawn = () => document.querySelector<HTMLElement>('#picture')?.dataset.drawn;
      const before = await page.evaluate(drawn);
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.waitForFunction(
        (last) => document.querySelector<HTMLElement>('#picture')?.dataset.drawn !== last,
        before,
      );
      await page.evaluate(() =>
        document.querySelectorAll('.answer, .chosen').forEach((one) => void one.replaceChildren()),
      );
      await nodes(5);
    });
    afterEach(() => expect(visit.complaints).toEqual([]));
    afterAll(() => page.close());

    test('a click on a workload tells its neighbours, and a click on one of these the policy, its rule and the line', async () => {
      await node('Deployment stars/backend').click();
      await page.locator('.chosen h3').first().waitFor();
      expect(await textOf('.chosen')).toMatch(/Deployment stars\/backend[\s\S]*May connect to it \(2\)/);
      expect(await page.locator('.node.on').count()).toBe(3);
      await page.locator('.chosen').getByRole('button', { name: 'stars/Deployment/frontend' }).click();
      await page.locator('.verdict').waitFor();
      const answer = await textOf('.question .answer');
      expect(answer).toMatch(/Yes\s+stars\/Deployment\/frontend → stars\/Deployment\/backend open: TCP 6379/);
      expect(answer).toMatch(
        /allowed by NetworkPolicy stars\/backend-policy \(stars\/4-backend-policy.k8s.yaml:\d+\), ingress rule 1/,
      );
    });

    test('a click on a line tells what it stands for, and why', async () => {
      const line = page.locator('.net', { has: page.locator('title', { hasText: 'frontend → backend' }) });
      await line.locator('.line').dispatchEvent('click');
      await page
        .locator('.chosen')
        .getByRole('button', { name: 'frontend → Deployment stars/backend: TCP 6379' })
        .click();
      await page.locator('.verdict.yes').waitFor();
      expect(await page.locator('.net.on .line').count()).toBe(1);
    });

    test('a question is answered as the command line answers it, and what is wrong with it is said', async () => {
      const ask = async (from: string, to: string, port: string) => {
        await page.locator('#from').fill(from);
        await page.locator('#to').fill(to);
        await page.locator('#port').fill(port);
        await page.evaluate(() => document.querySelector('.answer')?.replaceChildren());
        await page.getByRole('button', { name: 'Ask' }).click();
        await page.locator('.verdict').waitFor();
        return textOf('.question .answer');
      };
      expect(await ask('client', 'backend', '6379')).toMatch(/^No[\s\S]*no ingress rule allows this/);
      expect(await ask('frontend', 'service/stars/backend', '6379')).toMatch(/^Yes/);
      expect(await ask('external', 'backend', '')).toMatch(/^No/);
      expect(await ask('fronted', 'backend', '')).toContain('did you mean stars/Deployment/frontend?');
      expect(await ask('frontend', 'backend', '99999')).toContain('"99999" is no port');
    });

    test('filters by namespace, port and protocol draw what is left', async () => {
      await page.getByText('Namespaces: all').click();
      await page.getByRole('checkbox', { name: 'client' }).check();
      await nodes(3);
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.locator('.choice summary').click();
      const port = page.locator('.filters').getByLabel('Port');
      await port.fill('6379');
      await page.waitForFunction(() => document.querySelectorAll('#picture .frame').length === 3);
      await page.locator('.filters').getByLabel('Protocol').selectOption('UDP');
      await page.waitForFunction(() => !document.querySelector('#picture')?.textContent?.includes('6379'));
      await port.fill('nonsense');
      await page.waitForFunction(() => document.querySelector('.note')?.textContent?.includes('is no port'));
    });

    test('search finds a workload by parts of its name', async () => {
      await page.getByRole('searchbox').fill('stars front');
      await page.keyboard.press('Enter');
      await page.locator('.chosen h2').waitFor();
      expect(await textOf('.chosen h2')).toBe('Deployment stars/frontend');
    });

    test('everything is reached by keys: tabs, boxes, zoom and answers', async () => {
      await page.getByRole('tab', { name: 'Picture' }).focus();
      await page.keyboard.press('ArrowRight');
      expect(await page.getByRole('tab', { name: 'Table' }).getAttribute('aria-selected')).toBe('true');
      await page.keyboard.press('ArrowLeft');
      await page.locator('.node[tabindex="0"]').focus();
      const met = new Set([await focused()]);
      for (const key of ['Right', 'Right', 'Right', 'Down', 'Down', 'Left', 'Left', 'Up', 'Up']) {
        await page.keyboard.press(`Arrow${key}`);
        met.add(await focused());
      }
      expect(met.size).toBe(5);
      const whole = await view();
      await page.keyboard.press('+');
      expect((await view())[2]).toBeLessThan(whole[2] as number);
      await page.keyboard.press('0');
      expect(await view()).toEqual(whole);
      await page.keyboard.press('Enter');
      await page.locator('.chosen h2').waitFor();
      await page.keyboard.press('Escape');
      expect(await page.locator('.node.on').count()).toBe(0);
    });

    test('wheel and mouse zoom and move the picture', async () => {
      const [, , width] = await view();
      await page.mouse.move(400, 400);
      await page.mouse.wheel(0, -200);
      const isNarrower = (before: number) =>
        Number(document.querySelector('#picture svg')?.getAttribute('viewBox')?.split(' ')[2]) < before;
      await page.waitForFunction(isNarrower, width as number);
      const [x] = await view();
      await page.mouse.move(300, 750);
      await page.mouse.down();
      await page.mouse.move(200, 700, { steps: 3 });
      await page.mouse.up();
      expect((await view())[0]).toBeGreaterThan(x as number);
      expect(await page.locator('.chosen h2').count()).toBe(0);
    });

    test('the matrix leads to questions, and the table tells pair by pair', async () => {
      await page.getByRole('tab', { name: 'Matrix' }).click();
      await page.getByRole('button', { name: 'client/client → stars/frontend: TCP 80' }).click();
      await page.locator('.verdict.yes').waitFor();
      await page.getByRole('tab', { name: 'Table' }).click();
      await page.locator('#panel-table h2').waitFor();
      expect(await textOf('#panel-table')).toMatch(/What the picture shows[\s\S]*Connections 1 to \d+ of \d+/);
    });

    test('printed, it has the whole picture and the table, and no fields', async () => {
      const isViewed = (wanted: string) => document.querySelector('#picture svg')?.getAttribute('viewBox') === wanted;
      const svg = page.locator('#picture svg');
      await page.locator('.node[tabindex="0"]').focus();
      await page.keyboard.press('+');
      const near = (await view()).join(' ');
      await page.emulateMedia({ media: 'print' });
      const whole = `0 0 ${await svg.getAttribute('width')} ${await svg.getAttribute('height')}`;
      await page.waitForFunction(isViewed, whole);
      expect(await page.locator('#picture svg').isVisible()).toBe(true);
      expect(await page.locator('#said table').isVisible()).toBe(true);
      expect(await page.getByRole('tablist').isVisible()).toBe(false);
      await page.emulateMedia({ media: null });
      await page.waitForFunction(isViewed, near);
    });
  });

  describe('of others', () => {
    afterEach(async () => {
      expect(visit.complaints).toEqual([]);
      await page.close();
    });

    test('a change is drawn, its filter leaves what changed, and its table says because of what', async () => {
      await open(world.html(stars(5), stars(3)));
      const before = await page.locator('.net').count();
      await page.getByLabel('only what changed').check();
      await page.waitForFunction((count) => document.querySelectorAll('.net').length < count, before);
      await page.getByRole('tab', { name: 'Changes' }).click();
      await page.locator('#panel-changes table').waitFor();
      expect(await textOf('#panel-changes')).toMatch(
        /opened\s+stars\/Deployment\/frontend\s+stars\/Deployment\/backend\s+closed\s+TCP 6379\s+NetworkPolicy stars\/backend-policy added/,
      );
    });

    test('pairs of which manifests cannot tell are named, and a question about one is not answered yes or no', async () => {
      const block = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: block, namespace: stars }
spec: { podSelector: { matchLabels: { role: backend } }, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }
`;
      await open(world.html([...stars(5), ...readManifests(block, 'block.yaml').manifests]));
      await page.getByRole('tab', { name: 'Matrix' }).click();
      await page.locator('#panel-matrix .doubt').waitFor();
      await page.getByRole('tab', { name: 'Notes' }).click();
      expect(await textOf('#panel-notes')).toMatch(
        /cannot tell[\s\S]*stars\/Deployment\/backend: all ports may be open/,
      );
      await page.locator('#from').fill('client');
      await page.locator('#to').fill('backend');
      await page.getByRole('button', { name: 'Ask' }).click();
      await page.locator('.verdict.unknown').waitFor();
    });

    test('cells, pairs and lines of which manifests cannot tell look undecided, in the table for screen readers too', async () => {
      const block = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: block, namespace: stars }
spec: { podSelector: { matchLabels: { role: backend } }, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }
`;
      await open(world.html([...stars(5), ...readManifests(block, 'block.yaml').manifests]));
      expect(await page.locator('.net .line.undecided').count()).toBeGreaterThan(0);
      await page.getByRole('tab', { name: 'Matrix' }).click();
      await page
        .getByRole('button', {
          name: /^client\/client → stars\/backend: closed, but it cannot be told: all ports may be open/,
        })
        .click();
      await page.locator('.verdict.unknown').waitFor();
      await page.getByRole('tab', { name: 'Table' }).click();
      await page.locator('#panel-table h2').waitFor();
      expect(await textOf('#said')).toMatch(
        /Deployment client\/client\s+Deployment stars\/backend\s+may be open: all ports\s+\? cannot be told/,
      );
      expect(await page.locator('#panel-table [aria-label="Pair by pair"]').innerText()).toMatch(
        /client\/Deployment\/client\s+stars\/Deployment\/backend\s+closed \? all ports may be open/,
      );
      await page.getByRole('tab', { name: 'Picture' }).click();
      await node('Deployment stars/backend').click();
      await page.locator('.chosen .doubt').waitFor();
    });

    test('a click on a workload leaves its neighbours in sight, of whom marks tell and no line', async () => {
      await open(world.html(stars(1)));
      await node('Deployment stars/backend').click();
      await page.waitForFunction(() => document.querySelectorAll('.node.on').length === 4);
    });

    test('questions and details make room for the picture, and come back where something is chosen', async () => {
      await open(world.html(stars(5)));
      const width = async () => (await page.locator('#picture').boundingBox())?.width ?? 0;
      const before = await width();
      await page.getByRole('button', { name: 'Hide questions' }).click();
      expect(await width()).toBeGreaterThan(before + 250);
      await node('Deployment stars/backend').click();
      await page.locator('.chosen h2').waitFor();
      expect(await page.locator('.chosen h2').isVisible()).toBe(true);
      expect(await width()).toBe(before);
    });

    test('a page that was asked for routes opens with them, and draws them', async () => {
      await open(world.html(shop(), undefined, 'routes'));
      await page.locator('#panel-routes table').waitFor();
      expect(await page.getByRole('tab', { name: 'Routes' }).getAttribute('aria-selected')).toBe('true');
      expect(await textOf('#panel-routes .routed')).toMatch(/95 %[\s\S]*5 %/);
    });

    test('routes tell the share of each Service, and a request box where one request goes', async () => {
      await open(world.html(shop()));
      await page.getByRole('tab', { name: 'Routes' }).click();
      await page.locator('#panel-routes table').waitFor();
      expect(await textOf('#panel-routes')).toMatch(/95 % frontend:80\s+5 % frontend-canary:80/);
      await page.getByLabel('URL').fill('https://shop.example.com/');
      await page.locator('#panel-routes form button').click();
      await page.locator('#panel-routes .answer .shares').waitFor();
      expect(await textOf('#panel-routes .answer')).toMatch(/95 % frontend:80[\s\S]*because[\s\S]*at\s+\S+\.yaml:\d+/);
      await page.getByLabel('URL').fill('nonsense');
      await page.locator('#panel-routes form button').click();
      await page.locator('#panel-routes .answer .verdict.no').waitFor();
    });

    test('axe finds nothing serious in any tab', async () => {
      await open(world.html(...changed()));
      await judgeTabs(page);
    });

    test('without script, the picture and the table are there', async () => {
      await open(world.html(stars(5)).replace(/<script[\s\S]*?<\/script>/g, ''), { script: false });
      expect(await page.locator('.node').count()).toBe(5);
      expect(await textOf('#said')).toContain('Deployment client/client');
    });

    test('names that are markup do nothing: in the picture, its tables, details and answers', async () => {
      const evil = '<img src=x onerror=document.title=666>';
      const manifests = stars(5).map((manifest) => {
        const isPolicy = manifest.kind === 'NetworkPolicy';
        const isPod = manifest.kind === 'Deployment' && manifest.name === 'backend';
        const { source } = manifest;
        const lineOf = source.lineOf.bind(source);
        const placed = { ...manifest, source: { ...source, file: '<b>file</b>', line: source.line, lineOf } };
        return isPod || isPolicy ? { ...placed, name: isPod ? evil : `</script><script>${manifest.name}<!--` } : placed;
      });
      await open(world.html(manifests as Manifest[]));
      await node('onerror').click();
      await page.locator('.chosen h3').first().waitFor();
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        await page.locator('[role="tabpanel"]:not([hidden]) > *').first().waitFor();
      }
      await page.getByRole('searchbox').fill('img');
      await page.locator('.results button').waitFor();
      await page.getByRole('searchbox').blur();
      await page.getByRole('tab', { name: 'Table' }).click();
      await page
        .getByRole('button', { name: 'why may stars/Deployment/frontend connect to stars/Deployment/<img' })
        .click();
      await page.locator('.verdict').waitFor();
      expect(await textOf('.question .answer')).toContain('</script><script>backend-policy<!-- (<b>file</b>:');
      expect(await page.title()).toBe('A page');
      expect(await page.locator('img').count()).toBe(0);
      expect(await page.locator('b', { hasText: /^file$/ }).count()).toBe(0);
      expect(await page.locator('script').count()).toBe(4);
    });

    test('the policy of the page lets no other script run', async () => {
      await open(world.html(stars(1)));
      const ran = await page.evaluate(async () => {
        const script = document.createElement('script');
        script.textContent = 'document.title = "ran"';
        document.body.append(script);
        const image = document.createElement('img');
        image.setAttribute('onerror', 'document.title = "ran"');
        image.src = 'data:,x';
        document.body.append(image);
        await new Promise((resolve) => setTimeout(resolve, 50));
        return document.title;
      });
      expect(ran).toBe('A page');
      expect(visit.complaints.splice(0).length).toBeGreaterThan(1);
    });
  });
});
