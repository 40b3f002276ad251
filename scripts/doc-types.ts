import * as path from 'node:path';
import * as ts from 'typescript';
import { blocksIn, isExample, type Page } from './doc-blocks';
import { ROOT } from './doc-pages';

/** What stands in an example without having been declared; on its first line, so that lines keep their numbers. */
const GIVEN =
  "declare const app: import('cdk8s-networking').NetworkingApp; declare const chart: import('cdk8s').Chart; export {}; ";

/** What the compiler says of the examples of all pages, each with file and line. Names lead to the library's sources. */
export function typeErrors(of: readonly Page[]): readonly string[] {
  const examples = new Map(
    of.flatMap(({ file, text }) =>
      blocksIn(text)
        .filter(isExample)
        .map((example) => {
          // The fence has a line of its own before the first of the example.
          const name = path.join(ROOT, `${file}.${example.line}.ts`);
          return [name, { at: file, line: example.line, text: GIVEN + example.text }] as const;
        }),
    ),
  );
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => examples.has(path.normalize(name)) || fileExists.call(host, name);
  host.readFile = (name) => examples.get(path.normalize(name))?.text ?? readFile.call(host, name);
  const program = ts.createProgram([...examples.keys()], options, host);
  return [...examples].flatMap(([name, { at, line }]) => {
    const source = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((problem) => {
      const offset = source?.getLineAndCharacterOfPosition(problem.start ?? 0).line ?? 0;
      return `${at}:${line + 1 + offset}: ${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}`;
    });
  });
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { compilerOptions: config.compilerOptions, files: [] },
    ts.sys,
    ROOT,
  );
  return {
    ...options,
    types: ['node'],
    paths: { 'cdk8s-networking': [path.join(ROOT, 'constructs/index.ts')] },
  };
}
