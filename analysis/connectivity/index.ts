export { Cluster } from './cluster';
export {
  type AskedService,
  type Explanation,
  type Outcome,
  type PolicyRef,
  policyText,
  type RuleRef,
  ruleText,
  type Verdict,
} from './explanation';
export { type OpenInVain, openInVain } from './in-vain';
export type { AddressFault } from './misses/addresses';
export type { LabelFault } from './misses/labels';
export { type Fault, type Miss, missPlace } from './misses/miss';
export type { NamespaceFault } from './misses/namespaces';
export type { PortFault } from './misses/ports';
export type { Unmet } from './misses/requirements';
export type { SelectionFault } from './misses/selection';
export type { ServicePortRef } from './misses/services';
export { faultsText, missText } from './misses/text';
export { type Limited, type Others, type Overview, overviewOf } from './overview';
export { type External, isExternal, NODE, type Peer, peerText, type Workload, type WorkloadKind } from './peer';
export { includesPort, type Port, type PortRange, type Ports, PROTOCOLS, type Protocol, portsText } from './ports';
export type { Operator } from './selector';
export type { ServiceLead } from './services';
export type {
  ClusterInput,
  ClusterOptions,
  ClusterProblemCode,
  Connection,
  ConnectionFilter,
  ConnectionGroup,
  ConnectionPart,
  ConnectionRow,
  Controller,
  Doubt,
  DoubtfulPair,
  Exposure,
  LabelSelector,
  Note,
  UnseenConnection,
  UnseenOpening,
  UnseenPeer,
  UnseenPods,
  Via,
} from './types';
export { serviceText, whyText } from './why';
