import { labelsOfNamespace, type NamespaceLabels, type Pod, type PodPeer } from '../model';
import { foundText, type Unmet, unmet, wantedText } from './requirements';

/**
 * The namespace of the peer is not meant:
 *
 * - `own-namespace`: a `podSelector` alone means the namespace of the policy;
 * - `namespace-label`: a label of the namespace is not as the `namespaceSelector` wants it;
 * - `namespace-unknown`: the namespace is not among the manifests, so that nobody knows its labels.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
 */
export type NamespaceFault =
  | {
      readonly kind: 'own-namespace';
      /** The namespace that is meant. */
      readonly wanted: string;
      /** The namespace of the peer. */
      readonly found: string;
    }
  | ({
      readonly kind: 'namespace-label' | 'namespace-unknown';
      /** The namespace of the peer. */
      readonly namespace: string;
    } & Unmet);

/** What keeps the namespace of a pod from being meant by a peer. */
export function namespaceFaults(
  { namespaces: meant }: PodPeer,
  policyNamespace: string,
  { namespace }: Pod,
  known: NamespaceLabels,
): readonly NamespaceFault[] {
  if (meant === 'own') {
    return namespace === policyNamespace ? [] : [{ kind: 'own-namespace', wanted: policyNamespace, found: namespace }];
  }
  const kind = known.has(namespace) ? 'namespace-label' : 'namespace-unknown';
  return unmet(meant, labelsOfNamespace(known, namespace)).map((one) => ({
    // The label of the name is on every namespace, also on one that no manifest shows.
    kind: one.found === null ? kind : 'namespace-label',
    namespace,
    ...one,
  }));
}

export function namespaceText(fault: NamespaceFault, who: string): string {
  switch (fault.kind) {
    case 'own-namespace':
      return `a podSelector alone means namespace ${fault.wanted}, and ${who} is in ${fault.found}; add a namespaceSelector`;
    case 'namespace-label':
      return `it wants a namespace with ${wantedText(fault)}, and ${fault.namespace} has ${foundText(fault)}`;
    case 'namespace-unknown':
      return `it wants a namespace with ${wantedText(fault)}, and the labels of ${fault.namespace} are not known: no Namespace ${fault.namespace} is among the manifests`;
  }
}
