import type { Facts } from '../facts/facts';
import { isolation, type PolicyRule } from '../facts/isolation';
import { hasOtherTiers } from '../facts/tiers';
import { type WorkloadFacts, workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `replicas-cut-off` hold. */
export interface ReplicasCutOff {
  readonly direction: 'ingress' | 'egress';
  readonly workload: string;
  readonly replicas: number;
}

/** The pods of a workload with several replicas and a headless Service, by which they find each other, and no rule lets them. */
export const rule = defineRule({
  code: 'replicas-cut-off',
  severity: 'warning',
  reads: ['NetworkPolicy', 'Service', 'workloads'],
  *check(facts: Facts): Generator<Found<ReplicasCutOff>> {
    const isolated = facts.once(isolation);
    const talking = new Set(facts.services.filter(({ headless }) => headless).flatMap(({ workloads }) => workloads));
    for (const workload of talking) {
      for (const direction of workload.replicas > 1 ? (['ingress', 'egress'] as const) : []) {
        const policy = isolated.closing(workload, direction);
        if (policy !== undefined && !isolated.rules(workload, direction).some((own) => letsIn(own, workload))) {
          yield {
            manifest: policy.manifest,
            path: ['spec', ...(policy.rules.some((own) => own.direction === direction) ? [direction] : [])],
            args: { direction, workload: workloadText(workload), replicas: workload.replicas },
            ...(facts.once(hasOtherTiers) ? { severity: 'info' } : {}),
            related: [{ role: 'affected', manifest: workload.manifest, path: ['metadata'] }],
          };
        }
      }
    }
  },
});

/** An ipBlock may be meant for pods too, depending on the network plugin. */
function letsIn({ rule }: PolicyRule, workload: WorkloadFacts): boolean {
  return (
    rule.peers === undefined ||
    rule.peers.some(({ block, workloads }) => block !== undefined || [...workloads()].includes(workload))
  );
}
