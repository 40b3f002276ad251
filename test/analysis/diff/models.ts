import type { Condition, Decision, HostName, Listener, PathMatch, Route, RoutingModel, Rule } from '../../../analysis';
import { Routes } from '../../../analysis';
import { Router } from '../../../analysis/routing/explain';
import { Elsewhere } from '../../../analysis/routing/gateway-api/elsewhere';
import { patternOf } from '../../../analysis/routing/pattern';
import fc from '../../helpers/random';

// Models that no reader makes by itself, so that everything that a model can say is compared.

/** Routes of a model that no manifests made. */
export function routesOfModel(model: RoutingModel): Routes {
  return Object.assign(Object.create(Routes.prototype), {
    model,
    problems: [],
    notes: [],
    router: new Router(model, []),
    elsewhere: [],
    missing: new Set(),
    assumed: [],
    others: new Elsewhere([], undefined),
    around: { manifests: [], gateway: undefined, streams: [], notesFor: () => [] },
    streams: [],
  });
}

const rule: Rule = {
  ref: { kind: 'HTTPRoute', namespace: 'shop', name: 'web', host: null, path: '/', pathType: 'PathPrefix' },
  source: { file: 'web.yaml', line: 1, lineOf: () => 1, columnOf: () => 1, spanOf: () => undefined },
  at: [],
};

/** A decision that sends to Services by their weights. */
export function to(weights: Readonly<Record<string, number>>, when: readonly Condition[] = []): Decision {
  const backends = Object.entries(weights).map(([service, weight]) => ({
    namespace: 'shop',
    service,
    port: 80,
    weight,
  }));
  return { when, outcome: { kind: 'backends', backends }, reason: 'backend', by: undefined, rule: undefined };
}

/** A route of the paths below one. */
export function route(path: string, decisions: readonly Decision[], conditions: readonly Condition[] = []): Route {
  return { path: { kind: 'elements', path }, conditions, decisions, rule, notes: [] };
}

/** A header that has to be something. */
export function header(name: string, text: string): Condition {
  return { kind: 'header', name, value: { is: 'equal', text } };
}

/** A header that has to match. */
export function like(name: string, source: string): Condition {
  return { kind: 'header', name, value: { is: 'like', pattern: patternOf(source, false) } };
}

/** The listeners of one port for each scheme, with routes for every host. */
export function modelOf(routes: readonly Route[], name: HostName = { kind: 'any' }): RoutingModel {
  return { listeners: [{ scheme: 'http', port: 80, hosts: [{ name, tls: false, routes }] }] };
}

const name: fc.Arbitrary<HostName> = fc.constantFrom<HostName[]>(
  { kind: 'exact', host: 'a.test' },
  { kind: 'exact', host: 'b.a.test' },
  { kind: 'label', suffix: '.a.test' },
  { kind: 'suffix', suffix: '.a.test' },
  { kind: 'suffix', suffix: '.test' },
  { kind: 'prefix', prefix: 'b.' },
  { kind: 'pattern', pattern: patternOf('^[ab]\\.', false) },
  { kind: 'any' },
);

const path: fc.Arbitrary<PathMatch> = fc.constantFrom<PathMatch[]>(
  // The last one is /ä in bytes.
  ...['/', '/a', '/a/', '/a/b', '/\u00c3\u00a4'].flatMap((text): PathMatch[] => [
    { kind: 'exact', path: text },
    { kind: 'prefix', path: text },
    { kind: 'elements', path: text },
  ]),
  { kind: 'pattern', pattern: patternOf('^/a(/|$)(.*)', true) },
  { kind: 'pattern', pattern: patternOf('b$', false) },
);

const condition: fc.Arbitrary<Condition> = fc.constantFrom<Condition[]>(
  { kind: 'scheme', scheme: 'http' },
  { kind: 'method', method: 'GET' },
  { kind: 'method', method: 'POST' },
  ...['', 'a', 'ab'].map((text) => header('x-a', text)),
  { kind: 'header', name: 'x-b', value: { is: 'given' } },
  like('x-a', '^a'),
  like('x-a', 'b+$'),
  like('cookie', '(^|; )v=always(;|$)'),
  { kind: 'cookie', name: 'v', value: { is: 'equal', text: 'always' } },
  { kind: 'cookie', name: 'w', value: { is: 'equal', text: 'never' } },
  { kind: 'cookie', name: 'v', value: { is: 'given' } },
  { kind: 'query', name: 'q', value: { is: 'equal', text: '1' } },
  { kind: 'query', name: 'q', value: { is: 'like', pattern: patternOf('[12]', false) } },
);

const decision: fc.Arbitrary<Decision> = fc
  .tuple(
    fc.array(condition, { maxLength: 2 }),
    fc.oneof(
      fc.constantFrom<Decision['outcome'][]>(
        to({ s: 1 }).outcome,
        to({ t: 1 }).outcome,
        to({ s: 1, t: 1 }).outcome,
        to({ s: 2, t: 2 }).outcome,
        { kind: 'not-found' },
        { kind: 'error', status: 500, why: 'no backend' },
        { kind: 'redirect', status: 301, location: [{ text: 'https://' }, { of: 'host' }, { of: 'uri' }] },
        {
          kind: 'redirect',
          status: 301,
          location: [
            { text: 'https://' },
            { of: 'host-header' },
            { of: 'path' },
            { of: 'query-mark' },
            { of: 'query' },
          ],
        },
        {
          kind: 'redirect',
          status: 302,
          location: [{ text: 'https://' }, { of: 'host' }, { of: 'uri-without-last-slash' }],
        },
        { kind: 'redirect', status: 301, location: [{ text: 'https://a.test' }, { of: 'uri' }] },
      ),
    ),
  )
  .map(([when, outcome]) => ({ ...to({}, when), outcome }));

const anyRoute: fc.Arbitrary<Route> = fc
  .record({
    path,
    conditions: fc.array(condition, { maxLength: 2 }),
    some: fc.array(decision, { maxLength: 2 }),
    last: decision,
  })
  .map(({ some, last, ...rest }) => ({ ...rest, decisions: [...some, { ...last, when: [] }], rule, notes: [] }));

const listener: fc.Arbitrary<Listener> = fc.record({
  scheme: fc.constantFrom('http', 'http', 'https', undefined),
  port: fc.constantFrom(80, 80, 443, 8080, undefined),
  hosts: fc.array(
    fc.record({ name, tls: fc.constant(true), routes: fc.array(anyRoute, { minLength: 1, maxLength: 4 }) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
}) as fc.Arbitrary<Listener>;

/** Models of few names, so that conditions meet. */
export const randomModel: fc.Arbitrary<RoutingModel> = fc.record({
  listeners: fc.array(listener, { minLength: 1, maxLength: 2 }),
});

/** Two models of which the second differs in one route, if at all. */
export const randomModels: fc.Arbitrary<readonly [RoutingModel, RoutingModel]> = fc
  .tuple(randomModel, anyRoute, fc.nat(), fc.integer({ min: 0, max: 5 }))
  .map(([before, other, at, how]) => {
    let count = 0;
    const total = before.listeners.flatMap(({ hosts }) => hosts.flatMap(({ routes }) => routes)).length;
    const routesOf = (routes: readonly Route[]) =>
      routes.flatMap((one): Route[] => {
        if (count++ !== at % total) {
          return [one];
        }
        const changed = {
          ...one,
          ...(how === 1 ? { path: other.path } : how === 2 ? { conditions: other.conditions } : {}),
        };
        return how === 0 ? [] : how === 3 ? [other] : how === 4 ? [one, other] : [changed];
      });
    const after = {
      listeners: before.listeners.map((one) => ({
        ...one,
        hosts: one.hosts.map((host) => ({ ...host, routes: routesOf(host.routes) })),
      })),
    };
    return [before, after];
  });

/** Requests that those models tell apart. */
export const randomModelRequest = fc
  .record({
    origin: fc.constantFrom('http://', 'https://'),
    host: fc.constantFrom('a.test', 'b.a.test', 'c.a.test', 'd.c.a.test', 'x.test', 'b.x', 'other'),
    port: fc.constantFrom('', '', ':8080'),
    path: fc.constantFrom(
      '/',
      '/a',
      '/a/',
      '/A',
      '/ab',
      '/a/b',
      '/a/b/',
      '/a/bb',
      '/a/c',
      '/c',
      '/%61',
      '/ä',
      '/%C3%A4/',
      '/ä/b',
    ),
    query: fc.constantFrom('', '?q=1', '?q=2', '?q=0', '?q=1/'),
    method: fc.constantFrom('GET', 'GET', 'POST', 'PUT'),
    a: fc.constantFrom(undefined, '', 'a', 'ab', 'b', 'abc'),
    b: fc.constantFrom(undefined, undefined, 'x'),
    cookie: fc.constantFrom(undefined, 'v=always', 'v=x', 'w=never; v=always', 'V=always', 'w=never', 'u=v'),
  })
  .map(({ origin, host, port, path: sent, query, method, a, b, cookie }) => ({
    url: `${origin}${host}${port}${sent}${query}`,
    method,
    headers: {
      ...(a === undefined ? {} : { 'X-A': a }),
      ...(b === undefined ? {} : { 'X-B': b }),
      ...(cookie === undefined ? {} : { Cookie: cookie }),
    },
  }));
