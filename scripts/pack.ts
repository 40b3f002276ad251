import { basename } from 'node:path';

/** The files that hold small parts of lib/: those that an entry point of browsers needs, and all others. */
export const PACKS = ['part-small.js', 'part-small-node.js'] as const;

/** A file of fewer characters takes longer to find and to open than to read. */
const SMALL = 9000;

const REQUIRED = /\brequire\("\.\/([\w-]+\.js)"\)/g;

/**
 * Puts the small parts of lib/ together into two files, of which each part is run when a file first requires it, as if it were a file of
 * its own.
 *
 * @param files the names of files and their code, as CommonJS
 * @param inBrowsers the file that browsers load: with it comes nothing that needs Node.js
 */
export function withPacks(files: ReadonlyMap<string, string>, inBrowsers: string): ReadonlyMap<string, string> {
  const small = [...files].filter(([name, code]) => name.startsWith('part-') && code.length < SMALL);
  const pure = reached(files, inBrowsers);
  const packOf = new Map(small.map(([name]) => [name, pure.has(name) ? PACKS[0] : PACKS[1]]));
  const asked = (code: string, own?: string) =>
    code.replace(REQUIRED, (all, name: string) => {
      const pack = packOf.get(name);
      return pack === undefined ? all : `${pack === own ? 'pack' : `require("./${pack}")`}.${functionOf(name)}()`;
    });
  const packs = PACKS.map((pack): [string, string] => {
    const parts = small.filter(([name]) => packOf.get(name) === pack);
    return [
      pack,
      `const made={},pack=module.exports;\n${parts.map(([name, code]) => part(name, asked(code, pack))).join('')}`,
    ];
  });
  const rest = [...files].filter(([name]) => !packOf.has(name));
  return new Map([...rest.map(([name, code]): [string, string] => [name, asked(code)]), ...packs]);
}

/** All that a file requires, and what is required for that. */
function reached(files: ReadonlyMap<string, string>, name: string): ReadonlySet<string> {
  const found = new Set([name]);
  for (const one of found) {
    for (const [, needed = ''] of (files.get(one) ?? '').matchAll(REQUIRED)) {
      found.add(needed);
    }
  }
  return found;
}

function part(name: string, code: string): string {
  const run = functionOf(name);
  return `function ${run}(module){${code.trimEnd()}\nreturn module.exports}pack.${run}=()=>made.${run}??=${run}({});\n`;
}

function functionOf(name: string): string {
  return basename(name, '.js').replace('-', '_');
}
