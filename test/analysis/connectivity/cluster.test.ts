import { Cluster, includesPort, manifestsOf, overviewOf, type Peer, portsText, readManifests } from '../../../analysis';
import { app, clusterOf, deployment, IPV4, IPV6, policy, short, workload } from './manifests';

const objects = [
  deployment('shop/web', { app: 'web' }),
  deployment('shop/db', { app: 'db' }),
  deployment('other/web', { app: 'web' }),
  policy('shop/db', {
    ...app('db'),
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [app('web')], ports: [{ port: 5432 }] }],
  }),
];
const cluster = clusterOf(objects);
const lines = (filter?: Parameters<Cluster['connections']>[0]) =>
  [...cluster.connections(filter)].map(({ from, to, ports }) => `${short(from)} > ${short(to)}: ${portsText(ports)}`);

const ALL = [
  'shop/web > shop/db: TCP 5432',
  'shop/web > other/web: all',
  `shop/web > ${IPV4}: all`,
  `shop/web > ${IPV6}: all`,
];

describe('a cluster is made', () => {
  test('from objects, from what they were read to, and from text', () => {
    const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
    for (const made of [Cluster.from(manifestsOf(objects)), Cluster.from(readManifests(text, 'a.yaml'))]) {
      expect([...made.connections()]).toEqual([...cluster.connections()]);
    }
  });

  test('of nothing', () => {
    const empty = clusterOf([]);
    expect([empty.workloads, [...empty.connections()], [...empty.groups()], empty.exposures()]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(empty.externals).toEqual([{ ipRange: IPV4 }, { ipRange: IPV6 }]);
  });

  test('with the same answer, whatever the order of the manifests', () => {
    expect([...clusterOf([...objects].reverse()).connections()]).toEqual([...cluster.connections()]);
  });
});

describe('connections', () => {
  test('are listed by source and target, without a workload and itself', () => {
    expect(lines()).toEqual([
      'other/web > shop/web: all',
      `other/web > ${IPV4}: all`,
      `other/web > ${IPV6}: all`,
      'shop/web > other/web: all',
      'shop/web > shop/db: TCP 5432',
      `shop/web > ${IPV4}: all`,
      `shop/web > ${IPV6}: all`,
      `${IPV4} > other/web: all`,
      `${IPV4} > shop/web: all`,
      `${IPV6} > other/web: all`,
      `${IPV6} > shop/web: all`,
    ]);
  });

  test('can be read more than once', () => {
    const connections = cluster.connections();
    expect([...connections]).toEqual([...connections]);
  });

  test('are filtered by source, by target, by both', () => {
    const web = workload(cluster, 'shop/web');
    const db = workload(cluster, 'db');
    expect(lines({ from: [web] }).sort()).toEqual([...ALL].sort());
    expect(lines({ to: [db] })).toEqual(['shop/web > shop/db: TCP 5432']);
    expect(lines({ from: [db], to: [web] })).toEqual([]);
    expect(lines({ from: cluster.externals, to: [web, db] })).toEqual([
      `${IPV4} > shop/web: all`,
      `${IPV6} > shop/web: all`,
    ]);
    expect(lines({ from: [] })).toEqual([]);
  });

  test('are filtered by port, and listed with all their ports', () => {
    expect(lines({ from: cluster.find('shop/web'), port: { protocol: 'TCP', port: 5432 } }).sort()).toEqual(
      [...ALL].sort(),
    );
    expect(lines({ to: cluster.find('db'), port: { protocol: 'UDP', port: 5432 } })).toEqual([]);
  });

  test('are in order where one workload connects to few of many', () => {
    const many = [...Array(100).keys()].map((index) => deployment(`shop/d${index}`, { app: `d${index}` }));
    const to = ['d7', 'd90', 'd3', 'd55'].map((name, index) => ({ to: [app(name)], ports: [{ port: 80 - index }] }));
    const large = clusterOf([...many, policy('shop/out', { ...app('d1'), policyTypes: ['Egress'], egress: to })]);
    const found = [...large.connections({ from: large.find('shop/d1') })];
    expect(found.map((connection) => short(connection.to))).toEqual(['shop/d3', 'shop/d55', 'shop/d7', 'shop/d90']);
  });

  test('many targets are the same as few', () => {
    const many = [...Array(70).keys()].map((index) => deployment(`shop/d${index}`, { app: `d${index % 3}` }));
    const large = clusterOf([...many, policy('shop/p', { ...app('d1'), ingress: [{ from: [app('d2')] }] })]);
    const targets = large.workloads.filter((_, index) => index % 35 !== 0);
    const all = [...large.connections()];
    expect(targets.length).toBeGreaterThan(64);
    expect([...large.connections({ to: targets })]).toEqual(all.filter(({ to }) => targets.some((one) => one === to)));
    expect([...large.connections({ to: targets.slice(0, 3) })]).toEqual(
      all.filter(({ to }) => targets.slice(0, 3).some((one) => one === to)),
    );
  });

  test('of a wide open cluster are one group, and to and from outside one each', () => {
    const open = clusterOf([...Array(100).keys()].map((index) => deployment(`ns-${index % 7}/d${index}`)));
    expect([...open.groups()].map(({ from, to, ports }) => [from.length, to.length, ports])).toEqual([
      [100, 100, 'all'],
      [100, 2, 'all'],
      [2, 100, 'all'],
    ]);
  });

  test('what is open to the same addresses from many workloads is one part of the rows of all', () => {
    const open = clusterOf([...Array(3).keys()].map((index) => deployment(`shop/d${index}`)));
    const rows = [...open.rows({ from: open.workloads })];
    expect(rows.map(({ parts }) => parts.map(({ to }) => to.length))).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ]);
    expect(new Set(rows.map(({ parts }) => parts[1])).size).toBe(1);
  });

  test('sources that most workloads let in, and not the same ones, are few groups', () => {
    const names = [...Array(40).keys()].map((index) => `d${index}`);
    const apart = clusterOf(
      names.flatMap((name, index) => [
        deployment(`ns-${index}/${name}`, { app: name }),
        policy(`ns-${index}/p`, {
          podSelector: {},
          ingress: [
            {
              from: [
                {
                  namespaceSelector: {},
                  podSelector: {
                    matchExpressions: [{ key: 'app', operator: 'NotIn', values: [names[(index + 1) % 40] as string] }],
                  },
                },
              ],
              ports: [{ port: index + 1 }],
            },
          ],
        }),
      ]),
    );
    const inside = [...apart.groups()].filter(({ from, to }) => ![...from, ...to].some((peer) => 'ipRange' in peer));
    // For each workload the one group of all that it lets in.
    expect(inside.map(({ from, to }) => [from.length, to.length])).toEqual(names.map(() => [39, 1]));
  });

  test('thousands of sources, each of which may connect to all but a few, are grouped by the targets that they have in common', () => {
    const count = 1_100;
    // By name they stand in this order.
    const nameOf = (index: number) => `d${10_000 + (index % count)}`;
    const names = [...Array(count).keys()].map(nameOf);
    const apart = clusterOf(
      names.flatMap((name, index) => [
        deployment(`shop/${name}`, { app: name }),
        policy(`shop/${name}`, {
          ...app(name),
          policyTypes: ['Egress'],
          egress: [
            {
              to: [
                {
                  podSelector: {
                    matchExpressions: [
                      {
                        key: 'app',
                        operator: 'NotIn',
                        values: [nameOf(index + 1), nameOf(index * 7)],
                      },
                    ],
                  },
                },
              ],
              // Two sets of ports take turns.
              ports: [{ port: 80 + (index % 2) }],
            },
          ],
        }),
      ]),
    );
    const place = new Map<Peer, number>(apart.workloads.map((workload, at) => [workload, at]));
    const pairs = new Set<number>();
    let told = 0;
    let members = 0;
    for (const { from, to, ports } of apart.groups()) {
      members += from.length + to.length;
      for (const source of from.filter((peer) => place.has(peer))) {
        const port = 80 + ((place.get(source) as number) % 2);
        expect(ports).toEqual([{ protocol: 'TCP', from: port, to: port }]);
        for (const target of to.filter((peer) => peer !== source)) {
          pairs.add((place.get(source) as number) * count + (place.get(target) as number));
          told++;
        }
      }
    }
    let connections = 0;
    for (const { from, to } of apart.connections({ from: apart.workloads })) {
      connections += pairs.has((place.get(from) as number) * count + (place.get(to) as number)) ? 1 : -1;
    }
    expect([told, connections]).toEqual([pairs.size, pairs.size]);
    expect(pairs.size).toBeGreaterThan((count - 4) * count);
    // As lists of each source they would be as many as pairs.
    expect(members).toBeLessThan(pairs.size / 8);
  });

  test('a policy that allows everything tells nobody apart', () => {
    const closed = deployment('shop/a', { app: 'a' });
    const open = clusterOf([
      closed,
      deployment('shop/b'),
      policy('shop/p', { ...app('a'), ingress: [{}], egress: [{}] }),
    ]);
    expect([...open.groups()]).toHaveLength(3);
  });
});

test('an overview has the same peers of many workloads as one list, so that thousands of them take no more memory than one', () => {
  const names = ['a', 'b', 'c'];
  const apart = clusterOf(
    names.flatMap((name, index) => [
      deployment(`shop/${name}`, { app: name }),
      policy(`shop/${name}`, { ...app(name), ingress: [{ ports: [{ port: 80 + index }] }] }),
    ]),
  );
  const ends = [...overviewOf(apart).incoming].map(({ workloads, others }) => {
    expect(workloads).toHaveLength(1);
    expect(others.map(({ peers }) => peers.map(short))).toEqual([['shop/a', 'shop/b', 'shop/c', IPV4, IPV6]]);
    return others[0]?.peers;
  });
  expect(ends).toHaveLength(3);
  expect(new Set(ends).size).toBe(1);
});

describe('find', () => {
  const found = (text: string) => cluster.find(text).map(short);

  test.each([
    ['web', ['other/web', 'shop/web']],
    ['shop/web', ['shop/web']],
    ['deployment/web', ['other/web', 'shop/web']],
    ['shop/Deployment/web', ['shop/web']],
    ['shop/Pod/web', []],
    ['shop', []],
    ['10.1.2.3', [IPV4]],
    ['2001:db8::1', [IPV6]],
    ['10.0.0.0/8', [IPV4]],
    ['10.0.0.0/99', []],
    ['a/b/c/d', []],
    ['', []],
  ])('%j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test('gives every range in which a block lies', () => {
    const divided = clusterOf([
      deployment('shop/db', { app: 'db' }),
      policy('shop/db', { ...app('db'), ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }),
    ]);
    expect(divided.find('10.0.0.0/7').map(short)).toEqual(['10.0.0.0-10.255.255.255', '11.0.0.0-255.255.255.255']);
    expect(divided.find('11.0.0.0').map(short)).toEqual(['11.0.0.0-255.255.255.255']);
    expect(divided.find('10.255.255.255').map(short)).toEqual(['10.0.0.0-10.255.255.255']);
  });
});

test('ports between two peers', () => {
  const [web, db] = [workload(cluster, 'shop/web'), workload(cluster, 'db')];
  expect(cluster.ports(web, db)).toEqual([{ protocol: 'TCP', from: 5432, to: 5432 }]);
  expect(cluster.ports(db, web)).toEqual([]);
  expect(cluster.ports(web, web)).toEqual([]);
  expect(includesPort(cluster.ports(web, db), { protocol: 'TCP', port: 5432 })).toBe(true);
  expect(includesPort(cluster.ports(web, db), { protocol: 'UDP', port: 5432 })).toBe(false);
});

test('everything about one peer', () => {
  const { incoming, outgoing } = cluster.peersOf(workload(cluster, 'db'));
  expect(incoming.map(({ from }) => short(from))).toEqual(['shop/web']);
  expect(outgoing).toEqual([]);
});

describe('fails', () => {
  const stranger = { namespace: 'shop', kind: 'Pod', name: 'x' } as const;

  test('for a peer that is not of this cluster', () => {
    const message = 'shop/Pod/x is not a peer of this cluster; see workloads';
    expect(() => cluster.ports(stranger, workload(cluster, 'db'))).toThrow(new RangeError(message));
    expect(() => cluster.connections({ from: [stranger] })).toThrow(message);
    expect(() => cluster.peersOf({ ipRange: '1.1.1.1-1.1.1.1' })).toThrow(
      '1.1.1.1-1.1.1.1 is not a peer of this cluster; take one of externals, or what find gives',
    );
  });

  test('to explain what is no connection', () => {
    const advice = 'give two peers, at least one of them a workload';
    const [ipv4, ipv6] = cluster.externals;
    expect(() => cluster.explain(ipv4 as never, ipv6 as never)).toThrow(advice);
  });
});
