import type { Place } from '../../analysis/check';

/** A place as editors understand it: `dist/x.yaml:12:9:`. */
export function placeText({ file, line, column }: Place): string {
  return line === 0 ? `${file}:` : `${file}:${line}:${column}:`;
}
