import type { GatewayRoute } from '../gateway/gateway-route';
import type { IngressRoute } from './ingress';

/** Where requests for a Service come in by; what a canary takes its host and path from. */
export type Route = IngressRoute | GatewayRoute;
