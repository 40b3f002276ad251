import { GatewayFeature, type Report } from './feature';

const { REQUEST_TIMEOUT, BACKEND_TIMEOUT, CORS, BACKEND_TLS, GRPC_ROUTE, TLS_ROUTE, LISTENER_SET } = GatewayFeature;
const TIMEOUTS = [REQUEST_TIMEOUT, BACKEND_TIMEOUT];
const ALL = [...TIMEOUTS, CORS, BACKEND_TLS, GRPC_ROUTE, TLS_ROUTE, LISTENER_SET];

/**
 * What conformance reports say, by the name of the implementation: the newest report of each that is known. What a report for an earlier
 * Gateway API does not speak of, the implementation is not known to have.
 *
 * @see https://github.com/kubernetes-sigs/gateway-api/tree/main/conformance/reports
 */
export const REPORTS: ReadonlyMap<string, Report> = new Map([
  ['Cilium', { release: 'v1.20.0', gatewayApi: 'v1.6.1', features: ALL }],
  ['Contour', { release: 'v1.33.0', gatewayApi: 'v1.3.0', features: [...TIMEOUTS, GRPC_ROUTE] }],
  ['Envoy Gateway', { release: 'v1.9.0', gatewayApi: 'v1.6.1', features: ALL }],
  ['Istio', { release: '1.31', gatewayApi: 'v1.6.0', features: ALL }],
  ['Kong', { release: 'v3.4.0', gatewayApi: 'v1.2.1', features: [] }],
  [
    'NGINX Gateway Fabric',
    { release: 'v2.7.0', gatewayApi: 'v1.6.1', features: [CORS, BACKEND_TLS, GRPC_ROUTE, TLS_ROUTE, LISTENER_SET] },
  ],
  ['Traefik', { release: 'v3.7', gatewayApi: 'v1.6.3', features: [BACKEND_TLS, GRPC_ROUTE, TLS_ROUTE] }],
  ['kgateway', { release: 'v2.4.5', gatewayApi: 'v1.6.1', features: ALL }],
]);

/** The implementations whose reports have a feature. */
export function havingIt(feature: GatewayFeature): readonly string[] {
  return [...REPORTS].filter(([, { features }]) => features.includes(feature)).map(([name]) => name);
}
