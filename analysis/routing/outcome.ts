import type { Answer, BackendShare } from './answer';
import { fullName } from './backend-name';
import { locationFor } from './location';
import type { RouteOutcome, Rule, WeightedBackend } from './model';
import type { ParsedRequest } from './request';
import { upstreamOf, withUpstream } from './upstream';

/** What an outcome means for a request. */
export function answerOf(outcome: RouteOutcome, rule: Rule | undefined, request: ParsedRequest): Answer {
  switch (outcome.kind) {
    case 'not-found':
      return { outcome: 'not-found' };
    case 'error':
      return {
        outcome: 'error',
        status: outcome.status,
        why: outcome.why,
        ...(rule === undefined ? {} : { rule: rule.ref }),
      };
    case 'redirect': {
      const location = locationFor(outcome.location, request);
      return { outcome: 'redirect', status: outcome.status, location, rule: (rule as Rule).ref };
    }
    case 'backends':
      return backendsAnswer(outcome, rule as Rule, request);
  }
}

function backendsAnswer(
  { backends, rewrite }: RouteOutcome & { readonly kind: 'backends' },
  { ref: rule }: Rule,
  request: ParsedRequest,
): Answer {
  const seen = new Map<WeightedBackend['rewrite'], ReturnType<typeof upstreamOf>>();
  const shared = summed(backends).map(({ share, own = rewrite }) => {
    const upstream = seen.has(own) ? seen.get(own) : upstreamOf(own, request);
    seen.set(own, upstream);
    return { ...share, seen: upstream };
  });
  if (shared.length > 0 && shared.every(({ seen: upstream }) => upstream?.path === '')) {
    return { outcome: 'error', status: 500, why: 'the rewritten path is empty, which nginx refuses', rule };
  }
  return { outcome: 'backends', rule, ...withUpstream(shared) };
}

/** The shares of backends: weights of the same Service and port added up, those without any left out. */
export function shares(backends: readonly WeightedBackend[]): readonly BackendShare[] {
  return summed(backends).map(({ share }) => share);
}

function summed(
  backends: readonly WeightedBackend[],
): readonly { readonly share: BackendShare; readonly own: WeightedBackend['rewrite'] }[] {
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  const summed = new Map<string, WeightedBackend>();
  for (const backend of backends) {
    const own = backend.rewrite === undefined ? '' : ` ${JSON.stringify(backend.rewrite)}`;
    const key = `${fullName(backend)}${own}`;
    const before = summed.get(key)?.weight ?? 0;
    summed.set(key, { ...backend, weight: before + backend.weight });
  }
  return [...summed.values()]
    .filter(({ weight }) => weight > 0)
    .map(({ namespace, service, kind, port, weight, error, rewrite }) => ({
      share: {
        namespace,
        service,
        ...(kind === undefined ? {} : { kind }),
        port,
        probability: weight / total,
        ...(error === undefined ? {} : { error }),
      },
      own: rewrite,
    }));
}
