import type { AddressRange } from './addresses';
import type { Pod } from './model';

/** One end of a connection: a pod, or addresses outside. */
export type End = Pod | AddressRange;

/** Whether an end is a pod. */
export function isPod(end: End): end is Pod {
  return 'labels' in end;
}
