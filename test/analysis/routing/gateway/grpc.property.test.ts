import fc from '../../../helpers/random';
import { gateway, listener, routesOf, rule } from './objects';

// Which GRPCRoute gets a call, read off the rules anew each time, word for word as the specification orders them. Random routes
// and calls are thrown at both.

/** How many Gateways with their routes, each asked twelve times. */
const RUNS = process.env.NIGHTLY === '1' ? 10_000 : 80;

jest.setTimeout(600_000);

interface Match {
  readonly type: 'Exact' | 'RegularExpression';
  readonly service: string | undefined;
  readonly method: string | undefined;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

interface Route {
  readonly hostnames: readonly string[];
  readonly created: string | undefined;
  /** The matches of each rule; none for every method. */
  readonly rules: readonly (readonly Match[])[];
}

interface Call {
  readonly host: string;
  readonly service: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

const headers = fc.uniqueArray(fc.record({ name: fc.constantFrom('x', 'y'), value: fc.constantFrom('1', '1', '2') }), {
  selector: ({ name }) => name,
  maxLength: 2,
});

const match: fc.Arbitrary<Match> = fc
  .oneof(
    fc.record({
      type: fc.constant('Exact' as const),
      service: fc.constantFrom(undefined, 'a.B', 'a.B', 'a.Bc', 'd'),
      method: fc.constantFrom(undefined, 'Get', 'Get', 'GetAll'),
    }),
    fc.record({
      type: fc.constant('RegularExpression' as const),
      service: fc.constantFrom(undefined, 'a[.].*', '.*', '(a.B|d)'),
      method: fc.constantFrom(undefined, 'Get.*', '.*'),
    }),
  )
  .filter(({ service, method }) => service !== undefined || method !== undefined)
  .chain((own) => headers.map((all): Match => ({ ...own, headers: all })));

const route: fc.Arbitrary<Route> = fc.record({
  hostnames: fc.uniqueArray(fc.constantFrom('x.test', '*.test', 'y.x.test'), { maxLength: 2 }),
  created: fc.constantFrom(undefined, '2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
  rules: fc.array(fc.array(match, { maxLength: 2 }), { minLength: 1, maxLength: 3 }),
});

const call: fc.Arbitrary<Call> = fc.record({
  host: fc.constantFrom('x.test', 'x.test', 'y.x.test', 'z.test', 'other'),
  service: fc.constantFrom('a.B', 'a.B', 'a.Bc', 'd', 'e'),
  method: fc.constantFrom('Get', 'Get', 'GetAll', 'Put'),
  headers: fc.record({ x: fc.constantFrom('1', '1', '2'), y: fc.constantFrom('1', '2') }),
});

const EVERY: Match = { type: 'Exact', service: undefined, method: undefined, headers: [] };

function takes({ type, service, method, headers: wanted }: Match, asked: Call): boolean {
  const isText = (text: string | undefined, given: string) =>
    text === undefined || (type === 'Exact' ? text === given : new RegExp(`^(?:${text})$`).test(given));
  return (
    isText(service, asked.service) &&
    isText(method, asked.method) &&
    wanted.every(({ name, value }) => asked.headers[name] === value)
  );
}

function isHost(hostname: string | undefined, host: string): boolean {
  return hostname === undefined || hostname === host || (hostname[0] === '*' && host.endsWith(hostname.slice(1)));
}

/** The rule that gets a call, as route and place; the more of each criterion comes first. */
function plainRule(routes: readonly Route[], asked: Call): string | undefined {
  const found = routes.flatMap(({ hostnames, created, rules }, index) => {
    const names: readonly (string | undefined)[] = hostnames.length === 0 ? [undefined] : hostnames;
    return names
      .filter((hostname) => isHost(hostname, asked.host))
      .flatMap((hostname = '') =>
        rules.flatMap((matches, place) =>
          (matches.length === 0 ? [EVERY] : matches)
            .filter((one) => takes(one, asked))
            .map((one) => ({
              rule: nameOf(index, place),
              criteria: [
                hostname.startsWith('*') ? 0 : hostname.length,
                hostname.length,
                one.service?.length ?? 0,
                one.method?.length ?? 0,
                one.headers.length,
                -Date.parse(created ?? '2999-01-01T00:00:00Z'),
                -index,
                -place,
              ],
            })),
        ),
      );
  });
  const [first] = found.sort((a, b) => {
    const at = a.criteria.findIndex((value, index) => value !== b.criteria[index]);
    return at < 0 ? 0 : (b.criteria[at] as number) - (a.criteria[at] as number);
  });
  return first?.rule;
}

const SERVICES = ['a', 'b', 'c', 'd', 'e', 'f'];
const nameOf = (index: number, place: number) => `${SERVICES[index * 2]} ${place}`;

function objectOf({ hostnames, created, rules }: Route, index: number): object {
  const matchOf = ({ type, service, method, headers: wanted }: Match) => ({
    method: { type, ...(service && { service }), ...(method && { method }) },
    ...(wanted.length > 0 && { headers: wanted }),
  });
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GRPCRoute',
    metadata: { name: `r${index}`, namespace: 'shop', ...(created && { creationTimestamp: created }) },
    spec: {
      parentRefs: [{ name: 'web', namespace: 'infra' }],
      ...(hostnames.length > 0 && { hostnames }),
      // The weights tell which rule it was.
      rules: rules.map((matches, place) => ({
        ...rule(SERVICES[index * 2] as string, ...matches.map(matchOf)),
        backendRefs: [
          { name: SERVICES[index * 2], port: 80, weight: place + 1 },
          { name: SERVICES[index * 2 + 1], port: 80, weight: 1 },
        ],
      })),
    },
  };
}

test('every call goes to the rule that the specification puts first', () => {
  let decided = 0;
  fc.assert(
    fc.property(
      fc.array(route, { minLength: 1, maxLength: 3 }),
      fc.array(call, { minLength: 12, maxLength: 12 }),
      (all, calls) => {
        const routes = routesOf(gateway([listener('http')]), ...all.map(objectOf));
        for (const asked of calls) {
          const { host, service, method, headers: sent } = asked;
          const answer = routes.route({
            url: `http://${host}/${service}/${method}`,
            method: 'POST',
            headers: { ...sent, 'content-type': 'application/grpc' },
          });
          const [first] = answer.outcome === 'backends' ? answer.backends : [];
          const place = first === undefined ? 0 : Math.round(1 / (1 - first.probability)) - 2;
          expect(first === undefined ? undefined : `${first.service} ${place}`).toBe(plainRule(all, asked));
          decided += first === undefined ? 0 : 1;
        }
      },
    ),
    { numRuns: RUNS },
  );
  expect(decided).toBeGreaterThan(RUNS * 3);
});
