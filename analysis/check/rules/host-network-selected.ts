import type { Path } from '../../manifest';
import type { Facts } from '../facts/facts';
import { selectorText } from '../facts/selector-text';
import { type WorkloadFacts, workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `host-network-selected` hold. */
export interface HostNetworkSelected {
  /** Whether it is the policy that selects them, or one of its peers that means them. */
  readonly by: 'policy' | 'peer';
  readonly selector: string;
  readonly workloads: readonly string[];
}

/** A policy that selects, or an item that means, only pods on the network of their node, which no policy tells apart. */
export const rule = defineRule({
  code: 'host-network-selected',
  severity: 'warning',
  reads: ['NetworkPolicy', 'workloads'],
  *check({ policies, pods }: Facts): Generator<Found<HostNetworkSelected>> {
    for (const { manifest, namespace, selector, rules } of policies) {
      const found = function* (
        by: HostNetworkSelected['by'],
        path: Path,
        own: typeof selector,
        meant: readonly WorkloadFacts[],
      ): Generator<Found<HostNetworkSelected>> {
        if (own.length > 0 && meant.length > 0 && meant.every(({ onNode }) => onNode)) {
          yield {
            manifest,
            path,
            args: { by, selector: selectorText(own), workloads: meant.slice(0, 3).map(workloadText) },
            related: meant.slice(0, 1).map((workload) => ({
              role: 'because',
              manifest: workload.manifest,
              path: [...workload.template, 'spec', 'hostNetwork'],
            })),
          };
        }
      };
      yield* found('policy', ['spec', 'podSelector'], selector, pods.select(selector, namespace));
      for (const peer of rules.flatMap(({ peers }) => peers ?? [])) {
        if (peer.pods !== undefined && peer.pods.length > 0) {
          yield* found('peer', [...peer.path, 'podSelector'], peer.pods, [...peer.workloads()]);
        }
      }
    }
  },
});
