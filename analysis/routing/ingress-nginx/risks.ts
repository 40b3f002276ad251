import type { AnnotationReader } from './annotations';

/** How much harm an annotation can do, as the controller rates it; the least first. */
const LEVELS = ['Low', 'Medium', 'High', 'Critical'] as const;

export type Risk = (typeof LEVELS)[number];

/** A risk as the controller's ConfigMap gives it: in any case, and the least for what is none. */
export function riskOf(text: string): Risk {
  return LEVELS.find((level) => level.toLowerCase() === text.toLowerCase()) ?? 'Low';
}

const CRITICAL = ['auth-snippet', 'configuration-snippet', 'modsecurity-snippet', 'server-snippet', 'stream-snippet'];

const HIGH = [
  'auth-signin',
  'auth-tls-error-page',
  'auth-tls-match-cn',
  'auth-url',
  'mirror-host',
  'mirror-target',
  'modsecurity-transaction-id',
  'proxy-ssl-name',
  'server-alias',
  'upstream-hash-by',
];

const MEDIUM = [
  'affinity-mode',
  'allowlist-source-range',
  'app-root',
  'auth-cache-duration',
  'auth-cache-key',
  'auth-proxy-set-headers',
  'auth-realm',
  'auth-request-redirect',
  'auth-response-headers',
  'auth-secret',
  'auth-signin-redirect-param',
  'auth-tls-secret',
  'auth-tls-verify-client',
  'canary-by-cookie',
  'canary-by-header',
  'canary-by-header-pattern',
  'canary-by-header-value',
  'cors-allow-headers',
  'cors-allow-methods',
  'cors-allow-origin',
  'cors-expose-headers',
  'custom-headers',
  'denylist-source-range',
  'fastcgi-index',
  'fastcgi-params-configmap',
  'force-ssl-redirect',
  'opentelemetry-operation-name',
  'permanent-redirect',
  'preserve-trailing-slash',
  'proxy-body-size',
  'proxy-cookie-domain',
  'proxy-cookie-path',
  'proxy-next-upstream',
  'proxy-redirect-from',
  'proxy-redirect-to',
  'proxy-ssl-ciphers',
  'proxy-ssl-secret',
  'rewrite-target',
  'session-cookie-domain',
  'session-cookie-expires',
  'session-cookie-max-age',
  'session-cookie-name',
  'session-cookie-path',
  'temporal-redirect',
  'whitelist-source-range',
  'x-forwarded-prefix',
];

const RISKS: ReadonlyMap<string, Risk> = new Map([
  ...MEDIUM.map((name) => [name, 'Medium'] as const),
  ...HIGH.map((name) => [name, 'High'] as const),
  ...CRITICAL.map((name) => [name, 'Critical'] as const),
]);

/**
 * Whether the controller ignores an Ingress because of an annotation that is riskier than its `annotations-risk-level`, and
 * notes that. Where its release is not known, one with snippets is taken to be served, as before 1.12.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/
 */
export function isTooRisky(reader: AnnotationReader): boolean {
  const { manifest, findings, settings } = reader;
  const level = settings.riskLevel ?? 'High';
  for (const name of reader.names) {
    const risk = RISKS.get(name) ?? 'Low';
    if (LEVELS.indexOf(risk) > LEVELS.indexOf(level)) {
      const key = reader.key(name);
      const at = ['metadata', 'annotations', key];
      if (settings.riskLevel === undefined) {
        const message = `${key} is of risk ${risk}, for which releases from 1.12 ignore the whole Ingress unless annotations-risk-level of the controller is ${risk}; taken as served`;
        findings.note(manifest, at, 'assumed', message);
        return false;
      }
      const message = `is not served by ingress-nginx: ${key} is of risk ${risk}, and annotations-risk-level of the controller is ${level}`;
      findings.note(manifest, at, 'not-served', message);
      return true;
    }
  }
  return false;
}
