import type { Facts } from '../facts/facts';
import { fieldOf } from '../facts/fields';
import { defineRule, type Found } from '../rule';

/** What the findings of `service-open-to-world` hold. */
export interface ServiceOpenToWorld {
  readonly type: 'LoadBalancer' | 'NodePort';
  readonly ports: readonly string[];
}

/** Annotations that keep a load balancer inside of a network. */
const INTERNAL = /(^|[./-])(internal|scheme|load-balancer-type)$/i;

/** A Service of type LoadBalancer or NodePort that takes requests from every address. */
export const rule = defineRule({
  code: 'service-open-to-world',
  severity: 'info',
  offByDefault: true,
  reads: ['Service'],
  *check({ services }: Facts): Generator<Found<ServiceOpenToWorld>> {
    for (const { manifest, type, ports } of services) {
      const isInternal = [...manifest.annotations].some(
        ([key, value]) => INTERNAL.test(key) && /internal|true/i.test(value),
      );
      const hasRanges = fieldOf(manifest, 'spec', 'loadBalancerSourceRanges').items().length > 0;
      if ((type === 'LoadBalancer' && !isInternal && !hasRanges) || type === 'NodePort') {
        yield {
          manifest,
          path: ['spec', 'type'],
          args: { type, ports: ports.map(({ protocol, port }) => `${protocol} ${port}`) },
        };
      }
    }
  },
});
