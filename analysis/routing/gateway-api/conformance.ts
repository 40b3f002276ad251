/**
 * What an implementation says that it has of the Gateway API besides the core, which all of these have: the extended features of
 * the profile GATEWAY-HTTP in its conformance report.
 *
 * @see https://github.com/kubernetes-sigs/gateway-api/tree/main/conformance/reports
 */
export interface Conformance {
  /** As `orders.ts` calls it. */
  readonly implementation: string;
  readonly release: string;
  /** The release of the Gateway API that the report is for; what came later it does not speak of. */
  readonly gatewayApi: string;
  /** The address of the report. */
  readonly report: string;
  readonly features: ReadonlySet<string>;
}

const REPORTS = 'https://github.com/kubernetes-sigs/gateway-api/blob/main/conformance/reports';

/** What all of them have. */
const COMMON = [
  'GatewayPort8080',
  'HTTPRouteBackendProtocolWebSocket',
  'HTTPRouteDestinationPortMatching',
  'HTTPRouteHostRewrite',
  'HTTPRouteMethodMatching',
  'HTTPRoutePathRedirect',
  'HTTPRoutePathRewrite',
  'HTTPRoutePortRedirect',
  'HTTPRouteQueryParamMatching',
  'HTTPRouteResponseHeaderModification',
  'HTTPRouteSchemeRedirect',
];

const STATUSES = ['303', '307', '308'].map((status) => `HTTPRoute${status}RedirectStatusCode`);
const MIRRORS = ['HTTPRouteRequestMirror', 'HTTPRouteRequestMultipleMirrors', 'HTTPRouteRequestPercentageMirror'];
const TIMEOUTS = ['HTTPRouteRequestTimeout', 'HTTPRouteBackendTimeout'];
const RETRIES = ['HTTPRouteRetry', 'HTTPRouteRetryBackendTimeout', 'HTTPRouteRetryConnectionError'];

/** What those have that have every feature of HTTPRoutes that is asked about here. */
const WHOLE: ReadonlySet<string> = new Set([
  ...COMMON,
  ...STATUSES,
  ...MIRRORS,
  ...TIMEOUTS,
  ...RETRIES,
  'BackendTLSPolicy',
  'BackendTLSPolicySANValidation',
  'GatewayHTTPListenerIsolation',
  'HTTPRouteBackendProtocolH2C',
  'HTTPRouteBackendRequestHeaderModification',
  'HTTPRouteCORS',
  'HTTPRouteNamedRouteRule',
  'HTTPRouteParentRefPort',
  'ListenerSet',
]);

/** The newest reports whose lists of features are known here. */
export const CONFORMANCE: readonly Conformance[] = [
  {
    implementation: 'Envoy Gateway',
    release: 'v1.9.0',
    gatewayApi: 'v1.6.1',
    report: `${REPORTS}/v1.6/envoy-gateway/experimental-v1.9.0-default-report.yaml`,
    features: WHOLE,
  },
  {
    implementation: 'NGINX Gateway Fabric',
    release: 'v2.7.0',
    gatewayApi: 'v1.6.1',
    report: `${REPORTS}/v1.6/nginx-nginx-gateway-fabric/experimental-2.7.0-default-report.yaml`,
    features: new Set([
      ...COMMON,
      ...STATUSES,
      ...MIRRORS,
      'BackendTLSPolicy',
      'GatewayHTTPListenerIsolation',
      'HTTPRouteBackendProtocolH2C',
      'HTTPRouteCORS',
      'HTTPRouteParentRefPort',
      'ListenerSet',
    ]),
  },
  {
    implementation: 'kgateway',
    release: 'v2.4.5',
    gatewayApi: 'v1.6.1',
    report: `${REPORTS}/v1.6/kgateway/v2.4.5-report.yaml`,
    features: WHOLE,
  },
  {
    implementation: 'Istio',
    release: '1.31',
    gatewayApi: 'v1.6.0',
    report: `${REPORTS}/v1.6/istio-istio/1.31.0-default-report.yaml`,
    features: WHOLE,
  },
  {
    implementation: 'Traefik',
    release: 'v3.7',
    gatewayApi: 'v1.6.3',
    report:
      'https://github.com/traefik/traefik/blob/master/integration/gateway-api-conformance-reports/v1.6.3/experimental-v3.7-default-report.yaml',
    features: new Set([
      ...COMMON,
      ...STATUSES,
      'BackendTLSPolicy',
      'HTTPRouteBackendProtocolH2C',
      'HTTPRouteBackendRequestHeaderModification',
      'HTTPRouteNamedRouteRule',
      'HTTPRouteParentRefPort',
    ]),
  },
  {
    implementation: 'Cilium',
    release: 'v1.20.0',
    gatewayApi: 'v1.6.1',
    report: `${REPORTS}/v1.6/cilium/standard-v1.20.0-default-report.yaml`,
    features: new Set([
      ...COMMON,
      ...STATUSES,
      ...MIRRORS,
      ...TIMEOUTS,
      'BackendTLSPolicy',
      'GatewayHTTPListenerIsolation',
      'HTTPRouteBackendProtocolH2C',
      'HTTPRouteBackendRequestHeaderModification',
      'HTTPRouteCORS',
      'HTTPRouteNamedRouteRule',
      'ListenerSet',
    ]),
  },
];

/** The conformance of an implementation by its name. */
export function conformanceOf(implementation: string): Conformance {
  return CONFORMANCE.find((one) => one.implementation === implementation) as Conformance;
}

/** In which release of the Gateway API some features came; reports for earlier ones say nothing of them. */
const SINCE: readonly (readonly [RegExp, readonly [major: number, minor: number]])[] = [
  [/^HTTPRoute(303|307|308)RedirectStatusCode$/, [1, 5]],
  [/^(ListenerSet|BackendTLSPolicy)/, [1, 5]],
];

/** Whether the report of an implementation speaks of a feature at all. */
export function speaksOf({ gatewayApi }: Conformance, feature: string): boolean {
  const [major = 0, minor = 0] = gatewayApi.replace('v', '').split('.').map(Number);
  const [since, sinceMinor] = SINCE.find(([name]) => name.test(feature))?.[1] ?? [0, 0];
  return major > since || (major === since && minor >= sinceMinor);
}
