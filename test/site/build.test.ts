import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { siteHtml } from '../../scripts/site';

const ROOT = join(__dirname, '../..');

let html: string;

beforeAll(async () => {
  html = await siteHtml(1);
});

test('the playground is one page of less than 350 KB, as servers send it', async () => {
  expect(gzipSync(await siteHtml()).length).toBeLessThan(350 * 1024);
});

test('the same sources make the same page', async () => {
  expect(await siteHtml(1)).toBe(html);
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
