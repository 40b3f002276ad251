import type { k8s } from 'cdk8s-plus-27';

/**
 * A field of the Pod itself, as the value of a variable. An API server keeps the reference as one value and fills in the
 * version: left out, another client that applies the same would be told of a conflict.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
export function podField(fieldPath: string): k8s.ObjectFieldSelector {
  return { apiVersion: 'v1', fieldPath };
}
