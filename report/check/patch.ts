import { createTwoFilesPatch } from 'diff';

/** What changes in a file, as `git diff` writes it. */
export function patchText(file: string, before: string, after: string): string {
  const name = file.replace(/^\/+/, '');
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context: 3 });
  // The library begins with a line of equals signs, which git does not know.
  return patch.replace(/^=+\n/, '');
}
