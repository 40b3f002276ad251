import type { Answer, RouteOutcome } from '../routing';
import { fullName } from '../routing/backend-name';
import { answerOf } from '../routing/outcome';
import type { ParsedRequest } from '../routing/request';
import type { NamedDifference } from './names';
import { rewritesKey, type Spelling, upstreamDifference } from './upstreams';

/** How two answers differ: by what has a name, or otherwise. */
export type Difference = readonly NamedDifference[] | 'otherwise';

/** No difference. */
export const NONE: Difference = [];

/** Whether two outcomes are the same for every request; where that depends on the request, `undefined`. */
export function outcomeDifference(before: RouteOutcome, after: RouteOutcome): Difference | undefined {
  if (before.kind === 'redirect' && after.kind === 'redirect') {
    return JSON.stringify(before) === JSON.stringify(after) ? NONE : undefined;
  }
  if (before.kind === 'error' && after.kind === 'error') {
    return before.status === after.status ? NONE : ['error-status'];
  }
  if (before.kind === 'backends' && after.kind === 'backends') {
    return sharesText(before) !== sharesText(after)
      ? 'otherwise'
      : rewritesKey(before) === rewritesKey(after)
        ? NONE
        : undefined;
  }
  return before.kind === after.kind ? NONE : 'otherwise';
}

/** Shares in lowest terms, in one order: the same text for the same shares. */
function sharesText({ backends }: RouteOutcome & { readonly kind: 'backends' }): string {
  const weights = new Map<string, bigint>();
  for (const { weight, error, ...name } of backends) {
    // Which backend is missing is nothing that a client sees.
    const key = JSON.stringify(error === undefined ? [fullName(name)] : [error.status]);
    weights.set(key, (weights.get(key) ?? 0n) + BigInt(weight));
  }
  const given = [...weights].filter(([, weight]) => weight > 0n).sort(([a], [b]) => (a < b ? -1 : 1));
  const divisor = given.reduce((common, [, weight]) => greatestCommon(common, weight), 0n);
  return given.map(([key, weight]) => `${key} ${weight / divisor}`).join(' ');
}

function greatestCommon(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommon(b, a % b);
}

const PERMANENT = new Set([301, 308]);

/** How two outcomes differ for a request, of which one kind alone does not tell. */
export function requestDifference(
  before: RouteOutcome,
  after: RouteOutcome,
  request: ParsedRequest,
  spelling: Spelling,
): Difference {
  if (before.kind === 'redirect' && after.kind === 'redirect') {
    return redirectDifference(before, after, request);
  }
  return ruledDifference(answerOf(before, NOBODY, request), answerOf(after, NOBODY, request), request, spelling);
}

const NOBODY = { ref: { kind: '', namespace: '', name: '', host: null, path: '', pathType: '' } } as never;

/** How two redirects differ for a request. */
function redirectDifference(
  before: RouteOutcome & { readonly kind: 'redirect' },
  after: RouteOutcome & { readonly kind: 'redirect' },
  request: ParsedRequest,
): Difference {
  return locatedDifference(
    { status: before.status, location: locationFor(before, request) },
    { status: after.status, location: locationFor(after, request) },
    request,
  );
}

interface Located {
  readonly status: number;
  readonly location: string;
}

function locationFor(outcome: RouteOutcome & { readonly kind: 'redirect' }, request: ParsedRequest): string {
  const answer = answerOf(outcome, NOBODY, request);
  return answer.outcome === 'redirect' ? answer.location : '';
}

function locatedDifference(before: Located, after: Located, request: ParsedRequest): Difference {
  const names: NamedDifference[] = [];
  if (before.status !== after.status) {
    if (PERMANENT.has(before.status) !== PERMANENT.has(after.status)) {
      return 'otherwise';
    }
    names.push('redirect-status');
  }
  const base = `${request.scheme}://${request.hostHeader}${request.uri}`;
  const [one, other] = [urlOf(before.location, base), urlOf(after.location, base)];
  if (one === other) {
    return names;
  }
  const bare = (url: string) => url.replace(/\/$/, '');
  const path = (url: string) => url.replace(/\?.*$/, '');
  if (bare(one) === bare(other)) {
    return [...names, 'redirect-slash'];
  }
  if (path(one) === path(other)) {
    return [...names, 'redirect-query'];
  }
  return bare(path(one)) === bare(path(other)) ? [...names, 'redirect-slash', 'redirect-query'] : 'otherwise';
}

/** Where a Location leads a client: the name in lower case, without the usual port, nothing escaped without need. */
function urlOf(location: string, base: string): string {
  const url = URL.canParse(location, base) ? new URL(location, base).href : location;
  return url.replace(/%[0-9A-Fa-f]{2}/g, (code) => {
    const sign = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(sign) ? sign : code.toUpperCase();
  });
}

/** How two answers to one request differ. */
export function answerDifference(
  before: Answer,
  after: Answer,
  request: ParsedRequest,
  spelling: Spelling,
): Difference {
  const difference = ruledDifference(ruledAnswer(before), ruledAnswer(after), request, spelling);
  return difference === 'otherwise' && isByItself(before) !== isByItself(after) ? ['controller-paths'] : difference;
}

function ruledDifference(one: Answer, other: Answer, request: ParsedRequest, spelling: Spelling): Difference {
  if (one.outcome === 'redirect' && other.outcome === 'redirect') {
    return locatedDifference(one, other, request);
  }
  if (one.outcome === 'error' && other.outcome === 'error') {
    return one.status === other.status ? NONE : ['error-status'];
  }
  if (one.outcome === 'backends' && other.outcome === 'backends') {
    return probabilitiesText(one) === probabilitiesText(other)
      ? upstreamDifference(one, other, request, spelling)
      : 'otherwise';
  }
  return one.outcome === other.outcome ? NONE : 'otherwise';
}

function probabilitiesText({ backends }: Answer & { readonly outcome: 'backends' }): string {
  const sums = new Map<string, number>();
  for (const { probability, error, ...name } of backends) {
    const key = error === undefined ? fullName(name) : `${error.status}`;
    sums.set(key, (sums.get(key) ?? 0) + probability);
  }
  return [...sums]
    .map(([key, sum]) => `${key} ${sum.toPrecision(12)}`)
    .sort()
    .join();
}

/** Whether a controller answers by itself, without any rule of a manifest. */
function isByItself(answer: Answer): boolean {
  return answer.outcome === 'error' && answer.rule === undefined;
}

function ruledAnswer(answer: Answer): Answer {
  return isByItself(answer) ? { outcome: 'not-found' } : answer;
}
