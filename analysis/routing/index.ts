export type {
  Answer,
  BackendShare,
  BackendsAnswer,
  ErrorAnswer,
  NotFoundAnswer,
  RedirectAnswer,
  RouteExplanation,
  RouteRequest,
  RouteRow,
  UpstreamRequest,
} from './answer';
export type { AttachedObject } from './attached/object';
export type { Target } from './attached/targets';
export type { ForwardedTls } from './forwarded';
export type { ElsewhereRoute } from './gateway-api/elsewhere';
export type { StreamRoute } from './gateway-api/streams';
export type { ServedClass } from './ingress-nginx/classes';
export type {
  Condition,
  Contest,
  Decision,
  HostName,
  Listener,
  LocationPart,
  PathMatch,
  PathRewrite,
  RequestPart,
  Rewrite,
  Route,
  RouteOutcome,
  RouteRule,
  RoutingModel,
  Rule,
  ShareError,
  ValueMatch,
  VirtualHost,
  WeightedBackend,
} from './model';
export type { Pattern } from './pattern';
export type { NotServedReason, RoutingNote, RoutingProblemCode } from './problems';
export {
  type GatewayOptions,
  type IngressNginxOptions,
  type ReadingOptions,
  Routes,
  type RoutesInput,
  type RoutesOptions,
} from './routes';
