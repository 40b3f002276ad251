import * as fs from 'node:fs';
import * as path from 'node:path';

/** Writes files (path below the folder → text) into a folder, which is made where it is missing. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  fs.mkdirSync(folder, { recursive: true });
  for (const [file, text] of files) {
    const target = path.join(folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }
}

/** Makes a folder hold these files and nothing else. Should writing fail, the folder stays as it was. */
export function replaceFolder(folder: string, files: ReadonlyMap<string, string>): void {
  const next = `${folder}.next`;
  const previous = `${folder}.previous`;
  fs.rmSync(next, { recursive: true, force: true });
  fs.rmSync(previous, { recursive: true, force: true });
  try {
    writeFiles(next, files);
    if (fs.existsSync(folder)) {
      fs.renameSync(folder, previous);
    }
    fs.renameSync(next, folder);
  } catch (error) {
    if (!fs.existsSync(folder) && fs.existsSync(previous)) {
      fs.renameSync(previous, folder);
    }
    throw error;
  } finally {
    fs.rmSync(next, { recursive: true, force: true });
  }
  fs.rmSync(previous, { recursive: true, force: true });
}
