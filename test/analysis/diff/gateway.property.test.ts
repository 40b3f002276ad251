import { type RouteRequest, Routes, sameRouting } from '../../../analysis';
import fc from '../../helpers/random';
import { RUNS } from '../../helpers/runs';
import { type PlainRequest, plainAnswer } from '../routing/gateway/plain';
import { objectsOf, randomRequest, randomWorld, type World } from '../routing/gateway/worlds';

jest.setTimeout(900_000);

/** A change to one field somewhere in a world; where there is no such field, no change. */
type Change = (world: World, at: number) => World;

const pick = <Value>(list: readonly Value[], at: number): number => at % Math.max(1, list.length);

/** Changes one of a list. */
function changed<Value>(list: readonly Value[], at: number, change: (value: Value) => Value): readonly Value[] {
  return list.map((value, index) => (index === pick(list, at) ? change(value) : value));
}

type Route = World['routes'][number];
type Rule = NonNullable<Route['spec']['rules']>[number];
type Match = NonNullable<Rule['matches']>[number];
type Listener = World['gateway']['spec']['listeners'][number];

const onRoute =
  (change: (spec: Route['spec'], at: number) => Partial<Route['spec']>): Change =>
  (world, at) => ({
    ...world,
    routes: changed(world.routes, at, (route) => ({
      ...route,
      spec: { ...route.spec, ...change(route.spec, at >> 3) },
    })),
  });

const onRule = (change: (rule: Rule, at: number) => Partial<Rule>): Change =>
  onRoute(({ rules }, at) =>
    rules === undefined ? {} : { rules: changed(rules, at, (rule) => ({ ...rule, ...change(rule, at >> 2) })) },
  );

const onMatch = (change: (match: Match) => Partial<Match>): Change =>
  onRule(({ matches }, at) =>
    matches === undefined ? {} : { matches: changed(matches, at, (match) => ({ ...match, ...change(match) })) },
  );

const onRedirect = (change: object): Change =>
  onRule(({ filters }) =>
    filters === undefined
      ? {}
      : {
          filters: filters.map((one) =>
            one.type === 'RequestRedirect' ? { ...one, requestRedirect: { ...one.requestRedirect, ...change } } : one,
          ),
        },
  );

const onListener =
  (change: (listener: Listener) => Partial<Listener>): Change =>
  (world, at) => {
    const { gateway } = world;
    const listeners = changed(gateway.spec.listeners, at, (one) => ({ ...one, ...change(one) }));
    return { ...world, gateway: { ...gateway, spec: { ...gateway.spec, listeners } } };
  };

function less<Value>(list: readonly Value[], at: number): readonly Value[] {
  return list.filter((_, index) => index !== pick(list, at));
}

const change = fc.constantFrom<Change[]>(
  (world, at) => ({ ...world, routes: less(world.routes, at) }),
  (world, at) => ({ ...world, grants: less(world.grants, at) }),
  (world, at) => ({ ...world, services: less(world.services, at) }),
  (world) => ({ ...world, namespaces: [{ metadata: { name: 'team', labels: { team: 'b' } } }] }),
  (world, at) => ({
    ...world,
    routes: changed(world.routes, at, (route) => ({
      ...route,
      metadata: { ...route.metadata, creationTimestamp: '2023-01-01T00:00:00Z' },
    })),
  }),
  onRoute(() => ({ hostnames: ['*.a.test'] })),
  onRoute(() => ({ hostnames: ['b.a.test'] })),
  onRoute(({ hostnames }) => ({ hostnames: [...(hostnames ?? ['c.b.a.test']), 'x.test'] })),
  onRoute(({ parentRefs }) => ({ parentRefs: parentRefs.map((one) => ({ ...one, sectionName: 'l0' })) })),
  onRoute(({ parentRefs }) => ({ parentRefs: parentRefs.map((one) => ({ ...one, port: 80 })) })),
  onRoute(({ rules = [] }) => ({ rules: [...rules].reverse() })),
  onRule(({ backendRefs = [] }) => ({ backendRefs: backendRefs.slice(1) })),
  onRule(({ backendRefs = [] }, at) => ({ backendRefs: changed(backendRefs, at, (one) => ({ ...one, weight: 2 })) })),
  onRule(({ backendRefs = [] }, at) => ({ backendRefs: changed(backendRefs, at, (one) => ({ ...one, port: 8080 })) })),
  onRule(({ backendRefs = [] }) => ({ backendRefs: backendRefs.map((one) => ({ ...one, weight: 0 })) })),
  onMatch(() => ({ method: 'GET' })),
  onMatch(() => ({ method: 'PUT' })),
  onMatch(() => ({ path: { type: 'Exact', value: '/a' } })),
  onMatch(() => ({ path: { value: '/a/b' } })),
  onMatch(() => ({ path: { type: 'RegularExpression', value: '/a.*' } })),
  onMatch(({ headers = [] }) => ({ headers: [...headers, { name: 'x-b', value: '12' }] })),
  onMatch(({ headers = [] }) => ({ headers: headers.slice(1) })),
  onMatch(() => ({ queryParams: [{ name: 'q', value: '1' }] })),
  onMatch(({ queryParams = [] }) => ({ queryParams: queryParams.slice(1) })),
  onRedirect({ scheme: 'https' }),
  onRedirect({ hostname: 'to.test' }),
  onRedirect({ port: 8080 }),
  onRedirect({ statusCode: 301 }),
  onRedirect({ path: { type: 'ReplaceFullPath', replaceFullPath: '/full' } }),
  onListener(() => ({ hostname: 'a.test' })),
  onListener(() => ({ hostname: '*.b.a.test' })),
  onListener(() => ({ allowedRoutes: { namespaces: { from: 'All' } } })),
  onListener(() => ({ allowedRoutes: { kinds: [{ kind: 'GRPCRoute' }] } })),
);

/** Where a request ends and what backends see of it, by the plain evaluator: not by which rule, and not which backend is missing. */
function plain(world: World, request: PlainRequest): string {
  const answer = plainAnswer(world, request) as {
    readonly outcome: string;
    readonly status?: number;
    readonly location?: string;
    readonly backends?: readonly (Readonly<Record<string, unknown>> & { readonly probability: number })[];
    readonly upstream?: object;
  };
  const sums = new Map<string, number>();
  for (const { probability, error, namespace, service, port } of answer.backends ?? []) {
    const key = error === undefined ? `${namespace}/${service}:${port}` : `${error}`;
    sums.set(key, (sums.get(key) ?? 0) + probability);
  }
  const shares = [...sums].map(([key, sum]) => `${sum.toPrecision(12)} ${key}`).sort();
  const location = answer.location === undefined ? '' : new URL(answer.location).href;
  return `${answer.outcome} ${answer.status ?? ''} ${location} ${shares.join()} ${JSON.stringify(answer.upstream)}`;
}

/** A request as the plain evaluator takes it. */
function plainRequest({ url, method = 'GET', headers = {} }: RouteRequest): PlainRequest {
  const { protocol, hostname, port, pathname, searchParams } = new URL(url);
  const scheme = protocol === 'http:' ? 'http' : 'https';
  const usual = scheme === 'http' ? 80 : 443;
  return {
    scheme,
    host: hostname,
    port: port === '' ? usual : Number(port),
    path: pathname,
    query: [...searchParams],
    method,
    headers,
  };
}

/** Worlds with the Services that neither has, which are compared by their names. */
function withLacking(worlds: readonly [World, World], before: Routes, after: Routes): readonly [World, World] {
  const ports = [...new Set([...JSON.stringify(worlds).matchAll(/"port":(\d+)/g)].map(([, port]) => Number(port)))];
  const lacking = [...before.missing, ...after.missing].filter((object) => !before.has(object) && !after.has(object));
  const services = [...new Set(lacking)].map((object) => {
    const [namespace = '', name = ''] = object.replace('Service ', '').split('/');
    return { metadata: { name, namespace }, spec: { ports: ports.map((port) => ({ port })) } };
  });
  const grown = (world: World): World => ({ ...world, services: [...world.services, ...services] });
  return [grown(worlds[0]), grown(worlds[1])];
}

test('no change of one field of a Gateway or HTTPRoute is called the same that the plain evaluator can see, and none different that it cannot', () => {
  const counted = { same: 0, different: 0 };
  const pair = fc.record({ world: randomWorld, change, at: fc.nat({ max: 1_000_000 }) });
  fc.assert(
    fc.property(pair, fc.array(randomRequest, { minLength: 60, maxLength: 60 }), ({ world, change: by, at }, all) => {
      const worlds = [world, by(world, at)] as const;
      const [before, after] = worlds.map((one) => Routes.ofGateway(objectsOf(one))) as [Routes, Routes];
      // A change may be one that an API server refuses.
      fc.pre(after.problems.length === 0);
      const { same, differences } = sameRouting(before, after);
      counted[same ? 'same' : 'different']++;
      for (const { request } of differences) {
        const asked = plainRequest(request);
        const [one, other] = withLacking(worlds, before, after);
        expect([request, plain(one, asked)]).not.toEqual([request, plain(other, asked)]);
      }
      for (const request of same ? all : []) {
        expect([request, plain(worlds[1], request)]).toEqual([request, plain(worlds[0], request)]);
      }
    }),
    RUNS,
  );
  expect(Math.min(counted.same, counted.different)).toBeGreaterThan(RUNS.numRuns / 10);
});
