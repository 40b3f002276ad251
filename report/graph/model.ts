import type { Peer, Ports } from '../../analysis/connectivity';

/**
 * What became of something between two sets of manifests. `wider`: more ports are open; `narrower`: fewer are; `changed`: some
 * were opened and others closed.
 */
export type Change = 'kept' | 'opened' | 'closed' | 'wider' | 'narrower' | 'changed';

/** Something open to or from so many that no line is drawn for it. */
export interface Mark {
  /**
   * `everybody`: all workloads that are not closed, and all addresses; `workloads`: all others of the picture; `namespace`:
   * all others of its own; else addresses outside of the cluster alone.
   */
  readonly scope: 'everybody' | 'workloads' | 'namespace' | 'outside' | 'IPv4' | 'IPv6';
  readonly ports: Ports;
  /** What was open before a change, where that was something else. */
  readonly before?: Ports;
  readonly change: Change;
  /** Of an island: how many of its workloads have it. */
  readonly count?: number;
  /** Whether manifests alone cannot tell that it is open. */
  readonly undecided?: boolean;
  /** Which policies and rules decide, with their places, where it stands for lines. */
  readonly reasons?: readonly string[];
}

export type NodeKind = 'workload' | 'addresses' | 'host' | 'service' | 'pods' | 'island';

/** One box of the picture. */
export interface GraphNode {
  readonly kind: NodeKind;
  readonly label: string;
  /** What kind of thing it is, short, as kubectl has it: `deploy`. */
  readonly detail: string;
  /** The whole name. */
  readonly title: string;
  readonly island: number;
  /** What may connect to it. */
  readonly from: readonly Mark[];
  /** What it may connect to. */
  readonly to: readonly Mark[];
  readonly change: Change;
  /** Of an island: what is open between its own workloads, in connections; of how many of these manifests cannot tell. */
  readonly inside?: { readonly count: number; readonly undecided: number };
  /** The peers that it stands for. */
  readonly peers: readonly Peer[];
}

/** Nodes that stand together: a namespace, hosts behind one controller, or addresses outside. */
export interface Island {
  readonly kind: 'namespace' | 'entry' | 'outside';
  readonly label: string;
  readonly title: string;
}

/** One connection, exposure or route. */
export interface Line {
  readonly kind: 'connection' | 'exposure' | 'route';
  readonly from: number;
  readonly to: number;
  /** Text at the arrow. */
  readonly label: string;
  /** The same in full. */
  readonly ports: string;
  /** The ports that are open, or were where it is closed; empty for an exposure without one. */
  readonly open: Ports;
  readonly change: Change;
  /** Whether policies stop it, or it leads nowhere: an exposure that nobody can use. */
  readonly blocked: boolean;
  /** Whether manifests alone cannot tell that it is open. */
  readonly undecided: boolean;
  /** How many connections it stands for. */
  readonly count: number;
  /** Which policies and rules decide, with their places. */
  readonly reasons: readonly string[];
}

/** What a picture shows. */
export interface Graph {
  readonly islands: readonly Island[];
  readonly nodes: readonly GraphNode[];
  readonly lines: readonly Line[];
  /** Whether it shows a part of what there is: what is true of all that is drawn says nothing of others then. */
  readonly isPart?: boolean;
  /** Whether it shows a change. */
  readonly isChange: boolean;
  /** What pods may do that no manifest shows, a sentence each. */
  readonly unseen: readonly string[];
  /** What the picture leaves open, a sentence each; nothing where it is left out. */
  readonly notes?: readonly string[];
}
