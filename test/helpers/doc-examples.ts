import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { type Block, blocksIn, run } from '../../scripts/doc-blocks';

/** The fenced blocks of a page below docs/. */
export function blocksOf(page: string): readonly Block[] {
  return blocksIn(readFileSync(join(__dirname, '../../docs', page), 'utf8'));
}

/** Runs a TypeScript block as a reader would, and gives what it prints. Files are the blocks that name one. */
export function printedBy(example: string, blocks: readonly Block[], modules: ReadonlyMap<string, unknown>): string {
  const read = (file: string) => blocks.find(({ info }) => info === `yaml ${file}`)?.text;
  const lines: string[] = [];
  const print = (...values: unknown[]) => lines.push(`${format(...values)}\n`);
  run(example, new Map([...modules, ['node:fs', { readFileSync: read }]]), { console: { log: print } });
  return lines.join('');
}
