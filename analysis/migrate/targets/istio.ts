import { conformanceOf } from '../../routing/gateway-api/conformance';
import { corsFilter } from './cors-filter';
import {
  byHand,
  type Fragment,
  GRPC,
  HASHED_COOKIE,
  type Operation,
  type OperationPath,
  said,
  seconds,
  type Target,
  unverified,
} from './target';

const BODY = 'Istio has no limit of its own; write an EnvoyFilter with envoy.filters.http.buffer';
const SHARED =
  'regular expressions of hosts or paths decide which requests it shares with other Ingresses, and an AuthorizationPolicy of the Gateway knows none';
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
      if (operations.some(({ except }) => except === undefined)) {
        return { kind: 'hand', what: SHARED };
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

/** Hosts and paths, without those that other Ingresses take. */
function operationOf({ host, path, isPrefix, except }: Operation): object {
  const { hosts = [], paths = [] } = except ?? {};
  const isAll = path === '/' && isPrefix;
  return {
    ...(host === undefined && hosts.length === 0 && isAll && paths.length === 0 ? { hosts: ['*'] } : {}),
    ...(host === undefined ? {} : { hosts: hostsOf(host) }),
    ...(hosts.length === 0 ? {} : { notHosts: hosts.flatMap(hostsOf) }),
    ...(isAll ? {} : { paths: pathsOf({ path, isPrefix }) }),
    ...(paths.length === 0 ? {} : { notPaths: [...new Set(paths.flatMap(pathsOf))] }),
  };
}

/** A host with and without port, where that can be said: an asterisk stands at one end alone. */
function hostsOf(host: string): readonly string[] {
  return host.startsWith('*') ? [host] : [host, `${host}:*`];
}

/** A path and all below it. */
function pathsOf({ path, isPrefix }: OperationPath): readonly string[] {
  const bare = path.replace(/\/$/, '');
  return isPrefix ? [...(bare === '' ? [] : [bare]), `${bare}/*`] : [path];
}
