export { Cluster } from './cluster';
export {
  type Explanation,
  type Outcome,
  type PolicyRef,
  policyText,
  type RuleRef,
  ruleText,
  type Verdict,
} from './explanation';
export { type External, isExternal, type Peer, peerText, type Workload, type WorkloadKind } from './peer';
export { includesPort, type Port, type PortRange, type Ports, PROTOCOLS, type Protocol, portsText } from './ports';
export type {
  ClusterInput,
  ClusterOptions,
  ClusterProblemCode,
  Connection,
  ConnectionFilter,
  ConnectionGroup,
  Controller,
  Doubt,
  DoubtfulPair,
  Exposure,
  LabelSelector,
  Note,
  UnseenConnection,
  UnseenPeer,
  UnseenPods,
  Via,
} from './types';
export { whyText } from './why';
