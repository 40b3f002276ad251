import type { Exposure, Peer, Ports, Workload } from '../../connectivity';

/** An object that a change of connections comes from. */
export interface ChangedObject {
  /** `NetworkPolicy shop/backend`, or the workload or namespace whose labels changed. */
  readonly object: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Where it stands: after the change, or before it where it is removed. */
  readonly file: string;
  /** From 1; 0 for an object that was never text. */
  readonly line: number;
}

/** Connections that change in the same way for the same reason: each of `from` to each of `to` but itself. */
export interface ConnectionChange {
  /** Whether there was no connection before, there is none after, or its ports differ. */
  readonly change: 'opened' | 'closed' | 'ports';
  readonly from: readonly Peer[];
  readonly to: readonly Peer[];
  /** `null` where there is no connection. */
  readonly before: Ports | null;
  readonly after: Ports | null;
  readonly because: readonly ChangedObject[];
}

/** A way that leads in, before and after. */
export interface ExposureChange {
  /** Whether nothing was reachable by it before, nothing is after, or it leads elsewhere or manifests cannot tell any more. */
  readonly change: 'opened' | 'closed' | 'changed';
  readonly before: Exposure | null;
  readonly after: Exposure | null;
}

/** What a change of manifests does to connections. */
export interface ConnectivityComparison {
  /** Whether nothing differs, and nothing that is not evaluated changed. */
  readonly same: boolean;
  /** Between peers that are on both sides: what is opened first, then other ports, then what is closed. */
  readonly connections: readonly ConnectionChange[];
  /** Workloads that are on one side alone; what they may connect to is not told beside them. */
  readonly workloads: { readonly added: readonly Workload[]; readonly removed: readonly Workload[] };
  readonly exposures: readonly ExposureChange[];
  /** What changed and is not evaluated, such as policies of other makers: nobody can say what it does. */
  readonly undecided: readonly ChangedObject[];
}
