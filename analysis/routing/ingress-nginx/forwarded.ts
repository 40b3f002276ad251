import type { Condition, Decision, RequestPart } from '../model';

export const IS_HTTP: Condition = { kind: 'scheme', scheme: 'http' };

/** What a controller that believes `X-Forwarded-*` takes of a request. */
export interface Seen {
  /** When the request counts as plain HTTP. */
  readonly isHttp: readonly Condition[];
  readonly host: RequestPart;
  readonly hostWithoutPort: RequestPart;
}

/** A request as it came in. */
const AS_SENT: Seen = { isHttp: [IS_HTTP], host: 'host-header', hostWithoutPort: 'host-header-without-port' };

/** Whether a request has a header, with any value. */
export function has(header: string): Condition {
  return { kind: 'header', name: header, value: { is: 'given' } };
}

/** Decides for requests as they came in: whether to redirect them, and what becomes of all others. */
export function decideAsSent(redirects: (seen: Seen) => Decision[], others: (seen: Seen) => Decision[]): Decision[] {
  return [...redirects(AS_SENT), ...others(AS_SENT)];
}

/**
 * Decides for requests of a proxy whose `X-Forwarded-Proto` and `X-Forwarded-Host` are believed: where they are given, they
 * stand for the scheme and the host.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#use-forwarded-headers
 */
export function decideForwarded(redirects: (seen: Seen) => Decision[], others: (seen: Seen) => Decision[]): Decision[] {
  const proto = 'x-forwarded-proto';
  const saysHttp: Condition = { kind: 'header', name: proto, value: { is: 'equal', text: 'http' } };
  const byProto = (host: Omit<Seen, 'isHttp'>): Decision[] => {
    const told = redirects({ ...host, isHttp: [saysHttp] });
    const rest = others({ ...host, isHttp: [] });
    return told.length === 0
      ? rest
      : [...told.map(repeated), ...under(has(proto), rest), ...redirects({ ...host, isHttp: [IS_HTTP] }), ...rest];
  };
  const forwarded = byProto({ host: 'forwarded-host', hostWithoutPort: 'forwarded-host-without-port' });
  return [...under(has('x-forwarded-host'), forwarded), ...byProto(AS_SENT)];
}

function repeated(one: Decision): Decision {
  return { ...one, forwarded: true };
}

/** Decisions again, with one condition more. */
export function under(condition: Condition, decisions: readonly Decision[]): Decision[] {
  return decisions.map((one) => ({ ...one, when: [condition, ...one.when], forwarded: true }));
}
