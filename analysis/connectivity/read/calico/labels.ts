import type { Manifest } from '../../../manifest';
import { labelsOfNamespace, type NamespaceLabels, type Pod } from '../../model';
import { NAMESPACE } from './expression';

/** The label by which Calico knows the service account of a pod. */
export const SERVICE_ACCOUNT = 'projectcalico.org/serviceaccount';

/** What stands before the labels of a namespace, and of a service account. */
export const NAMESPACE_PREFIX = 'pcns.';
export const SERVICE_ACCOUNT_PREFIX = 'pcsa.';

/** The labels that Calico gives to what is in a namespace. */
export function namespaceLabels(namespace: string, namespaces: NamespaceLabels): readonly [string, string][] {
  return [
    [NAMESPACE, namespace],
    [`${NAMESPACE_PREFIX}projectcalico.org/name`, namespace],
    ...[...labelsOfNamespace(namespaces, namespace)].map(([key, value]): [string, string] => [
      `${NAMESPACE_PREFIX}${key}`,
      value,
    ]),
  ];
}

/** Gives pods the labels that Calico adds: of their namespace and service account. */
export function calicoLabels(
  namespaces: NamespaceLabels,
  accounts: readonly Manifest[],
): (pod: Pick<Pod, 'namespace' | 'labels' | 'serviceAccount'>) => ReadonlyMap<string, string> {
  const byName = new Map(accounts.map((one) => [`${one.namespace ?? 'default'}/${one.name}`, one.labels]));
  return ({ namespace, labels, serviceAccount: account = 'default' }) => {
    const own = byName.get(`${namespace}/${account}`) ?? new Map<string, string>();
    return new Map([
      ...labels,
      ...namespaceLabels(namespace, namespaces),
      ['projectcalico.org/orchestrator', 'k8s'],
      [SERVICE_ACCOUNT, account],
      [`${SERVICE_ACCOUNT_PREFIX}projectcalico.org/name`, account],
      ...[...own].map(([key, value]): [string, string] => [`${SERVICE_ACCOUNT_PREFIX}${key}`, value]),
    ]);
  };
}
