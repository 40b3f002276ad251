import type { Cluster } from '../../connectivity';
import type { Manifest } from '../../manifest';

/** One side of a comparison: manifests, and the cluster that they make. */
export interface ConnectivitySide {
  readonly cluster: Cluster;
  readonly manifests: readonly Manifest[];
}
