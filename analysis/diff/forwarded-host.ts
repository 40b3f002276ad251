import type { LocationPart, RequestPart, RouteOutcome, RouteRequest } from '../routing';

/** The header that a controller with `use-forwarded-headers` takes for the host. */
export const FORWARDED_HOST = 'x-forwarded-host';

const SENT: ReadonlyMap<RequestPart, RequestPart> = new Map([
  ['forwarded-host', 'host-header'],
  ['forwarded-host-without-port', 'host-header-without-port'],
]);

/** An outcome as it is by the header Host where it is by X-Forwarded-Host; `undefined` where it is not. */
export function bySentHost(outcome: RouteOutcome): RouteOutcome | undefined {
  if (outcome.kind === 'redirect' && outcome.location.some(isForwarded)) {
    return { ...outcome, location: outcome.location.map(sent) };
  }
  if (outcome.kind !== 'backends' || !(outcome.rewrite?.host ?? []).some(isForwarded)) {
    return undefined;
  }
  const { rewrite, ...rest } = outcome;
  const { host, ...others } = rewrite ?? {};
  const own = (host ?? []).map(sent);
  const [only] = own;
  // The header Host as it was sent is what backends get anyway.
  const isPlain = own.length === 1 && only !== undefined && 'of' in only && only.of === 'host-header';
  const changed = isPlain ? others : { ...others, host: own };
  return Object.keys(changed).length === 0 ? rest : { ...rest, rewrite: changed };
}

/** A request without that header; `undefined` where it has none. */
export function withoutForwardedHost(request: RouteRequest): RouteRequest | undefined {
  const { headers = {} } = request;
  const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() !== FORWARDED_HOST);
  return kept.length === Object.keys(headers).length ? undefined : { ...request, headers: Object.fromEntries(kept) };
}

function isForwarded(part: LocationPart): boolean {
  return 'of' in part && SENT.has(part.of);
}

function sent(part: LocationPart): LocationPart {
  return 'of' in part ? { of: SENT.get(part.of) ?? part.of } : part;
}
