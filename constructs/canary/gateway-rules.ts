import {
  type HttpRouteSpecRules,
  type HttpRouteSpecRulesMatchesHeaders,
  type HttpRouteSpecRulesMatchesPath,
  HttpRouteSpecRulesMatchesHeadersType as Type,
} from '../../imports/gateway.networking.k8s.io';
import { backendRef, type RouteBackend } from '../gateway/http-route';
import type { GatewayImplementation } from '../gateway/implementation';
import { foundPattern, literal, patternProblems } from '../gateway/pattern';
import { type Problems, shown } from '../values';
import type { CanaryRule, CanaryTerm } from './canary-rule';

/** The requests that a rule of a canary is about, and where they may go. */
export interface Sides {
  readonly path: HttpRouteSpecRulesMatchesPath;
  readonly main: RouteBackend;
  readonly canary: RouteBackend;
}

/**
 * The rules of the main service's HTTPRoute that send to the canary what the controller of an Ingress would.
 *
 * Every rule but the last has one header, so a Gateway takes the first of them that matches: those of the header, then those
 * of the cookie, then the weights.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
export function canaryRules({ _terms: terms }: CanaryRule, { path, main, canary }: Sides): HttpRouteSpecRules[] {
  const byHeader = (header: HttpRouteSpecRulesMatchesHeaders, to: RouteBackend): HttpRouteSpecRules => ({
    matches: [{ path, headers: [header] }],
    backendRefs: [backendRef(to)],
  });
  const rules = terms.flatMap((term, at) => {
    const isLast = terms.slice(at + 1).every((later) => later.kind === 'weight' && later.weight === 0);
    // Whoever says "never" goes to the main service anyway, when no later rule could send them elsewhere.
    return matchesOf(term).flatMap(({ header, side }) => {
      return side === 'main' && isLast ? [] : [byHeader(header, side === 'main' ? main : canary)];
    });
  });
  const weight = terms.find((term) => term.kind === 'weight');
  const total = weight?.options.total ?? 100;
  const refs = weight
    ? [backendRef(main, total - weight.weight), backendRef(canary, weight.weight)]
    : [backendRef(main)];
  return [...rules, { matches: [{ path }], backendRefs: refs }];
}

/** A header, and the side that its requests go to. */
export interface SideMatch {
  readonly header: HttpRouteSpecRulesMatchesHeaders;
  readonly side: 'main' | 'canary';
}

/** The headers of requests that a term of a rule is about, and where they go. */
export function matchesOf(term: CanaryTerm): SideMatch[] {
  switch (term.kind) {
    case 'header':
      return [
        { header: { type: Type.EXACT, name: term.name, value: 'always' }, side: 'canary' },
        { header: { type: Type.EXACT, name: term.name, value: 'never' }, side: 'main' },
      ];
    case 'header-value':
      return [{ header: { type: Type.EXACT, name: term.name, value: term.value }, side: 'canary' }];
    case 'header-pattern':
      return [
        {
          header: { type: Type.REGULAR_EXPRESSION, name: term.name, value: foundPattern(term.pattern) },
          side: 'canary',
        },
      ];
    case 'cookie':
      return [
        { header: cookieHeader(term.name, 'always'), side: 'canary' },
        { header: cookieHeader(term.name, 'never'), side: 'main' },
      ];
    case 'weight':
      return [];
  }
}

/** The header of browsers that have a cookie with a value; its name in any case, as nginx looks for it. */
function cookieHeader(name: string, value: string): HttpRouteSpecRulesMatchesHeaders {
  const anyCase = literal(name).replace(/[A-Za-z]/g, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
  return { type: Type.REGULAR_EXPRESSION, name: 'Cookie', value: `^(.*; )?${anyCase}=${value}(;.*)?$` };
}

/** What of a rule a Gateway can't say. */
export function gatewayRuleProblems(
  { _terms: terms }: CanaryRule,
  implementation: GatewayImplementation | undefined,
): Problems {
  return terms.flatMap((term) => {
    if (term.kind !== 'header-pattern' && term.kind !== 'cookie') {
      return [];
    }
    const [what, instead] =
      term.kind === 'cookie'
        ? [`the cookie ${shown(term.name)}`, 'CanaryRule.header(name)']
        : [`the pattern ${shown(term.pattern)} of the header ${term.name}`, 'CanaryRule.header(name, value)'];
    if (!implementation?.regularExpressions) {
      const who = implementation ? `${implementation._name} is not known to have` : 'not every implementation has';
      return [
        `rule has ${what}, which takes a regular expression, and ${who} these; give the Gateway an implementation that has them, or use ${instead}`,
      ];
    }
    return term.kind === 'cookie' ? [] : patternProblems('header pattern', term.pattern);
  });
}
