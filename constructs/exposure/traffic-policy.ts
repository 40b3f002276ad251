/**
 * Which Pods of a Service a node hands connections from outside to.
 *
 * @see https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy
 */
export enum TrafficPolicy {
  /** All of them; those on other nodes see the address of the node and not the caller's. */
  CLUSTER = 'Cluster',
  /** Those on the node itself, which see the caller's address; a node without any takes no connections. */
  LOCAL = 'Local',
}
