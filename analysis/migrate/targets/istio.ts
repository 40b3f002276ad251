import { conformanceOf } from '../../routing/gateway-api/conformance';
import { corsFilter } from './cors-filter';
import {
  byHand,
  type Fragment,
  GRPC,
  HASHED_COOKIE,
  type Operation,
  said,
  seconds,
  type Target,
  unverified,
} from './target';

const BODY = 'Istio has no limit of its own; write an EnvoyFilter with envoy.filters.http.buffer';
const HOSTLESS =
  'an AuthorizationPolicy is for all hosts of the Gateway, and a rule without host for those that no other has: write one with notHosts for these';
const MESH = 'a DestinationRule holds for all who send to the Service, pods of the mesh too';

function destination(trafficPolicy: object): Fragment {
  return { apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', on: 'host', spec: { trafficPolicy } };
}

/**
 * Istio: AuthorizationPolicy for the Gateway, DestinationRule for Services.
 *
 * @see https://istio.io/latest/docs/reference/config/
 */
export const ISTIO: Target = {
  name: 'istio',
  implementation: 'Istio',
  gatewayClass: 'istio',
  conformance: conformanceOf('Istio'),
  translators: {
    'external-auth': byHand(
      'name the server in extensionProviders of the mesh (envoyExtAuthzHttp), and write an AuthorizationPolicy of action CUSTOM for the Gateway',
    ),
    'basic-auth': byHand(
      'Istio knows no passwords; let a server ask for them (an AuthorizationPolicy of action CUSTOM)',
    ),
    'rate-limit': byHand('write an EnvoyFilter with envoy.filters.http.local_ratelimit, or with a rate limit service'),
    'body-size': ({ bytes }) => (bytes === 0 ? said([], 'Envoy has no limit by itself') : { kind: 'hand', what: BODY }),
    timeouts: ({ connect, read, send }) =>
      read !== undefined || send !== undefined
        ? {
            kind: 'hand',
            what: `the time between two reads is stream_idle_timeout of an EnvoyFilter; timeouts of an HTTPRoute are for the whole request${
              connect === undefined
                ? ''
                : `; the time to connect is connectionPool.tcp.connectTimeout ${connect}s of a DestinationRule`
            }`,
          }
        : said([destination({ connectionPool: { tcp: { connectTimeout: seconds(connect ?? 0) } } })], MESH),
    affinity: ({ cookie, path, maxAge }) =>
      said(
        [
          destination({
            loadBalancer: {
              consistentHash: {
                httpCookie: { name: cookie, ...(path === undefined ? {} : { path }), ttl: seconds(maxAge ?? 0) },
              },
            },
          }),
        ],
        MESH,
        HASHED_COOKIE,
      ),
    'backend-protocol': (wish) =>
      wish.protocol === 'GRPC'
        ? { kind: 'hand', what: GRPC }
        : unverified([destination({ tls: { mode: 'SIMPLE', insecureSkipVerify: true } })], wish, MESH),
    addresses: ({ allowed, denied }, { operations }) => {
      if (operations.some(({ host }) => host === undefined)) {
        return { kind: 'hand', what: HOSTLESS };
      }
      const to = operations.map((operation) => ({ operation: operationOf(operation) }));
      return said(
        [
          {
            apiVersion: 'security.istio.io/v1',
            kind: 'AuthorizationPolicy',
            on: 'gateway',
            suffix: 'addresses',
            spec: {
              action: 'DENY',
              rules: [
                ...(denied.length === 0 ? [] : [{ from: [{ source: { remoteIpBlocks: denied } }], to }]),
                ...(allowed.length === 0 ? [] : [{ from: [{ source: { notRemoteIpBlocks: allowed } }], to }]),
              ],
            },
          },
        ],
        'behind a load balancer, numTrustedProxies of the Gateway tells which address is the client',
        'paths are compared as Istio normalizes them, which may not be how nginx does',
      );
    },
    cors: corsFilter,
  },
};

/** A host with and without port, where that can be said: an asterisk stands at one end alone. A path and all below it. */
function operationOf({ host = '*', path, isPrefix }: Operation): object {
  const bare = path.replace(/\/$/, '');
  return {
    hosts: host.startsWith('*') ? [host] : [host, `${host}:*`],
    ...(path === '/' && isPrefix ? {} : { paths: isPrefix ? [...(bare === '' ? [] : [bare]), `${bare}/*`] : [path] }),
  };
}
