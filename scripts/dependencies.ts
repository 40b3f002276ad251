import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '..');

/** Files of lib/ that re-export a small part of a large library. */
const FILES = ['lib/cli/certificate/x509', 'lib/report/check/two-files-patch'];

/**
 * Puts the parts of large libraries that are used into the package, so that who installs it does not install the rest: 4.7 MB in 20
 * packages for certificates alone.
 */
function main(): void {
  for (const file of FILES) {
    const { outputFiles, metafile } = buildSync({
      entryPoints: [join(ROOT, `${file}.js`)],
      absWorkingDir: ROOT,
      // Paths are part of what is written: they are those below this folder, wherever the libraries are kept.
      preserveSymlinks: true,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      charset: 'utf8',
      legalComments: 'none',
      minifySyntax: true,
      minifyWhitespace: true,
      metafile: true,
      write: false,
      outfile: join(ROOT, `${file}.js`),
    });
    const packages = packagesOf(Object.keys(metafile.inputs));
    // A file that was put together before imports nothing any more.
    if (packages.length > 0) {
      writeFileSync(join(ROOT, `${file}.js`), outputFiles.map(({ text }) => text).join(''));
      writeFileSync(join(ROOT, `${file}.LICENSES.txt`), packages.map(licence).join(`\n${'-'.repeat(80)}\n\n`));
    }
  }
}

/** The folders of the packages that files belong to. */
export function packagesOf(files: readonly string[]): readonly string[] {
  const folders = files.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/** Name, version and licence of a package, as its licence demands of copies. */
export function licence(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(ROOT, folder)).find((one) => /^(licen[cs]e|copying)/i.test(one));
  if (file === undefined) {
    throw new Error(`${name} ${version} has no file with its licence`);
  }
  return `${name} ${version} (${license})\n\n${readFileSync(join(ROOT, folder, file), 'utf8').trim()}\n`;
}

if (require.main === module && existsSync(join(ROOT, 'lib'))) {
  main();
}
