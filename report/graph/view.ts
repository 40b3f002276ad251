import type { Cluster, Peer, Ports } from '../../analysis/connectivity';

/** What a picture is to show. */
export interface View {
  /** Only these and what they are connected with. */
  readonly about?: readonly Peer[] | undefined;
  /** Namespaces whose exposures that lead to no workload are shown; every one where `about` is not given. */
  readonly namespaces?: readonly string[] | undefined;
  /** What there was before a change. */
  readonly before?: Cluster | undefined;
  /** Above so many workloads, namespaces are drawn and not what is in them. */
  readonly most?: number | undefined;
  /** Only what is open on some of these ports; everything where it is not given. */
  readonly ports?: Ports | undefined;
  /** Only what a change did. */
  readonly isChanged?: boolean | undefined;
  /** Whether the reasons of lines are left out, which somebody asks for later. */
  readonly isBare?: boolean | undefined;
}
