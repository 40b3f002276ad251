// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const STEERING = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const ALL = new RegExp(STEERING, 'g');

/** A text without anything that would steer a terminal: control characters become escapes such as `\x1b`. */
export function printable(text: string): string {
  // Hardly any text has some, and there are millions.
  return STEERING.test(text) ? text.replace(ALL, escaped) : text;
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code === 10 ? '\\n' : code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
}
