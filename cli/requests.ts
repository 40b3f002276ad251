import { isMapping, shown } from '../analysis/manifest/value';
import type { RouteRequest } from '../analysis/routing';
import { capped } from '../report/problems';
import { readText } from './input';
import type { Io } from './io';
import { Refusal } from './refusal';

const FORM = 'give { "url": "http://…", "method"?: "GET", "headers"?: { "Name": "value" } }';

/**
 * Reads requests: a JSON array.
 *
 * @throws Refusal that names each entry, counted from 0, that is no request
 */
export async function readRequests(path: string, io: Pick<Io, 'stdin' | 'cwd'>): Promise<RouteRequest[]> {
  const entries = parsed(path, await readText(path, io));
  if (!Array.isArray(entries)) {
    throw new Refusal([`${path}: the requests are ${shown(entries)}; give a JSON array`]);
  }
  const mistakes = entries.flatMap((entry, index) => {
    const mistake = mistakeOf(entry);
    return mistake === undefined ? [] : [`${path}: request [${index}]: ${mistake}`];
  });
  if (mistakes.length > 0) {
    throw new Refusal(capped(mistakes));
  }
  return entries;
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Refusal([`${path}: this is not JSON: ${(error as Error).message}`]);
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
