import { boolOf } from '../routing/ingress-nginx/annotation-values';

/** What becomes of an annotation of ingress-nginx. */
export type Verdict =
  /** It is in the routes. */
  | { readonly kind: 'translated' }
  /** It does not change where a request goes, and is left out. */
  | {
      readonly kind: 'left-out';
      readonly why: string;
      /** Whether nobody has to do anything about it. */
      readonly isIdle?: boolean;
    }
  /** It cannot be said. */
  | {
      readonly kind: 'refused';
      readonly why: string;
      /** Whether no hand can say it either. */
      readonly isImpossible?: boolean;
    };

const TRANSLATED = new Set([
  'app-root',
  'canary',
  'canary-by-cookie',
  'canary-by-header',
  'canary-by-header-pattern',
  'canary-by-header-value',
  'canary-weight',
  'canary-weight-total',
  'default-backend',
  'force-ssl-redirect',
  'from-to-www-redirect',
  'permanent-redirect',
  'permanent-redirect-code',
  'preserve-trailing-slash',
  'relative-redirects',
  'rewrite-target',
  'server-alias',
  'ssl-redirect',
  'temporal-redirect',
  'temporal-redirect-code',
  'upstream-vhost',
  'use-port-in-redirects',
  'use-regex',
]);

const TIMES = 'how long is waited does not change where a request goes; see timeouts of HTTPRoute';
const SIZES = 'sizes and buffers do not change where a request goes; they are settings of the implementation';
const LOGS = 'logs and traces do not change where a request goes';
const TO_BACKEND = 'how connections to backends are made does not change where a request goes';
const TLS = 'how TLS is spoken does not change where a request goes; see options of the listener';
const FIREWALL =
  'no HTTPRoute looks into requests; put a web application firewall in front, or that of the implementation';
const SECURITY = 'who may come in is no matter of HTTPRoute; use a policy of the implementation';
const CHANGED = 'what backend or client get to see would change';

/** Names, or their beginnings where they end with an asterisk. */
const LEFT_OUT: readonly (readonly [string, string])[] = [
  ['proxy-connect-timeout', TIMES],
  ['proxy-read-timeout', TIMES],
  ['proxy-send-timeout', TIMES],
  ['proxy-next-upstream*', 'what is tried again does not change where a request goes; see retry of HTTPRoute'],
  ['proxy-body-size', `${SIZES}; larger requests may be refused, or no longer be`],
  ['proxy-buffer*', SIZES],
  ['proxy-busy-buffers-size', SIZES],
  ['proxy-max-temp-file-size', SIZES],
  ['proxy-request-buffering', SIZES],
  ['client-body-buffer-size', SIZES],
  ['enable-access-log', LOGS],
  ['enable-rewrite-log', LOGS],
  ['enable-opentelemetry', LOGS],
  ['enable-opentracing', LOGS],
  ['opentelemetry-*', LOGS],
  ['opentracing-*', LOGS],
  ['connection-proxy-header', TO_BACKEND],
  ['proxy-http-version', TO_BACKEND],
  ['service-upstream', TO_BACKEND],
  ['load-balance', TO_BACKEND],
  ['http2-push-preload', TLS],
  ['ssl-ciphers', TLS],
  ['ssl-prefer-server-ciphers', TLS],
];

const REFUSED: readonly (readonly [string, string])[] = [
  ['auth-*', SECURITY],
  ['satisfy', SECURITY],
  ['whitelist-source-range', SECURITY],
  ['allowlist-source-range', SECURITY],
  ['denylist-source-range', SECURITY],
  ['limit-*', SECURITY],
  ['global-rate-limit*', SECURITY],
  ['modsecurity-*', FIREWALL],
  ['enable-modsecurity', FIREWALL],
  ['enable-owasp-core-rules', FIREWALL],
  ['enable-global-auth', SECURITY],
  ['enable-cors', 'CORS is a filter of HTTPRoute that not every implementation has; write it by hand'],
  ['cors-*', 'CORS is a filter of HTTPRoute that not every implementation has; write it by hand'],
  ['affinity*', 'session persistence is not in the standard channel of HTTPRoute'],
  ['session-cookie-*', 'session persistence is not in the standard channel of HTTPRoute'],
  ['upstream-hash-by*', 'HTTPRoute has no hashing'],
  ['mirror-*', 'RequestMirror takes a Service, and this is a URL'],
  ['custom-http-errors', `answers of backends cannot be replaced; ${CHANGED}`],
  ['disable-proxy-intercept-errors', `answers of backends cannot be replaced; ${CHANGED}`],
  ['custom-headers', `the headers stand in a ConfigMap; ${CHANGED}`],
  ['x-forwarded-prefix', `it adds a header; ${CHANGED}; use RequestHeaderModifier by hand`],
  ['proxy-cookie-*', `it changes cookies of responses; ${CHANGED}`],
  ['proxy-redirect-*', `it changes redirects of backends; ${CHANGED}`],
  ['proxy-ssl-*', 'TLS to backends takes a BackendTLSPolicy; write it by hand'],
  ['ssl-passthrough', 'that takes a TLSRoute'],
  ['configuration-snippet', 'nobody can say what a snippet does'],
  ['server-snippet', 'nobody can say what a snippet does'],
  ['stream-snippet', 'nobody can say what a snippet does'],
];

/** Switches that say nothing where they are off. */
const SWITCHES = new Set([
  'enable-cors',
  'enable-modsecurity',
  'enable-owasp-core-rules',
  'enable-global-auth',
  'ssl-passthrough',
  'disable-proxy-intercept-errors',
]);

const OFF: Verdict = { kind: 'left-out', why: 'it is switched off', isIdle: true };

/** What no Gateway has, whoever writes it. */
const IMPOSSIBLE = new Set([
  'custom-http-errors',
  'disable-proxy-intercept-errors',
  'enable-global-auth',
  'enable-modsecurity',
  'enable-owasp-core-rules',
  'modsecurity-snippet',
  'modsecurity-transaction-id',
]);

/**
 * What becomes of an annotation.
 *
 * @param name without the prefix of the controller
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
 */
export function verdictOf(name: string, value: string): Verdict {
  if (TRANSLATED.has(name)) {
    return { kind: 'translated' };
  }
  if (value === '' || (SWITCHES.has(name) && boolOf(value) === false)) {
    return OFF;
  }
  if (name === 'backend-protocol') {
    return value.toUpperCase() === 'HTTP' || value.toUpperCase() === 'AUTO_HTTP'
      ? { kind: 'left-out', why: 'backends are spoken to by HTTP anyway', isIdle: true }
      : {
          kind: 'refused',
          why: `how backends are spoken to stands in the Service (appProtocol) or in a BackendTLSPolicy`,
        };
  }
  const left = found(LEFT_OUT, name);
  if (left !== undefined) {
    return { kind: 'left-out', why: left, ...(left === LOGS ? { isIdle: true } : {}) };
  }
  const refused = found(REFUSED, name);
  return {
    kind: 'refused',
    why: refused ?? 'it is no annotation that is known to decide nothing',
    ...(IMPOSSIBLE.has(name) ? { isImpossible: true } : {}),
  };
}

function found(list: readonly (readonly [string, string])[], name: string): string | undefined {
  return list.find(([known]) => (known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known))?.[1];
}

/** Whether an annotation of another tool need not be spoken about. */
export function isQuiet(key: string): boolean {
  return /^(kubectl\.kubernetes\.io|kubernetes\.io|meta\.helm\.sh|argocd\.argoproj\.io|helm\.sh|field\.cattle\.io)\//.test(
    key,
  );
}
