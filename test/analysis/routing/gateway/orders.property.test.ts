import fc from '../../../helpers/random';
import { gateway, httpRoute, listener, routesOf, rule } from './objects';

// The order of each implementation, said once more as a person would write it down: all matches that take the request, the
// one that comes first by a list of criteria. Random rules are thrown at both.

jest.setTimeout(600_000);

const RUNS = { numRuns: process.env.NIGHTLY === '1' ? 5_000 : 150 };

interface Match {
  readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression';
  readonly path: string;
  readonly method: string | undefined;
  readonly headers: readonly { readonly name: string; readonly value: string; readonly isExact: boolean }[];
  readonly queries: readonly { readonly name: string; readonly value: string; readonly isExact: boolean }[];
}

interface Request {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly queries: Readonly<Record<string, string>>;
}

const values = (names: readonly string[]) =>
  fc.uniqueArray(
    fc.record({ name: fc.constantFrom(...names), value: fc.constantFrom('1', '1', '1', '2'), isExact: fc.boolean() }),
    { selector: ({ name }) => name, maxLength: 2 },
  );

const randomMatch: fc.Arbitrary<Match> = fc
  .record({
    path: fc.oneof(
      fc.record({
        type: fc.constantFrom('Exact' as const, 'PathPrefix' as const),
        path: fc.constantFrom('/', '/a', '/a/b', '/ab', '/b'),
      }),
      fc.record({
        type: fc.constant('RegularExpression' as const),
        path: fc.constantFrom('/a.*', '/a/.*', '/.*', '/[ab]', '/a|/b'),
      }),
    ),
    method: fc.constantFrom(undefined, undefined, 'GET', 'POST'),
    headers: values(['x', 'y']),
    queries: values(['q', 'r']),
  })
  .map(({ path, ...rest }) => ({ ...path, ...rest }));

const ONE = fc.constantFrom('1', '1', '1', '2');

const randomRequest: fc.Arbitrary<Request> = fc.record({
  path: fc.constantFrom('/', '/a', '/a/b', '/a/c', '/ab', '/b', '/c'),
  method: fc.constantFrom('GET', 'POST'),
  headers: fc.record({ x: ONE, y: ONE }),
  queries: fc.record({ q: ONE, r: ONE }),
});

function takes({ type, path, method, headers, queries }: Match, request: Request): boolean {
  const isPath =
    type === 'Exact'
      ? request.path === path
      : type === 'RegularExpression'
        ? new RegExp(`^(?:${path})$`).test(request.path)
        : path === '/' || request.path === path || request.path.startsWith(`${path}/`);
  return (
    isPath &&
    (method === undefined || method === request.method) &&
    headers.every(({ name, value }) => request.headers[name] === value) &&
    queries.every(({ name, value }) => request.queries[name] === value)
  );
}

const exact = (list: Match['headers']) => list.filter(({ isExact }) => isExact).length;
const one = (method: string | undefined) => (method === undefined ? 0 : 1);
const length = ({ type, path }: Match) =>
  type === 'Exact' ? 0 : type === 'PathPrefix' && path === '/' ? 0 : path.length;

/** What comes first, by the higher number: one criterion after the other. */
const CRITERIA: Readonly<Record<string, (match: Match) => readonly number[]>> = {
  eg: (match) => [
    { Exact: 2, RegularExpression: 1, PathPrefix: 0 }[match.type],
    match.type === 'Exact' ? 0 : match.path.length,
    match.headers.length + one(match.method),
    exact(match.headers) + one(match.method),
    match.queries.length,
    exact(match.queries),
  ],
  istio: (match) => [
    { Exact: 2, PathPrefix: 1, RegularExpression: 0 }[match.type],
    length(match),
    one(match.method),
    match.headers.length,
    match.queries.length,
  ],
  kgateway: (match) => [
    { Exact: 2, RegularExpression: 1, PathPrefix: 0 }[match.type],
    match.type === 'PathPrefix' ? match.path.length : 0,
    one(match.method),
    match.headers.length,
    match.queries.length,
  ],
  cilium: (match) => [
    { Exact: 2, RegularExpression: 1, PathPrefix: 0 }[match.type],
    length(match),
    one(match.method),
    match.headers.length,
    match.queries.length,
  ],
  traefik: (match) => [
    (match.type === 'Exact'
      ? 100_000
      : match.type === 'PathPrefix' && match.path === '/'
        ? 1
        : 10_000 + 100 * match.path.length) +
      1000 * one(match.method) +
      100 * match.headers.length +
      10 * match.queries.length,
  ],
};

/** The rules that may come first for a request: several where they have the same rank. */
function firstOf(className: string, matches: readonly Match[], request: Request): readonly number[] {
  const rank = CRITERIA[className] as (match: Match) => readonly number[];
  const found = matches.flatMap((match, index) => (takes(match, request) ? [{ index, rank: rank(match) }] : []));
  const isBelow = (a: readonly number[], b: readonly number[]) => {
    const place = a.findIndex((value, index) => value !== b[index]);
    return place >= 0 && (a[place] as number) < (b[place] as number);
  };
  return found.filter((own) => !found.some((other) => isBelow(own.rank, other.rank))).map(({ index }) => index);
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

function routeOf(matches: readonly Match[], className: string) {
  const web = gateway([listener('http')]) as { spec: object };
  const rules = matches.map(({ type, path, method, headers, queries }, index) => {
    const list = (all: Match['headers']) =>
      all.map(({ name, value, isExact }) => ({ name, value, type: isExact ? 'Exact' : 'RegularExpression' }));
    return rule(NAMES[index] as string, {
      path: { type, value: path },
      ...(method === undefined ? {} : { method }),
      ...(headers.length === 0 ? {} : { headers: list(headers) }),
      ...(queries.length === 0 ? {} : { queryParams: list(queries) }),
    });
  });
  return routesOf({ ...web, spec: { ...web.spec, gatewayClassName: className } }, httpRoute('web', rules));
}

test.each(Object.keys(CRITERIA))('of the class %s, the first match by its criteria gets the request', (className) => {
  let decided = 0;
  fc.assert(
    fc.property(
      fc.array(randomMatch, { minLength: 2, maxLength: 6 }),
      fc.array(randomRequest, { minLength: 8, maxLength: 8 }),
      (matches, requests) => {
        const routes = routeOf(matches, className);
        for (const request of requests) {
          const first = firstOf(className, matches, request);
          const query = new URLSearchParams(request.queries).toString();
          const answer = routes.route({
            url: `http://x${request.path}${query === '' ? '' : `?${query}`}`,
            method: request.method,
            headers: request.headers,
          });
          if (first.length === 0) {
            expect(answer.outcome).toBe('not-found');
            continue;
          }
          // Of equal ones the first rule gets it, which Traefik leaves open.
          const own = answer.outcome === 'backends' ? answer.backends.map(({ service }) => service) : [];
          const expected = className === 'traefik' ? first : first.slice(0, 1);
          expect(expected.map((index) => NAMES[index])).toContain(own[0]);
          decided += matches.filter((match) => takes(match, request)).length > 1 ? 1 : 0;
        }
      },
    ),
    RUNS,
  );
  expect(decided).toBeGreaterThan(RUNS.numRuns / 4);
});
