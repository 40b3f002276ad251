import { isBuiltin } from 'node:module';
import { transform } from 'esbuild';
import {
  withBoundImports,
  withLateLibraries,
  withLateRequires,
  withoutGivenNames,
  withPlainExports,
} from './load-late';

/** How all of lib/ is written. Names stay: a message of the program may show them, and classes keep those under which they are exported. */
export const WRITTEN = {
  platform: 'node',
  target: 'node20',
  // Texts of ASCII are read in a fraction of the time, and take half of the memory.
  charset: 'ascii',
  legalComments: 'none',
} as const;

/** How a file loads others, and others load it. */
export interface Loading {
  /** Whether only files of the library load it. */
  readonly isPart: boolean;
  /** Whether what it imports from a file is to be loaded when it is first used. */
  isLate(path: string): boolean;
  /** Whether what it imports from a file is loaded at once, and never becomes another value. */
  isBound(path: string): boolean;
}

/** A file that esbuild made of ES modules, as CommonJS, without white space: esbuild shares code among files only in ES modules. */
export async function commonJs(text: string, { isPart, isLate, isBound }: Loading): Promise<string> {
  const bound = withBoundImports(withLateLibraries(withoutGivenNames(text)), isBound);
  const plain = isPart ? withPlainExports(bound) : bound;
  // esbuild wonders about what is half an ES module by now.
  const { code } = await transform(plain, { ...WRITTEN, format: 'cjs', logLevel: 'error' });
  const late = withLateRequires(code, (name) => isBuiltin(name) || isLate(name));
  const written = await transform(late, { ...WRITTEN, minifySyntax: true, minifyWhitespace: true });
  return `${written.code.trimEnd()}${exportNames(code)}\n`;
}

/** What tells Node.js the names that a CommonJS file exports, for who imports it from an ES module: it is never run, so that minifying drops it. */
function exportNames(code: string): string {
  return /\n(0 && \(module\.exports = \{[^}]*\}\);)\s*$/.exec(code)?.[1]?.replace(/\s+/g, '') ?? '';
}
