import { labelsOfNamespace, NAME_LABEL, type NamespaceLabels } from '../../connectivity/model';
import { matches, type Selector } from '../../connectivity/selector';
import type { Manifest } from '../../manifest';

/** The labels of the Namespaces that are among the manifests. */
export function labelsOfNamespaces(manifests: readonly Manifest[]): NamespaceLabels {
  return new Map(
    manifests
      .filter(({ kind, group }) => kind === 'Namespace' && group === '')
      .map(({ name, labels }) => [name, new Map([...labels, [NAME_LABEL, name]])]),
  );
}

/**
 * Whether a selector selects a namespace; `undefined` where it asks for labels of one that is not among the manifests, so that only its
 * name is known.
 */
export function isNamespaceSelected(
  selector: Selector,
  namespace: string,
  known: NamespaceLabels,
): boolean | undefined {
  const labels = labelsOfNamespace(known, namespace);
  if (known.has(namespace)) {
    return matches(selector, labels);
  }
  const ofName = selector.filter(({ key }) => key === NAME_LABEL);
  return matches(ofName, labels) ? ofName.length === selector.length || undefined : false;
}

/** What of a namespace is not known, behind the selector that asks for it. */
export function asksForLabels(namespace: string): string {
  return `asks for labels of the namespace ${namespace}, which is not among the manifests`;
}
