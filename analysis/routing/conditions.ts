import { cookieOf } from './cookies';
import type { Condition, PathMatch, ValueMatch } from './model';
import { matchesPattern, type Pattern } from './pattern';
import type { ParsedRequest } from './request';
import { readable } from './uri';

/** Yes, no, or the regular expression that cannot be evaluated here. */
export type Verdict = boolean | Pattern;

/** Whether a path matches. */
export function pathMatches(match: PathMatch, path: string): Verdict {
  switch (match.kind) {
    case 'exact':
      return path === match.path;
    case 'prefix':
      return path.startsWith(match.path);
    case 'elements':
      return isBelow(path, match.path.endsWith('/') ? match.path.slice(0, -1) : match.path);
    case 'pattern':
      return matchesPattern(match.pattern, path) ?? match.pattern;
  }
}

function isBelow(path: string, parent: string): boolean {
  return path.startsWith(parent) && (path.length === parent.length || path[parent.length] === '/');
}

/** Whether all conditions hold: no where one does not, else the first that cannot be said. */
export function allHold(conditions: readonly Condition[], request: ParsedRequest): Verdict {
  let open: Pattern | undefined;
  for (const condition of conditions) {
    const verdict = holds(condition, request);
    if (verdict === false) {
      return false;
    }
    open ??= verdict === true ? undefined : verdict;
  }
  return open ?? true;
}

function holds(condition: Condition, request: ParsedRequest): Verdict {
  switch (condition.kind) {
    case 'scheme':
      return request.scheme === condition.scheme;
    case 'method':
      return request.method === condition.method;
    case 'header':
      return valueMatches(condition.value, request.headers.get(condition.name));
    case 'cookie':
      return valueMatches(condition.value, cookieOf(request.headers.get('cookie') ?? '', condition.name));
    case 'query':
      return valueMatches(condition.value, queryOf(request.query, condition.name));
  }
}

function valueMatches(match: ValueMatch, value: string | undefined): Verdict {
  if (value === undefined) {
    return false;
  }
  switch (match.is) {
    case 'equal':
      return value === match.text;
    case 'like':
      return matchesPattern(match.pattern, value) ?? match.pattern;
    case 'given':
      return true;
  }
}

/** The value of the first parameter with a name, decoded; `undefined` where there is none. */
function queryOf(query: string, name: string): string | undefined {
  return new URLSearchParams(query).get(name) ?? undefined;
}

/** A condition in words, e.g. `header foo is "bar"`. */
export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'scheme':
      return `${condition.scheme} request`;
    case 'method':
      return `method ${condition.method}`;
    case 'query':
      return `query ${condition.name} ${valueText(condition.value, (text) => text)}`;
    default:
      return `${condition.kind} ${condition.name} ${valueText(condition.value, readable)}`;
  }
}

/** @param shown how a text is read: those of headers are in bytes */
function valueText(match: ValueMatch, shown: (text: string) => string): string {
  switch (match.is) {
    case 'equal':
      return `is ${JSON.stringify(shown(match.text))}`;
    case 'like':
      return `matches ${match.pattern.source}`;
    case 'given':
      return 'is given';
  }
}
