import type { Facts } from '../facts/facts';
import { selectorText } from '../facts/selector-text';
import { defineRule, type Found } from '../rule';

/** What the findings of `any-namespace-by-label` hold. */
export interface AnyNamespaceByLabel {
  readonly pods: string;
  /** The namespaces of the manifests with such pods. */
  readonly namespaces: readonly string[];
}

/** An item of `from` that lets pods of any namespace in by a label that everybody may give to theirs. */
export const rule = defineRule({
  code: 'any-namespace-by-label',
  severity: 'info',
  reads: ['NetworkPolicy'],
  *check({ policies }: Facts): Generator<Found<AnyNamespaceByLabel>> {
    for (const { manifest, namespace, rules } of policies) {
      for (const { direction, peers = [] } of namespace.startsWith('kube-') ? [] : rules) {
        for (const { path, namespaces, pods = [], workloads } of direction === 'ingress' ? peers : []) {
          if (namespaces !== 'own' && namespaces.length === 0 && pods.length > 0) {
            const homes = new Set([...workloads()].map((workload) => workload.namespace));
            yield {
              manifest,
              path: [...path, 'namespaceSelector'],
              args: { pods: selectorText(pods), namespaces: [...homes].slice(0, 3) },
            };
          }
        }
      }
    }
  },
});
