import { Cluster, type Connection, type Exposure, type Workload } from '../../analysis';
import { Columns, tableText } from '../../report/columns';
import type { ConnectionsAnswer } from '../../report/connections/answer';
import { connectionsCsv } from '../../report/connections/csv';
import { connectionsDot } from '../../report/connections/dot';
import { connectionsJson } from '../../report/connections/json';
import { connectionsMarkdown } from '../../report/connections/markdown';
import { connectionsMermaid } from '../../report/connections/mermaid';
import { connectionsText } from '../../report/connections/text';
import { csvLine } from '../../report/csv';
import { markdownRow } from '../../report/markdown';
import { percent } from '../../report/numbers';
import { peerLabel } from '../../report/peers';
import { printable } from '../../report/printable';
import { capped, problemLines } from '../../report/problems';

const plain = { bold: String, dim: String, red: String, green: String };
const textOf = (pieces: Iterable<string>) => [...pieces].join('');

// No API server takes such names, but what is drawn must not depend on that.
const HOSTILE = 'a"b\\c|d<e>#f;g`h\ni&amp;j';
const workload = (namespace: string, name: string): Workload => ({ namespace, kind: 'Pod', name });
const [proto, hostile] = [workload('constructor', 'toString'), workload(HOSTILE, '__proto__')];

function answer(connections: readonly Connection[], exposures: readonly Exposure[] = []): ConnectionsAnswer {
  return { workloads: [proto, hostile], externals: [{ ipRange: '10.0.0.0-10.255.255.255' }], connections, exposures };
}

const ONE = answer([{ from: proto, to: hostile, ports: 'all' }]);

test('names that every object has, and text that a format would read as its own, stay what they are', () => {
  expect(JSON.parse(textOf(connectionsJson(ONE))).connections).toEqual([{ from: proto, to: hostile, ports: 'all' }]);
  expect(textOf(connectionsCsv(ONE)).split('\n').slice(1).join('\n')).toBe(
    'constructor,Pod,toString,"a""b\\c|d<e>#f;g`h\ni&amp;j",Pod,__proto__,all\n',
  );
  expect(textOf(connectionsMarkdown(ONE)).split('\n')[2]).toBe(
    '| constructor/Pod/toString | a"b\\\\c\\|d\\<e\\>\\#f;g\\`h i\\&amp;j/Pod/\\_\\_proto\\_\\_ | all |',
  );
  expect(textOf(connectionsDot(ONE))).toBe(`digraph connections {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_0 {
    label="constructor";
    n0 [label="Pod/toString"];
  }
  subgraph cluster_1 {
    label="a\\"b\\\\c|d<e>#f;g\`h i&amp;amp;j";
    n1 [label="Pod/__proto__"];
  }
  n0 -> n1 [label="all"];
}
`);
  expect(textOf(connectionsMermaid(ONE))).toBe(`flowchart LR
  subgraph s0["constructor"]
    n0["Pod/toString"]
  end
  subgraph s1["a#34;b#92;c|d#60;e#62;#35;f#59;g#96;h i#38;amp#59;j"]
    n1["Pod/__proto__"]
  end
  n0 -->|"all"| n1
`);
});

test('rows say in csv and json what the same connections say one by one', () => {
  const outside = { ipRange: '10.0.0.0-10.255.255.255' };
  const shared = { to: [hostile, outside], ports: ['all' as const, [{ protocol: 'TCP' as const, from: 80, to: 80 }]] };
  const rows = [proto, workload('shop', 'web')].map((from) => ({
    from,
    parts: [shared, { ...shared, to: [proto, outside] }],
  }));
  const single = rows.flatMap(({ from, parts }) =>
    parts.flatMap(({ to, ports }) =>
      to.map((peer, at) => ({ from, to: peer, ports: ports[at] as Connection['ports'] })),
    ),
  );
  expect(single).toHaveLength(8);
  for (const form of [connectionsCsv, connectionsJson]) {
    expect(textOf(form({ ...answer([]), rows }))).toBe(textOf(form(answer(single))));
  }
  expect(JSON.parse(textOf(connectionsJson({ ...answer([]), rows }))).connections).toEqual(single);
});

test('every format says so when there is nothing', () => {
  const nothing: ConnectionsAnswer = { workloads: [], externals: [], connections: [], exposures: [] };
  expect(textOf(connectionsText(nothing, plain))).toBe('no connections\n');
  expect(JSON.parse(textOf(connectionsJson(nothing)))).toEqual({
    workloads: [],
    connections: [],
    unseen: [],
    exposures: [],
    inVain: [],
    undecided: [],
    warnings: [],
  });
  expect(textOf(connectionsCsv(nothing)).split('\n')).toHaveLength(2);
  expect(textOf(connectionsMarkdown(nothing)).split('\n')).toHaveLength(3);
  expect(textOf(connectionsDot(nothing))).toBe('digraph connections {\n  rankdir=LR;\n  node [shape=box];\n}\n');
  expect(textOf(connectionsMermaid(nothing))).toBe('flowchart LR\n');
});

test('a list is made while it is read: the first line does not wait for the last', () => {
  let made = 0;
  const endless: Iterable<Connection> = {
    *[Symbol.iterator]() {
      while (true) {
        made++;
        yield { from: proto, to: hostile, ports: 'all' } as const;
      }
    },
  };
  for (const pieces of [
    connectionsText({ ...ONE, connections: endless }, plain),
    connectionsJson({ ...ONE, connections: endless }),
    connectionsCsv({ connections: endless }),
    connectionsMarkdown({ ...ONE, connections: endless }),
    connectionsDot({ ...ONE, connections: endless }),
    connectionsMermaid({ ...ONE, connections: endless }),
  ]) {
    made = 0;
    for (let piece = 0; piece < 40; piece++) {
      expect(pieces.next().done).toBe(false);
    }
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThanOrEqual(40);
  }
});

test('an exposure without a port or a host says so', () => {
  const exposure: Exposure = {
    via: { kind: 'Ingress', namespace: 'shop', name: 'web' },
    host: null,
    path: '/',
    service: 'web',
    servicePort: 81,
    to: proto,
    port: null,
    protocol: 'TCP',
    controller: { namespace: 'ingress-nginx', workload: undefined, text: 'somebody' },
    reachable: false,
    why: 'Service shop/web has no port 81',
  };
  expect(textOf(connectionsText(answer([], [exposure]), plain)).split('\n')).toEqual(
    expect.arrayContaining([
      '  no  */ -> constructor/Pod/toString',
      '      Ingress shop/web, Service web, from somebody',
      '      Service shop/web has no port 81',
    ]),
  );
  const [row] = JSON.parse(textOf(connectionsJson(answer([], [exposure])))).exposures;
  expect(row).toMatchObject({ host: null, port: null, controller: { workload: null } });
});

test.each([
  ['0.0.0.0-255.255.255.255', 'any IPv4'],
  ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'any IPv6'],
  ['10.0.0.0-10.255.255.255', '10.0.0.0/8'],
  ['10.0.0.0-10.0.0.127', '10.0.0.0/25'],
  ['10.0.0.1-10.0.0.2', '10.0.0.1-10.0.0.2'],
  ['10.0.0.0-10.0.0.2', '10.0.0.0-10.0.0.2'],
  ['10.1.2.3-10.1.2.3', '10.1.2.3'],
  ['128.0.0.0-255.255.255.255', '128.0.0.0/1'],
  ['2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db8::/32'],
  ['::-7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '::/1'],
  ['::1-::1', '::1'],
])('the addresses %s read %s', (ipRange, label) => {
  expect(peerLabel({ ipRange })).toBe(label);
});

test.each([
  [['a', 'b'], 'a,b\n'],
  [['a,b', 'c"d', 'e\nf', 'g\rh', ' i', 'j '], '"a,b","c""d","e\nf","g\rh"," i","j "\n'],
  [['', 0, '=1+1'], ',0,=1+1\n'],
])('the cells %j are the line %j', (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});

test('a cell of Markdown ends where it should and holds no HTML', () => {
  expect(markdownRow(['a|b', '<b>', '*.example.com', '&amp;', 'x\ny', 3])).toBe(
    '| a\\|b | \\<b\\> | \\*.example.com | \\&amp; | x y | 3 |\n',
  );
});

test('columns are as wide as their longest cell, and numbers stand on the right', () => {
  expect(
    tableText(
      ['NAME', 'COUNT'],
      [
        ['a', '1'],
        ['long name', '1000'],
      ],
      [1],
    ),
  ).toEqual(['NAME       COUNT', 'a              1', 'long name   1000']);
  // A character outside of the basic plane is one character.
  expect(new Columns().fit(['😀😀', 'x']).line(['a', 'b'])).toBe('a   b');
});

test.each([
  [0, '0 %'],
  [0.05, '5 %'],
  [1 / 3, '33.3333 %'],
  [1, '100 %'],
  [1 / 10_000_000, '< 0.0001 %'],
  [1 - 1 / 10_000_000, '> 99.9999 %'],
])('the share %d reads %s', (share, text) => {
  expect(percent(share)).toBe(text);
});

test('what would steer a terminal is shown', () => {
  expect(printable('a\x1b[31mb\x07\n\u202e\x9bé…')).toBe('a\\x1b[31mb\\x07\\n\\u202e\\x9bé…');
});

describe('problems', () => {
  const at = (file: string, line: number, message = 'is wrong') => ({ file, line, message });

  test('are told by file and line, each once', () => {
    expect(
      problemLines([at('b.yaml', 2), at('a.yaml', 10), at('a.yaml', 9), at('b.yaml', 2), at('-', 0), at('', 0)]),
    ).toEqual(['is wrong', '-: is wrong', 'a.yaml:9: is wrong', 'a.yaml:10: is wrong', 'b.yaml:2: is wrong']);
  });

  test('are counted where there are too many, but no line is spent to count one', () => {
    expect(capped(['a', 'b', 'c'], 2)).toEqual(['a', 'b', 'c']);
    expect(capped(['a', 'b', 'c', 'd'], 2)).toEqual(['a', 'b', '… and 2 more of the kind']);
  });

  test('keep to one line each', () => {
    expect(problemLines([at('a\nb.yaml', 1, 'x\ny')], { label: 'note: ' })).toEqual(['a\\nb.yaml:1: note: x\\ny']);
  });
});

test('addresses that policies of others divide stand in one line for people, narrow ranges first', () => {
  const policy = (name: string, podSelector: object, cidr: string) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name },
    spec: { podSelector, ingress: [{ from: [{ ipBlock: { cidr } }] }] },
  });
  const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } } });
  const app = (name: string) => ({ matchLabels: { app: name } });
  const objects = [
    pod('a'),
    pod('b'),
    pod('c'),
    policy('a', app('a'), '10.0.0.0/8'),
    policy('b', app('b'), '10.1.0.0/16'),
  ];
  const cluster = Cluster.from(objects);
  const { workloads, externals } = cluster;
  const all = {
    workloads,
    externals,
    connections: cluster.connections({ from: [...externals, ...cluster.find('c')] }),
    exposures: [],
  };
  expect(externals).toHaveLength(6);
  expect(textOf(connectionsMarkdown(all)).split('\n').slice(2)).toEqual([
    '| default/Pod/c | any IPv4 | all |',
    '| default/Pod/c | any IPv6 | all |',
    '| 10.1.0.0/16 | default/Pod/b | all |',
    '| 10.0.0.0/8 | default/Pod/a | all |',
    '| any IPv4 | default/Pod/c | all |',
    '| any IPv6 | default/Pod/c | all |',
    '',
  ]);
  expect(textOf(connectionsText(all, plain))).toContain('\n6 connections\n');
  expect(textOf(connectionsMermaid(all)).split('\n').slice(6)).toEqual([
    '  n3(["any IPv4"])',
    '  n2 -->|"all"| n3',
    '  n4(["any IPv6"])',
    '  n2 -->|"all"| n4',
    '  n5(["10.1.0.0/16"])',
    '  n5 -->|"all"| n1',
    '  n6(["10.0.0.0/8"])',
    '  n6 -->|"all"| n0',
    '  n3 -->|"all"| n2',
    '  n4 -->|"all"| n2',
    '',
  ]);
  expect(textOf(connectionsDot(all)).split('\n').slice(9, 13)).toEqual([
    '  n3 [label="any IPv4", shape=ellipse];',
    '  n2 -> n3 [label="all"];',
    '  n4 [label="any IPv6", shape=ellipse];',
    '  n2 -> n4 [label="all"];',
  ]);
  expect(textOf(connectionsCsv(all)).split('\n')).toHaveLength(2 + 6 + 1 + 3 + 6);
});

test('addresses that begin for one workload where they end for another stay apart', () => {
  const half = (name: string, cidr: string) => [
    { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } } },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name },
      spec: { podSelector: { matchLabels: { app: name } }, egress: [{ to: [{ ipBlock: { cidr } }] }] },
    },
  ];
  const cluster = Cluster.from([...half('a', '0.0.0.0/1'), ...half('b', '128.0.0.0/1')]);
  const { workloads, externals } = cluster;
  const all = { workloads, externals, connections: cluster.connections(), exposures: [] };
  expect(textOf(connectionsMarkdown(all)).split('\n').slice(2)).toEqual([
    '| default/Pod/a | 0.0.0.0/1 | all |',
    '| default/Pod/b | 128.0.0.0/1 | all |',
    '',
  ]);
});
