import type { Direction } from '../../connectivity/model';
import { listIn } from '../../manifest/lists';
import type { Facts } from './facts';
import type { PolicyFacts, RuleFacts } from './policies';
import type { WorkloadFacts } from './workloads';

/** A rule and the policy that it is of. */
export interface PolicyRule {
  readonly policy: PolicyFacts;
  readonly rule: RuleFacts;
}

/** Which NetworkPolicies close workloads, and what these open. */
export class Isolation {
  private readonly policies = new Map<WorkloadFacts, PolicyFacts[]>();

  constructor(policies: readonly PolicyFacts[]) {
    for (const policy of policies) {
      for (const workload of policy.workloads) {
        listIn(this.policies, workload).push(policy);
      }
    }
  }

  /** The policies that close a workload in a direction; none where it is open. */
  of(workload: WorkloadFacts, direction: Direction): readonly PolicyFacts[] {
    return (this.policies.get(workload) ?? []).filter(({ isolates }) => isolates.has(direction));
  }

  /** The policy that a person would change to open a workload: one with rules of the direction, before one without. */
  closing(workload: WorkloadFacts, direction: Direction): PolicyFacts | undefined {
    const policies = this.of(workload, direction);
    return policies.find(({ rules }) => rules.some((rule) => rule.direction === direction)) ?? policies[0];
  }

  /** The rules of these policies for the direction. */
  rules(workload: WorkloadFacts, direction: Direction): readonly PolicyRule[] {
    return this.of(workload, direction).flatMap((policy) =>
      policy.rules.filter((rule) => rule.direction === direction).map((rule) => ({ policy, rule })),
    );
  }
}

/** The isolation of all workloads, for `facts.once`. */
export function isolation({ policies }: Facts): Isolation {
  return new Isolation(policies);
}
