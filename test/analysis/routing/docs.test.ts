import { readFileSync } from 'node:fs';
import * as analysis from '../../../analysis';
import { blocksOf, printedBy } from '../../helpers/doc-examples';

const blocks = blocksOf('routing.md');
const examples = blocks.flatMap(({ info, text }, index) =>
  info === 'ts' ? [{ text, output: blocks[index + 1] }] : [],
);

test('there are examples', () => {
  expect(examples.length).toBeGreaterThan(3);
});

test.each(examples)('example %# prints what stands below it', ({ text, output }) => {
  expect(output?.info).toBe('text');
  expect(printedBy(text, blocks, new Map([['cdk8s-networking/analysis', analysis]]))).toBe(output?.text);
});

test('every code of a problem and of a note is explained', () => {
  const read = (file: string) => readFileSync(`${__dirname}/../../../${file}`, 'utf8');
  // Reasons are told by the notes themselves.
  const types = read('analysis/routing/problems.ts').replace(/export type NotServedReason =[^;]*;/, '');
  const codes = [...types.matchAll(/^ +\|? ?(?:readonly code: )?'([a-z-]+)'/gm)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(15);
  expect(codes.filter((code) => !read('docs/routing.md').includes(`\`${code}\``))).toEqual([]);
});
