import { conformanceOf } from '../../routing/gateway-api/conformance';
import {
  BACKEND_TLS,
  byHand,
  CLIENT_HEADERS,
  corsFilter,
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
    'rate-limit': byHand(
      'write a BackendTrafficPolicy with rateLimit.global, a clientSelector with sourceCIDR of type Distinct, and the rate limit service with its Redis; a local limit is for all clients together',
    ),
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
