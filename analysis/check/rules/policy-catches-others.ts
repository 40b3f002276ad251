import { appOf } from '../facts/app';
import type { Facts } from '../facts/facts';
import { workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `policy-catches-others` hold. */
export interface PolicyCatchesOthers {
  readonly app: string;
  readonly namespace: string;
  /** Some of those that the policy closes too. */
  readonly others: readonly string[];
  readonly count: number;
}

/** A policy with the labels of one app and rules for it, that selects every pod and so closes other apps too. */
export const rule = defineRule({
  code: 'policy-catches-others',
  severity: 'warning',
  reads: ['NetworkPolicy', 'workloads'],
  *check({ policies }: Facts): Generator<Found<PolicyCatchesOthers>> {
    for (const { manifest, namespace, selector, rules, workloads } of policies) {
      const app = appOf(manifest.labels);
      if (app === undefined || selector.length > 0 || rules.length === 0) {
        continue;
      }
      const apps = workloads.map((workload) => appOf(workload.labels));
      const others = workloads.filter((_, at) => apps[at] !== undefined && apps[at] !== app);
      if (apps.includes(app) && others.length > 0) {
        yield {
          manifest,
          path: ['spec', 'podSelector'],
          args: { app, namespace, others: others.slice(0, 3).map(workloadText), count: others.length },
          related: others
            .slice(0, 3)
            .map((workload) => ({ role: 'affected', manifest: workload.manifest, path: ['metadata'] })),
        };
      }
    }
  },
});
