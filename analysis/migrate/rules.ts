import type { Condition, Decision, Route, RouteOutcome } from '../routing';
import { FORWARDED_PROTO } from '../routing/forwarded';
import { pathMatchOf, pathRewrite } from './paths';
import { redirectFilter } from './redirect';

/** A rule of an HTTPRoute. */
export interface HttpRouteRule {
  readonly matches: readonly object[];
  readonly filters?: readonly object[];
  readonly backendRefs?: readonly object[];
}

/** Rules that stay together, since their order decides. */
export type RuleChain = readonly HttpRouteRule[];

export interface RuleOptions {
  /** Whether the implementation knows regular expressions. */
  readonly regularExpressions: boolean;
  /** What `rewrite-target` of the route's Ingress says; `undefined` without. */
  readonly rewriteTarget: string | undefined;
  /** What `upstream-vhost` of it says. */
  readonly upstreamVhost: string | undefined;
  /** Further filters of rules that lead to backends. */
  readonly filters: readonly object[];
  /** The namespace of the HTTPRoute. */
  readonly namespace: string;
}

export type Scheme = 'http' | 'https';

/** Whether requests of a scheme can come to a backend. */
export function sends(route: Route, scheme: Scheme): boolean {
  return decisionsFor(route, scheme).some(({ outcome }) => outcome.kind === 'backends');
}

/** The rules that do what a route does for a scheme, or why there are none. */
export function rulesOf(
  route: Route,
  scheme: Scheme,
  options: RuleOptions,
): { readonly chain: RuleChain } | { readonly why: string } {
  const decisions = decisionsFor(route, scheme);
  if (decisions.every(({ outcome }) => outcome.kind === 'not-found')) {
    return { chain: [] };
  }
  const rewrite = sends(route, scheme) ? rewriteOf(route, options) : {};
  if ('why' in rewrite) {
    return rewrite;
  }
  // Only a PathPrefix can be replaced.
  const isReplaced = JSON.stringify(rewrite).includes('ReplacePrefixMatch');
  const path = pathMatchOf(route, options.regularExpressions && !isReplaced);
  if ('why' in path) {
    return path;
  }
  const chain: HttpRouteRule[] = [];
  for (const { when, outcome } of decisions) {
    // An HTTPRoute knows the header Host alone; what this does to requests with the other one, the proof tells.
    if (when.some(isForwardedHost)) {
      continue;
    }
    const headers = headersOf(when, options.regularExpressions);
    if ('why' in headers) {
      return headers;
    }
    const action = actionOf(outcome, rewrite, options);
    if ('why' in action) {
      return action;
    }
    if (action.filters !== undefined || action.backendRefs !== undefined) {
      chain.push({ matches: [{ path, ...headers }], ...action });
    }
  }
  return { chain };
}

function isForwardedHost(condition: Condition): boolean {
  return condition.kind === 'header' && condition.name === 'x-forwarded-host' && condition.value.is === 'given';
}

/** The decisions that requests of a scheme meet, up to the first that takes them all. */
function decisionsFor({ conditions, decisions }: Route, scheme: Scheme): readonly Decision[] {
  const met: Decision[] = [];
  for (const decision of decisions) {
    const when = [...conditions, ...decision.when];
    if (when.some((condition) => condition.kind === 'scheme' && condition.scheme !== scheme)) {
      continue;
    }
    met.push({ ...decision, when: when.filter(({ kind }) => kind !== 'scheme') });
    if (met.at(-1)?.when.length === 0) {
      break;
    }
  }
  return met;
}

interface Headers {
  readonly headers?: readonly object[];
}

function headersOf(when: readonly Condition[], regularExpressions: boolean): Headers | { readonly why: string } {
  const headers: object[] = [];
  for (const condition of when) {
    const header = headerOf(condition);
    if ('why' in header) {
      return header;
    }
    if (header.type === 'RegularExpression' && !regularExpressions) {
      if (condition.kind === 'header' && condition.name === FORWARDED_PROTO && condition.value.is === 'given') {
        return {
          why: 'use-forwarded-headers of the controller takes the scheme from X-Forwarded-Proto; where TLS ends at a load balancer in front, give --tls-terminated-upstream',
        };
      }
      const what = condition.kind === 'cookie' ? `the cookie ${condition.name}` : `the header ${header.name}`;
      return {
        why: `${what} takes a regular expression; --allow-regex takes it over where the implementation knows them`,
      };
    }
    headers.push(header);
  }
  return headers.length === 0 ? {} : { headers };
}

interface HeaderMatch {
  readonly type: 'Exact' | 'RegularExpression';
  readonly name: string;
  readonly value: string;
}

function headerOf(condition: Condition): HeaderMatch | { readonly why: string } {
  if (condition.kind === 'cookie' && condition.value.is === 'equal') {
    return { type: 'RegularExpression', name: 'Cookie', value: cookiePattern(condition.name, condition.value.text) };
  }
  if (condition.kind !== 'header') {
    return { why: `a match of a ${condition.kind} cannot be said` };
  }
  const { name, value } = condition;
  switch (value.is) {
    case 'equal':
      return value.text === '' || value.text.length > 4096
        ? { why: `an HTTPRoute cannot ask for the header ${name} to be ${JSON.stringify(value.text)}` }
        : { type: 'Exact', name, value: value.text };
    case 'given':
      return { type: 'RegularExpression', name, value: '.*' };
    case 'like':
      return { type: 'RegularExpression', name, value: wholePattern(value.pattern.source) };
  }
}

/** A pattern that is looked for anywhere, for implementations that match the whole value. */
function wholePattern(source: string): string {
  const isBare = !source.includes('|');
  const begin = isBare && source.startsWith('^') ? source.slice(1) : `.*(${source}`;
  const closed = begin.startsWith('.*(') ? `${begin}).*` : begin;
  return closed.startsWith('.*(') ? closed : closed.endsWith('$') ? closed.slice(0, -1) : `(${closed}).*`;
}

/** The header of browsers that have a cookie with a value; its name in any case, as nginx looks for it. */
function cookiePattern(name: string, value: string): string {
  const quoted = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const anyCase = name.replace(/[A-Za-z]|[\\^$.*+?()[\]{}|]/g, (sign) =>
    /[A-Za-z]/.test(sign) ? `[${sign.toLowerCase()}${sign.toUpperCase()}]` : `\\${sign}`,
  );
  return `(.*; )?${anyCase}=${quoted(value)}(;.*)?`;
}

interface Action {
  readonly filters?: readonly object[];
  readonly backendRefs?: readonly object[];
}

type RewriteFilter = { readonly filter?: object } | { readonly why: string };

/** The filter for what the Ingress of a route rewrites. */
function rewriteOf({ rule }: Route, { rewriteTarget, upstreamVhost }: RuleOptions): RewriteFilter {
  const path = rule?.ref.path ?? '/';
  const rewrite = rewriteTarget === undefined || rewriteTarget === path ? {} : pathRewrite(path, rewriteTarget);
  if ('why' in rewrite) {
    return rewrite;
  }
  if (upstreamVhost !== undefined && !HOSTNAME.test(upstreamVhost)) {
    return { why: `upstream-vhost ${upstreamVhost} is no hostname, and a URLRewrite takes no other` };
  }
  const urlRewrite = {
    ...(upstreamVhost === undefined ? {} : { hostname: upstreamVhost }),
    ...(rewrite.path === undefined ? {} : { path: rewrite.path }),
  };
  return Object.keys(urlRewrite).length === 0 ? {} : { filter: { type: 'URLRewrite', urlRewrite } };
}

const HOSTNAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function actionOf(
  outcome: RouteOutcome,
  { filter }: { readonly filter?: object },
  { namespace: ownNamespace, filters }: RuleOptions,
): Action | { readonly why: string } {
  switch (outcome.kind) {
    case 'not-found':
      return {};
    case 'error':
      return { why: errorText(outcome) };
    case 'redirect': {
      const redirect = redirectFilter(outcome);
      return 'why' in redirect ? redirect : { filters: [redirect.filter] };
    }
    case 'backends': {
      const used = outcome.backends.filter(({ weight }) => weight > 0);
      const backendRefs = used.map(({ namespace, service, port, weight }) => ({
        group: '',
        kind: 'Service',
        name: service,
        ...(namespace === ownNamespace ? {} : { namespace }),
        port,
        weight: used.length === 1 ? 1 : weight,
      }));
      const all = filter === undefined ? filters : [...filters, filter];
      return all.length === 0 ? { backendRefs } : { filters: all, backendRefs };
    }
  }
}

/** Why nothing is written for an answer of the controller itself. */
function errorText({ status, why }: { readonly status: number; readonly why: string }): string {
  if (/ cannot be told$/.test(why)) {
    return `${why}; give its manifest, or the number`;
  }
  const hint = /^Service \S+ does not exist$/.test(why)
    ? '; without --no-assume-services it is taken as there, if its port is given by number'
    : '';
  return `requests are answered with ${status}: ${why}${hint}`;
}

/** The same without rules that say nothing: where all paths are redirected alike, the redirect of `/` is enough. */
export function withoutRepeats(chains: readonly RuleChain[]): readonly RuleChain[] {
  const actionText = ([only, ...others]: RuleChain) =>
    others.length > 0 || only?.backendRefs !== undefined ? undefined : JSON.stringify(only?.filters);
  const isRoot = ([only]: RuleChain) => JSON.stringify(only?.matches) === ROOT;
  const root = chains.find(isRoot);
  const text = root === undefined ? undefined : actionText(root);
  return text === undefined || text.includes('"path"') || !chains.every((chain) => actionText(chain) === text)
    ? chains
    : [root as RuleChain];
}

const ROOT = JSON.stringify([{ path: { type: 'PathPrefix', value: '/' } }]);
