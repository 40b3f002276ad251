import { Yaml } from 'cdk8s';

/**
 * Objects as documents of YAML that every reader reads alike: kubectl and Argo CD, which read YAML 1.1 in a way of their own,
 * and readers of YAML 1.2. What cdk8s writes is kept to the byte, but for texts that one of them takes for something else.
 *
 * @see https://github.com/kubernetes-sigs/yaml
 */
export function carefulYaml(objects: readonly unknown[]): string {
  const quoted: string[] = [];
  const text = Yaml.stringify(...objects.map((object) => marked(object, quoted)));
  return text.replace(new RegExp(`${MARK}(\\d+)${MARK}`, 'g'), (_, at) => quoted[Number(at)] ?? '');
}

/** Stands around the number of a text that is to be quoted. A text that holds it is quoted too, so none is taken for another. */
const MARK = '\ue000';

/** The same with a mark in the place of every text and key that has to be quoted. */
function marked(value: unknown, quoted: string[]): unknown {
  if (typeof value === 'string') {
    return isMistakable(value) ? `${MARK}${quoted.push(doubleQuoted(value)) - 1}${MARK}` : value;
  }
  if (Array.isArray(value)) {
    return value.map((entry) => marked(entry, quoted));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, held]) => [marked(key, quoted), marked(held, quoted)]))
    : value;
}

/**
 * Characters that no stream of YAML may hold as they are, or that YAML 1.1 takes for the end of a line: control characters,
 * U+2028, U+2029, the byte order mark, and what is no character.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/gu;

/** A number of YAML 1.1 or 1.2 once the "_" is taken out, which kubectl does wherever it stands. */
const NUMBER = /^[-+]?(0x[\da-f]+|0o[-+]?[0-7]+|0b[-+]?[01]+|(\.\d+|\d+(\.\d*)?)(e[-+]?\d+)?)$/i;

/** Lines of which the first begins with a tab, or all are blank: where a block of text begins can't be told from them. */
const BLURRED = /^[ \n]*(\t|$)/;

/** The key that merges another object into this one. */
const MERGE = '<<';

function isMistakable(text: string): boolean {
  const unprintable = text.replace(/[\n\t]/g, '').search(UNPRINTABLE) >= 0;
  const isOther = NUMBER.test(text.replace(/_/g, '')) || text === MERGE;
  return unprintable || isOther || text.includes(MARK) || (text.includes('\n') && BLURRED.test(text));
}

const ESCAPED = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\t', '\\t'],
]);

/** A text in double quotes; half of a pair of surrogates, which no file can hold, as the character for what is unknown. */
function doubleQuoted(text: string): string {
  const inside = text
    .replace(/["\\\n\t]/g, (character) => ESCAPED.get(character) ?? '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `"${inside}"`;
}
