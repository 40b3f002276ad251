/** The kinds that own pods. */
export type WorkloadKind =
  | 'CronJob'
  | 'DaemonSet'
  | 'Deployment'
  | 'Job'
  | 'Pod'
  | 'ReplicaSet'
  | 'ReplicationController'
  | 'StatefulSet';

/**
 * What owns pods, after folding: a Pod, ReplicaSet or Job that names a controlling owner of these kinds counts as its
 * highest owner, also when that owner is not among the manifests.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/
 */
export interface Workload {
  /** `default` where the manifest names none. */
  readonly namespace: string;
  readonly kind: WorkloadKind;
  readonly name: string;
}

/** Addresses outside of the cluster that mean the same for every workload. */
export interface External {
  /** First and last address, both included: `10.0.0.0-10.255.255.255` or `::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff`. */
  readonly ipRange: string;
}

/** One end of a connection. */
export type Peer = Workload | External;

/** Whether a peer stands for addresses outside of the cluster. */
export function isExternal(peer: Peer): peer is External {
  return 'ipRange' in peer;
}

/** A peer in words: `shop/Deployment/web` or its addresses. */
export function peerText(peer: Peer): string {
  return isExternal(peer) ? peer.ipRange : `${peer.namespace}/${peer.kind}/${peer.name}`;
}
