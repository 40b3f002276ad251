import { bytesOf } from '../uri';
import type { Ingress } from './ingress';

/**
 * Ingresses as the controller takes them, the first to come first: by age, and those of one second backwards by
 * `namespace/name`. What has no creation time is yet to be made, all of it at once.
 */
export function inOrder(ingresses: readonly Ingress[]): readonly Ingress[] {
  return ingresses
    .map((ingress) => ({ ingress, key: bytesOf(ingress.key) }))
    .sort((a, b) => {
      const [one, other] = [
        a.ingress.created ?? Number.POSITIVE_INFINITY,
        b.ingress.created ?? Number.POSITIVE_INFINITY,
      ];
      return one === other ? (a.key > b.key ? -1 : a.key < b.key ? 1 : 0) : one - other;
    })
    .map(({ ingress }) => ingress);
}

/** Whether the manifests say which of two Ingresses is the older one. */
export function isOrderKnown(a: Ingress, b: Ingress): boolean {
  return a === b || (a.created !== b.created && (a.created !== undefined || b.created !== undefined));
}
