// What publint and Are The Types Wrong find in a package: its folder and its archive are the arguments. Both are ES modules, so
// a process of their own runs them.
import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const [pkgDir, archive] = process.argv.slice(2);
const { messages, pkg } = await publint({ pkgDir, pack: false });
const { problems = [], types } = await checkPackage(
  createPackageFromTarballData(new Uint8Array(readFileSync(archive))),
);
process.stdout.write(
  JSON.stringify({
    publint: messages.map((message) => formatMessage(message, pkg, { color: false })),
    types:
      types === false ? ['there are no types'] : problems.map(({ kind, entrypoint }) => `${kind} ${entrypoint ?? ''}`),
  }),
);
