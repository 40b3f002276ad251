import type { PathMatch, Route } from '../routing';
import { pathMatches } from '../routing/conditions';
import { resolvedPath, textOfBytes } from '../routing/uri';
import { textClasses } from './regular/classes';
import { ALL, and, byte, EMPTY, literal, NOTHING, not, one, or, type Regular, sequence } from './regular/expression';
import { textsOf } from './regular/parse';
import { sentPath } from './requests';

/** Paths that neither side tells apart. */
export interface PathClass {
  /** One of them, resolved, in bytes. */
  readonly path: string;
  /** All of them in words, e.g. `below /cart`. */
  readonly text: string;
  /**
   * Others in bytes, mostly of the class, with a slash at the end: they may show a difference between Locations. None where
   * the path stands for itself alone.
   */
  readonly variants: readonly string[];
  /** Whether a regular expression takes them only because case does not count; told where that is asked for. */
  readonly isByCase?: boolean;
}

export interface PathClasses {
  readonly classes: readonly PathClass[];
  /** What could not be told apart completely, in words. */
  readonly undecided: readonly string[];
}

/**
 * Splits all paths into the classes that two lists of routes tell apart.
 *
 * @param byCase whether to tell paths apart that a pattern takes only because case does not count
 */
export function pathClasses(before: readonly Route[], after: readonly Route[], byCase: boolean): PathClasses {
  const matches = [...before, ...after].flatMap(pathsOf);
  const texts = new Set(['/']);
  for (const match of matches) {
    if (match.kind !== 'pattern') {
      texts.add(match.kind === 'elements' ? match.path.replace(/\/$/, '') : match.path);
    }
  }
  const classes = [...texts].flatMap((text) => aroundText(text, texts));
  const patterned = matches.some(({ kind }) => kind === 'pattern');
  return patterned ? withPatterns(matches, classes, byCase) : { classes, undecided: [] };
}

/** The paths that a route tells apart: its own, and those of what contests it. */
export function pathsOf({ path, contests = [] }: Route): readonly PathMatch[] {
  return [path, ...contests.map((one) => one.path)];
}

/**
 * Every path begins with some of the texts; which routes match is settled by the longest of these and whether a slash
 * follows. So there are three classes for each text: itself, below it, and beyond it.
 */
function aroundText(text: string, texts: ReadonlySet<string>): PathClass[] {
  const classes: PathClass[] = [];
  const shown = readable(text);
  const isFree = (sign: string) => !texts.has(text + sign);
  if (text !== '') {
    classes.push({ path: text, text: shown, variants: [] });
  }
  if (!text.endsWith('/') && isFree('/')) {
    const below = `${text}/x`;
    classes.push({ path: below, text: `below ${shown}`, variants: [`${text}/`, `${below}/`] });
  }
  const sign = SIGNS.find(isFree);
  if (sign !== undefined && text !== '') {
    const beyond = text + sign;
    const where =
      text === '/' ? 'any other path' : text.endsWith('/') ? `below ${shown}` : `${shown}… without a slash behind it`;
    classes.push({ path: beyond, text: where, variants: [`${beyond}/`] });
  }
  return classes.filter(({ path }) => isReachable(path));
}

/** A path in bytes as people write it. */
function readable(path: string): string {
  return textOfBytes(path) ?? sentPath(path);
}

const SIGNS = [...'xyzabcdefghijklmnopqrstuvw0123456789-_~ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Whether some request has this path once it is resolved. */
function isReachable(path: string): boolean {
  return path.startsWith('/') && resolvedPath(sentPath(path)) === path;
}

const SLASH = literal('/');
const NOT_A_PATH = or(
  sequence(ALL, literal('//'), ALL),
  sequence(ALL, literal('/.'), or(EMPTY, literal('.')), or(EMPTY, sequence(SLASH, ALL))),
  sequence(ALL, one(byte(0) | byte(10)), ALL),
);
const PATHS = and(sequence(SLASH, ALL), not(NOT_A_PATH));

function withPatterns(matches: readonly PathMatch[], plain: readonly PathClass[], byCase: boolean): PathClasses {
  const caseless = matches.filter(isCaseless);
  const all = byCase ? [...matches, ...caseless.map(inItsCase)] : matches;
  const distinct = new Map(all.map((match) => [JSON.stringify(match), match]));
  const sets = [...distinct.values()].map((match) => ({ match, set: setOf(match) }));
  const isByCase = (path: string) =>
    caseless.some((match) => pathMatches(match, path) === true && pathMatches(inItsCase(match), path) === false);
  const found = textClasses(
    PATHS,
    sets.map(({ set }) => set ?? NOTHING),
  );
  const undecided = sets.flatMap(({ match, set }) =>
    match.kind === 'pattern' && (!found.isComplete || set === undefined)
      ? [`which paths match the regular expression ${match.pattern.source}`]
      : [],
  );
  const classes = found.classes.map(({ text }) => ({
    path: text,
    text: `paths such as ${readable(text)}`,
    variants: [`${text}/`],
    ...(byCase && isByCase(text) ? { isByCase: true } : {}),
  }));
  // Patterns that cannot be taken apart completely are at least tried on the texts of the others.
  return { classes: undecided.length === 0 ? classes : [...classes, ...plain], undecided };
}

type PatternMatch = PathMatch & { readonly kind: 'pattern' };

function isCaseless(match: PathMatch): match is PatternMatch {
  return match.kind === 'pattern' && match.pattern.ignoreCase;
}

function inItsCase({ kind, pattern }: PatternMatch): PatternMatch {
  return { kind, pattern: { ...pattern, ignoreCase: false } };
}

function setOf(match: PathMatch): Regular | undefined {
  switch (match.kind) {
    case 'exact':
      return literal(match.path);
    case 'prefix':
      return sequence(literal(match.path), ALL);
    case 'elements':
      return sequence(literal(match.path.replace(/\/$/, '')), or(EMPTY, sequence(SLASH, ALL)));
    case 'pattern':
      return textsOf(match.pattern);
  }
}
