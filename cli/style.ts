import { createColors } from 'picocolors';
import type { Style } from '../report/style';
import { hasColors, type Io, type Sink } from './io';

/** Without colours: the library is not asked, since it opens standard output as soon as it is loaded. */
const PLAIN: Style = { bold: String, dim: String, red: String, green: String };

/** How to mark parts of what is written to a stream. */
export function styleOf(stream: Sink, { env }: Pick<Io, 'env'>): Style {
  return hasColors(stream, env) ? createColors(true) : PLAIN;
}
