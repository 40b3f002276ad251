import type { Condition, Decision, RouteOutcome, Rule, ValueMatch, WeightedBackend } from '../model';
import { type Pattern, patternOf } from '../pattern';
import { bytesOf } from '../uri';
import type { CanaryPolicy } from './canary-policy';

/** Where a canary leads, and what it is called in explanations. */
export interface Target {
  readonly backend: Omit<WeightedBackend, 'weight'>;
  readonly rule: Rule;
}

/**
 * The chain by which ingress-nginx decides between a main backend and its canary: header, then cookie, then weight.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary
 */
export function canaryChain(policy: CanaryPolicy, canary: Target, main: Target['backend']): readonly Decision[] {
  const toCanary = (when: Condition, reason: string) =>
    decision([when], only(canary.backend), reason, { by: canary.rule });
  const toMain = (when: Condition, reason: string) => decision([when], only(main), reason, { by: canary.rule });
  return [
    ...headerSteps(policy, toCanary, toMain),
    ...cookieSteps(policy, toCanary, toMain),
    split(policy, canary, main),
  ];
}

/**
 * The name under which clients send a header of a canary; `undefined` where there is none. nginx writes "_" for "-" in the
 * names of both sides, and drops request headers whose names have other than letters, digits and "-".
 */
export function sentName(header: string): string | undefined {
  const name = header.toLowerCase().replaceAll('_', '-');
  return /^[a-z0-9-]+$/.test(name) ? name : undefined;
}

type Step = (when: Condition, reason: string) => Decision;

function headerSteps({ header, headerValue, headerPattern }: CanaryPolicy, toCanary: Step, toMain: Step): Decision[] {
  const name = sentName(header);
  if (name === undefined) {
    return [];
  }
  const when = (value: ValueMatch): Condition => ({ kind: 'header', name, value });
  const annotation = (end: string) => `canary-by-header${end}: ${header}`;
  if (headerValue !== '') {
    const is = when({ is: 'equal', text: bytesOf(headerValue) });
    return [toCanary(is, `${annotation('-value')} is ${JSON.stringify(headerValue)}`)];
  }
  if (headerPattern !== '') {
    return [patternStep(patternOf(headerPattern, false), when, annotation('-pattern'), toCanary, toMain)];
  }
  return [
    toCanary(when({ is: 'equal', text: 'always' }), `${annotation('')} is "always"`),
    toMain(when({ is: 'equal', text: 'never' }), `${annotation('')} is "never"`),
  ];
}

function patternStep(
  pattern: Pattern,
  when: (value: ValueMatch) => Condition,
  what: string,
  toCanary: Step,
  toMain: Step,
): Decision {
  // A pattern that cannot be compiled ends the chain for whoever sends the header.
  return pattern.state === 'broken'
    ? toMain(when({ is: 'given' }), `${what}: ${pattern.source} is no regular expression`)
    : toCanary(when({ is: 'like', pattern }), `${what} matches ${pattern.source}`);
}

function cookieSteps({ cookie }: CanaryPolicy, toCanary: Step, toMain: Step): Decision[] {
  if (cookie === '') {
    return [];
  }
  const is = (text: string): Condition => ({
    kind: 'cookie',
    name: cookie.toLowerCase(),
    value: { is: 'equal', text },
  });
  return [
    toCanary(is('always'), `canary-by-cookie: ${cookie} is "always"`),
    toMain(is('never'), `canary-by-cookie: ${cookie} is "never"`),
  ];
}

function split({ weight, weightTotal }: CanaryPolicy, canary: Target, main: Target['backend']): Decision {
  const total = Math.max(weightTotal, 100);
  const share = Math.min(Math.max(weight, 0), total);
  const backends = [
    { ...main, weight: total - share },
    { ...canary.backend, weight: share },
  ];
  const { rule } = canary;
  const { namespace, name } = rule.ref;
  const reason =
    share === 0
      ? `no rule of the canary ${namespace}/${name} takes the request`
      : `canary ${namespace}/${name}: weight ${share} of ${total}`;
  return decision([], { kind: 'backends', backends }, reason, share === 0 ? {} : { by: rule });
}

function only(backend: Target['backend']): RouteOutcome {
  return { kind: 'backends', backends: [{ ...backend, weight: 1 }] };
}

/** A step of a chain. */
export function decision(
  when: readonly Condition[],
  outcome: RouteOutcome,
  reason: string,
  { by, rule }: { readonly by?: Rule | undefined; readonly rule?: Rule | undefined } = {},
): Decision {
  return { when, outcome, reason, by, rule };
}
