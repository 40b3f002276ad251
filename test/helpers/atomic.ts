import type { Fields } from './fields';

/**
 * Fields that an API server keeps as one value (`+listType=atomic`, `+mapType=atomic` and `+structType=atomic` of the types of
 * Kubernetes), in which it fills in something: what is left out there is a conflict under server-side apply, and in a list that
 * strategic merge patches replace a change with every client-side apply. By the end of their paths, list entries as `[]`.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
const ATOMIC = [
  // Pods
  'valueFrom.fieldRef',
  'valueFrom.resourceFieldRef',
  'valueFrom.configMapKeyRef',
  'valueFrom.secretKeyRef',
  '.envFrom',
  '.httpHeaders',
  '.command',
  '.args',
  '.tolerations',
  '.nodeSelector',
  'projected.sources',
  'downwardAPI.items',
  'secret.items',
  'configMap.items',
  '.topologySpreadConstraints[].labelSelector',
  '.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution',
  '.podAffinity.preferredDuringSchedulingIgnoredDuringExecution',
  '.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution',
  // Workloads and Services
  'StatefulSet.spec.volumeClaimTemplates',
  '.spec.selector',
  'Service.spec.ipFamilies',
  'Service.spec.loadBalancerSourceRanges',
  // Networking
  'Ingress.spec.rules',
  'Ingress.spec.tls',
  'NetworkPolicy.spec.podSelector',
  'NetworkPolicy.spec.ingress',
  'NetworkPolicy.spec.egress',
  'NetworkPolicy.spec.policyTypes',
  // RBAC
  '.roleRef',
  '.subjects',
  'Role.rules',
  // Admission
  '.webhooks[].rules',
  '.webhooks[].admissionReviewVersions',
];

/** The atomic fields of an object with their paths, the outermost of each. */
export function atomicFields(object: Fields): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const visit = (value: unknown, path: string, pattern: string): void => {
    if (ATOMIC.some((end) => pattern.endsWith(end))) {
      found.set(path, value);
    } else if (Array.isArray(value)) {
      value.forEach((entry, at) => void visit(entry, `${path}[${at}]`, `${pattern}[]`));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, held] of Object.entries(value)) {
        visit(held, `${path}.${key}`, `${pattern}.${key}`);
      }
    }
  };
  visit(object, `${object.kind} ${object.metadata?.name}`, String(object.kind));
  return found;
}
