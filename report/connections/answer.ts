import type {
  Connection,
  ConnectionRow,
  Exposure,
  External,
  OpenInVain,
  Overview,
  UnseenConnection,
  Workload,
} from '../../analysis/connectivity';
import type { Placed } from '../problems';
import type { DoubtfulPairs } from './doubts';

/** Who can connect to whom, as every form of the answer needs it. */
export interface ConnectionsAnswer {
  readonly workloads: readonly Workload[];
  readonly externals: readonly External[];
  /** May be more than memory holds: read it once, from front to end. */
  readonly connections: Iterable<Connection>;
  /** The same connections source by source, where somebody has them so. */
  readonly rows?: Iterable<ConnectionRow> | undefined;
  readonly exposures: readonly Exposure[];
  /** What pods may do that are not among the manifests. */
  readonly unseen?: Iterable<UnseenConnection>;
  /** Those of them which no pod of the manifests meets that has all their ports. */
  readonly unmet?: Iterable<UnseenConnection>;
  /** Ports of Services that are open where the ports of pods to which they lead are not. */
  readonly inVain?: Iterable<OpenInVain>;
  /** Pairs of which manifests cannot tell whether they are connected. */
  readonly doubtful?: DoubtfulPairs | undefined;
  /** The same connections in groups, where all of them were asked for. */
  readonly overview?: Overview | undefined;
  /** What is not as it should be, and what the answer rests on. */
  readonly warnings?: readonly Placed[];
}
