import type { Facts } from '../facts/facts';
import type { PolicyFacts, RuleFacts } from '../facts/policies';
import type { WorkloadFacts } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `port-name-missing` hold. */
export interface PortNameMissing {
  readonly port: string;
  readonly protocol: string;
  /** The names that the pods have. */
  readonly names: readonly string[];
}

/** A rule that names a port which no container of the pods that listen calls so: it opens nothing. */
export const rule = defineRule({
  code: 'port-name-missing',
  severity: 'error',
  reads: ['NetworkPolicy', 'workloads'],
  *check({ policies }: Facts): Generator<Found<PortNameMissing>> {
    for (const policy of policies) {
      for (const rule of policy.rules) {
        for (const { path, port, protocol } of rule.ports ?? []) {
          const listeners = typeof port === 'string' ? listenersOf(policy, rule) : [];
          const ports = listeners.flatMap(({ containers }) => containers.flatMap((container) => container.ports));
          const isThere = ports.some((own) => own.name === port && own.protocol === protocol);
          if (typeof port === 'string' && listeners.length > 0 && !isThere) {
            const names = ports.flatMap(({ name }) => name ?? []);
            const [some] = listeners as [WorkloadFacts];
            yield {
              manifest: policy.manifest,
              path: [...path, 'port'],
              args: { port, protocol, names: [...new Set(names)].sort() },
              related: [{ role: 'because', manifest: some.manifest, path: some.containers[0]?.path ?? some.template }],
            };
          }
        }
      }
    }
  },
});

/** The pods at which a rule looks names up; none where it also means others that no manifest shows. */
function listenersOf(policy: PolicyFacts, { direction, peers }: RuleFacts): readonly WorkloadFacts[] {
  if (direction === 'ingress') {
    return policy.workloads;
  }
  const known = (peers ?? []).map((peer) => [...peer.workloads()]);
  return known.every((some) => some.length > 0) ? known.flat() : [];
}
