import { ADDRESSES, type Table } from './network-policy-scenarios';
import { clusterOf, PODS, wrong } from './pods';

// The ports and peers that cyclonus tries on a network plugin, as facts in our own words. Source: github.com/mattfenwick/cyclonus,
// pkg/generator/portprotocolcases.go and peerscases.go (Apache-2.0): every protocol with every kind of port, alone and in pairs, and
// every kind of peer, for ingress and for egress of pod x/a. What is expected of each is written by hand here.

type Direction = 'ingress' | 'egress';
const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

const ALL = ['TCP 80', 'TCP 81', 'UDP 80', 'UDP 81', 'SCTP 80', 'SCTP 81'] as const;
type Open = readonly (typeof ALL)[number][];

/** Items of `ports`, with what each opens. Pods name their port 81 of TCP `serve-81-tcp`. */
const PORTS: readonly (readonly [item: object, open: Open])[] = [
  [{}, ['TCP 80', 'TCP 81']],
  [{ port: 81 }, ['TCP 81']],
  [{ port: 'serve-81-tcp' }, ['TCP 81']],
  [{ protocol: 'TCP' }, ['TCP 80', 'TCP 81']],
  [{ protocol: 'TCP', port: 81 }, ['TCP 81']],
  [{ protocol: 'TCP', port: 'serve-81-tcp' }, ['TCP 81']],
  [{ protocol: 'UDP' }, ['UDP 80', 'UDP 81']],
  [{ protocol: 'UDP', port: 81 }, ['UDP 81']],
  // A name belongs to its protocol.
  [{ protocol: 'UDP', port: 'serve-81-tcp' }, []],
  [{ protocol: 'SCTP' }, ['SCTP 80', 'SCTP 81']],
  [{ protocol: 'SCTP', port: 81 }, ['SCTP 81']],
  [{ protocol: 'SCTP', port: 'serve-81-tcp' }, []],
];

const PAIRS = PORTS.flatMap((one, at) =>
  PORTS.slice(at + 1).map(
    (other) =>
      [
        [one[0], other[0]],
        [...one[1], ...other[1]],
      ] as const,
  ),
);

function tables(direction: Direction, open: Open, peers: readonly string[] = ['*/*']): readonly Table[] {
  return ALL.map((name) => {
    const [protocol, port] = name.split(' ') as ['TCP' | 'UDP' | 'SCTP', string];
    const between = (peer: string, is: 'open' | 'closed') =>
      (direction === 'ingress' ? [peer, 'x/a', is] : ['x/a', peer, is]) as Table['told'][number];
    const told = [between('*/*', 'closed'), ...(open.includes(name) ? peers.map((peer) => between(peer, 'open')) : [])];
    return { port: Number(port) as 80 | 81, protocol, told };
  });
}

function wrongFor(direction: Direction, rule: object, expected: readonly Table[]): readonly string[] {
  const policyTypes = [direction === 'ingress' ? 'Ingress' : 'Egress'];
  const cluster = clusterOf({
    policies: [['x', { podSelector: { matchLabels: { pod: 'a' } }, policyTypes, [direction]: [rule] }]],
  });
  return expected.flatMap((table) => wrong(cluster, table));
}

const pod = (name: string) => ({ podSelector: { matchLabels: { pod: name } } });
const ns = (name: string) => ({ namespaceSelector: { matchLabels: { ns: name } } });
const of = (text: string) => PODS.filter((path) => new RegExp(`^${text}$`).test(path));
const [first, second] = [24, 28].map((length) => `${ADDRESSES['z/c']?.replace(/\d+$/, '0')}/${length}`) as [
  string,
  string,
];

/** Kinds of peers, with the pods that each matches. z/a to z/c have the addresses 10.244.2.10 to 10.244.2.12. */
const PEERS: readonly (readonly [name: string, peers: readonly object[], matched: readonly string[]])[] = [
  ['an empty list, which is for all', [], PODS],
  ['all pods of the own namespace', [{ podSelector: {} }], of('x/.')],
  ['all pods of a namespace by its label', [{ podSelector: {}, ...ns('x') }], of('x/.')],
  ['all pods of all namespaces', [{ podSelector: {}, namespaceSelector: {} }], PODS],
  ['pods by label, of the own namespace', [pod('c')], ['x/c']],
  ['pods by label, of a namespace by its label', [{ ...pod('c'), ...ns('x') }], ['x/c']],
  ['pods by label, of all namespaces', [{ ...pod('c'), namespaceSelector: {} }], of('./c')],
  ['a block of addresses', [{ ipBlock: { cidr: first } }], of('z/.')],
  ['a block without a part of it', [{ ipBlock: { cidr: first, except: [second] } }], []],
];

describe.each(DIRECTIONS)('a case of cyclonus, %s:', (direction) => {
  test('no ports are all ports', () => {
    expect(wrongFor(direction, { ports: [] }, tables(direction, ALL))).toEqual([]);
  });

  test.each(PORTS.map(([item, open]) => [JSON.stringify(item), item, open] as const))(
    'the port %s',
    (_, item, open) => {
      expect(wrongFor(direction, { ports: [item] }, tables(direction, open))).toEqual([]);
    },
  );

  test('two ports open what each opens', () => {
    expect(PAIRS).toHaveLength(66);
    const found = PAIRS.flatMap(([ports, open]) =>
      wrongFor(direction, { ports }, tables(direction, open)).map((one) => `${JSON.stringify(ports)}: ${one}`),
    );
    expect(found).toEqual([]);
  });

  test.each(PEERS)('the peer is %s', (_, peers, matched) => {
    const rule = { [direction === 'ingress' ? 'from' : 'to']: peers };
    expect(wrongFor(direction, rule, tables(direction, ALL, matched))).toEqual([]);
  });

  test('what is expected wrongly is seen', () => {
    expect(wrongFor(direction, { ports: [{ port: 81 }] }, tables(direction, ['TCP 80', 'TCP 81'])).length).toBe(8);
  });
});
