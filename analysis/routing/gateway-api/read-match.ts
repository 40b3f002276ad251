import type { Cursor } from '../cursor';
import type { Condition, PathMatch, ValueMatch } from '../model';
import { type Pattern, patternOf } from '../pattern';
import { bytesOf, resolvedPath } from '../uri';
import type { HttpMatch, PathType } from './objects';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'] as const;
const NAME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;
const PATH = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;

/** Takes down a regular expression. */
type Tell = (source: string) => void;

/**
 * Reads a match of a rule with the checks of an API server; `undefined` for one that it would refuse.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproutematch
 */
export function readMatch(item: Cursor, noEffect: (field: Cursor, message: string) => void): HttpMatch | undefined {
  const match = item.mapping();
  const expressions = new Set<string>();
  const tell = (source: string) => expressions.add(source);
  const path = readPath(match.get('path').mapping(), tell);
  const method = match.get('method');
  const wanted = method.isGiven ? method.choice('bad-match', METHODS, undefined) : undefined;
  const headers = readValues(match.get('headers'), 'header', tell, noEffect);
  const query = readValues(match.get('queryParams'), 'query', tell, noEffect);
  if (path === undefined || (method.isGiven && wanted === undefined)) {
    return undefined;
  }
  const conditions: Condition[] = wanted === undefined ? [] : [{ kind: 'method', method: wanted }];
  return { ...path, conditions: [...conditions, ...headers, ...query], expressions: [...expressions], at: match.at };
}

/** What a rule without matches has: every path. */
export const EVERY_PATH = {
  path: '/',
  pathType: 'PathPrefix' as const,
  match: { kind: 'elements' as const, path: '/' },
};

function readPath(field: Cursor, tell: Tell): Pick<HttpMatch, 'path' | 'pathType' | 'match'> | undefined {
  const types = ['Exact', 'PathPrefix', 'RegularExpression'] as const;
  const pathType = field.get('type').choice('bad-path-type', types, 'PathPrefix');
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
    const pattern = wholePattern(path, tell);
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
  const forbidden =
    ['//', '/./', '/../', '%2f', '%2F', '#'].find((part) => path.includes(part)) ??
    ['/..', '/.'].find((end) => path.endsWith(end));
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

/** Reads what headers have to be. */
export function readHeaders(
  list: Cursor,
  tell: Tell,
  noEffect: (field: Cursor, message: string) => void,
): readonly Condition[] {
  return readValues(list, 'header', tell, noEffect);
}

function readValues(
  list: Cursor,
  kind: 'header' | 'query',
  tell: Tell,
  noEffect: (field: Cursor, message: string) => void,
): Condition[] {
  const seen = new Set<string>();
  return list.items(16).flatMap((item): Condition[] => {
    const entry = item.mapping();
    const nameField = entry.get('name');
    const written = nameField.neededText(
      'bad-match',
      `give the name of a ${kind === 'header' ? 'header' : 'parameter'}`,
    );
    const value = readValue(entry, kind, tell);
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

function readValue(entry: Cursor, kind: 'header' | 'query', tell: Tell): ValueMatch | undefined {
  const type = entry.get('type').choice('bad-match', ['Exact', 'RegularExpression'] as const, 'Exact');
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
  const pattern = wholePattern(sent, tell);
  return checkPattern(field, pattern, text) ? { is: 'like', pattern } : undefined;
}

/** A regular expression that has to match the whole text, as with RE2 in Envoy; most implementations are built on it. */
function wholePattern(source: string, tell: Tell): Pattern {
  const ignoresCase = source.startsWith('(?i)');
  const bare = ignoresCase ? source.slice(4) : source;
  tell(source);
  return patternOf(/^\^(?:[^|]*[^|\\])?\$$/.test(bare) ? bare : `^(?:${bare})$`, ignoresCase);
}

function checkPattern(field: Cursor, { state, why }: Pattern, source: string): boolean {
  if (state === 'broken') {
    field.wrong('bad-match', `is ${JSON.stringify(source)}, which is no regular expression: ${why}`);
  }
  return state !== 'broken';
}
