import { PROTOCOLS } from '../../analysis';
import fc from '../helpers/random';
import '../../jest';
import { RUNS } from '../helpers/runs';

const EDGES = [1, 2, 3, 4, 65534, 65535];
const range = fc
  .record({
    protocol: fc.constantFrom(...PROTOCOLS),
    ends: fc.tuple(fc.constantFrom(...EDGES), fc.constantFrom(...EDGES)),
  })
  .map(({ protocol, ends }) => ({ protocol, from: Math.min(...ends), to: Math.max(...ends) }));
const ranges = fc.array(range, { minLength: 1, maxLength: 6 });
type Ranges = typeof ranges extends fc.Arbitrary<infer Value> ? Value : never;

/** Between two edges all ports are in the same ranges, so one of them tells. */
const PORTS = PROTOCOLS.flatMap((protocol) => [...EDGES, 5].map((port) => ({ protocol, port })));
const open = (given: Ranges) =>
  PORTS.map(({ protocol, port }) =>
    given.some((one) => one.protocol === protocol && one.from <= port && port <= one.to),
  );

const pod = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { name } },
  spec: {},
});
const policy = (given: Ranges) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'b' },
  spec: {
    podSelector: { matchLabels: { name: 'b' } },
    ingress: [{ ports: given.map(({ protocol, from, to }) => ({ protocol, port: from, endPort: to })) }],
  },
});
const port = (given: Ranges) => given.map(({ protocol, from, to }) => `${protocol} ${from}-${to}`);

function holds(assert: () => void): boolean {
  try {
    assert();
    return true;
  } catch (error) {
    expect((error as Error).message).toContain('1 is not as expected');
    return false;
  }
}

test('a table holds if and only if just the excepted ports differ', () => {
  fc.assert(
    fc.property(ranges, ranges, fc.boolean(), (opened, other, same) => {
      const excepted = same ? [...opened].reverse() : other;
      const subject = [pod('a'), pod('b'), policy(opened)];
      const table = { from: 'a', to: 'b', except: [{ port: port(excepted) }] };
      const received = open(opened);
      const named = open(excepted);
      const isJust = received.every((one, index) => one === named[index]);
      expect(holds(() => expect(subject).toDenyAllConnections(table))).toBe(isJust);
      const isRest = received.every((one, index) => one !== named[index]);
      expect(holds(() => expect(subject).toAllowAllConnections(table))).toBe(isRest);
    }),
    RUNS,
  );
});

test('what a table leaves open is what its opposite leaves closed', () => {
  fc.assert(
    fc.property(ranges, (excepted) => {
      const rest: Ranges = [];
      const closed = open(excepted);
      for (const [index, { protocol, port }] of PORTS.entries()) {
        if (!closed[index]) {
          rest.push({ protocol, from: port, to: port === 5 ? 65533 : port });
        }
      }
      fc.pre(rest.length > 0);
      const table = { from: 'a', to: 'b', except: [{ port: port(excepted) }] };
      expect([pod('a'), pod('b'), policy(rest)]).toAllowAllConnections(table);
    }),
    RUNS,
  );
});
