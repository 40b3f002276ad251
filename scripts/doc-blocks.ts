import { transformSync } from '@swc/core';

/** A page of the documentation. */
export interface Page {
  /** Its path from the root of the project. */
  readonly file: string;
  readonly text: string;
}

/** A fenced block of a page: what follows the fence, what is inside, and where. */
export interface Block {
  readonly info: string;
  readonly text: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
  /** Where the inside begins in the text of the page. */
  readonly start: number;
}

/** The fenced blocks of a page that say what they hold. */
export function blocksIn(page: string): readonly Block[] {
  return [...page.matchAll(/^```([^\n]*)\n(.*?)^```$/gms)]
    .map(({ index, 1: info = '', 2: text = '' }) => ({
      info,
      text,
      line: page.slice(0, index).split('\n').length,
      start: index + '```'.length + info.length + 1,
    }))
    .filter(({ info }) => info !== '');
}

/** Whether a block is the body of a chart, with what it synthesizes below it. */
export function isExample({ info }: Block): boolean {
  return info === 'ts example';
}

/** Runs a TypeScript block as a reader would: with the modules, and with the variables, that are there. */
export function run(
  example: string,
  modules: ReadonlyMap<string, unknown>,
  variables: Readonly<Record<string, unknown>> = {},
): void {
  const { code } = transformSync(example, {
    module: { type: 'commonjs' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  });
  const require = (name: string): unknown => {
    if (!modules.has(name)) {
      throw new Error(`an example cannot import ${name}; it can import ${[...modules.keys()].join(', ')}`);
    }
    return modules.get(name);
  };
  const given = { require, exports: {}, ...variables };
  new Function(...Object.keys(given), code)(...Object.values(given));
}
