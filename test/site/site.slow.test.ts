import { inBrowser } from '../page/browser';
import { judgeSite } from './axe';
import { Site } from './browser';

inBrowser('the playground', () => {
  const site = new Site();

  beforeAll(() => site.open());
  afterAll(() => site.close());

  test('axe finds nothing serious, dark, 390 wide', async () => {
    const { page, complaints } = await site.visit({ dark: true, width: 390, fragment: '#lesson=network-policy/4' });
    await judgeSite(page);
    expect(complaints).toEqual([]);
  });
});
