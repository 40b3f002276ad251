import { checkMembers } from './arguments';
import type { MatcherContext, MatcherResult } from './failure';
import { Manifests } from './manifests';
import { MATCHERS } from './matchers';
import { readSubject } from './subject';
import type { Subject, SubjectOptions } from './types';

/**
 * Says what manifests alone cannot say, and reads them once for many questions: at the first question; what is changed
 * later has no effect.
 *
 * @example
 * const shop = manifests('dist', { ingressClass: 'nginx', hostNetwork: 'pod' });
 * expect(shop).toRoute({ url: 'http://shop.example.com/' }).toBackend('frontend');
 */
export function manifests(subject: Subject, options: SubjectOptions = {}): Manifests {
  checkMembers(
    'options',
    options,
    [
      'hostNetwork',
      'nodes',
      'pods',
      'ipBlocks',
      'otherPolicies',
      'controller',
      'ingressClass',
      'gateway',
      'assumeGateway',
      'assumeServices',
      'assumeSecrets',
      'controllerVersion',
      'configMap',
      'step',
      'input',
    ],
    '{ ingressClass: "nginx" }',
  );
  return new Manifests(() => readSubject(subject), options);
}

/** What a test gave, to be read when it is asked about. */
export function given(subject: unknown): Manifests {
  return subject instanceof Manifests ? subject : new Manifests(() => readSubject(subject), {});
}

type Matcher<Args extends readonly unknown[]> = (
  this: MatcherContext,
  subject: unknown,
  ...args: Args
) => MatcherResult;

function reading<Args extends readonly unknown[]>(matcher: Matcher<Args>): Matcher<Args> {
  return function (subject, ...args) {
    return matcher.call(this, given(subject), ...args);
  };
}

/** The matchers, for all that a test may give. Those that follow `toRoute` are given what it found. */
export const GIVEN_MATCHERS = {
  ...MATCHERS,
  toAllowConnection: reading(MATCHERS.toAllowConnection),
  toDenyConnection: reading(MATCHERS.toDenyConnection),
  toDenyAllConnections: reading(MATCHERS.toDenyAllConnections),
  toAllowAllConnections: reading(MATCHERS.toAllowAllConnections),
  toExpose: reading(MATCHERS.toExpose),
  toAnswer: reading(MATCHERS.toAnswer),
  toHaveNoFindings: reading(MATCHERS.toHaveNoFindings),
};
