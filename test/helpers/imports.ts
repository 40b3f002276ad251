import * as fs from 'node:fs';
import * as path from 'node:path';
import { transformSync } from '@swc/core';
import { preProcessFile } from 'typescript';

export const ROOT = path.join(__dirname, '../..');

/** A file of the project, by its path from the root, and what it imports. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
  /** Files of the project, also where only their types are used. */
  readonly files: readonly string[];
  /** The files among them that are loaded with it, or later by it. */
  readonly loads: readonly string[];
  /** Packages, and modules of Node. */
  readonly packages: readonly string[];
}

/** All TypeScript files of these folders. */
export function sources(folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) => {
    const at = path.join(ROOT, folder);
    const below = fs.existsSync(at) ? fs.readdirSync(at, { recursive: true, encoding: 'utf8' }) : [];
    return below
      .filter((file) => file.endsWith('.ts'))
      .map((file) => sourceFile(path.posix.join(folder, ...file.split(path.sep))))
      .sort((a, b) => (a.file < b.file ? -1 : 1));
  });
}

export function sourceFile(file: string): SourceFile {
  const text = fs.readFileSync(path.join(ROOT, file), 'utf8');
  const names = namesIn(text);
  const files = (of: readonly string[]) =>
    of.filter((name) => name.startsWith('.')).map((name) => fileOf(path.posix.dirname(file), name));
  const packages = names.filter((name) => !name.startsWith('.'));
  return { file, text, files: files(names), loads: files(namesIn(withoutTypes(text))), packages };
}

function namesIn(text: string): readonly string[] {
  return preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

function withoutTypes(text: string): string {
  return transformSync(text, { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }).code;
}

function fileOf(folder: string, name: string): string {
  const to = path.posix.join(folder, name.replace(/\.js$/, ''));
  const found = [`${to}.ts`, `${to}/index.ts`, to].find((file) => fs.existsSync(path.join(ROOT, file)));
  if (found === undefined) {
    throw new Error(`${folder}: ${name} leads to no file`);
  }
  return found;
}

/** Chains of files of which each imports the next, and the last the first. */
export function cycles(files: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, above: readonly string[]): void => {
    const again = above.indexOf(file);
    if (again >= 0) {
      found.push([...above.slice(again), file].join(' → '));
    } else if (!done.has(file)) {
      for (const next of files.get(file) ?? []) {
        visit(next, [...above, file]);
      }
      done.add(file);
    }
  };
  for (const file of files.keys()) {
    visit(file, []);
  }
  return found;
}
