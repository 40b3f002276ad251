import type { BackendShare } from '../analysis/routing';
import { percent } from '../report/numbers';
import { checkMembers, shownArgument } from './arguments';
import { backendLabel, isOf, type NamedBackend } from './backends';
import { asking, type Call, type MatcherContext, type MatcherResult, message, Unanswerable } from './failure';
import { answerText, Routed } from './route';
import type { Backend, Redirect } from './types';

/** Shares are fractions of whole weights; what a person writes for a third is never quite that. */
const NEAR = 1e-9;

export function toBackend(this: MatcherContext, subject: unknown, backend: Backend): MatcherResult {
  const call = callOf(this, 'toBackend', shownArgument(backend));
  const { isNot = false } = this;
  const ask = () => {
    const found = routedOf(subject, 'toBackend');
    return { found, wanted: found.backendNames.one(backend) };
  };
  return asking(call, ask, ({ found, wanted }) => {
    const share = shareOf(found, wanted);
    const isBroken = brokenShares(found).some((one) => isOf(wanted, one));
    const isPart = isBroken || (share > 0 && share <= 1 - NEAR);
    const advice = isBroken
      ? ['Requests that should go there are answered with an error.']
      : isPart
        ? ['Some of the requests go there and some do not; see toSplit.']
        : [];
    return {
      // A part of the requests is neither all nor none: `not` fails as well then.
      pass: isPart ? isNot : share > 0,
      message: () => failed(call, found, `${isNot ? 'never' : 'always'} ${backendLabel(wanted)}`, advice),
    };
  });
}

export function toSplit(
  this: MatcherContext,
  subject: unknown,
  shares: Readonly<Record<string, number>>,
): MatcherResult {
  const call = callOf(this, 'toSplit', shownArgument(shares));
  const ask = () => {
    const found = routedOf(subject, 'toSplit');
    const names = found.backendNames;
    return { found, wanted: sharesOf(shares).map(([name, share]) => ({ backend: names.one(name), share })) };
  };
  return asking(call, ask, ({ found, wanted }) => {
    const { answer } = found;
    const text = wanted.map(({ backend, share }) => `${percent(share)} ${backendLabel(backend)}`).join(', ');
    return {
      pass:
        answer.outcome === 'backends' &&
        brokenShares(found).length === 0 &&
        wanted.every(({ backend, share }) => Math.abs(shareOf(found, backend) - share) < NEAR) &&
        // A Service named twice, with its port and without, would hide another that is not named.
        answer.backends.every((share) => wanted.filter(({ backend }) => isOf(backend, share)).length === 1),
      message: () => failed(call, found, `${this.isNot ? 'not ' : ''}${text}`),
    };
  });
}

export function toRedirect(this: MatcherContext, subject: unknown, redirect: Redirect = {}): MatcherResult {
  const call = callOf(this, 'toRedirect', Object.keys(redirect ?? {}).length === 0 ? '' : shownArgument(redirect));
  const ask = () => {
    checkRedirect(redirect);
    return routedOf(subject, 'toRedirect');
  };
  return asking(call, ask, (found) => {
    const { answer } = found;
    const { status, location } = redirect;
    const expected = [
      `${this.isNot ? 'no ' : ''}redirect`,
      ...(status === undefined ? [] : [String(status)]),
      ...(location === undefined ? [] : [`to ${location}`]),
    ];
    return {
      pass:
        answer.outcome === 'redirect' &&
        (status === undefined || status === answer.status) &&
        (location === undefined || location === answer.location),
      message: () => failed(call, found, expected.join(' ')),
    };
  });
}

function callOf(context: MatcherContext, matcher: string, given: string): Call {
  return { context, matcher, given, chain: '.toRoute(request)' };
}

function failed(call: Call, found: Routed, expected: string, advice: readonly string[] = []): string {
  return message(call, expected, answerText(found.answer), [...found.paragraphs(call.context), ...advice]);
}

function routedOf(subject: unknown, matcher: string): Routed {
  if (!(subject instanceof Routed)) {
    throw new Unanswerable(`${matcher} follows toRoute: expect(app).toRoute({ url }).${matcher}(…)`);
  }
  return subject;
}

/** The shares that a gateway answers with an error, since their backends cannot be used. */
function brokenShares({ answer }: Routed): readonly BackendShare[] {
  return answer.outcome === 'backends' ? answer.backends.filter(({ error }) => error !== undefined) : [];
}

function shareOf({ answer }: Routed, wanted: NamedBackend): number {
  return answer.outcome === 'backends'
    ? answer.backends.filter((share) => isOf(wanted, share)).reduce((sum, { probability }) => sum + probability, 0)
    : 0;
}

function sharesOf(shares: unknown): readonly (readonly [string, number])[] {
  if (typeof shares !== 'object' || shares === null || Array.isArray(shares)) {
    throw new Unanswerable(`the shares are ${shownArgument(shares)}; give some such as { web: 0.95, canary: 0.05 }`);
  }
  const entries = Object.entries(shares);
  const wrong = entries.find(([, share]) => !(typeof share === 'number' && share >= 0 && share <= 1));
  if (wrong !== undefined) {
    throw new Unanswerable(`the share of ${wrong[0]} is ${shownArgument(wrong[1])}; give a probability such as 0.05`);
  }
  const total = entries.reduce((sum, [, share]) => sum + share, 0);
  if (Math.abs(total - 1) > NEAR) {
    throw new Unanswerable(`the shares add up to ${Number(total.toFixed(9))}; give all backends, so that it is 1`);
  }
  return entries;
}

function checkRedirect(redirect: Redirect): void {
  checkMembers('the redirect', redirect, ['status', 'location'], '{ status: 308, location: "https://…" }');
  const { status, location } = redirect as { readonly status?: unknown; readonly location?: unknown };
  if (status !== undefined && ![301, 302, 303, 307, 308].includes(status as number)) {
    throw new Unanswerable(`status is ${shownArgument(status)}; give 301, 302, 303, 307 or 308`);
  }
  if (location !== undefined && typeof location !== 'string') {
    throw new Unanswerable(`location is ${shownArgument(location)}; give the whole URL as a text`);
  }
}
