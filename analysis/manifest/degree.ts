import type { Problem } from './manifest';

/**
 * How strictly input is read: `strict` takes everything that an API server refuses or drops as an error, `tolerant` goes on
 * with a warning where it can still be understood.
 */
export type InputDegree = 'strict' | 'tolerant';

/** Problems by what they cost. */
export interface Judged<Code extends string = string> {
  /** What costs the answer. */
  readonly problems: readonly Problem<Code>[];
  /** What an answer goes on with. */
  readonly warnings: readonly Problem<Code>[];
}

/** Tells what costs the answer from what does not. */
export function judged<Code extends string>(
  found: readonly Problem<Code>[],
  degree: InputDegree = 'strict',
): Judged<Code> {
  const isWarning = ({ severity = 'error' }: Problem<Code>) =>
    severity === 'warning' || (severity === 'tolerable' && degree === 'tolerant');
  return { problems: found.filter((one) => !isWarning(one)), warnings: found.filter(isWarning) };
}
