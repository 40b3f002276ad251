import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inNamespace } from '../analysis/manifest';
import { failureText, type Input, InputReader, textOf } from '../input/files';
import type { Io } from './io';
import { Refusal } from './refusal';

export type { Input };

/**
 * Reads manifests.
 *
 * @param paths files, folders, or `-` for standard input, as the user named them
 * @param namespace the namespace of objects that name none
 */
export async function readInput(
  paths: readonly string[],
  io: Pick<Io, 'stdin' | 'cwd'>,
  namespace?: string,
): Promise<Input> {
  if (paths.filter((path) => path === '-').length > 1) {
    throw new Refusal(['-: standard input can be read once; give "-" once']);
  }
  const reader = new InputReader(io.cwd);
  for (const path of paths) {
    if (path === '-') {
      await readStream(reader, io.stdin);
    } else {
      reader.path(path);
    }
  }
  const { manifests, problems, unread } = reader;
  return { manifests: namespace === undefined ? manifests : inNamespace(manifests, namespace), problems, unread };
}

/**
 * Reads one text that is not a manifest, e.g. the requests of `route`.
 *
 * @throws Refusal where it cannot be read
 */
export async function readText(path: string, io: Pick<Io, 'stdin' | 'cwd'>): Promise<string> {
  const text = textOf(await readBytes(path, io));
  if ('mistake' in text) {
    throw new Refusal([`${path}:${text.line}: ${text.mistake}`]);
  }
  return text.text;
}

/**
 * Reads all bytes of a file or of standard input.
 *
 * @throws Refusal where it cannot be read
 */
export async function readBytes(path: string, io: Pick<Io, 'stdin' | 'cwd'>): Promise<Buffer> {
  try {
    return path === '-' ? await allOf(io.stdin) : readFileSync(resolve(io.cwd, path));
  } catch (error) {
    throw new Refusal([`${path}: ${failureText(error)}`]);
  }
}

async function readStream(reader: InputReader, stdin: Io['stdin']): Promise<void> {
  try {
    reader.text('-', await allOf(stdin), true);
  } catch (error) {
    reader.refuse('-', failureText(error));
  }
}

async function allOf(stream: Io['stdin']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}
