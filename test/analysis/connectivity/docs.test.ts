import { readFileSync } from 'node:fs';
import { format } from 'node:util';
import { transformSync } from '@swc/core';
import * as analysis from '../../../analysis';

/** The fenced blocks of a page: what follows the fence, and what is inside. */
function blocksOf(page: string): { info: string; text: string }[] {
  return [...page.matchAll(/^```(\S[^\n]*)\n(.*?)^```$/gms)].map(([, info = '', text = '']) => ({ info, text }));
}

const blocks = blocksOf(readFileSync(`${__dirname}/../../../docs/analysis.md`, 'utf8'));
const shop = blocks.find(({ info }) => info === 'yaml shop.yaml')?.text;
const examples = blocks.flatMap(({ info, text }, index) =>
  info === 'ts' ? [{ text, output: blocks[index + 1] }] : [],
);

/** Runs an example as a reader would, and gives what it prints. */
function run(text: string): string {
  const { code } = transformSync(text, {
    module: { type: 'commonjs' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  });
  const modules = new Map<string, unknown>([
    ['cdk8s-networking/analysis', analysis],
    ['node:fs', { readFileSync: (file: string) => (file === 'shop.yaml' ? shop : undefined) }],
  ]);
  const lines: string[] = [];
  const print = (...values: unknown[]) => lines.push(`${format(...values)}\n`);
  new Function('require', 'exports', 'console', code)((name: string) => modules.get(name), {}, { log: print });
  return lines.join('');
}

test('there are examples', () => {
  expect(examples.length).toBeGreaterThan(3);
});

test.each(examples)('example %# prints what stands below it', ({ text, output }) => {
  expect(output?.info).toBe('text');
  expect(run(text)).toBe(output?.text);
});

test('every code of a problem is explained', () => {
  const read = (file: string) => readFileSync(`${__dirname}/../../../${file}`, 'utf8');
  const types = ['connectivity/types', 'manifest/reader', 'manifest/object']
    .map((file) => read(`analysis/${file}.ts`))
    .join();
  const unions = [...types.matchAll(/ProblemCode =[^;]*/g)].map(([union]) => union);
  const codes = [...unions.join().matchAll(/'([a-z-]+)'/g)].map(([, code]) => code);
  expect(unions).toHaveLength(3);
  expect(codes.filter((code) => !read('docs/analysis.md').includes(`\`${code}\``))).toEqual([]);
});
