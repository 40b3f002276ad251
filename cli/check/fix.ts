import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Edit, Finding } from '../../analysis/check';
import { applyEdits } from '../../analysis/check/fix/apply';
import { listIn } from '../../analysis/manifest/lists';
import { failureText } from '../../input/files';
import type { Io } from '../io';
import { Refusal } from '../refusal';
import { writeText } from './write';

/** A file before and after what can be mended in it is mended. */
export interface FixedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** What can be mended without a person looking at it. */
export interface Fixes {
  readonly files: readonly FixedFile[];
  /** The findings that are mended. */
  readonly mended: readonly Finding[];
}

/** Mends what can be mended in the files that findings are about; nothing is written. */
export function fixesFor(findings: readonly Finding[], { cwd }: Pick<Io, 'cwd'>): Fixes {
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) {
    const edits = finding.fix?.safe === true ? finding.fix.edits : [];
    // Objects in memory, standard input and revisions of git have no file that could be changed.
    if (edits.length > 0 && edits.every(({ manifest }) => isFile(manifest.source.file, finding, cwd))) {
      listIn(byFile, finding.source.file).push(finding);
    }
  }
  const files: FixedFile[] = [];
  const mended: Finding[] = [];
  for (const [file, own] of byFile) {
    const before = readFile(file, cwd);
    const edits = new Set(own.flatMap(({ fix }) => fix?.edits ?? []));
    const { text, applied } = applyEdits(before, [...edits]);
    if (text !== before) {
      const made = new Set<Edit>(applied);
      files.push({ file, before, after: text });
      mended.push(...own.filter(({ fix }) => fix?.edits.every((edit) => made.has(edit)) ?? false));
    }
  }
  return { files, mended };
}

/** Writes files that are mended. */
export function writeFixes({ files }: Fixes, io: Pick<Io, 'cwd'>): void {
  for (const { file, after } of files) {
    writeText(file, after, io);
  }
}

/** A fix of several files would be mended in part if one of them could not be written. */
function isFile(file: string, finding: Finding, cwd: string): boolean {
  const isThere = file !== '-' && existsSync(resolve(cwd, file));
  return isThere && file === finding.source.file && finding.source.line > 0;
}

function readFile(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new Refusal([`${file}: ${failureText(error)}`]);
  }
}
