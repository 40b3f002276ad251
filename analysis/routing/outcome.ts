import type { Answer, BackendShare } from './answer';
import { fullName } from './backend-name';
import { locationFor } from './location';
import type { Rewrite, RouteOutcome, Rule, WeightedBackend } from './model';
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
  outcome: RouteOutcome & { readonly kind: 'backends' },
  { ref: rule }: Rule,
  request: ParsedRequest,
): Answer {
  const { rewrite } = outcome;
  // Backends mostly see the same: asked once for those that follow each other with the same rewrite.
  let last: Rewrite | undefined;
  let upstream: ReturnType<typeof upstreamOf>;
  let isFirst = true;
  const shared = preparedOf(outcome).shares.map(({ share, own = rewrite }) => {
    if (isFirst || own !== last) {
      upstream = upstreamOf(own, request);
      last = own;
      isFirst = false;
    }
    return { share, seen: upstream };
  });
  if (shared.length > 0 && shared.every(({ seen }) => seen?.path === '')) {
    return { outcome: 'error', status: 500, why: 'the rewritten path is empty, which nginx refuses', rule };
  }
  return { outcome: 'backends', rule, ...withUpstream(shared) };
}

/** What is the same for every request that comes to an outcome. */
interface Prepared {
  readonly shares: readonly { readonly share: BackendShare; readonly own: Rewrite | undefined }[];
  readonly notes: readonly string[];
}

const PREPARED = new WeakMap<RouteOutcome, Prepared>();

/** Prepares an outcome once, however many requests come to it. */
function preparedOf(outcome: RouteOutcome & { readonly kind: 'backends' }): Prepared {
  let prepared = PREPARED.get(outcome);
  if (prepared === undefined) {
    prepared = { shares: summed(outcome.backends), notes: notesOf(outcome) };
    PREPARED.set(outcome, prepared);
  }
  return prepared;
}

/**
 * Says that some requests are answered with an error, since the shares of an answer have the names of backends, and why
 * nobody can tell what backends see.
 */
export function outcomeNotes(outcome: RouteOutcome): readonly string[] {
  return outcome.kind === 'backends' ? preparedOf(outcome).notes : [];
}

function notesOf({ backends, rewrite }: RouteOutcome & { readonly kind: 'backends' }): readonly string[] {
  const errors = shares(backends).flatMap(({ error, ...share }) =>
    error === undefined
      ? []
      : [`the share of ${fullName({ ...share, port: 0 })} is answered ${error.status}: ${error.why}`],
  );
  const open = [rewrite, ...backends.map((one) => one.rewrite)].flatMap((one) => one?.open ?? []);
  return [...errors, ...new Set(open.map((why) => `what the backend sees cannot be told: ${why}`))];
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
