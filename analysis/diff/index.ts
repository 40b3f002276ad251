export type {
  AcceptedDifference,
  RouteDifference,
  RoutingComparison,
  SameRoutingOptions,
  Undecided,
} from './comparison';
export { NAMED_DIFFERENCES, type NamedDifference } from './names';
export { sameRouting } from './same-routing';
