import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { transformSync } from '@swc/core';

/** A fenced block of a page: what follows the fence, and what is inside. */
export interface Block {
  readonly info: string;
  readonly text: string;
}

/** The fenced blocks of a page below docs/. */
export function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(__dirname, '../../docs', page), 'utf8');
  return [...text.matchAll(/^```(\S[^\n]*)\n(.*?)^```$/gms)].map(([, info = '', inside = '']) => ({
    info,
    text: inside,
  }));
}

/** Runs a TypeScript block as a reader would, and gives what it prints. Files are the blocks that name one. */
export function printedBy(example: string, blocks: readonly Block[], modules: ReadonlyMap<string, unknown>): string {
  const { code } = transformSync(example, {
    module: { type: 'commonjs' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  });
  const read = (file: string) => blocks.find(({ info }) => info === `yaml ${file}`)?.text;
  const found = new Map([...modules, ['node:fs', { readFileSync: read }]]);
  const lines: string[] = [];
  const print = (...values: unknown[]) => lines.push(`${format(...values)}\n`);
  new Function('require', 'exports', 'console', code)((name: string) => found.get(name), {}, { log: print });
  return lines.join('');
}
