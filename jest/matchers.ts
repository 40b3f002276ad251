import { toAllowConnection, toDenyConnection } from './allow';
import { toBackend, toRedirect, toSplit } from './destination';
import { toExpose } from './expose';
import { toHaveNoFindings } from './findings';
import { toAnswer } from './route';
import { toAllowAllConnections, toDenyAllConnections } from './table';

/** The matchers that are the same in every runner: they answer and lead no further. */
export const MATCHERS = {
  toAllowConnection,
  toDenyConnection,
  toDenyAllConnections,
  toAllowAllConnections,
  toExpose,
  toBackend,
  toSplit,
  toRedirect,
  toAnswer,
  toHaveNoFindings,
};
