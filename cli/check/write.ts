import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { failureText } from '../../input/files';
import type { Io } from '../io';
import { Refusal } from '../refusal';

const FAILURES = new Map([
  ['ENOENT', 'there is no such folder'],
  ['EACCES', 'permission to write it is denied'],
  ['EPERM', 'permission to write it is denied'],
]);

/** @throws Refusal for a file that cannot be written */
export function writeText(file: string, text: string, { cwd }: Pick<Io, 'cwd'>): void {
  try {
    writeFileSync(resolve(cwd, file), text);
  } catch (error) {
    throw new Refusal([`${file}: ${FAILURES.get((error as NodeJS.ErrnoException).code ?? '') ?? failureText(error)}`]);
  }
}
