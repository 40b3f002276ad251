import type { Facts } from '../facts/facts';
import { defineRule, type Found } from '../rule';

/** What the findings of `end-port` hold. */
export interface EndPort {
  readonly port: number;
  readonly end: number;
}

/**
 * A range of ports, of which some network plugins take the first port only.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-range-of-ports
 */
export const rule = defineRule({
  code: 'end-port',
  severity: 'info',
  offByDefault: true,
  reads: ['NetworkPolicy'],
  *check({ policies }: Facts): Generator<Found<EndPort>> {
    for (const { manifest, rules } of policies) {
      for (const { path, port, end } of rules.flatMap(({ ports }) => ports ?? [])) {
        if (typeof port === 'number' && end !== undefined && end > port) {
          yield { manifest, path: [...path, 'endPort'], args: { port, end } };
        }
      }
    }
  },
});
