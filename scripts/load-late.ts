/**
 * What makes the files of lib/ load and start less. All of it works on what esbuild writes without taking out white space, a
 * statement to a line, and nothing of it changes what the program does: libraries do nothing by being loaded but for what is
 * imported for that alone, which stays where it is.
 */

/**
 * Takes out the calls that give a function or class the name that it has; thousands of them are run at each start. Functions without
 * a name get none either: those inside of others would get it again each time that the outer one runs.
 */
export function withoutGivenNames(text: string): string {
  return text
    .replace(/^ *__name\(([\w$]+), "\1"\);\n/gm, '')
    .replace(
      /^( *(?:(?:var|let|const) )?(?:([\w$]+) = )?class(?: ([\w$]+))?(?: extends [^\n]+)? \{\n) *static \{\n *__name\(this, "([\w$]+)"\);\n *\}\n/gm,
      (all, head: string, variable: string | undefined, own: string | undefined, name: string) =>
        (own ?? variable) === name ? head : all,
    )
    .replace(/\/\* @__PURE__ \*\/ __name\(/g, '__unnamed(')
    .concat(UNNAMED);
}

const UNNAMED = 'function __unnamed(value) {\n  return value;\n}\n';

/** Libraries written as CommonJS, and Node.js' own that such a library asks for, are run when something of them is first used. */
export function withLateLibraries(text: string): string {
  const late =
    /^( *)var ([\w$]+) = (__toESM\(require_[\w$]+\(\)(?:, 1)?\)|__require\("(?:node:)?child_process"\));\n/gm;
  // What is never named is imported for what it does by being loaded, as reflect-metadata is.
  const isNamed = ([, , name = '']: RegExpMatchArray) => called(text, name) !== text;
  return [...text.matchAll(late)].filter(isNamed).reduce(
    (written, [line, indent = '', name = '', value = '']) =>
      written
        .split(line)
        .map((part) => called(part, name))
        .join(lateVariable(indent, name, value)),
    text,
  );
}

/** The same of what a file requires, once imports are calls of `require`. */
export function withLateRequires(text: string, isLate: (path: string) => boolean): string {
  const required = /^var (import_[\w$]+) = (require\("([^"]+)"\));\n/gm;
  return [...text.matchAll(required)]
    .filter(([, , , path = '']) => isLate(path))
    .reduce((written, [line, name = '', value = '']) => {
      const [before = '', after = ''] = written.split(line);
      return called(before, name) + lateVariable('', name, value) + called(after, name);
    }, text);
}

/** What a file imports by name from a file of the library, and what it exports, each up to its end. */
const IMPORTED = /^import (?:\{\s*([^}]*?)\s*\} from )?"(\.\/[^"]+)";\n/gm;
const EXPORTED = /^export \{\s*([^}]*?)\s*\};\s*$/m;

/**
 * Imports of such files as variables of their own, so that each use of one costs no more than that of a variable: what esbuild makes
 * of an import is asked for at each use. That holds since no two files need each other, and no export gets another value later on.
 * What is imported for nothing, as files do nothing by being loaded, is left out.
 */
export function withBoundImports(text: string, isBound: (path: string) => boolean): string {
  const rest = text.replace(IMPORTED, '');
  return text.replace(IMPORTED, (line, names: string | undefined, path: string) => {
    if (names === undefined) {
      return '';
    }
    if (!isBound(path)) {
      return line;
    }
    const used = names.split(/,\s*/).filter((one) => isUsed(rest, one.split(' as ').at(-1) ?? ''));
    return used.length === 0 ? '' : `const { ${used.join(', ').replaceAll(' as ', ': ')} } = require("${path}");\n`;
  });
}

/** The exports of a file that only such files load, as members of an object rather than as functions that get them. */
export function withPlainExports(text: string): string {
  return text.replace(EXPORTED, (_, names: string) => {
    const members = names.split(/,\s*/).map((one) => one.replace(/^(\S+) as (\S+)$/, '$2: $1'));
    return `module.exports = { ${members.join(', ')} };\n`;
  });
}

/** Whether a file does something by being loaded, but for giving names and for what it exports: it calls a function. */
export function isActive(text: string): boolean {
  return /^(?!__)[\w$.]+\(/m.test(text);
}

function isUsed(text: string, name: string): boolean {
  return new RegExp(`${variable(name)}(?![\\w$])`).test(text);
}

/** A function that gives a value, and makes it when it is first called. */
function lateVariable(indent: string, name: string, value: string): string {
  return `${indent}var ${name}_value;\n${indent}function ${name}() {\n${indent}  return ${name}_value ??= ${value};\n${indent}}\n`;
}

/** The uses of a variable, but for those that are a member of something, as calls. */
function called(text: string, name: string): string {
  const used = variable(name);
  return text
    .replace(new RegExp(`\\bnew ${used}((?:\\.[\\w$]+)+)`, 'g'), `new (${name}()$1)`)
    .replace(new RegExp(`${used}(?=[.[])`, 'g'), `${name}()`);
}

/** Where the name of a variable begins: no part of a longer name, and no member of something; what is spread is one. */
function variable(name: string): string {
  return `(?<![\\w$])(?<!(?<!\\.\\.)\\.)${name.replaceAll('$', '\\$')}`;
}
