import type { Release } from './release';
import type { Risk } from './risks';
import {
  ADDRESSES,
  ANYTHING,
  BASIC,
  BOOL,
  ERROR_CODES,
  EXTENDED,
  form,
  HEADERS,
  INT,
  oneOf,
  REGEX,
  SERVER_NAME,
  SERVER_NAMES,
  SERVICE,
  SIZE,
  TARGET,
  TARGET_SPACED,
  URL_SPACED,
  URL_TEXT,
  URL_WITH_VARIABLES,
  VARIABLE,
  type ValueCheck,
  WITH_SPACES,
} from './value-checks';

/**
 * What becomes of an Ingress with a value that fails the checks of the controller:
 * - `absent`: the annotation counts as not given;
 * - `drops`: the whole Ingress is ignored, where checks are on; without them, the annotation counts as not given;
 * - `denies`: its paths are answered 503.
 */
export type Failure = 'absent' | 'drops' | 'denies';

/** An annotation that ingress-nginx reads. */
export interface KnownAnnotation {
  readonly check: ValueCheck;
  readonly risk: Risk;
  readonly failure: Failure;
  /** The first release that reads it, where that is not the first that is followed. */
  readonly since?: Release;
  /** It is read only where this one is given too. */
  readonly beside?: string;
  /** What becomes of a value that the parser cannot read, in words that follow it, where it is not that it counts as not given. */
  readonly unreadable?: string;
}

type Row = readonly [name: string, check: ValueCheck, more?: Partial<Omit<KnownAnnotation, 'check'>>];

const ON_OFF = oneOf(['on', 'off']);
const MEDIUM = { risk: 'Medium' } as const;
const HIGH = { risk: 'High' } as const;
const CRITICAL = { risk: 'Critical' } as const;
const DROPS = { failure: 'drops' } as const;
const OF_AUTH = { beside: 'auth-url' } as const;
const OF_LIMITS = { ...DROPS, unreadable: 'for which no limit of the Ingress counts' } as const;
const OF_AUTH_TLS = { ...DROPS, beside: 'auth-tls-secret' } as const;
const EXPIRES = form(/(^0|-?[1-9]\d*$)/, 'a number of seconds');

const ROWS: readonly Row[] = [
  ['affinity', oneOf(['cookie'])],
  ['affinity-canary-behavior', oneOf(['sticky', 'legacy'])],
  ['affinity-mode', oneOf(['balanced', 'persistent']), MEDIUM],
  ['allowlist-source-range', ADDRESSES, { ...MEDIUM, failure: 'denies' }],
  ['app-root', TARGET, MEDIUM],
  ['auth-always-set-cookie', BOOL, OF_AUTH],
  ['auth-cache-duration', EXTENDED, { ...MEDIUM, ...OF_AUTH }],
  ['auth-cache-key', VARIABLE, { ...MEDIUM, ...OF_AUTH }],
  ['auth-keepalive', INT, OF_AUTH],
  ['auth-keepalive-requests', INT, OF_AUTH],
  ['auth-keepalive-share-vars', BOOL, OF_AUTH],
  ['auth-keepalive-timeout', INT, OF_AUTH],
  ['auth-method', ANYTHING, OF_AUTH],
  ['auth-proxy-set-headers', BASIC, { ...MEDIUM, ...OF_AUTH }],
  ['auth-realm', WITH_SPACES, { ...MEDIUM, ...DROPS, beside: 'auth-type' }],
  ['auth-request-redirect', URL_SPACED, { ...MEDIUM, ...OF_AUTH }],
  ['auth-response-headers', HEADERS, { ...MEDIUM, ...OF_AUTH }],
  ['auth-secret', BASIC, { ...MEDIUM, failure: 'denies', beside: 'auth-type' }],
  ['auth-secret-type', form(/auth-file|auth-map/, '"auth-file" or "auth-map"'), { ...DROPS, beside: 'auth-type' }],
  ['auth-signin', URL_WITH_VARIABLES, { ...HIGH, ...OF_AUTH }],
  ['auth-signin-redirect-param', URL_SPACED, { ...MEDIUM, ...OF_AUTH }],
  ['auth-snippet', ANYTHING, CRITICAL],
  ['auth-tls-error-page', ANYTHING, { ...HIGH, ...OF_AUTH_TLS }],
  ['auth-tls-match-cn', ANYTHING, { ...HIGH, ...OF_AUTH_TLS }],
  ['auth-tls-pass-certificate-to-upstream', BOOL, OF_AUTH_TLS],
  ['auth-tls-secret', BASIC, { ...MEDIUM, ...DROPS }],
  [
    'auth-tls-verify-client',
    form(/^(on|off|optional|optional_no_ca)$/, '"on", "off", "optional" or "optional_no_ca"'),
    MEDIUM,
  ],
  ['auth-tls-verify-depth', INT],
  ['auth-type', form(/basic|digest/, '"basic" or "digest"'), DROPS],
  ['auth-url', URL_WITH_VARIABLES, { ...HIGH, ...DROPS }],
  ['backend-protocol', oneOf(['auto_http', 'http', 'https', 'grpc', 'grpcs', 'fcgi'], true)],
  ['canary', BOOL],
  ['canary-by-cookie', BASIC, MEDIUM],
  ['canary-by-header', BASIC, MEDIUM],
  ['canary-by-header-pattern', REGEX, MEDIUM],
  ['canary-by-header-value', BASIC, MEDIUM],
  ['canary-weight', INT],
  ['canary-weight-total', INT],
  ['client-body-buffer-size', SIZE, DROPS],
  ['configuration-snippet', ANYTHING, CRITICAL],
  ['connection-proxy-header', form(/^(close|keep-alive)$/, '"close" or "keep-alive"'), DROPS],
  ['cors-allow-credentials', BOOL],
  ['cors-allow-headers', HEADERS, MEDIUM],
  ['cors-allow-methods', form(/^([A-Za-z]+,?\s?)+$/, 'methods, separated by commas'), MEDIUM],
  ['cors-allow-origin', ANYTHING, MEDIUM],
  ['cors-expose-headers', form(/^(([A-Za-z0-9_-]+|\*),?\s?)+$/, 'names of headers, separated by commas'), MEDIUM],
  ['cors-max-age', INT],
  ['custom-headers', BASIC, { ...MEDIUM, since: { minor: 11, patch: 0 } }],
  ['custom-http-errors', ERROR_CODES, DROPS],
  ['default-backend', SERVICE, DROPS],
  ['denylist-source-range', ADDRESSES, { ...MEDIUM, failure: 'denies' }],
  ['disable-proxy-intercept-errors', BOOL],
  ['enable-access-log', BOOL],
  ['enable-cors', BOOL],
  ['enable-global-auth', BOOL],
  ['enable-modsecurity', BOOL],
  ['enable-opentelemetry', BOOL],
  ['enable-owasp-core-rules', BOOL],
  ['enable-rewrite-log', BOOL],
  ['fastcgi-index', form(/^[A-Za-z0-9._-]+$/, 'the name of a file'), { ...MEDIUM, ...DROPS }],
  ['fastcgi-params-configmap', BASIC, { ...MEDIUM, ...DROPS }],
  ['force-ssl-redirect', BOOL, MEDIUM],
  ['from-to-www-redirect', BOOL, DROPS],
  ['http2-push-preload', BOOL, DROPS],
  ['limit-allowlist', ADDRESSES, OF_LIMITS],
  ['limit-burst-multiplier', INT],
  ['limit-connections', INT, DROPS],
  ['limit-rate', INT],
  ['limit-rate-after', INT],
  ['limit-rpm', INT, DROPS],
  ['limit-rps', INT, DROPS],
  ['limit-whitelist', ADDRESSES, OF_LIMITS],
  [
    'load-balance',
    oneOf(['round_robin', 'chash', 'chashsubset', 'sticky_balanced', 'sticky_persistent', 'ewma']),
    DROPS,
  ],
  ['mirror-host', SERVER_NAME, HIGH],
  ['mirror-request-body', form(/^(on|off)$/, '"on" or "off"')],
  ['mirror-target', SERVER_NAME, HIGH],
  ['modsecurity-snippet', ANYTHING, CRITICAL],
  ['modsecurity-transaction-id', VARIABLE, HIGH],
  ['opentelemetry-operation-name', form(/^[A-Za-z0-9_-]*$/, 'letters, digits, "-" and "_"'), MEDIUM],
  ['opentelemetry-trust-incoming-span', BOOL],
  ['permanent-redirect', URL_TEXT, { ...MEDIUM, ...DROPS }],
  ['permanent-redirect-code', INT, DROPS],
  ['preserve-trailing-slash', BOOL, MEDIUM],
  ['proxy-body-size', SIZE, MEDIUM],
  ['proxy-buffer-size', SIZE],
  ['proxy-buffering', ON_OFF],
  ['proxy-buffers-number', INT],
  ['proxy-busy-buffers-size', SIZE],
  ['proxy-connect-timeout', INT],
  ['proxy-cookie-domain', BASIC, MEDIUM],
  ['proxy-cookie-path', URL_SPACED, MEDIUM],
  ['proxy-http-version', oneOf(['1.0', '1.1'])],
  ['proxy-max-temp-file-size', SIZE],
  [
    'proxy-next-upstream',
    form(
      /^((error|timeout|invalid_header|http_500|http_502|http_503|http_504|http_403|http_404|http_429|non_idempotent|off)\s?)+$/,
      'words such as "error timeout http_503"',
    ),
    MEDIUM,
  ],
  ['proxy-next-upstream-timeout', INT],
  ['proxy-next-upstream-tries', INT],
  ['proxy-read-timeout', INT],
  ['proxy-redirect-from', URL_SPACED, MEDIUM],
  ['proxy-redirect-to', URL_SPACED, MEDIUM],
  ['proxy-request-buffering', ON_OFF],
  ['proxy-send-timeout', INT],
  ['proxy-ssl-ciphers', ANYTHING, MEDIUM],
  ['proxy-ssl-name', SERVER_NAME, HIGH],
  ['proxy-ssl-protocols', ANYTHING],
  ['proxy-ssl-secret', BASIC, { ...MEDIUM, ...DROPS }],
  ['proxy-ssl-server-name', form(/^(on|off)$/, '"on" or "off"')],
  ['proxy-ssl-verify', form(/^(on|off)$/, '"on" or "off"')],
  ['proxy-ssl-verify-depth', INT],
  ['relative-redirects', BOOL, DROPS],
  ['rewrite-target', TARGET, MEDIUM],
  ['satisfy', oneOf(['any', 'all'])],
  ['server-alias', SERVER_NAMES, { ...HIGH, ...DROPS }],
  ['server-snippet', ANYTHING, CRITICAL],
  ['service-upstream', BOOL],
  ['session-cookie-change-on-failure', BOOL],
  ['session-cookie-conditional-samesite-none', BOOL],
  ['session-cookie-domain', BASIC, MEDIUM],
  ['session-cookie-expires', EXPIRES, MEDIUM],
  ['session-cookie-max-age', EXPIRES, MEDIUM],
  ['session-cookie-name', BASIC, MEDIUM],
  ['session-cookie-path', URL_SPACED, MEDIUM],
  ['session-cookie-samesite', oneOf(['none', 'lax', 'strict'], true)],
  ['session-cookie-secure', BOOL],
  ['ssl-ciphers', form(/^(?:[A-Za-z0-9!:+_-]|@STRENGTH|@SECLEVEL=[0-5])*$/, 'ciphers as OpenSSL writes them'), DROPS],
  ['ssl-passthrough', BOOL, DROPS],
  ['ssl-prefer-server-ciphers', BOOL],
  ['ssl-redirect', BOOL],
  ['stream-snippet', ANYTHING, CRITICAL],
  ['temporal-redirect', URL_TEXT, { ...MEDIUM, ...DROPS }],
  ['temporal-redirect-code', INT, { ...DROPS, since: { minor: 12, patch: 0 } }],
  [
    'upstream-hash-by',
    form(/^[A-Za-z0-9_${}-]*$/, 'variables of nginx, letters, digits and "-"'),
    { ...HIGH, ...DROPS },
  ],
  ['upstream-hash-by-subset', BOOL, DROPS],
  ['upstream-hash-by-subset-size', INT, DROPS],
  ['upstream-vhost', SERVER_NAME, DROPS],
  ['use-port-in-redirects', BOOL],
  ['use-regex', BOOL],
  ['whitelist-source-range', ADDRESSES, { ...MEDIUM, failure: 'denies' }],
  ['x-forwarded-prefix', TARGET_SPACED, { ...MEDIUM, ...DROPS }],
];

/**
 * The annotations that ingress-nginx reads, without prefix, with what it checks of their values.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/
 */
export const KNOWN_ANNOTATIONS: ReadonlyMap<string, KnownAnnotation> = new Map(
  ROWS.map(([name, check, more = {}]) => [name, { check, risk: 'Low', failure: 'absent', ...more }]),
);

/** Annotations that earlier releases read, and that the last ones do not. */
export const REMOVED_ANNOTATIONS: ReadonlySet<string> = new Set([
  'add-base-url',
  'base-url-scheme',
  'configuration-buffer-size',
  'enable-dynamic-tls-records',
  'enable-influxdb',
  'enable-opentracing',
  'global-rate-limit',
  'global-rate-limit-ignored-cidrs',
  'global-rate-limit-key',
  'global-rate-limit-window',
  'grpc-backend',
  'influxdb-host',
  'influxdb-measurement',
  'influxdb-port',
  'influxdb-server-name',
  'lua-resty-waf',
  'opentracing-trust-incoming-span',
  'secure-backends',
  'secure-verify-ca-secret',
  'session-cookie-hash',
  'upstream-fail-timeout',
  'upstream-max-fails',
  'vts-filter-key',
]);
