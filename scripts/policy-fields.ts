/** Fields below each other; `undefined` for whatever it may be. */
export interface Written {
  readonly [name: string]: Written | undefined;
}

/** Fields of any value. */
const fieldsOf = (...names: readonly string[]): Written => Object.fromEntries(names.map((name) => [name, undefined]));

/** What policies are attached by. */
const TARGET_REF = fieldsOf('group', 'kind', 'name', 'namespace', 'sectionName');
const TARGETS: Written = { targetRef: TARGET_REF, targetRefs: TARGET_REF, targetSelectors: undefined };

/**
 * The policies and filters that `migrate` writes for implementations of the Gateway API, as their documentation and Go types say. Of
 * these kinds, only what is near to one of their fields is told.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/
 * @see https://github.com/kgateway-dev/kgateway/tree/main/api/v1alpha1/kgateway
 * @see https://github.com/nginx/nginx-gateway-fabric/tree/main/apis/v1alpha1
 * @see https://istio.io/latest/docs/reference/config/
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/middleware/
 */
export const POLICIES: Readonly<Record<string, Written>> = {
  'gateway.envoyproxy.io/BackendTrafficPolicy': {
    ...TARGETS,
    ...fieldsOf(
      'bandwidthLimit',
      'circuitBreaker',
      'compression',
      'compressor',
      'connection',
      'dns',
      'faultInjection',
      'healthCheck',
    ),
    ...fieldsOf(
      'http2',
      'httpUpgrade',
      'loadBalancer',
      'mergeType',
      'proxyProtocol',
      'rateLimit',
      'requestBuffer',
      'responseOverride',
    ),
    ...fieldsOf('retry', 'routingType', 'tcpKeepalive', 'telemetry', 'timeout', 'useClientProtocol'),
  },
  'gateway.envoyproxy.io/SecurityPolicy': {
    ...TARGETS,
    ...fieldsOf('apiKeyAuth', 'authorization', 'basicAuth', 'cors', 'csrf', 'extAuth', 'jwt', 'mergeType', 'oidc'),
  },
  'gateway.kgateway.dev/BackendConfigPolicy': {
    ...TARGETS,
    ...fieldsOf(
      'circuitBreakers',
      'commonHttpProtocolOptions',
      'connectTimeout',
      'dns',
      'healthCheck',
      'http1ProtocolOptions',
    ),
    ...fieldsOf(
      'http2ProtocolOptions',
      'loadBalancer',
      'outlierDetection',
      'perConnectionBufferLimitBytes',
      'tcpKeepalive',
    ),
    ...fieldsOf('tls', 'upstreamProxyProtocol'),
  },
  'gateway.kgateway.dev/GatewayExtension': fieldsOf('extAuth', 'extProc', 'jwt', 'oauth2', 'rateLimit', 'type'),
  'gateway.kgateway.dev/TrafficPolicy': {
    ...TARGETS,
    ...fieldsOf(
      'acl',
      'ai',
      'apiKeyAuth',
      'autoHostRewrite',
      'basicAuth',
      'buffer',
      'compression',
      'cors',
      'csrf',
      'extAuth',
      'extProc',
    ),
    ...fieldsOf(
      'faultInjection',
      'hashPolicies',
      'headerModifiers',
      'internalRedirect',
      'jwt',
      'jwtAuth',
      'oauth2',
      'rateLimit',
      'rbac',
    ),
    ...fieldsOf('retry', 'statPrefix', 'timeouts', 'tracing', 'transformation', 'urlRewrite'),
  },
  'gateway.nginx.org/AccessPolicy': { ...TARGETS, ...fieldsOf('action', 'rules') },
  'gateway.nginx.org/AuthenticationFilter': fieldsOf('basic', 'jwt', 'oidc', 'type'),
  'gateway.nginx.org/ClientSettingsPolicy': { ...TARGETS, ...fieldsOf('body', 'keepAlive') },
  'gateway.nginx.org/RateLimitPolicy': { ...TARGETS, ...fieldsOf('rateLimit') },
  'gateway.nginx.org/SnippetsFilter': { snippets: fieldsOf('context', 'value') },
  'networking.istio.io/DestinationRule': fieldsOf('exportTo', 'host', 'subsets', 'trafficPolicy', 'workloadSelector'),
  'security.istio.io/AuthorizationPolicy': {
    ...TARGETS,
    ...fieldsOf('action', 'provider', 'rules', 'selector'),
  },
  'traefik.io/Middleware': {
    ...fieldsOf(
      'addPrefix',
      'basicAuth',
      'buffering',
      'chain',
      'circuitBreaker',
      'compress',
      'contentType',
      'digestAuth',
    ),
    ...fieldsOf(
      'encodedCharacters',
      'errors',
      'forwardAuth',
      'grpcWeb',
      'headers',
      'inFlightReq',
      'ipAllowList',
      'ipWhiteList',
    ),
    ...fieldsOf(
      'passTLSClientCert',
      'plugin',
      'rateLimit',
      'redirectRegex',
      'redirectScheme',
      'replacePath',
      'replacePathRegex',
    ),
    ...fieldsOf('retry', 'stripPrefix', 'stripPrefixRegex'),
  },
};
