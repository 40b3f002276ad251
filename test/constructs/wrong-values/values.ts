import type { Kind } from './public-api';

/** Longer than any name that Kubernetes and its neighbours take. */
export const LONG = 'a'.repeat(300);

/** Texts that hardly any field takes. */
export const ODD_TEXT = ['', ' ', 'two words', 'line\nbreak', 'ünïcode', 'nul\0', LONG, '"', '-', '{}', '__proto__ '];

const NO_TEXT = [7, Number.NaN, true, null, [], {}, () => 'text', Symbol('text'), 7n];
const NO_NUMBER = ['8080', '', true, null, [], {}, 7n];
const ODD_NUMBER = [Number.NaN, Number.POSITIVE_INFINITY, 1.5, -1, 2 ** 53];
const NO_OBJECT = ['text', '', 7, true, null, [], () => ({})];
const NO_FLAG = ['true', 'false', '', 0, 1, null, [], {}];
const NO_ENUM = ['nope', 'toString', '__proto__', 'constructor', '', 7, true, null, [], {}];
const NO_LABELS = [{ 'two words': 'x' }, { a: 7 }, { a: null }, { a: undefined }, { a: Symbol('x') }, { '': 'x' }];

/** What is wrong for a kind of value, as JavaScript lets it through. */
export function wrongValues(kind: Kind): readonly unknown[] {
  switch (kind.of) {
    case 'text':
      return [...NO_TEXT, ...ODD_TEXT];
    case 'number':
      return [...NO_NUMBER, ...ODD_NUMBER];
    case 'flag':
      return NO_FLAG;
    case 'enum':
      return [...NO_ENUM, ...kind.values.map((value) => [value])];
    case 'record':
      return [...NO_OBJECT, ...NO_LABELS];
    case 'instance':
      return [...NO_OBJECT, {}, Object.create(null)];
    case 'object':
      return [...NO_OBJECT, { typo: 'x' }, { toString: 'x' }, JSON.parse('{ "__proto__": 1 }')];
    case 'list':
      return ['text', 7, true, null, {}, [], [undefined], ...wrongValues(kind.entry).map((entry) => [entry])];
  }
}
