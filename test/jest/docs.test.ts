import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as cdk8s from 'cdk8s';
import * as library from '../../constructs';
import * as jestEntry from '../../jest';
import { blocksOf, printedBy } from '../helpers/doc-examples';

const blocks = blocksOf('jest.md');
const modules = new Map<string, unknown>([
  ['cdk8s', cdk8s],
  ['cdk8s-networking', library],
  ['cdk8s-networking/jest', jestEntry],
]);
const examples = blocks.flatMap(({ info, text }, index) => (info === 'ts' ? [{ text, next: blocks[index + 1] }] : []));
const failing = examples.filter(({ next }) => next?.info === 'text');
const passing = examples.filter(({ next }) => next?.info !== 'text');

// These register tests of their own, as in the file of a reader.
describe.each(passing)('example %#', ({ text }) => {
  printedBy(text, blocks, modules);
});

test.each(failing)('example %# fails with what stands below it', ({ text, next }) => {
  let message = '';
  try {
    printedBy(text, blocks, modules);
  } catch (error) {
    message = stripVTControlCharacters((error as Error).message);
  }
  expect(`${message}\n`).toBe(next?.text);
});

test('there are examples of both kinds', () => {
  expect([passing.length, failing.length]).toEqual([6, 4]);
});

test('every matcher has a row', () => {
  const types = readFileSync(join(__dirname, '../../jest/types.ts'), 'utf8');
  const matchers = [...types.matchAll(/^ {2}(to[A-Z]\w+)\(/gm)].map(([, name]) => name as string);
  const page = readFileSync(join(__dirname, '../../docs/jest.md'), 'utf8');
  expect(matchers.length).toBeGreaterThan(10);
  expect(matchers.filter((name) => !new RegExp(`^\\| .*\\b${name}\\(`, 'm').test(page))).toEqual([]);
});
