import type { MatcherContext, MatcherResult } from '../jest/failure';
import { GIVEN_MATCHERS, given } from '../jest/given';
import { judgedRoute, type Routed } from '../jest/route';
import type { Backend, Redirect, Request, Subject } from '../jest/types';
import { type Assertion, hold } from './assertion';

/**
 * A rule takes the request and leads to a Service or a redirect.
 *
 * @throws AssertionError where none does, where it ends in an error, and where manifests cannot tell
 * @see https://kubernetes.github.io/ingress-nginx/
 * @see https://gateway-api.sigs.k8s.io/reference/spec/
 */
export function assertRoutes(subject: Subject, request: Request): void {
  hold({ called: assertRoutes }, (context) => judgedRoute(context, given(subject), request, () => {}));
}

/**
 * No rule takes the request.
 *
 * @throws AssertionError where one does, where the request ends in an error, and where manifests cannot tell
 */
export function assertDoesNotRoute(subject: Subject, request: Request): void {
  hold({ called: assertDoesNotRoute, isNot: true }, (context) =>
    judgedRoute(context, given(subject), request, () => {}),
  );
}

/**
 * Every such request goes to this Service.
 *
 * @throws AssertionError where some or all of them do not, and where the question has no answer
 * @example
 * assertRoutesTo(app, { url: 'http://shop.example.com/', headers: { FOO: 'bar' } }, 'frontend-canary');
 */
export function assertRoutesTo(subject: Subject, request: Request, backend: Backend): void {
  follow({ called: assertRoutesTo }, subject, request, (context, found) =>
    GIVEN_MATCHERS.toBackend.call(context, found, backend),
  );
}

/**
 * A rule takes the request, and none of such requests goes to this Service.
 *
 * @throws AssertionError where some or all of them do, and where the question has no answer
 */
export function assertDoesNotRouteTo(subject: Subject, request: Request, backend: Backend): void {
  follow({ called: assertDoesNotRouteTo, isNot: true }, subject, request, (context, found) =>
    GIVEN_MATCHERS.toBackend.call(context, found, backend),
  );
}

/**
 * Requests go to these Services, with these probabilities, which add up to 1.
 *
 * @throws AssertionError where they differ, and where the question has no answer
 * @example
 * assertSplits(app, { url }, { frontend: 0.95, 'frontend-canary': 0.05 });
 */
export function assertSplits(subject: Subject, request: Request, shares: Readonly<Record<string, number>>): void {
  follow({ called: assertSplits }, subject, request, (context, found) =>
    GIVEN_MATCHERS.toSplit.call(context, found, shares),
  );
}

/**
 * A rule takes the request, and its Services or their probabilities are not these.
 *
 * @throws AssertionError where they are, and where the question has no answer
 */
export function assertDoesNotSplit(subject: Subject, request: Request, shares: Readonly<Record<string, number>>): void {
  follow({ called: assertDoesNotSplit, isNot: true }, subject, request, (context, found) =>
    GIVEN_MATCHERS.toSplit.call(context, found, shares),
  );
}

/**
 * The answer is a redirect, with this status and location; what is left out may be anything.
 *
 * @throws AssertionError where it is another or none, and where the question has no answer
 */
export function assertRedirects(subject: Subject, request: Request, redirect?: Redirect): void {
  follow({ called: assertRedirects }, subject, request, (context, found) =>
    GIVEN_MATCHERS.toRedirect.call(context, found, redirect),
  );
}

/**
 * A rule takes the request, and the answer is not such a redirect.
 *
 * @throws AssertionError where it is, and where the question has no answer
 */
export function assertDoesNotRedirect(subject: Subject, request: Request, redirect?: Redirect): void {
  follow({ called: assertDoesNotRedirect, isNot: true }, subject, request, (context, found) =>
    GIVEN_MATCHERS.toRedirect.call(context, found, redirect),
  );
}

/**
 * The ingress controller or gateway answers by itself, with this status: that of a redirect or of an error, or 404.
 *
 * @throws AssertionError where it does not, and where the question has no answer
 */
export function assertAnswers(subject: Subject, request: Request, status: number): void {
  hold({ called: assertAnswers }, (context) => GIVEN_MATCHERS.toAnswer.call(context, subject, request, status));
}

/**
 * The ingress controller or gateway does not answer by itself with this status.
 *
 * @throws AssertionError where it does, and where the question has no answer
 */
export function assertDoesNotAnswer(subject: Subject, request: Request, status: number): void {
  hold({ called: assertDoesNotAnswer, isNot: true }, (context) =>
    GIVEN_MATCHERS.toAnswer.call(context, subject, request, status),
  );
}

/** Asks where the request goes, and then about the answer. */
function follow(
  assertion: Assertion,
  subject: Subject,
  request: Request,
  ask: (context: MatcherContext, found: Routed | undefined) => MatcherResult,
): void {
  let found: Routed | undefined;
  hold({ called: assertion.called }, (context) =>
    judgedRoute(context, given(subject), request, (routed) => {
      found = routed;
    }),
  );
  hold(assertion, (context) => ask(context, found));
}
