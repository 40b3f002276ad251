import { parseCidr } from '../../connectivity/addresses';
import { conformanceOf } from '../../routing/gateway-api/conformance';
import { corsFilter } from './cors-filter';
import {
  byHand,
  CLIENT_HEADERS,
  type Fragment,
  GRPC,
  grantCaveats,
  HASHED_COOKIE,
  quantity,
  said,
  seconds,
  serviceRef,
  type Target,
  unverified,
} from './target';

const API = 'gateway.kgateway.dev/v1alpha1';

function traffic(spec: Fragment['spec']): Fragment {
  return { apiVersion: API, kind: 'TrafficPolicy', on: 'routes', spec };
}

function backend(spec: Fragment['spec']): Fragment {
  return { apiVersion: API, kind: 'BackendConfigPolicy', on: 'services', spec };
}

/** A buffer of kgateway is smaller than this. */
const LARGEST = 4 * 1024 ** 3;

/**
 * Who may come in, as kgateway says it: the longest block that holds an address decides. nginx asks the denied ones first, so that a block
 * that is allowed inside of one that is denied has no effect.
 */
function aclOf(allowed: readonly string[], denied: readonly string[]): object {
  const rules = [
    ...groups(denied).map((cidrs) => ({ cidrs, action: 'deny' })),
    ...groups(allowed.filter((block) => !denied.some((other) => isInside(block, other)))).map((cidrs) => ({
      cidrs,
      action: 'allow',
    })),
  ];
  return { defaultAction: allowed.length === 0 ? 'allow' : 'deny', ...(rules.length === 0 ? {} : { rules }) };
}

/** A rule of an acl has so many blocks. */
const MOST_BLOCKS = 256;

function groups(blocks: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(blocks.length / MOST_BLOCKS);
  return Array.from({ length: count }, (_, index) => blocks.slice(index * MOST_BLOCKS, (index + 1) * MOST_BLOCKS));
}

function isInside(block: string, other: string): boolean {
  const [inner, outer] = [parseCidr(block), parseCidr(other)];
  return 'start' in inner && 'start' in outer && outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * kgateway, with Envoy: TrafficPolicy for HTTPRoutes, BackendConfigPolicy for Services.
 *
 * @see https://kgateway.dev/docs/envoy/latest/reference/api/
 */
export const KGATEWAY: Target = {
  name: 'kgateway',
  implementation: 'kgateway',
  gatewayClass: 'kgateway',
  conformance: conformanceOf('kgateway'),
  translators: {
    'external-auth': ({ service, path, responseHeaders, url }, { ingress }) =>
      service === undefined
        ? {
            kind: 'hand',
            what: `write a GatewayExtension with extAuth.httpService, and a Backend for ${url}, which is no Service of the cluster by its name`,
          }
        : said(
            [
              {
                apiVersion: API,
                kind: 'GatewayExtension',
                on: 'none',
                suffix: 'auth',
                spec: {
                  extAuth: {
                    headersToForward: CLIENT_HEADERS,
                    // What nginx answers where the server cannot be asked.
                    statusOnError: 500,
                    httpService: {
                      backendRef: serviceRef(service, ingress),
                      pathPrefix: path,
                      ...(responseHeaders.length === 0
                        ? {}
                        : { authorizationResponse: { headersToBackend: responseHeaders } }),
                    },
                  },
                },
              },
              traffic({ extAuth: { extensionRef: { name: `${ingress.name}-auth` } } }),
            ],
            `Envoy asks for ${path} with the path of the request behind it, nginx for ${path} alone`,
            ...grantCaveats(service, ingress, 'GatewayExtensions'),
          ),
    'basic-auth': ({ secret: { name } }) =>
      said(
        [traffic({ basicAuth: { secretRef: { name, key: 'auth' } } })],
        `the hashes in Secret ${name} have to be {SHA}, which is all that Envoy knows`,
      ),
    'rate-limit': byHand(
      'write a TrafficPolicy with rateLimit.global, a descriptor with the remote address, and a rate limit service; rateLimit.local is for all clients together',
    ),
    'body-size': ({ bytes }) =>
      bytes === 0
        ? said([], 'Envoy has no limit by itself')
        : bytes >= LARGEST
          ? { kind: 'impossible', what: 'a buffer is smaller than 4Gi; without one there is no limit' }
          : said(
              [traffic({ buffer: { maxRequestSize: quantity(bytes) } })],
              'Envoy keeps the whole request in memory before it sends it on',
            ),
    timeouts: ({ connect, read, send }) =>
      said(
        [
          ...(connect === undefined ? [] : [backend({ connectTimeout: seconds(connect) })]),
          ...(read === undefined && send === undefined
            ? []
            : [traffic({ timeouts: { streamIdle: seconds(Math.max(read ?? 0, send ?? 0)) } })]),
        ],
        ...(read === undefined && send === undefined
          ? []
          : ['streamIdle is for both directions, and ends a stream in which nothing moves in either']),
      ),
    affinity: ({ cookie, path, maxAge }) =>
      said(
        [
          backend({
            loadBalancer: {
              ringHash: { hashPolicies: [{ cookie: { name: cookie, path: path ?? '/', ttl: seconds(maxAge ?? 0) } }] },
            },
          }),
        ],
        HASHED_COOKIE,
      ),
    'backend-protocol': (wish) =>
      wish.protocol === 'GRPC'
        ? { kind: 'hand', what: GRPC }
        : unverified([backend({ tls: { insecureSkipVerify: true } })], wish),
    addresses: ({ allowed, denied }) =>
      said(
        [traffic({ acl: aclOf(allowed, denied) })],
        'acl is in kgateway from v2.4 on; CRDs of earlier releases drop it, and everybody gets in',
        'behind a load balancer, xffNumTrustedHops of the listeners tells which address is the client',
      ),
    cors: corsFilter,
  },
};
