export type {
  AcceptedDifference,
  RouteDifference,
  RoutingComparison,
  SameRoutingOptions,
  Undecided,
} from './comparison';
export { NAMED_DIFFERENCES, type NamedDifference } from './outcomes';
export { sameRouting } from './same-routing';
