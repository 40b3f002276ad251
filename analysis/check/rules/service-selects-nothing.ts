import type { Facts } from '../facts/facts';
import { type Nearest, nearestTo } from '../facts/nearest';
import { mayMeanOperated } from '../facts/operators';
import { asksForGivenLabel } from '../facts/outside';
import { selectorText } from '../facts/selector-text';
import { defineRule, type Found } from '../rule';

/** What the findings of `service-selects-nothing` hold. */
export interface ServiceSelectsNothing {
  readonly selector: string;
  readonly namespace: string;
  readonly nearest: Nearest | undefined;
}

/**
 * A Service whose selector matches no workload of its namespace: it has no endpoints.
 *
 * Silent about Services without a selector and of type ExternalName, and about labels that only controllers give. Where
 * nothing in the manifests comes near, the pods may be elsewhere: `info`.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service
 */
export const rule = defineRule({
  code: 'service-selects-nothing',
  severity: 'error',
  reads: ['Service', 'workloads'],
  *check(facts: Facts): Generator<Found<ServiceSelectsNothing>> {
    const { services, pods } = facts;
    for (const { manifest, namespace, selector, workloads } of services) {
      if (
        selector !== undefined &&
        workloads.length === 0 &&
        !asksForGivenLabel(selector) &&
        !mayMeanOperated(facts, selector, new Set([namespace]))
      ) {
        const near = nearestTo(selector, pods.in(namespace));
        yield {
          manifest,
          path: ['spec', 'selector'],
          args: { selector: selectorText(selector), namespace, nearest: near?.nearest },
          ...(near === undefined ? { severity: 'info' } : { related: [near.related] }),
        };
      }
    }
  },
});
