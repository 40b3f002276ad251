import { compiles, type Problems, shown } from '../values';

/**
 * Regular expressions differ from one implementation to another: RE2 in those built on Envoy and in Traefik, that of
 * JavaScript in NGINX Gateway Fabric; some look for a match anywhere, some want the whole text. What is written here means
 * the same to all of them, and to PCRE.
 */

/** Parts of an expression, each with what is wrong with it for some of them. */
const PARTS: readonly (readonly [RegExp, string | undefined])[] = [
  [/^\\[dDwWsSbB]/, undefined],
  [/^\\[^A-Za-z0-9]/, undefined],
  [/^\\./, 'escapes of letters and digits other than \\d, \\w, \\s and \\b'],
  [/^\[\^?\]/, 'a class that begins with "]"'],
  [/^\[\^?(\\[dDwWsS]|\\[^A-Za-z0-9]|[^\]\\[])+\]/, undefined],
  [/^\[/, 'a class with "[" or escapes of letters inside'],
  [/^\(\?:/, undefined],
  [/^\(\?/, 'groups that begin with "(?", other than "(?:"'],
  [/^\(\*/, 'verbs such as "(*UTF8)"'],
  [/^([*+?]|\{\d{1,3}(,(\d{1,3})?)?\})\+/, 'possessive quantifiers'],
  [/^([*+?]|\{\d{1,3}(,(\d{1,3})?)?\})\??/, undefined],
  [/^\{/, '"{" other than in quantifiers with numbers up to 999'],
  [/^\}/, '"}" without "{"'],
  [/^\]/, '"]" without "["'],
  [/^[ -~]/, undefined],
];

/** What is wrong with a regular expression that a Gateway is to compare something with. */
export function patternProblems(what: string, value: unknown): Problems {
  if (typeof value !== 'string' || value === '') {
    return [`${what} is ${shown(value)}; give a regular expression such as "^v[0-9]+$"`];
  }
  for (let rest = value; rest !== ''; ) {
    const [part, why] = PARTS.find(([known]) => known.test(rest)) ?? [/^./su, 'characters that are not ASCII'];
    if (why !== undefined) {
      return [`${what} is ${shown(value)}; implementations of the Gateway API differ about ${why}`];
    }
    rest = rest.replace(part, '');
  }
  return compiles(value) ? [] : [`${what} is ${shown(value)}; it is no regular expression`];
}

/** The expression of texts that a pattern matches from beginning to end. */
export function wholePattern(pattern: string): string {
  if (pattern.includes('|')) {
    return `^(?:${pattern})$`;
  }
  return `${pattern.startsWith('^') ? '' : '^'}${pattern}${endsLine(pattern) ? '' : '$'}`;
}

/** The expression of whole texts in which a pattern is found. */
export function foundPattern(pattern: string): string {
  if (pattern.includes('|')) {
    return `^.*(?:${pattern}).*$`;
  }
  return `${pattern.startsWith('^') ? '' : '^.*'}${pattern}${endsLine(pattern) ? '' : '.*$'}`;
}

/** The expression of a text as it is. */
export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function endsLine(pattern: string): boolean {
  return /(^|[^\\])(\\\\)*\$$/.test(pattern);
}
