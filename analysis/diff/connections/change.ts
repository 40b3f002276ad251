import type { Connection, Exposure, External, Peer, Ports, UnseenConnection, Workload } from '../../connectivity';

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

/** An object that changed and of which nobody can say what it does. */
export interface UndecidedObject extends ChangedObject {
  /**
   * Why: it is not evaluated, as policies of other makers are, or what it opens hangs on what manifests do not show, such as whether the
   * network plugin takes an ipBlock for pods too, or it changes what pods may do that are not among the manifests.
   */
  readonly why: 'not-evaluated' | 'not-shown' | 'unseen-pods';
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

/** What pods that are not among the manifests may do to a workload, or it to them, before and after. */
export interface UnseenChange {
  /** Whether there was nothing before, there is nothing after, or the ports differ. */
  readonly change: 'opened' | 'closed' | 'ports';
  /** `null` where nothing is open. A row need not be one of its side: a broader one may say the same there. */
  readonly before: UnseenConnection | null;
  readonly after: UnseenConnection | null;
  /** Whether a connection of the manifests tells the same: that of a workload with such pods, or of all addresses. */
  readonly isMet: boolean;
  readonly because: readonly ChangedObject[];
}

/** A workload that is on one side alone, and what it may connect to, and who to it, there. */
export interface LoneWorkload extends Workload {
  /** Its connections: read when they are asked for. */
  connections(): {
    readonly incoming: readonly Connection[];
    readonly outgoing: readonly Connection[];
    /** All ranges of addresses of the side. */
    readonly externals: readonly External[];
  };
}

/** What a change of manifests does to connections. */
export interface ConnectivityComparison {
  /** Whether nothing differs, and nothing that is not evaluated changed. */
  readonly same: boolean;
  /** Between peers that are on both sides: what is opened first, then other ports, then what is closed. */
  readonly connections: readonly ConnectionChange[];
  /** Workloads that are on one side alone, each with its connections, which are not told beside them. */
  readonly workloads: { readonly added: readonly LoneWorkload[]; readonly removed: readonly LoneWorkload[] };
  readonly exposures: readonly ExposureChange[];
  /** Of workloads that are on both sides: what is opened first, then other ports, then what is closed. */
  readonly unseen: readonly UnseenChange[];
  /** What changed and of which nobody can say what it does. */
  readonly undecided: readonly UndecidedObject[];
}
