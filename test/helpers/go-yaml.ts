/**
 * What kubectl and the rest of Kubernetes take a text without quotes for, written after the rules of their reader
 * (https://github.com/kubernetes-sigs/yaml, goyaml.v2, resolve.go): YAML 1.1 with additions of its own.
 */
export type Plain = 'text' | 'number' | 'boolean' | 'null' | 'merge';

const WORDS: ReadonlyMap<string, Plain> = new Map([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, 'boolean'] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, 'boolean'] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, 'null'] as const),
  ...['.nan', '.NaN', '.NAN', '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF', '-.inf', '-.Inf', '-.INF'].map(
    (word) => [word, 'number'] as const,
  ),
  ['<<', 'merge'],
]);

/** What a text without quotes is taken for. */
export function plainIs(text: string): Plain {
  const word = WORDS.get(text);
  if (word !== undefined) {
    return word;
  }
  if (text.startsWith('.')) {
    return /^\.\d[\d_]*(e[-+]?\d+)?$/i.test(text) ? 'number' : 'text';
  }
  return /^[-+\d]/.test(text) && isNumber(text.replaceAll('_', '')) ? 'number' : 'text';
}

function isNumber(plain: string): boolean {
  const isInteger = /^[-+]?(0x[\da-f]+|0b[01]+|0o[0-7]+|0[0-7]*|[1-9]\d*)$/i.test(plain);
  const isFloat = /^[-+]?(\.\d+|\d+(\.\d*)?)(e[-+]?\d+)?$/i.test(plain);
  // Behind these two the rest is read as a number with a sign of its own.
  return isInteger || isFloat || /^0b[-+]?[01]+$/.test(plain) || /^0o[-+]?[0-7]+$/.test(plain);
}

/** Whether that reader takes a stream at all: it refuses control characters wherever they are. */
export function isReadable(stream: string): boolean {
  return /^[\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(stream);
}

/** The characters that end a line for that reader, besides the line feed. */
export const FURTHER_BREAKS = /[\r\x85\u2028\u2029]/;
