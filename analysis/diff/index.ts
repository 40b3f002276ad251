export type {
  AcceptedDifference,
  RouteDifference,
  RoutingComparison,
  SameRoutingOptions,
  SettingDifference,
  SettingSide,
  Undecided,
} from './comparison';
export type {
  ChangedObject,
  ConnectionChange,
  ConnectivityComparison,
  ExposureChange,
  LoneWorkload,
  UndecidedObject,
  UnseenChange,
} from './connections/change';
export { compareConnections } from './connections/compare-connections';
export type { ConnectivitySide } from './connections/side';
export { type AcceptedName, NAMED_DIFFERENCES, type NamedDifference } from './names';
export { sameRouting } from './same-routing';
