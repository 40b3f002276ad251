import { matches } from '../../connectivity/selector';
import { FLAGGER_LABELS } from '../../delivery/flagger-objects';
import type { Facts } from '../facts/facts';
import { fieldOf, textOf } from '../facts/fields';
import type { WorkloadFacts } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `primary-not-selected` hold. */
export interface PrimaryNotSelected {
  /** `Canary shop/web`. */
  readonly canary: string;
  readonly key: string;
  readonly value: string;
  /** Whether the policy selects the pods, or lets them in or out. */
  readonly by: 'policy' | 'peer';
}

/**
 * A policy that means the pods of a workload by the label that Flagger changes: the pods that serve are those of the copy
 * `NAME-primary`, with that label changed to `VALUE-primary` and without the others of its selector.
 *
 * @see https://docs.flagger.app/faq#kubernetes-services
 */
export const rule = defineRule({
  code: 'primary-not-selected',
  severity: 'error',
  reads: ['Canary', 'NetworkPolicy', 'workloads'],
  *check(facts: Facts): Generator<Found<PrimaryNotSelected>> {
    for (const canary of facts.of('flagger.app/Canary')) {
      const namespace = canary.namespace ?? 'default';
      const name = textOf(fieldOf(canary, 'spec', 'targetRef', 'name'));
      const target = facts.pods.in(namespace).find(({ workload }) => workload.name === name);
      const key = target === undefined ? undefined : FLAGGER_LABELS.find((label) => target.labels.has(label));
      if (target === undefined || key === undefined) {
        continue;
      }
      const primary = primaryLabels(target, key);
      const other = { role: 'because', manifest: canary, path: ['spec', 'targetRef'] } as const;
      const args = { canary: `Canary ${namespace}/${canary.name}`, key, value: target.labels.get(key) as string };
      for (const policy of facts.policies) {
        if (
          policy.namespace === namespace &&
          matches(policy.selector, target.labels) &&
          !matches(policy.selector, primary)
        ) {
          yield {
            manifest: policy.manifest,
            path: ['spec', 'podSelector'],
            args: { ...args, by: 'policy' },
            related: [other],
          };
        }
        for (const peers of policy.rules.flatMap((own) => (own.peers === undefined ? [] : [own.peers]))) {
          const meaning = peers.filter((peer) => peer.block === undefined && peer.namespaceNames.has(namespace));
          const means = (labels: ReadonlyMap<string, string>) => meaning.find(({ pods = [] }) => matches(pods, labels));
          const peer = means(target.labels);
          if (peer !== undefined && means(primary) === undefined) {
            yield {
              manifest: policy.manifest,
              path: [...peer.path, 'podSelector'],
              args: { ...args, by: 'peer' },
              related: [other],
            };
          }
        }
      }
    }
  },
});

function primaryLabels({ labels }: WorkloadFacts, key: string): ReadonlyMap<string, string> {
  return new Map([...labels, [key, `${labels.get(key)}-primary`]]);
}
