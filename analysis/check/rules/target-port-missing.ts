import type { Facts } from '../facts/facts';
import { targetNumbers } from '../facts/services';
import { workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `target-port-missing` hold. */
export interface TargetPortMissing {
  readonly target: string;
  readonly protocol: string;
  /** Some of the workloads that it selects. */
  readonly workloads: readonly string[];
  /** The names that their containers give to ports. */
  readonly names: readonly string[];
}

/** A Service whose `targetPort` is a name that no container of its pods has: that port has no endpoints. */
export const rule = defineRule({
  code: 'target-port-missing',
  severity: 'error',
  reads: ['Service', 'workloads'],
  *check({ services }: Facts): Generator<Found<TargetPortMissing>> {
    for (const { manifest, ports, workloads } of services) {
      for (const port of ports) {
        const isMissing = workloads.every((workload) => targetNumbers(port, workload).length === 0);
        if (workloads.length > 0 && isMissing) {
          const names = workloads.flatMap(({ containers }) =>
            containers.flatMap((container) => container.ports.flatMap(({ name }) => name ?? [])),
          );
          yield {
            manifest,
            path: [...port.path, 'targetPort'],
            args: {
              target: String(port.target),
              protocol: port.protocol,
              workloads: workloads.slice(0, 3).map(workloadText),
              names: [...new Set(names)].sort(),
            },
            related: workloads.slice(0, 1).map((workload) => ({
              role: 'because',
              manifest: workload.manifest,
              path: workload.containers[0]?.path ?? workload.template,
            })),
          };
        }
      }
    }
  },
});
