import * as path from 'node:path';
import * as ts from 'typescript';

/** The root of the repository. */
export const ROOT = path.join(__dirname, '../..');

/** What a module exports, and what is known of the types. */
export interface Declarations {
  readonly checker: ts.TypeChecker;
  readonly exported: readonly ts.Symbol[];
}

/** What packages declare, parsed once for all suites of a worker (test/environment.js): no program changes it. */
const { keptByWorker = new Map() } = globalThis as { keptByWorker?: Map<string, ts.SourceFile | undefined> };

/**
 * Reads the declarations of a module, the constructs if no other is named.
 *
 * @param files texts that stand in the place of files, by their paths
 */
export function declarationsOf(
  entry: string = path.join(ROOT, 'constructs/index.ts'),
  files: ReadonlyMap<string, string> = new Map(),
): Declarations {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.getSourceFile = (name, ...how) => {
    if (!name.includes('/node_modules/')) {
      return getSourceFile(name, ...how);
    }
    const file = keptByWorker.get(name) ?? getSourceFile(name, ...how);
    keptByWorker.set(name, file);
    return file;
  };
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.fileExists = (name) => files.has(name) || fileExists(name);
  const program = ts.createProgram([entry], options, host);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) {
    throw new Error(`${entry} exports nothing`);
  }
  const exported = checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
  return { checker, exported };
}
