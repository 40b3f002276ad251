import type { Facts } from '../facts/facts';
import type { PeerFacts } from '../facts/policies';
import { selectorText } from '../facts/selector-text';
import { workloadText } from '../facts/workloads';
import { defineRule, type Found } from '../rule';

/** What the findings of `or-meant-and` hold. */
export interface OrMeantAnd {
  readonly direction: 'ingress' | 'egress';
  readonly namespaces: string;
  readonly pods: string;
  /** Some of those that the item of namespaces means, and the other item does not. */
  readonly others: readonly string[];
}

/**
 * Two items of one list, one of namespaces alone and one of pods alone, where one item of both was meant: the pods are
 * looked for in the policy's own namespace, which has none of them, and stand in those namespaces.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
 */
export const rule = defineRule({
  code: 'or-meant-and',
  severity: 'warning',
  reads: ['NetworkPolicy', 'Namespace', 'workloads'],
  *check({ policies, pods }: Facts): Generator<Found<OrMeantAnd>> {
    for (const { manifest, namespace, rules } of policies) {
      for (const { direction, peers = [] } of rules) {
        for (const [at, peer] of peers.entries()) {
          const other = [peers[at - 1], peers[at + 1]].find((one) => one !== undefined && isNamespacesAlone(one));
          if (!isPodsAlone(peer) || other === undefined || pods.select(peer.pods, namespace).length > 0) {
            continue;
          }
          const meant = [...pods.selectIn(peer.pods, other.namespaceNames)];
          if (meant.length > 0) {
            const inside = new Set(meant);
            const others = [...other.workloads()].filter((workload) => !inside.has(workload));
            yield {
              manifest,
              path: peer.path,
              args: {
                direction,
                namespaces: other.namespaces === 'own' ? '' : selectorText(other.namespaces),
                pods: selectorText(peer.pods),
                others: others.slice(0, 3).map(workloadText),
              },
              related: [{ role: 'because', manifest, path: other.path }],
            };
          }
        }
      }
    }
  },
});

function isNamespacesAlone({ block, namespaces, pods }: PeerFacts): boolean {
  return block === undefined && namespaces !== 'own' && pods === undefined;
}

function isPodsAlone(peer: PeerFacts): peer is PeerFacts & { readonly pods: NonNullable<PeerFacts['pods']> } {
  return peer.block === undefined && peer.namespaces === 'own' && (peer.pods?.length ?? 0) > 0;
}
