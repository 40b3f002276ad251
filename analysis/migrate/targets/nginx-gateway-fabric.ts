import { conformanceOf } from '../../routing/gateway-api/conformance';
import { corsFilter } from './cors-filter';
import { BACKEND_TLS, byHand, type Fragment, GRPC, said, sized, type Target } from './target';

const API = 'gateway.nginx.org/v1alpha1';

const SNIPPETS = 'SnippetsFilters have to be switched on in NGINX Gateway Fabric (nginxGateway.snippets.enable)';

/** Directives of nginx for a location: the same that ingress-nginx writes. */
function snippet(suffix: string, directives: readonly string[]): Fragment {
  return {
    apiVersion: API,
    kind: 'SnippetsFilter',
    on: 'filter',
    suffix,
    spec: { snippets: [{ context: 'http.server.location', value: directives.map((one) => `${one};`).join('\n') }] },
  };
}

/** A size by the smallest unit in which it has four digits, which are all that a policy takes. */
function sizeOf(bytes: number): { readonly maxSize: string; readonly isRounded: boolean } {
  const exact = sized(bytes, ['g', 'm', 'k']);
  if (/^\d{1,4}\D?$/.test(exact)) {
    return { maxSize: exact, isRounded: false };
  }
  const units = ['k', 'm', 'g'] as const;
  const [unit, size] = units
    .map((name, index) => [name, Math.ceil(bytes / 1024 ** (index + 1))] as const)
    .find(([, count]) => count < 10_000) ?? ['g', 9999];
  return { maxSize: `${size}${unit}`, isRounded: true };
}

/**
 * NGINX Gateway Fabric: policies and filters of its own; where it has none, directives of nginx by a SnippetsFilter.
 *
 * @see https://docs.nginx.com/nginx-gateway-fabric/reference/api/
 */
export const NGINX_GATEWAY_FABRIC: Target = {
  name: 'nginx-gateway-fabric',
  implementation: 'NGINX Gateway Fabric',
  gatewayClass: 'nginx',
  conformance: conformanceOf('NGINX Gateway Fabric'),
  translators: {
    'external-auth': byHand(
      'write a SnippetsPolicy for the Gateway with the location that is asked, and a SnippetsFilter with auth_request',
    ),
    'basic-auth': ({ secret: { name }, realm }) =>
      said(
        [
          {
            apiVersion: API,
            kind: 'AuthenticationFilter',
            on: 'filter',
            suffix: 'basic-auth',
            spec: { type: 'Basic', basic: { secretRef: { name }, realm } },
          },
        ],
        `Secret ${name} has to be of type nginx.org/htpasswd; its key auth stays as it is`,
      ),
    'rate-limit': ({ perSecond, perMinute, connections, burst }) =>
      connections !== undefined
        ? {
            kind: 'hand',
            what: 'write limit_conn by a SnippetsFilter, and its zone by a SnippetsPolicy for the Gateway',
          }
        : said(
            [
              {
                apiVersion: API,
                kind: 'RateLimitPolicy',
                on: 'routes',
                spec: {
                  rateLimit: {
                    local: {
                      rules: (
                        [
                          [perSecond, 's'],
                          [perMinute, 'm'],
                        ] as const
                      ).flatMap(([rate, unit]) =>
                        rate === undefined
                          ? []
                          : [
                              {
                                key: '$binary_remote_addr',
                                rate: `${rate}r/${unit}`,
                                burst: rate * burst,
                                noDelay: true,
                                rejectCode: 503,
                              },
                            ],
                      ),
                    },
                  },
                },
              },
            ],
            'each pod of the data plane counts by itself, as each of ingress-nginx does; there may be more or fewer of them',
          ),
    'body-size': ({ bytes }) => {
      const { maxSize, isRounded } = sizeOf(bytes);
      return said(
        [{ apiVersion: API, kind: 'ClientSettingsPolicy', on: 'route', spec: { body: { maxSize } } }],
        ...(isRounded ? [`a size has four digits there, so that ${bytes} bytes are rounded up`] : []),
      );
    },
    timeouts: ({ connect, read, send }) =>
      said(
        [
          snippet('timeouts', [
            ...(connect === undefined ? [] : [`proxy_connect_timeout ${connect}s`]),
            ...(read === undefined ? [] : [`proxy_read_timeout ${read}s`]),
            ...(send === undefined ? [] : [`proxy_send_timeout ${send}s`]),
          ]),
        ],
        SNIPPETS,
      ),
    affinity: byHand(
      'session persistence by a cookie is in NGINX Plus alone (sessionPersistence of the HTTPRoute); an UpstreamSettingsPolicy with loadBalancingMethod ip_hash keeps addresses together',
    ),
    'backend-protocol': ({ protocol }) => ({ kind: 'hand', what: protocol === 'GRPC' ? GRPC : BACKEND_TLS }),
    addresses: ({ allowed, denied }) =>
      said(
        [
          snippet('addresses', [
            ...denied.map((block) => `deny ${block}`),
            ...allowed.map((block) => `allow ${block}`),
            ...(allowed.length === 0 ? [] : ['deny all']),
          ]),
        ],
        `${SNIPPETS}; releases after v2.7 have an AccessPolicy for the same`,
        'behind a load balancer, rewriteClientIP of an NginxProxy tells which address is the client',
      ),
    cors: corsFilter,
  },
};
