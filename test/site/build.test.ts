import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { gzipSync, inflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import { compressed } from '../../scripts/page';
import { siteHtml } from '../../scripts/site';

const ROOT = join(__dirname, '../..');

let html: string;

beforeAll(async () => {
  html = await siteHtml();
});

test('the playground is one page of less than 350 KB, as servers send it', () => {
  expect(gzipSync(html).length).toBeLessThan(350 * 1024);
});

/** A page with its programs as they are before they are compressed, and how many these are. */
function plain(page: string): { readonly text: string; readonly programs: number } {
  let programs = 0;
  const text = page.replace(/[A-Za-z0-9+/]{1000,}=*/g, (base64) => {
    programs++;
    return inflateRawSync(Buffer.from(base64, 'base64')).toString();
  });
  return { text, programs };
}

test('the same sources make the same page', async () => {
  const again = plain(await siteHtml(0));
  expect(again.programs).toBe(2);
  expect(again.text === plain(html).text).toBe(true);
  const part = again.text.slice(-30_000);
  expect(await compressed(part, 1)).toBe(await compressed(part, 1));
});

test('the page loads nothing and sends nothing: its policy names no other place', () => {
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  expect(policy.split('; ').map((part) => part.replace(/'sha256-[^']*'/g, 'HASH'))).toEqual([
    "default-src 'none'",
    "connect-src 'none'",
    'script-src HASH HASH',
    "style-src HASH 'nonce-editor'",
    "style-src-attr 'unsafe-inline'",
    'img-src data:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('the licences of the packages in the page stand in it', () => {
  const [, licences = ''] = /<script type="text\/plain" id="licences">([\s\S]*?)<\/script>/.exec(html) ?? [];
  for (const name of ['@codemirror/view', '@codemirror/state', 'js-yaml', 'ip-address']) {
    expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
  }
});

test('what the package exports as analysis is bundled for browsers without shims, and answers where there is no Node', async () => {
  const contents = `
    import { check, Cluster, readManifests, Routes } from 'cdk8s-networking/analysis';
    const { manifests } = readManifests(text, 'shop.yaml');
    const cluster = Cluster.from({ manifests });
    answer = [cluster.workloads.length, Routes.of({ manifests }).table().length, check(manifests).findings.length];
  `;
  const { outputFiles, warnings } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    write: false,
  });
  expect(warnings).toEqual([]);
  const text = ['online-boutique', 'frontend-ingress'].map((name) => readFileSync(`dist/${name}.k8s.yaml`, 'utf8'));
  const world = { text: text.join('---\n'), answer: [] as number[] };
  runInNewContext(outputFiles.map((file) => file.text).join(''), world);
  expect([...world.answer]).toEqual([12, 1, expect.any(Number)]);
});
