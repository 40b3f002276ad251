import { isAddressList } from './address-lists';
import { boolOf, intOf } from './annotation-values';

/** What the value of an annotation has to be. */
export interface ValueCheck {
  /** What the controller makes of it; whatever else it does with a text. */
  readonly kind: 'bool' | 'int' | 'codes' | 'addresses' | 'text';
  /** Whether the controller's own checks, which are on from 1.12, let it pass. */
  allows(value: string): boolean;
  /** What to give instead, e.g. `give "true" or "false"`. */
  readonly advice: string;
}

/** A yes or no. */
export const BOOL: ValueCheck = {
  kind: 'bool',
  allows: (value) => boolOf(value) !== undefined,
  advice: 'give "true" or "false"',
};

/** A whole number. */
export const INT: ValueCheck = {
  kind: 'int',
  allows: (value) => intOf(value) !== undefined,
  advice: 'give a whole number',
};

/** Anything: snippets, whose harm is another matter. */
export const ANYTHING: ValueCheck = { kind: 'text', allows: () => true, advice: '' };

/** Addresses and ranges of addresses, separated by commas. */
export const ADDRESSES: ValueCheck = {
  kind: 'addresses',
  allows: isAddressList,
  advice: 'give addresses and ranges such as "10.0.0.0/8", separated by commas',
};

/** A text of certain characters; spaces count for nothing where they are `dropped`. */
function chars(pattern: RegExp, list: string, dropped = false): ValueCheck {
  return {
    kind: 'text',
    allows: (value) => pattern.test(dropped ? value.replaceAll(' ', '') : value),
    advice: `use ${list}${dropped ? ' and spaces' : ''} only`,
  };
}

/** One of some words, spaces around it left aside. */
export function oneOf(words: readonly string[], inAnyCase = false): ValueCheck {
  return {
    kind: 'text',
    allows: (value) => words.includes(inAnyCase ? value.trim().toLowerCase() : value.trim()),
    advice: `give ${words.map((word) => JSON.stringify(word)).join(' or ')}`,
  };
}

/** A text of another form. */
export function form(pattern: RegExp, what: string): ValueCheck {
  return { kind: 'text', allows: (value) => pattern.test(value.replaceAll(' ', '')), advice: `give ${what}` };
}

const PLAIN = 'letters, digits and -._~/:';

/** Names and values of headers and cookies, names of Secrets and the like. */
export const BASIC = chars(/^[/\-._~a-zA-Z0-9:]*$/, PLAIN, true);

/** The same, where spaces belong to the text. */
export const WITH_SPACES = chars(/^[/\-._~a-zA-Z0-9: ]*$/, `${PLAIN} and spaces`);

/** The same with commas and spaces. */
export const EXTENDED = chars(/^[/\-._~a-zA-Z0-9:, ]*$/, `${PLAIN}, commas and spaces`);

/** A regular expression, or a name of a server. */
export const REGEX = chars(/^[/\-._~a-zA-Z0-9:^$[\](){}*+?|&=\\]*$/, `${PLAIN}^$[](){}*+?|&=\\`);

/** Names of servers, separated by commas. */
export const SERVER_NAMES: ValueCheck = {
  kind: 'text',
  allows: (value) => value.split(',').every((name) => REGEX.allows(name.trim())),
  advice: 'give host names, separated by commas',
};

/** A name of a server. */
export const SERVER_NAME: ValueCheck = { ...REGEX, allows: (value) => REGEX.allows(value.trim()) };

/** A URL. */
export const URL_TEXT = chars(/^[-._~a-zA-Z0-9/:,?&=]*$/, `${PLAIN},?&=`);

/** A URL in which spaces count for nothing. */
export const URL_SPACED = chars(/^[-._~a-zA-Z0-9/:,?&=]*$/, `${PLAIN},?&=`, true);

/** A URL with variables of nginx. */
export const URL_WITH_VARIABLES = chars(/^[-._~a-zA-Z0-9/:,?&=$]*$/, `${PLAIN},?&=$`, true);

/** A path with captures. */
export const TARGET = chars(/^\/?[-._~a-zA-Z0-9/:$]*$/, `${PLAIN}$`);

/** The same, in which spaces count for nothing. */
export const TARGET_SPACED = chars(/^\/?[-._~a-zA-Z0-9/:$]*$/, `${PLAIN}$`, true);

/** Names of headers, separated by commas. */
export const HEADERS = chars(/^[A-Za-z0-9_, -]*$/, 'letters, digits, "-", "_" and commas', true);

/** Variables of nginx. */
export const VARIABLE = chars(/^[A-Za-z0-9_${}-]*$/, 'letters, digits and $ - _ { }', true);

/** A size as the controller checks it. */
export const SIZE = form(/^\d+[bkmg]?$/i, 'a size such as "8k"');

/** Codes of errors. */
export const ERROR_CODES: ValueCheck = {
  ...form(/^(?:[4,5]\d{2},?)*$/, 'codes from 400 to 599, separated by commas without spaces'),
  kind: 'codes',
};

/** The name of a Service. */
export const SERVICE: ValueCheck = {
  kind: 'text',
  allows: (value) => /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(value),
  advice: 'give the name of a Service',
};

/** Whether a parser makes anything of a value, checks or not; of an empty text it silently makes nothing. */
export function isReadable({ kind }: ValueCheck, value: string): boolean {
  switch (kind) {
    case 'bool':
      return boolOf(value) !== undefined;
    case 'int':
      return intOf(value) !== undefined;
    case 'codes':
      return value === '' || value.split(',').every((code) => intOf(code) !== undefined);
    case 'addresses':
      return value === '' || isAddressList(value);
    case 'text':
      return true;
  }
}
