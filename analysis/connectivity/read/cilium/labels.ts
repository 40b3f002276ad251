import type { Pod } from '../../model';

/** The label by which Cilium knows the namespace of a pod. */
export const NAMESPACE = 'io.kubernetes.pod.namespace';

/** What stands before the labels of a namespace. */
export const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels.';

/** The label by which Cilium knows the service account of a pod. */
export const SERVICE_ACCOUNT_LABEL = 'io.cilium.k8s.policy.serviceaccount';

const TAKEN = /^(?:io\.kubernetes\.pod\.namespace|io\.cilium\.k8s\.|app\.kubernetes\.io)/;
const LEFT_OUT =
  /^(?:io\.kubernetes|kubernetes\.io|statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|batch\.kubernetes\.io\/job-completion-index|batch\.kubernetes\.io\/controller-uid|.*beta\.kubernetes\.io|k8s\.io|pod-template-generation|pod-template-hash|controller-revision-hash|controller-uid|annotation|etcd_node)/;

/**
 * Whether Cilium leaves a label of pods out of what it knows of them, unless it is installed otherwise.
 *
 * @see https://docs.cilium.io/en/stable/operations/performance/scalability/identity-relevant-labels/
 */
export function isLeftOut(key: string): boolean {
  return LEFT_OUT.test(key) && !TAKEN.test(key);
}

/** Gives a pod the label that Cilium adds. */
export function withAccount(pod: Pod): Pod {
  return { ...pod, labels: new Map([...pod.labels, [SERVICE_ACCOUNT_LABEL, pod.serviceAccount ?? 'default']]) };
}
