import type { Nearest } from '../../analysis/check';

/** What a selector may have meant, as advice. */
export function nearestAdvice(nearest: Nearest | undefined, otherwise: string): string {
  if (nearest === undefined) {
    return otherwise;
  }
  const { workload, wanted, key, found } = nearest;
  const has = found === undefined ? `have no label ${key}` : `have ${key}=${found}`;
  return `the pods of ${workload} ${has}, where the selector asks for ${wanted}; use one for both`;
}
