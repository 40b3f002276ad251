import { conformanceOf } from '../../routing/gateway-api/conformance';
import { BACKEND_TLS, byHand, type Fragment, GRPC, said, type Target } from './target';

function middleware(suffix: string, spec: Fragment['spec']): Fragment {
  return { apiVersion: 'traefik.io/v1alpha1', kind: 'Middleware', on: 'filter', suffix, spec };
}

const AFFINITY =
  'write a TraefikService with sticky.cookie, and name it in place of the Service in the backendRefs; it is not proved then';

/**
 * Traefik: Middlewares, named by ExtensionRef.
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/gateway-api/
 */
export const TRAEFIK: Target = {
  name: 'traefik',
  implementation: 'Traefik',
  gatewayClass: 'traefik',
  conformance: conformanceOf('Traefik'),
  premise:
    'Traefik takes a listener on a port of one of its entryPoints alone, and its chart has 8000 and 8443; set them to 80 and 443, or change the ports of the Gateway',
  translators: {
    'external-auth': ({ url, responseHeaders }) =>
      said(
        [
          middleware('auth', {
            forwardAuth: {
              address: url,
              ...(responseHeaders.length === 0 ? {} : { authResponseHeaders: responseHeaders }),
            },
          }),
        ],
        'who is refused gets the answer of the server as it is, and the path stands in X-Forwarded-Uri, not in X-Original-URL',
      ),
    'basic-auth': ({ secret: { name }, realm }) =>
      said(
        [middleware('basic-auth', { basicAuth: { secret: name, realm } })],
        `Secret ${name} has to have one key alone`,
      ),
    'rate-limit': ({ perSecond, perMinute, connections, burst }) =>
      said(
        [
          ...(
            [
              [perSecond, 'rps', '1s'],
              [perMinute, 'rpm', '1m'],
            ] as const
          ).flatMap(([average, suffix, period]) =>
            average === undefined
              ? []
              : [middleware(suffix, { rateLimit: { average, period, burst: average * burst } })],
          ),
          ...(connections === undefined
            ? []
            : [
                middleware('connections', {
                  inFlightReq: { amount: connections, sourceCriterion: { ipStrategy: { depth: 0 } } },
                }),
              ]),
        ],
        'who sends too much gets 429, not 503',
        ...(connections === undefined ? [] : ['requests are counted, not connections']),
      ),
    'body-size': ({ bytes }) =>
      bytes === 0
        ? said([], 'Traefik has no limit by itself')
        : said(
            [middleware('body-size', { buffering: { maxRequestBodyBytes: bytes } })],
            'Traefik keeps the whole request before it sends it on',
          ),
    timeouts: byHand(
      'timeouts to backends are in forwardingTimeouts of the default ServersTransport, in the configuration of Traefik, for all',
    ),
    affinity: byHand(AFFINITY),
    'backend-protocol': ({ protocol }) => ({ kind: 'hand', what: protocol === 'GRPC' ? GRPC : BACKEND_TLS }),
    addresses: ({ allowed, denied }) =>
      denied.length > 0
        ? { kind: 'impossible', what: 'an ipAllowList says who may come in, and nothing says who may not' }
        : said(
            [middleware('addresses', { ipAllowList: { sourceRange: allowed } })],
            'behind a load balancer, ipStrategy tells which address is the client',
          ),
    // The report lacks the CORS filter.
    cors: ({ origins, methods, headers, exposed, credentials, maxAge }) =>
      said(
        [
          middleware('cors', {
            headers: {
              accessControlAllowCredentials: credentials,
              accessControlAllowHeaders: headers,
              accessControlAllowMethods: methods,
              accessControlAllowOriginList: origins,
              ...(exposed.length === 0 ? {} : { accessControlExposeHeaders: exposed }),
              accessControlMaxAge: maxAge,
              addVaryHeader: true,
            },
          }),
        ],
        ...(credentials && origins.includes('*')
          ? ['browsers send no credentials where the origin is answered as *; name the origins']
          : []),
      ),
  },
};
