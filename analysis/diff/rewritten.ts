import type { LocationPart, PathRewrite, Rewrite, Route, RouteOutcome } from '../routing';
import { escapedBytes } from '../routing/uri';

type Backends = RouteOutcome & { readonly kind: 'backends' };

/**
 * What a path becomes: a text, and for the paths below a prefix what is behind it and its slash. Both as they are sent.
 * `/$2` of `/api(/|$)(.*)` makes `/` of `/api`, and of `/api/x` it makes `/` and `x`.
 */
interface Rewritten {
  /** Of the prefix itself. */
  readonly self: string;
  /** Of what is below it: before and behind the rest. */
  readonly below: readonly [string, string];
}

/** What ends a regular expression whose groups are the rest of a path. */
const TAILS = ['(/|$)(.*)', '/(.*)', '(.*)'] as const;

/**
 * Whether backends see the same path and host, for all requests that come to two outcomes: proven for rewrites that put the
 * rest of a path behind another beginning, in whatever way they are written, and for those to one path. `false` where it is not
 * proven, which need not be a difference.
 *
 * It holds for paths as clients send them, with nothing escaped without need; what becomes of others is another question.
 *
 * @param routes of both sides, which match all paths of the requests
 */
export function rewrittenAlike(before: RouteOutcome, after: RouteOutcome, routes: readonly Route[]): boolean {
  if (before.kind !== 'backends' || after.kind !== 'backends') {
    return false;
  }
  const [one, other] = [wholeRewrite(before), wholeRewrite(after)];
  if (one === undefined || other === undefined || JSON.stringify(one.host) !== JSON.stringify(other.host)) {
    return false;
  }
  const [full, otherFull] = [fullOf(one.path, routes), fullOf(other.path, routes)];
  if (full !== undefined || otherFull !== undefined) {
    return full === otherFull;
  }
  const under = [one.path, other.path].flatMap((path) => prefixOf(path, routes) ?? [])[0];
  if (under === undefined) {
    return false;
  }
  const [first, second] = [rewrittenBy(one.path, under, routes), rewrittenBy(other.path, under, routes)];
  return first !== undefined && JSON.stringify(first) === JSON.stringify(second);
}

/** The rewrite that all backends of an outcome have; `undefined` where they differ, or where it is open. */
function wholeRewrite({ backends, rewrite = {} }: Backends): Rewrite | undefined {
  return rewrite.open !== undefined || backends.some((backend) => backend.rewrite !== undefined) ? undefined : rewrite;
}

/** The one path that a rewrite makes of all, as it is sent; `undefined` for other rewrites. */
function fullOf(path: PathRewrite | undefined, routes: readonly Route[]): string | undefined {
  if (path?.kind === 'full') {
    return path.path;
  }
  if (path?.kind !== 'captures' || !isMatched(path.pattern.source, routes)) {
    return undefined;
  }
  const text = textOf(path.path, []);
  return text === undefined || text === '' ? undefined : escapedBytes(text);
}

/** The prefix that all paths of a rewrite surely have, at the end of an element; `undefined` where that is not settled. */
function prefixOf(path: PathRewrite | undefined, routes: readonly Route[]): string | undefined {
  if (path?.kind === 'prefix') {
    return path.under.replace(/\/$/, '');
  }
  if (path?.kind !== 'captures' || !isMatched(path.pattern.source, routes)) {
    return undefined;
  }
  // Only this one ends with an element.
  return prefixBefore(path.pattern.source, '(/|$)(.*)');
}

/** What a rewrite makes of paths with a prefix; `undefined` where that is not said by it and the rest alone. */
function rewrittenBy(path: PathRewrite | undefined, under: string, routes: readonly Route[]): Rewritten | undefined {
  if (path?.kind === 'prefix') {
    const by = path.by.replace(/\/$/, '');
    return path.under.replace(/\/$/, '') === under ? { self: by || '/', below: [`${by}/`, ''] } : undefined;
  }
  if (path?.kind !== 'captures') {
    return undefined;
  }
  const { source } = path.pattern;
  const tail = TAILS.find((end) => sameBeginning(prefixBefore(source, end), under));
  switch (tail) {
    case '(/|$)(.*)':
      return rewrittenOf(path.path, ['', ''], ['/', REST]);
    case '(.*)':
      return rewrittenOf(path.path, [''], [`/${REST}`]);
    case '/(.*)': {
      // What is not below it has to come to another route.
      const below = isMatched(source, routes) ? rewrittenOf(path.path, [''], [REST]) : undefined;
      return below;
    }
    default:
      return undefined;
  }
}

/** Stands for the rest of the path; no path has it. */
const REST = '\0';

function rewrittenOf(
  parts: readonly LocationPart[],
  self: readonly string[],
  below: readonly string[],
): Rewritten | undefined {
  const [one, other] = [textOf(parts, self), textOf(parts, below)];
  const pieces = other?.split(REST);
  if (one === undefined || one === '' || pieces?.length !== 2) {
    return undefined;
  }
  const [before = '', behind = ''] = pieces;
  return { self: escapedBytes(one), below: [escapedBytes(before), escapedBytes(behind)] };
}

/** Texts and groups put together; `undefined` where there is something else, or a group that the pattern has not. */
function textOf(parts: readonly LocationPart[], groups: readonly string[]): string | undefined {
  const texts = parts.map((part) =>
    'text' in part ? part.text : 'group' in part ? groups[part.group - 1] : undefined,
  );
  return texts.every((text) => text !== undefined) ? texts.join('') : undefined;
}

/** Whether all paths match a regular expression from their beginning: a route asks for it. */
function isMatched(source: string, routes: readonly Route[]): boolean {
  const bare = (text: string) => text.replace(/^\(\?i\)/, '').replace(/^\^/, '');
  return routes.some(
    ({ path }) =>
      path.kind === 'pattern' &&
      path.pattern.source.replace(/^\(\?i\)/, '').startsWith('^') &&
      bare(path.pattern.source) === bare(source),
  );
}

/** The text before an ending of a regular expression, where it is a plain one; `undefined` for others. */
function prefixBefore(source: string, end: string): string | undefined {
  const bare = source
    .replace(/^\(\?i\)/, '')
    .replace(/^\^/, '')
    .replace(/(?<=\(\.\*\))\$$/, '');
  const text = bare.endsWith(end) ? bare.slice(0, -end.length) : undefined;
  // A dot stands for any one sign, and so for itself too.
  return text !== undefined && /^(\/[A-Za-z0-9._~-]+)*$/.test(text) ? text : undefined;
}

/** Whether a plain beginning of a regular expression takes a prefix: case does not count there. */
function sameBeginning(pattern: string | undefined, under: string): boolean {
  return pattern !== undefined && pattern.toLowerCase() === under.toLowerCase();
}
