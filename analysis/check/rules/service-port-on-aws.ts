import type { Facts } from '../facts/facts';
import { isolation } from '../facts/isolation';
import { targetNumbers } from '../facts/services';
import { defineRule, type Found } from '../rule';

/** What the findings of `service-port-on-aws` hold. */
export interface ServicePortOnAws {
  readonly port: number;
  readonly target: number;
  readonly workload: string;
}

/**
 * A Service whose port differs from the port of its pods, where a policy isolates these: the network policies of the Amazon VPC
 * CNI ask for the same number.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
 */
export const rule = defineRule({
  code: 'service-port-on-aws',
  severity: 'info',
  offByDefault: true,
  reads: ['Service', 'NetworkPolicy', 'workloads'],
  *check(facts: Facts): Generator<Found<ServicePortOnAws>> {
    const isolated = facts.once(isolation);
    for (const { manifest, headless, ports, workloads } of facts.services) {
      const closed = headless ? undefined : workloads.find((workload) => isolated.of(workload, 'ingress').length > 0);
      for (const port of closed === undefined ? [] : ports) {
        const [target] = closed === undefined ? [] : targetNumbers(port, closed);
        if (closed !== undefined && target !== undefined && target !== port.port) {
          const { kind, namespace, name } = closed.workload;
          const args = { port: port.port, target, workload: `${kind} ${namespace}/${name}` };
          yield { manifest, path: [...port.path, 'port'], args };
        }
      }
    }
  },
});
