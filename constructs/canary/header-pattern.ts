import { compiles, type Problems, shown } from '../values';

/** The characters that the controller's own check lets through; it drops the annotation of a pattern with others. */
const ALLOWED = /^[/\-._~a-zA-Z0-9:^$[\](){}*+?|&=\\]+$/;

/** What is wrong with a regular expression of PCRE that ingress-nginx is to compare a header with. */
export function patternProblems(what: string, value: unknown): Problems {
  if (typeof value !== 'string' || !ALLOWED.test(value)) {
    return [
      `${what} is ${shown(value)}; the controller takes letters, digits and / - . _ ~ : ^ $ [ ] ( ) { } * + ? | & = \\`,
    ];
  }
  return isBroken(value)
    ? [
        `${what} is ${shown(value)}; it is no regular expression, so nobody who sends the header would get to the canary`,
      ]
    : [];
}

/**
 * Whether PCRE refuses a pattern of the allowed characters. JavaScript is asked, once what only PCRE knows is replaced by
 * something that stands in the same places.
 */
function isBroken(pattern: string): boolean {
  const classes: string[] = [];
  const plain = pattern
    .replace(/\\Q.*?(\\E|$)|\\.|\[\^?\]?(\\.|\[:\^?[a-z]+:\]|[^\]\\])*\]/g, (found) => {
      if (found.startsWith('[')) {
        classes.push(found.replace(/^(\[\^?)\]/, '$1\\]').replace(/(\\.)|\[:\^?[a-z]+:\]/g, '$1'));
      }
      return /^\\[AbBGzZ]$/.test(found) ? '^' : 'x';
    })
    // Verbs and options that stand alone, calls of groups, and groups with options or conditions.
    .replace(/\(\*[A-Za-z0-9_=:]+\)|\(\?[a-zA-Z^-]*\)/g, '')
    .replace(/\(\?(R|[+-]?\d+|&\w+)\)/g, 'x')
    .replace(/\(\?(\||[a-zA-Z^-]+:|\([^()]*\))/g, '(?:')
    .replace(/([*+?]|\{\d+\})\+/g, '$1');
  return plain.includes('[') || ![plain, ...classes].every(compiles);
}
