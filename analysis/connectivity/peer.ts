/**
 * The kinds that own pods: those of Kubernetes, and those of other makers that have a template of pods. `Service` is that
 * of Knative, `Node` that of `NODE` alone.
 */
export type WorkloadKind =
  | 'AdvancedCronJob'
  | 'BroadcastJob'
  | 'CloneSet'
  | 'CronJob'
  | 'DaemonSet'
  | 'Deployment'
  | 'DeploymentConfig'
  | 'Job'
  | 'Node'
  | 'Pod'
  | 'ReplicaSet'
  | 'ReplicationController'
  | 'Rollout'
  | 'ScaledJob'
  | 'Service'
  | 'StatefulSet'
  | 'VirtualMachine'
  | 'VirtualMachineInstance'
  | 'VirtualMachineInstanceReplicaSet';

/**
 * What owns pods, after folding: a Pod, ReplicaSet, Job or another that names a controlling owner of these kinds counts as
 * its highest owner, also when that owner is not among the manifests. The group of the owner's kind does not matter.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/
 */
export interface Workload {
  /** `default` where the manifest names none. */
  readonly namespace: string;
  readonly kind: WorkloadKind;
  readonly name: string;
}

/** Any node of the cluster, and whatever uses its network. A workload only of clusters that are asked about it. */
export const NODE: Workload = { namespace: '', kind: 'Node', name: 'node' };

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
  return isExternal(peer)
    ? peer.ipRange
    : peer.kind === 'Node'
      ? 'node'
      : `${peer.namespace}/${peer.kind}/${peer.name}`;
}
