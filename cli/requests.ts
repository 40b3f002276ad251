import { createReadStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isMapping, shown } from '../analysis/manifest/value';
import type { RouteRequest } from '../analysis/routing';
import { requestMistake } from '../analysis/routing/request';
import { failureText, textOf } from '../input/files';
import { JsonArrayMistake, type JsonItem, JsonItems } from '../input/json-items';
import { capped } from '../report/problems';
import { readBytes } from './input';
import type { Io } from './io';
import { Refusal } from './refusal';

const FORM = 'give { "url": "http://…", "method"?: "GET", "headers"?: { "Name": "value" } }';

/** So many bytes of a file are read at once. */
const PIECE = 256 * 1024;

/** Mistakes that are kept; of more, only how many. */
const MOST = 1_000;

/** The requests of a file or of standard input: a JSON array, which may be larger than memory where it is a file. */
export class Requests {
  private constructor(
    private readonly path: string,
    /** The text where it can be read only once. */
    private readonly whole: Buffer | undefined,
    private readonly cwd: string,
  ) {}

  /**
   * Opens requests, and looks at each of them.
   *
   * @throws Refusal that names each entry, counted from 0, that is no request, or the line of what is no JSON array
   */
  static async open(path: string, io: Pick<Io, 'stdin' | 'cwd'>): Promise<Requests> {
    const whole = path === '-' || !isFile(resolve(io.cwd, path)) ? await readBytes(path, io) : undefined;
    const requests = new Requests(path, whole, io.cwd);
    const mistakes: string[] = [];
    for await (const items of requests.items()) {
      for (const item of items) {
        const entry = requests.parsed(item);
        const mistake = mistakeOf(entry) ?? requestMistake(entry as RouteRequest);
        if (mistake !== undefined) {
          mistakes.push(`${requests.placeOf(item.index)}: ${mistake}`);
        }
      }
      if (mistakes.length > MOST) {
        break;
      }
    }
    if (mistakes.length > 0) {
      throw new Refusal(capped(mistakes));
    }
    return requests;
  }

  /** All requests in their order, some at a time. */
  async *batches(): AsyncGenerator<readonly RouteRequest[]> {
    for await (const items of this.items()) {
      yield items.map((item) => this.parsed(item) as RouteRequest);
    }
  }

  /** What messages call a request. */
  placeOf(index: number): string {
    return `${this.path}: request [${index}]`;
  }

  private async *items(): AsyncGenerator<readonly JsonItem[]> {
    const { path, whole } = this;
    const items = new JsonItems();
    try {
      const pieces =
        whole === undefined ? createReadStream(resolve(this.cwd, path), { highWaterMark: PIECE }) : [whole];
      for await (const piece of pieces) {
        const found = items.add(piece);
        if (found.length > 0) {
          yield found;
        }
      }
      items.end();
    } catch (error) {
      if (error instanceof JsonArrayMistake) {
        const { line, message } = error;
        throw new Refusal([`${path}${line === 0 ? '' : `:${line}`}: ${message}`]);
      }
      throw error instanceof Refusal ? error : new Refusal([`${path}: ${failureText(error)}`]);
    }
  }

  private parsed({ index, line, bytes }: JsonItem): unknown {
    const read = textOf(bytes);
    if ('mistake' in read) {
      throw new Refusal([`${this.path}:${line + read.line - 1}: request [${index}]: ${read.mistake}`]);
    }
    try {
      return JSON.parse(read.text);
    } catch (error) {
      throw new Refusal([`${this.path}:${line}: request [${index}] is not JSON: ${(error as Error).message}`]);
    }
  }
}

/** Whether a path is a file that can be read twice, unlike a pipe. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function mistakeOf(entry: unknown): string | undefined {
  if (!isMapping(entry)) {
    return `it is ${shown(entry)}; ${FORM}`;
  }
  for (const key of Object.keys(entry)) {
    if (!['url', 'method', 'headers'].includes(key)) {
      return `it has ${JSON.stringify(key)}, which is nothing that a request has; ${FORM}`;
    }
  }
  const { url, method, headers } = entry;
  if (typeof url !== 'string') {
    return `url is ${shown(url)}; ${FORM}`;
  }
  if (method !== undefined && typeof method !== 'string') {
    return `method is ${shown(method)}; ${FORM}`;
  }
  if (headers !== undefined && !isMapping(headers)) {
    return `headers is ${shown(headers)}; ${FORM}`;
  }
  const wrong = Object.entries(headers ?? {}).find(([, value]) => typeof value !== 'string');
  return wrong === undefined ? undefined : `header ${wrong[0]} is ${shown(wrong[1])}; ${FORM}`;
}
