import { isUtf8 } from 'node:buffer';
import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join, normalize, resolve } from 'node:path';
import {
  type Manifest,
  type ManifestProblemCode,
  type Problem,
  type Reading,
  readManifests,
} from '../analysis/manifest';
import { CONFIGURATION_FILE } from './configuration-file';
import { gitFiles, gitPlace } from './git';

/** What was read from files, folders and other texts. */
export interface Input {
  readonly manifests: readonly Manifest[];
  /** What is wrong inside of texts. */
  readonly problems: readonly Problem<ManifestProblemCode>[];
  /** What could not be read at all. */
  readonly unread: readonly Problem<'unreadable'>[];
}

/** The names of files that a folder is searched for. */
const MANIFEST_FILE = /\.(ya?ml|json)$/;

/** Reads files and folders. */
export class InputReader implements Input {
  readonly manifests: Manifest[] = [];
  readonly problems: Problem<ManifestProblemCode>[] = [];
  readonly unread: Problem<'unreadable'>[] = [];
  /** Folders that were read, by their real path: links may lead in circles. */
  private readonly folders = new Set<string>();

  /**
   * @param cwd where relative paths begin
   * @param read how to read a text; for who reads the same files again and again
   */
  constructor(
    private readonly cwd: string,
    private readonly read: (text: string, file: string) => Reading = readManifests,
  ) {}

  /** Reads a file or a folder that somebody named. */
  path(path: string): void {
    if (path === '') {
      this.refuse('""', 'the path is empty; "." is the folder in which you are');
      return;
    }
    if (gitPlace(path) !== undefined && !existsSync(this.real(path))) {
      this.revision(path);
      return;
    }
    this.attempt(path, () => {
      if (statSync(this.real(path)).isDirectory()) {
        const { size } = this.folders;
        const { length } = this.unread;
        const isEmpty = this.folder(path) === 0 && this.unread.length === length;
        if (isEmpty && this.folders.size > size) {
          this.refuse(path, 'there is no .yaml, .yml or .json file in this folder');
        }
      } else {
        // Files of folders are named without ./ at their beginning; so are these.
        this.text(normalize(path), readFileSync(this.real(path)), true);
      }
    });
  }

  /** Reads a file or folder of a revision of a git repository. */
  private revision(path: string): void {
    const found = gitFiles(path, this.cwd, (name) => MANIFEST_FILE.test(name));
    if ('mistake' in found) {
      this.refuse(path, found.mistake);
      return;
    }
    for (const { name, bytes } of found.files) {
      this.text(name, bytes, found.isFile);
    }
    if (found.files.length === 0) {
      this.refuse(path, 'there is no .yaml, .yml or .json file in this folder');
    }
  }

  /** Reads all files of a folder and of those below, and says how many there were. */
  private folder(path: string): number {
    const real = realpathSync(this.real(path));
    if (this.folders.has(real)) {
      return 0;
    }
    this.folders.add(real);
    const entries = readdirSync(real, { withFileTypes: true });
    let files = 0;
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      this.attempt(join(path, entry.name), () => {
        files += this.entry(join(path, entry.name), entry);
      });
    }
    return files;
  }

  private entry(path: string, entry: Dirent): number {
    const isManifest = MANIFEST_FILE.test(entry.name);
    const found = entry.isSymbolicLink() ? this.linked(path, isManifest) : entry;
    if (found?.isDirectory()) {
      return this.folder(path);
    }
    if (!isManifest) {
      return 0;
    }
    if (found?.isFile()) {
      this.text(path, readFileSync(this.real(path)), false);
    } else {
      this.refuse(path, 'it is neither a file nor a folder');
    }
    return 1;
  }

  /** What a link leads to. One that leads nowhere matters only where its name promises a manifest. */
  private linked(path: string, isManifest: boolean) {
    return statSync(this.real(path), { throwIfNoEntry: isManifest });
  }

  /** Takes the bytes of a file. That a file has nothing in it matters only where somebody named it. */
  text(path: string, bytes: Buffer, named: boolean): void {
    const text = textOf(bytes);
    if ('mistake' in text) {
      this.refuse(path, text.mistake, text.line);
    } else if (!named && isOwnConfiguration(path, text.text)) {
      return;
    } else if (named && text.text.trim() === '') {
      this.refuse(path, path === '-' ? 'nothing came in on standard input' : 'the file is empty');
    } else {
      const { manifests, problems } = this.read(text.text, path);
      // There may be more than a call can take as arguments.
      for (const manifest of manifests) {
        this.manifests.push(manifest);
      }
      for (const problem of problems) {
        this.problems.push(problem);
      }
    }
  }

  private attempt(path: string, read: () => void): void {
    try {
      read();
    } catch (error) {
      this.refuse(path, failureText(error));
    }
  }

  /** Says that something could not be read at all. */
  refuse(file: string, message: string, line = 0): void {
    this.unread.push({ code: 'unreadable', file, line, message });
  }

  private real(path: string): string {
    return resolve(this.cwd, path);
  }
}

/** A folder of manifests may hold the configuration too; a file of that name with manifests is read. */
function isOwnConfiguration(path: string, text: string): boolean {
  return basename(path) === CONFIGURATION_FILE && !/^\s*["']?kind["']?\s*:/m.test(text);
}

/** Bytes that are no text, from the line on which that shows. */
export interface NoText {
  readonly mistake: string;
  /** From 1. */
  readonly line: number;
}

/** The text that bytes are, or what is wrong with them. */
export function textOf(bytes: Buffer): { readonly text: string } | NoText {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { mistake: 'the text is UTF-16; save it as UTF-8', line: 1 };
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    const { line, byte } = placeIn(bytes, zero);
    return { mistake: `${byte} is zero: this is not text; give YAML or JSON`, line };
  }
  if (isUtf8(bytes)) {
    return { text: bytes.toString() };
  }
  const bad = firstBad(bytes);
  const shown = `0x${(bytes[bad] ?? 0).toString(16).padStart(2, '0')}`;
  const { line, byte } = placeIn(bytes, bad);
  return { mistake: `${byte}, ${shown}, is not UTF-8; save the file as UTF-8, or give YAML or JSON`, line };
}

function placeIn(bytes: Buffer, offset: number): { readonly line: number; readonly byte: string } {
  let line = 1;
  let start = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < offset; at = bytes.indexOf(0x0a, at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, byte: `byte ${offset - start + 1} of this line` };
}

/** The offset of the first byte that belongs to no character. */
function firstBad(bytes: Buffer): number {
  let start = 0;
  for (
    let end = bytes.indexOf(0x0a);
    end >= 0 && isUtf8(bytes.subarray(start, end));
    end = bytes.indexOf(0x0a, start)
  ) {
    start = end + 1;
  }
  for (const character of bytes.subarray(start).toString()) {
    const length = Buffer.byteLength(character);
    if (character === '\uFFFD' && !bytes.subarray(start, start + length).equals(Buffer.from(character))) {
      break;
    }
    start += length;
  }
  return start;
}

const FAILURES = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['EACCES', 'permission to read it is denied'],
  ['EPERM', 'permission to read it is denied'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'the link leads back to itself'],
  ['ENOTDIR', 'a part of the path before the last is a file'],
  ['ENAMETOOLONG', 'the path is too long'],
  ['ERR_STRING_TOO_LONG', 'it is larger than 512 MiB; split it into several files'],
  ['ERR_FS_FILE_TOO_LARGE', 'it is larger than 512 MiB; split it into several files'],
]);

/** Why something cannot be read; what is no failure of the file system is thrown on. */
export function failureText(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const known = FAILURES.get(code);
  // Errors of the system are named like EIO; all others are mistakes of the program.
  if (known === undefined && !/^E[A-Z0-9]+$/.test(code)) {
    throw error;
  }
  return known ?? `it cannot be read: ${message}`;
}
