import type { Facts } from '../facts/facts';
import type { PolicyFacts } from '../facts/policies';
import { workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `port-name-twice` hold. */
export interface PortNameTwice {
  readonly port: string;
  readonly protocol: string;
  readonly workload: string;
  /** The numbers that have the name. */
  readonly numbers: readonly number[];
}

/**
 * A rule that names a port which several containers of a pod call so, with different numbers: network plugins do not agree on
 * the ports that it means.
 */
export const rule = defineRule({
  code: 'port-name-twice',
  severity: 'warning',
  reads: ['NetworkPolicy', 'workloads'],
  *check({ policies }: Facts): Generator<Found<PortNameTwice>> {
    for (const policy of policies) {
      yield* inPolicy(policy);
    }
  },
});

function* inPolicy({ manifest, workloads, rules }: PolicyFacts): Generator<Found<PortNameTwice>> {
  for (const { direction, peers, ports } of rules) {
    for (const { path, port, protocol } of ports ?? []) {
      const listeners = direction === 'ingress' ? workloads : (peers ?? []).flatMap((peer) => [...peer.workloads()]);
      for (const workload of typeof port === 'string' ? listeners : []) {
        const own = workload.containers
          .flatMap((container) => container.ports)
          .filter((one) => one.name === port && one.protocol === protocol);
        const numbers = [...new Set(own.map(({ number }) => number))];
        if (numbers.length > 1) {
          yield {
            manifest,
            path: [...path, 'port'],
            args: { port: String(port), protocol, workload: workloadText(workload), numbers },
            related: own.map((one) => ({ role: 'declared', manifest: workload.manifest, path: one.path })),
          };
          break;
        }
      }
    }
  }
}
