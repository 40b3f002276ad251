import { conformanceOf } from '../../routing/gateway-api/conformance';
import { corsFilter } from './cors-filter';
import {
  BACKEND_TLS,
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
} from './target';

const API = 'gateway.envoyproxy.io/v1alpha1';

function security(spec: Fragment['spec']): Fragment {
  return { apiVersion: API, kind: 'SecurityPolicy', on: 'routes', spec };
}

/** Blocks of all clients, each of which counts for itself. */
const EVERYBODY = ['0.0.0.0/0', '::/0'];

/** @see https://github.com/envoyproxy/gateway/issues/8632 */
const TWO_RATES = 'of two local limits for the same addresses, releases of Envoy Gateway apply none';

function traffic(spec: Fragment['spec']): Fragment {
  return { apiVersion: API, kind: 'BackendTrafficPolicy', on: 'routes', spec };
}

/**
 * Envoy Gateway: SecurityPolicy and BackendTrafficPolicy, attached to HTTPRoutes.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/
 */
export const ENVOY_GATEWAY: Target = {
  name: 'envoy-gateway',
  implementation: 'Envoy Gateway',
  gatewayClass: 'eg',
  conformance: conformanceOf('Envoy Gateway'),
  translators: {
    'external-auth': ({ service, path, responseHeaders, url }, { ingress }) =>
      service === undefined
        ? {
            kind: 'hand',
            what: `write a SecurityPolicy with extAuth.http, and a Backend for ${url}, which is no Service of the cluster by its name`,
          }
        : said(
            [
              security({
                extAuth: {
                  headersToExtAuth: CLIENT_HEADERS,
                  http: {
                    backendRefs: [serviceRef(service, ingress)],
                    path,
                    ...(responseHeaders.length === 0 ? {} : { headersToBackend: responseHeaders }),
                  },
                },
              }),
            ],
            `Envoy asks for ${path} with the path of the request behind it, nginx for ${path} alone`,
            ...grantCaveats(service, ingress, 'SecurityPolicies'),
          ),
    'basic-auth': ({ secret: { name } }) =>
      said(
        [security({ basicAuth: { users: { group: '', kind: 'Secret', name } } })],
        `Secret ${name} has to have the lines of its key auth under the key .htpasswd, with hashes {SHA}, which are all that Envoy knows`,
      ),
    'rate-limit': ({ perSecond, perMinute, connections }) => {
      if (connections !== undefined) {
        return { kind: 'hand', what: 'Envoy limits connections of all clients together (circuitBreaker), not of each' };
      }
      if (perSecond !== undefined && perMinute !== undefined) {
        const what = `choose one of the two rates, or write rateLimit.global with the rate limit service: ${TWO_RATES}`;
        return { kind: 'hand', what };
      }
      const limit = { requests: perSecond ?? perMinute, unit: perSecond === undefined ? 'Minute' : 'Second' };
      const rules = EVERYBODY.map((value) => ({
        clientSelectors: [{ sourceCIDR: { type: 'Distinct', value } }],
        limit,
      }));
      return said(
        [traffic({ rateLimit: { type: 'Local', local: { rules } } })],
        'who sends too much gets 429, not 503, and there is no burst beyond the rate',
        'each pod of Envoy counts by itself, as each of ingress-nginx does; releases before v1.4 count all clients together',
      );
    },
    'body-size': ({ bytes }) =>
      bytes === 0
        ? said([], 'Envoy has no limit by itself')
        : said(
            [traffic({ requestBuffer: { limit: quantity(bytes) } })],
            'Envoy keeps the whole request in memory before it sends it on',
          ),
    timeouts: ({ connect, read, send }) =>
      said(
        [
          ...(connect === undefined ? [] : [traffic({ timeout: { tcp: { connectTimeout: seconds(connect) } } })]),
          ...(read === undefined && send === undefined
            ? []
            : [traffic({ timeout: { http: { streamIdleTimeout: seconds(Math.max(read ?? 0, send ?? 0)) } } })]),
        ],
        ...(read === undefined && send === undefined
          ? []
          : ['streamIdleTimeout is for both directions, and ends a stream in which nothing moves in either']),
      ),
    affinity: ({ cookie, maxAge }) =>
      said(
        [
          traffic({
            loadBalancer: {
              type: 'ConsistentHash',
              consistentHash: { type: 'Cookie', cookie: { name: cookie, ttl: seconds(maxAge ?? 0) } },
            },
          }),
        ],
        HASHED_COOKIE,
      ),
    'backend-protocol': ({ protocol }) => ({
      kind: 'hand',
      what: protocol === 'GRPC' ? GRPC : BACKEND_TLS,
    }),
    addresses: ({ allowed, denied }) =>
      said(
        [
          security({
            authorization: {
              defaultAction: allowed.length === 0 ? 'Allow' : 'Deny',
              rules: [
                ...(denied.length === 0 ? [] : [{ action: 'Deny', principal: { clientCIDRs: denied } }]),
                ...(allowed.length === 0 ? [] : [{ action: 'Allow', principal: { clientCIDRs: allowed } }]),
              ],
            },
          }),
        ],
        'behind a load balancer, a ClientTrafficPolicy with clientIPDetection tells which address is the client',
      ),
    cors: corsFilter,
  },
};
