import type { ConnectivityComparison, RoutingComparison } from '../../analysis';
import type { WordedFinding } from '../check/worded';
import type { Graph } from '../graph/model';
import type { Placed } from '../problems';

/** What a change does, as a comment on a pull request needs it. */
export interface PullRequestAnswer {
  readonly connections: ConnectivityComparison;
  /** Undefined where no side has routes. */
  readonly routes: RoutingComparison | undefined;
  /** Undefined where nobody checked. */
  readonly findings?: NewFindings | undefined;
  /** What the answer rests on, and what manifests leave open, of either side: with any of it nothing is proven. */
  readonly notes: readonly Placed[];
  /** The picture of the change; undefined where nobody drew it. */
  readonly picture?: Graph | undefined;
  /** Where people find a place; the file and line themselves where it is left out. */
  readonly link?: Link | undefined;
}

/** Findings of the manifests after the change. */
export interface NewFindings {
  /** Those that were not there before. */
  readonly added: readonly WordedFinding[];
  /** How many are not there any more. */
  readonly gone: number;
}

/** A place as people call it, and the address of a page that shows it. */
export type Link = (file: string, line: number) => { readonly text: string; readonly url?: string | undefined };
