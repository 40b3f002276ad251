import { basename } from 'node:path';

/** The file that holds small parts of lib/. */
export const PACK = 'part-small.js';

/** A file of fewer characters takes longer to find and to open than to read. */
const SMALL = 9000;

/**
 * Puts the small parts of lib/ together into one file, of which each is run when a file first requires it, as if it were one of its own.
 *
 * @param files the names of files and their code, as CommonJS
 */
export function withPack(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const small = new Set(
    [...files].filter(([name, code]) => name.startsWith('part-') && code.length < SMALL).map(([name]) => name),
  );
  const asked = (code: string, pack: string) =>
    code.replace(/\brequire\("\.\/(part-[\w-]+\.js)"\)/g, (all, name: string) =>
      small.has(name) ? `${pack}.${functionOf(name)}()` : all,
    );
  const rest = [...files]
    .filter(([name]) => !small.has(name))
    .map(([name, code]) => [name, asked(code, `require("./${PACK}")`)] as const);
  const parts = [...small].map((name) => {
    const run = functionOf(name);
    const code = asked(files.get(name) ?? '', 'pack');
    return `function ${run}(module){${code.trimEnd()}\nreturn module.exports}pack.${run}=()=>made.${run}??=${run}({});\n`;
  });
  return new Map([...rest, [PACK, `const made={},pack=module.exports;\n${parts.join('')}`]]);
}

function functionOf(name: string): string {
  return basename(name, '.js').replace('-', '_');
}
