import { type Placed, problemLines } from '../report/problems';
import type { Style } from '../report/style';

/** What jest gives a matcher; only the parts that are used here. */
export interface MatcherContext {
  readonly isNot?: boolean;
  readonly promise?: string;
  readonly utils: {
    EXPECTED_COLOR(text: string): string;
    RECEIVED_COLOR(text: string): string;
    BOLD_WEIGHT(text: string): string;
    DIM_COLOR(text: string): string;
  };
}

/** What a matcher answers. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** Something asked that has no answer: a wrong name, manifests that can't be used. It fails with `not` as without. */
export class Unanswerable extends Error {
  override readonly name = 'Unanswerable';
}

/** How reports mark parts of a message; red and green say expected and received here, and nothing else. */
export function styleOf({ utils }: MatcherContext): Style {
  const plain = (text: string) => text;
  return { bold: utils.BOLD_WEIGHT, dim: utils.DIM_COLOR, red: plain, green: plain };
}

/** One assertion: what it is called in messages. */
export interface Call {
  readonly context: MatcherContext;
  readonly matcher: string;
  /** The arguments as text. */
  readonly given: string;
  /** What stands in front of the matcher, e.g. `.toRoute(request)`. */
  readonly chain?: string;
}

/** The first line of a message: `expect(manifests).not.toRoute(…)`. */
export function hint({ context, matcher, given, chain = '' }: Call): string {
  const { DIM_COLOR: dim, EXPECTED_COLOR: expected, RECEIVED_COLOR: received } = context.utils;
  const promise = context.promise ? `.${context.promise}` : '';
  return [
    `${dim('expect(')}${received('manifests')}${dim(`)${promise}${chain}${context.isNot ? '.not' : ''}.`)}`,
    `${matcher}${dim('(')}${expected(given)}${dim(')')}`,
  ].join('');
}

/** A message: what was asserted, what was expected and received, and further paragraphs. */
export function message(call: Call, expected: string, received: string, paragraphs: readonly string[]): string {
  const { EXPECTED_COLOR, RECEIVED_COLOR } = call.context.utils;
  const verdict = `Expected: ${EXPECTED_COLOR(expected)}\nReceived: ${RECEIVED_COLOR(received)}`;
  return [hint(call), verdict, ...paragraphs].join('\n\n');
}

/** So many notes stand in one message. */
const MOST_NOTES = 5;

/** What answers rest on and a reader may not expect, as a paragraph; none where there is nothing. */
export function notesParagraph(notes: readonly Placed[]): string[] {
  return notes.length === 0 ? [] : [['Worth knowing:', ...problemLines(notes, { most: MOST_NOTES })].join('\n  ')];
}

/**
 * Asks, and answers for the matcher. A question that has no answer is a failure like any other, and so jest shows where
 * it was asked.
 */
export function asking<Answer>(call: Call, ask: () => Answer, answer: (found: Answer) => MatcherResult): MatcherResult {
  let found: Answer;
  try {
    found = ask();
  } catch (error) {
    if (error instanceof Unanswerable || error instanceof RangeError) {
      return { pass: call.context.isNot === true, message: () => `${hint(call)}\n\n${error.message}` };
    }
    throw error;
  }
  return answer(found);
}
