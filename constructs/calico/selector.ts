import { type Problems, shown } from '../values';

const LABEL = '[A-Za-z0-9_./-]{1,512}';
const TEXT = `(?:"[^"]*"|'[^']*')`;
const TERM = new RegExp(
  [
    String.raw`\b(?:all|global)\(\s*\)`,
    String.raw`\bhas\(\s*${LABEL}\s*\)`,
    String.raw`${LABEL}\s*(?:==|!=)\s*${TEXT}`,
    String.raw`${LABEL}\s+(?:contains|starts\s*with|ends\s*with)\s*${TEXT}`,
    String.raw`${LABEL}\s+(?:not\s+)?in\s*\{\s*(?:${TEXT}(?:\s*,\s*${TEXT})*)?\s*\}`,
  ].join('|'),
  'g',
);

/** Stands for what has been understood. Outside of quotes Calico knows no such character. */
const KNOWN = '@';

/**
 * What is wrong with a selector in Calico's own language. The operator takes any text, and only Calico's controllers, once
 * they look for nodes, see what can't be read.
 *
 * @see https://docs.tigera.io/calico/3.27/reference/resources/ippool#node-selector
 */
export function selectorProblems(what: string, value: unknown): Problems {
  return typeof value === 'string' && isSelector(value)
    ? []
    : [`${what} is ${shown(value)}; give a selector such as "all()" or "zone == 'a'"`];
}

function isSelector(text: string): boolean {
  if (text.replace(TERM, '').includes(KNOWN)) {
    return false;
  }
  let [rest, before] = [text.replace(TERM, KNOWN).replace(/\s+/g, ''), ''];
  while (rest !== before) {
    before = rest;
    rest = rest.replace(/!@|\(@\)|@(?:&&|\|\|)@/g, KNOWN);
  }
  return rest === KNOWN;
}
