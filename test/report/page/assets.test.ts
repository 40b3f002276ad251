import { existsSync, readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { Cluster } from '../../../analysis';
import { graphOf } from '../../../report/graph/build';
import { json } from '../../../report/page/frame';
import { graphPage } from '../../../report/page/html';
import { ASSETS, assetsOf } from '../../../scripts/page';
import { commandLine } from '../../cli/command-line';

let made: Awaited<ReturnType<typeof assetsOf>>;
/** What `npm run build` has made. */
const built: typeof made | undefined = existsSync(ASSETS) ? JSON.parse(readFileSync(ASSETS, 'utf8')) : undefined;

beforeAll(async () => {
  made = await assetsOf(undefined, 0);
});

test('the parts of pages in lib/ are what their sources make; npm run build makes them', () => {
  // Compressed bytes may differ from one release of Node to the next; what they stand for may not. Which part differs is enough to
  // know: the engine is hundreds of thousands of characters.
  const plain = (assets: typeof made) =>
    new Map(Object.entries({ ...assets, engine: `${inflateRawSync(Buffer.from(assets.engine, 'base64'))}` }));
  const [is, shouldBe] = [built === undefined ? new Map() : plain(built), plain(made)];
  expect([...shouldBe.keys(), ...is.keys()].filter((part) => is.get(part) !== shouldBe.get(part))).toEqual([]);
});

test('an empty page is below 300 KB, and its engine reads no YAML', async () => {
  const graph = graphOf(Cluster.from({ manifests: [] }));
  expect(graphPage({ title: '', graph, manifests: [], options: {} }, built ?? made).length).toBeLessThan(300_000);
  expect(`${inflateRawSync(Buffer.from(made.engine, 'base64'))}`).not.toContain('YAMLException');
});

test('JSON in a page ends no element and begins no comment', () => {
  const text = '</script><!-- &\u2028';
  expect(json({ text })).toBe('{"text":"\\u003c/script\\u003e\\u003c!-- \\u0026\\u2028"}');
  expect(JSON.parse(json({ text }))).toEqual({ text });
});

test('graph --format html writes a page, the same for the same manifests', async () => {
  const run = () => commandLine(['graph', 'stars', '--format', 'html'], { cwd: `${__dirname}/../../cli/fixtures` });
  const [one, other] = [await run(), await run()];
  expect([one.status, one.stderr]).toEqual([0, '']);
  expect(one.stdout).toMatch(/^<!doctype html>[\s\S]*Who may connect to whom: stars[\s\S]*<\/html>\n$/);
  expect(other.stdout).toBe(one.stdout);
});
