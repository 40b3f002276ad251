import { createColors } from 'picocolors';
import type { Style } from '../report/style';
import { hasColors, type Io, type Sink } from './io';

/** How to mark parts of what is written to a stream. */
export function styleOf(stream: Sink, { env }: Pick<Io, 'env'>): Style {
  return createColors(hasColors(stream, env));
}
