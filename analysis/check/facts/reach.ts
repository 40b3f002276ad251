import type { Isolation, PolicyRule } from './isolation';
import type { PolicyFacts } from './policies';
import { type PodPort, ruleHasPort } from './rule-ports';
import type { WorkloadFacts } from './workloads';

/**
 * The policy that closes a port of a workload to whom no rule lets in, one with rules before one without; undefined where the
 * workload is open, or a rule for this port is for one of them.
 *
 * @param isFor whether a rule is for whom it is asked
 */
export function closedBy(
  isolated: Isolation,
  workload: WorkloadFacts,
  port: PodPort,
  isFor: (rule: PolicyRule) => boolean,
): PolicyFacts | undefined {
  const policy = isolated.closing(workload, 'ingress');
  const isOpen = isolated.rules(workload, 'ingress').some((own) => ruleHasPort(own.rule, port, workload) && isFor(own));
  return policy === undefined || isOpen ? undefined : policy;
}

/** Whether a rule is for addresses, or for everybody. */
export function isForAddresses({ rule }: PolicyRule): boolean {
  return rule.peers === undefined || rule.peers.some(({ block }) => block !== undefined);
}
