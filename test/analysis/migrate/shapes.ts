/**
 * The fields that targets have for what a migration writes, as their Go types and CRDs say: what a template does not name, an
 * API server would drop. A list stands for any number of its one member, a function for a value that it takes.
 *
 * Looked up in these files, of the release in the conformance report or a later one.
 *
 * @see https://github.com/envoyproxy/gateway/tree/main/api/v1alpha1 of v1.8: ext_auth_types.go, authorization_types.go,
 * ratelimit_types.go (Distinct of local limits: https://github.com/envoyproxy/gateway/pull/5319), basic_auth_types.go, loadbalancer_types.go, backendtrafficpolicy_types.go (requestBuffer and its pattern)
 * @see https://github.com/envoyproxy/gateway/pull/8455 streamIdleTimeout of a BackendTrafficPolicy, merged before v1.8.0-rc.0
 * @see https://github.com/nginx/nginx-gateway-fabric/tree/main/apis/v1alpha1 of v2.5: authenticationfilter_types.go,
 * ratelimitpolicy_types.go (pattern of rates, range of codes), clientsettingspolicy_types.go, snippetsfilter_types.go
 * @see https://github.com/kgateway-dev/kgateway/tree/main/api/v1alpha1/kgateway of v2.3: traffic_policy_types.go,
 * basic_auth_types.go, ext_auth_types.go, gateway_extensions_types.go, backend_config_policy_types.go (insecureSkipVerify is one
 * of four trust sources); ../shared/shared_types.go (timeouts); of v2.4: ../shared/acl_types.go
 * @see https://github.com/istio/api security/v1beta1/authorization_policy.proto, networking/v1alpha3/destination_rule.proto
 * @see https://github.com/traefik/traefik of v3.7: pkg/provider/kubernetes/crd/traefikio/v1alpha1/middleware.go, and
 * pkg/config/dynamic/middlewares.go for headers, ipAllowList and inFlightReq
 */
type Template = ((value: unknown) => boolean) | readonly [Template] | { readonly [field: string]: Template };

const text = (value: unknown) => typeof value === 'string' && value !== '';
const any = (value: unknown) => typeof value === 'string';
const whole = (value: unknown) => Number.isInteger(value);
const bool = (value: unknown) => typeof value === 'boolean';
const like = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown) =>
    values.includes(value);

const duration = like(/^([0-9]{1,5}(h|m|s|ms)){1,4}$/);
const block = like(/^[0-9a-f.:]+\/[0-9]{1,3}$/);
/** A policy of any of them names 16 targets at most. */
const MOST_TARGETS = 16;

const routeRef = { group: oneOf('gateway.networking.k8s.io'), kind: oneOf('HTTPRoute'), name: text };
const gatewayRef = { ...routeRef, kind: oneOf('Gateway') };
const serviceRef = { group: oneOf(''), kind: oneOf('Service'), name: text };
const backendRef = { ...serviceRef, namespace: text, port: whole };

const SHAPES: Readonly<Record<string, Template>> = {
  'gateway.envoyproxy.io/v1alpha1 SecurityPolicy': {
    targetRefs: [routeRef],
    extAuth: {
      headersToExtAuth: [text],
      http: { backendRefs: [backendRef], path: like(/^\//), headersToBackend: [text] },
    },
    basicAuth: { users: { group: any, kind: oneOf('Secret'), name: text } },
    authorization: {
      defaultAction: oneOf('Allow', 'Deny'),
      rules: [{ action: oneOf('Allow', 'Deny'), principal: { clientCIDRs: [block] } }],
    },
  },
  'gateway.envoyproxy.io/v1alpha1 BackendTrafficPolicy': {
    targetRefs: [routeRef],
    rateLimit: {
      type: oneOf('Local'),
      local: {
        rules: [
          {
            clientSelectors: [{ sourceCIDR: { type: oneOf('Distinct'), value: block } }],
            limit: { requests: whole, unit: oneOf('Second', 'Minute') },
          },
        ],
      },
    },
    requestBuffer: { limit: like(/^[1-9]+[0-9]*([EPTGMK]i|[EPTGMk])?$/) },
    timeout: { tcp: { connectTimeout: duration }, http: { streamIdleTimeout: duration } },
    loadBalancer: {
      type: oneOf('ConsistentHash'),
      consistentHash: { type: oneOf('Cookie'), cookie: { name: text, ttl: duration } },
    },
  },
  'gateway.nginx.org/v1alpha1 AuthenticationFilter': {
    type: oneOf('Basic'),
    basic: { secretRef: { name: text }, realm: text },
  },
  'gateway.nginx.org/v1alpha1 RateLimitPolicy': {
    targetRefs: [routeRef],
    rateLimit: {
      local: {
        rules: [
          {
            key: text,
            rate: like(/^\d+r\/[sm]$/),
            burst: whole,
            noDelay: bool,
            rejectCode: (code) => Number(code) >= 400 && Number(code) <= 599,
          },
        ],
      },
    },
  },
  'gateway.nginx.org/v1alpha1 ClientSettingsPolicy': {
    targetRef: routeRef,
    body: { maxSize: like(/^\d{1,4}(k|m|g)?$/) },
  },
  'gateway.nginx.org/v1alpha1 SnippetsFilter': {
    snippets: [{ context: oneOf('http.server.location'), value: like(/^([a-z_]+ [^;]+;\n?)+$/) }],
  },
  'gateway.kgateway.dev/v1alpha1 TrafficPolicy': {
    targetRefs: [routeRef],
    extAuth: { extensionRef: { name: text } },
    basicAuth: { secretRef: { name: text, key: text } },
    buffer: { maxRequestSize: like(/^[1-9][0-9]*(Ki|Mi|Gi)?$/) },
    timeouts: { streamIdle: duration },
    acl: { defaultAction: oneOf('allow', 'deny'), rules: [{ cidrs: [block], action: oneOf('allow', 'deny') }] },
  },
  'gateway.kgateway.dev/v1alpha1 GatewayExtension': {
    extAuth: {
      headersToForward: [text],
      statusOnError: whole,
      httpService: {
        backendRef,
        pathPrefix: like(/^\//),
        authorizationResponse: { headersToBackend: [text] },
      },
    },
  },
  'gateway.kgateway.dev/v1alpha1 BackendConfigPolicy': {
    targetRefs: [serviceRef],
    connectTimeout: duration,
    tls: { insecureSkipVerify: bool },
    loadBalancer: { ringHash: { hashPolicies: [{ cookie: { name: text, path: text, ttl: duration } }] } },
  },
  'networking.istio.io/v1 DestinationRule': {
    host: text,
    trafficPolicy: {
      connectionPool: { tcp: { connectTimeout: duration } },
      loadBalancer: { consistentHash: { httpCookie: { name: text, path: text, ttl: duration } } },
      tls: { mode: oneOf('SIMPLE'), insecureSkipVerify: bool },
    },
  },
  'security.istio.io/v1 AuthorizationPolicy': {
    targetRefs: [gatewayRef],
    action: oneOf('DENY'),
    rules: [
      {
        from: [{ source: { remoteIpBlocks: [block], notRemoteIpBlocks: [block] } }],
        to: [{ operation: { hosts: [text], notHosts: [text], paths: [like(/^\//)], notPaths: [like(/^\//)] } }],
      },
    ],
  },
  'traefik.io/v1alpha1 Middleware': {
    forwardAuth: { address: text, authResponseHeaders: [text] },
    basicAuth: { secret: text, realm: text },
    rateLimit: { average: whole, period: duration, burst: whole },
    inFlightReq: { amount: whole, sourceCriterion: { ipStrategy: { depth: whole } } },
    buffering: { maxRequestBodyBytes: whole },
    ipAllowList: { sourceRange: [block] },
    headers: {
      accessControlAllowCredentials: bool,
      accessControlAllowHeaders: [text],
      accessControlAllowMethods: [text],
      accessControlAllowOriginList: [text],
      accessControlExposeHeaders: [text],
      accessControlMaxAge: whole,
      addVaryHeader: bool,
    },
  },
};

interface Shaped {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: unknown;
}

/** Whether an object is of a kind of a target. */
export function isOfTarget(object: object): boolean {
  const { apiVersion, kind } = object as Shaped;
  return `${apiVersion} ${kind}` in SHAPES;
}

/** What an API server with the CRDs of a target would drop or refuse of an object. */
export function shapeProblems(object: object): string[] {
  const { apiVersion, kind, spec } = object as Shaped;
  const template = SHAPES[`${apiVersion} ${kind}`];
  return template === undefined ? [`nobody knows ${apiVersion} ${kind}`] : problems(`${kind}.spec`, spec, template);
}

function problems(place: string, value: unknown, template: Template): string[] {
  if (typeof template === 'function') {
    return template(value) ? [] : [`${place} is ${JSON.stringify(value)}`];
  }
  if (Array.isArray(template)) {
    if (place.endsWith('.targetRefs') && Array.isArray(value) && value.length > MOST_TARGETS) {
      return [`${place} has ${value.length} members`];
    }
    return Array.isArray(value) && value.length > 0
      ? value.flatMap((item, index) => problems(`${place}[${index}]`, item, template[0]))
      : [`${place} is no list, or an empty one`];
  }
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return [`${place} is no mapping, or an empty one`];
  }
  return Object.entries(value).flatMap(([field, member]) => {
    const own = (template as Readonly<Record<string, Template>>)[field];
    return own === undefined ? [`${place} has no field ${field}`] : problems(`${place}.${field}`, member, own);
  });
}
