import { stripVTControlCharacters } from 'node:util';

/** The message with which an assertion fails, without colours. */
export function failure(assert: () => unknown): string {
  try {
    assert();
  } catch (error) {
    return stripVTControlCharacters((error as Error).message);
  }
  throw new Error('the assertion does not fail');
}

/** A message of several lines, written without the indentation of the code around it. */
export function lines(text: string): string {
  const given = text.replace(/^\n|\n *$/g, '').split('\n');
  const margin = Math.min(...given.filter((line) => line !== '').map((line) => line.search(/\S/)));
  return given.map((line) => line.slice(margin)).join('\n');
}

/** A shop with a closed backend, a frontend behind an Ingress, and a canary. */
export const SHOP = 'test/jest/fixtures/shop.yaml';

/** Where the examples of this project are run from. */
export const STARS = 'dist/stars';
