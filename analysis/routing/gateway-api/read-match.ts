import type { Cursor } from '../cursor';
import type { Condition, PathMatch, ValueMatch } from '../model';
import { type Pattern, patternOf } from '../pattern';
import { bytesOf, resolvedPath } from '../uri';
import type { HttpMatch, PathType } from './objects';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'] as const;
const NAME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;
const PATH = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;

/** What every path has that holds something forbidden. */
const MAY_BE_FORBIDDEN = /\/[/.]|%2f|#/i;

/**
 * Reads a match of a rule with the checks of an API server; `undefined` for one that it would refuse.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproutematch
 */
export function readMatch(item: Cursor, noEffect: (field: Cursor, message: string) => void): HttpMatch | undefined {
  const match = item.mapping();
  const expressions: string[] = [];
  const path = readPath(match.get('path').mapping(), expressions);
  const method = match.get('method');
  const wanted = method.isGiven ? method.choice('bad-match', METHODS, undefined) : undefined;
  const headers = readValues(match.get('headers'), 'header', expressions, noEffect);
  const query = readValues(match.get('queryParams'), 'query', expressions, noEffect);
  if (path === undefined || (method.isGiven && wanted === undefined)) {
    return undefined;
  }
  const conditions: Condition[] = wanted === undefined ? [] : [{ kind: 'method', method: wanted }];
  conditions.push(...headers, ...query);
  return { path: path.path, pathType: path.pathType, match: path.match, conditions, expressions, at: match.at };
}

/** What a rule without matches has: every path. */
export const EVERY_PATH = {
  path: '/',
  pathType: 'PathPrefix' as const,
  match: { kind: 'elements' as const, path: '/' },
};

const PATH_TYPES = ['Exact', 'PathPrefix', 'RegularExpression'] as const;

function readPath(field: Cursor, expressions: string[]): Pick<HttpMatch, 'path' | 'pathType' | 'match'> | undefined {
  const pathType = field.get('type').choice('bad-path-type', PATH_TYPES, 'PathPrefix');
  const value = field.get('value');
  const path = value.isGiven ? value.text() : '/';
  if (path === undefined || pathType === undefined) {
    return undefined;
  }
  if (path.length > 1024) {
    value.wrong('bad-path', `has ${path.length} characters; an API server takes at most 1024`);
    return undefined;
  }
  if (pathType === 'RegularExpression') {
    const pattern = wholePattern(path, expressions);
    return checkPattern(value, pattern, path) ? { path, pathType, match: { kind: 'pattern', pattern } } : undefined;
  }
  return checkPath(value, path, pathType) ? { path, pathType, match: pathMatchOf(path, pathType) } : undefined;
}

function pathMatchOf(path: string, pathType: PathType): PathMatch {
  const resolved = resolvedPath(path) ?? path;
  return pathType === 'Exact' ? { kind: 'exact', path: resolved } : { kind: 'elements', path: resolved };
}

function checkPath(field: Cursor, path: string, type: PathType): boolean {
  const shown = `is ${JSON.stringify(path)}`;
  if (!path.startsWith('/')) {
    field.wrong('bad-path', `${path === '' ? 'is empty' : shown}; begin it with "/"`);
    return false;
  }
  const forbidden = MAY_BE_FORBIDDEN.test(path)
    ? (['//', '/./', '/../', '%2f', '%2F', '#'].find((part) => path.includes(part)) ??
      ['/..', '/.'].find((end) => path.endsWith(end)))
    : undefined;
  if (forbidden !== undefined) {
    field.wrong('bad-path', `${shown}; a path of type ${type} holds no "${forbidden}"`);
    return false;
  }
  if (!PATH.test(path)) {
    field.wrong('bad-path', `${shown}; escape what is other than letters, digits and -._~!$&'()*+,;=:@`);
    return false;
  }
  return true;
}

/**
 * Reads what headers have to be.
 *
 * @param expressions where regular expressions are taken down
 */
export function readHeaders(
  list: Cursor,
  expressions: string[],
  noEffect: (field: Cursor, message: string) => void,
): readonly Condition[] {
  return readValues(list, 'header', expressions, noEffect);
}

const NO_CONDITIONS: readonly Condition[] = [];

function readValues(
  list: Cursor,
  kind: 'header' | 'query',
  expressions: string[],
  noEffect: (field: Cursor, message: string) => void,
): readonly Condition[] {
  if (!list.isGiven) {
    return NO_CONDITIONS;
  }
  const seen = new Set<string>();
  return list.items(16).flatMap((item): Condition[] => {
    const entry = item.mapping();
    const nameField = entry.get('name');
    const written = nameField.neededText(
      'bad-match',
      `give the name of a ${kind === 'header' ? 'header' : 'parameter'}`,
    );
    const value = readValue(entry, kind, expressions);
    if (written === undefined || value === undefined) {
      return [];
    }
    if (!NAME.test(written)) {
      nameField.wrong('bad-match', `is ${JSON.stringify(written)}; use letters, digits and !#$%&'*+-.^_\`|~`);
      return [];
    }
    const name = kind === 'header' ? written.toLowerCase() : written;
    if (seen.has(name)) {
      noEffect(entry, `${JSON.stringify(written)} is given twice in one match; only the first counts`);
      return [];
    }
    seen.add(name);
    return [{ kind, name, value }];
  });
}

const VALUE_TYPES = ['Exact', 'RegularExpression'] as const;

function readValue(entry: Cursor, kind: 'header' | 'query', expressions: string[]): ValueMatch | undefined {
  const type = entry.get('type').choice('bad-match', VALUE_TYPES, 'Exact');
  const field = entry.get('value');
  const text = field.neededText('bad-match', 'give the value that a request must have');
  if (text === undefined || type === undefined) {
    return undefined;
  }
  // Headers are compared as the bytes that travel, parameters as the text that they stand for.
  const sent = kind === 'header' ? bytesOf(text) : text;
  if (type === 'Exact') {
    return { is: 'equal', text: sent };
  }
  const pattern = wholePattern(sent, expressions);
  return checkPattern(field, pattern, text) ? { is: 'like', pattern } : undefined;
}

/** A regular expression that has to match the whole text, as with RE2 in Envoy; most implementations are built on it. */
function wholePattern(source: string, expressions: string[]): Pattern {
  const ignoresCase = source.startsWith('(?i)');
  const bare = ignoresCase ? source.slice(4) : source;
  if (!expressions.includes(source)) {
    expressions.push(source);
  }
  return patternOf(/^\^(?:[^|]*[^|\\])?\$$/.test(bare) ? bare : `^(?:${bare})$`, ignoresCase);
}

function checkPattern(field: Cursor, { state, why }: Pattern, source: string): boolean {
  if (state === 'broken') {
    field.wrong('bad-match', `is ${JSON.stringify(source)}, which is no regular expression: ${why}`);
  }
  return state !== 'broken';
}
