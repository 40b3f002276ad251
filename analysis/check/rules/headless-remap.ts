import type { Facts } from '../facts/facts';
import { targetNumbers } from '../facts/services';
import { defineRule, type Found } from '../rule';

/** What the findings of `headless-remap` hold. */
export interface HeadlessRemap {
  readonly port: number;
  readonly target: number;
}

/**
 * A headless Service whose port differs from the pods' port: its name leads to the addresses of the pods, and nothing is
 * there to translate the port.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#headless-services
 */
export const rule = defineRule({
  code: 'headless-remap',
  severity: 'warning',
  reads: ['Service', 'workloads'],
  *check({ services }: Facts): Generator<Found<HeadlessRemap>> {
    for (const { manifest, headless, selector, ports, workloads } of services) {
      for (const port of headless && selector !== undefined ? ports : []) {
        const targets =
          typeof port.target === 'number'
            ? [port.target]
            : workloads.flatMap((workload) => targetNumbers(port, workload));
        const [target] = targets;
        if (target !== undefined && !targets.includes(port.port)) {
          const path = [...port.path, 'port'];
          yield { manifest, path, args: { port: port.port, target } };
        }
      }
    }
  },
});
