import { Cluster, overviewOf } from '../analysis';
import { allBut, app, block, deployment, halves, mixed, notNamed, policy, range, team } from './connectivity-objects';
import { megabytes, printTable, seconds } from './table';

/** Each pair has ports of its own, by the hundred in the second one: what more workloads take is the time of telling them. */
const OVERLAPPING = 'ranges of ports that overlap, others at each end of each workload';
const COMMON = 'one namespace, labels that half of all workloads have, and a port for each policy';

/**
 * Clusters of odd shapes, in three sizes each where they fit: `npm run bench connectivity-shapes`.
 *
 * Seconds are those of the processor, all threads together, so that other work on the machine changes little.
 */
const SHAPES: ReadonlyMap<string, (count: number) => object[]> = new Map([
  [
    'a policy for each workload, which lets the next one in',
    (count) =>
      range(count).flatMap((index) => [
        deployment(index, index % 50),
        policy(index, index % 50, {
          podSelector: app(index),
          ingress: [
            { from: [{ namespaceSelector: {}, podSelector: app((index + 1) % count) }], ports: [{ port: 'http' }] },
          ],
        }),
      ]),
  ],
  [
    'a block of addresses for each workload',
    (count) =>
      range(count).flatMap((index) => [
        deployment(index, 0),
        policy(index, 0, { podSelector: app(index), egress: [{ to: [{ ipBlock: { cidr: block(index) } }] }] }),
      ]),
  ],
  [
    'blocks inside of each other, each with a port, in one policy',
    (count) => [
      deployment(0, 0),
      policy(0, 0, {
        podSelector: {},
        ingress: range(count).map((index) => ({
          from: [{ ipBlock: { cidr: block(index).replace('/24', `/${8 + (index % 25)}`) } }],
          ports: [{ port: index + 1 }],
        })),
      }),
    ],
  ],
  [
    'a label for each workload that no other has',
    (count) => [
      ...range(count).map((index) => deployment(index, index % 50, { [`key-${index}`]: '' })),
      ...range(count / 10).map((index) =>
        policy(index, index % 50, {
          podSelector: { matchExpressions: [{ key: `key-${index}`, operator: 'Exists' }] },
          ingress: [
            { from: [{ podSelector: { matchExpressions: [{ key: `key-${index + 1}`, operator: 'DoesNotExist' }] } }] },
          ],
        }),
      ),
    ],
  ],
  [
    'namespaces selected by expressions',
    (count) => [
      ...range(count).map((index) => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: `ns-${index}`,
          labels: { team: `team-${index % 100}`, stage: index % 3 === 0 ? 'dev' : 'prod' },
        },
      })),
      ...range(count * 3).map((index) => deployment(index, index % count)),
      ...range(count).map((index) =>
        policy(index, index, {
          podSelector: {},
          ingress: [
            {
              from: [
                {
                  namespaceSelector: {
                    matchExpressions: [
                      { key: 'team', operator: 'NotIn', values: [`team-${index % 100}`, `team-${(index + 1) % 100}`] },
                      { key: 'stage', operator: 'In', values: ['prod'] },
                    ],
                  },
                },
              ],
            },
          ],
        }),
      ),
    ],
  ],
  [
    'all namespaces but two, in a policy of each',
    (count) => [
      ...range(count).map((index) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `ns-${index}` } })),
      ...range(count).map((index) => deployment(index, index)),
      ...range(count / 2).map((index) =>
        policy(index, index, {
          podSelector: {},
          ingress: [
            {
              from: [{ namespaceSelector: notNamed([`ns-${index + 1}`, `ns-${index + 2}`]) }],
              ports: [{ port: index + 1 }],
            },
          ],
          egress: [{ to: [{ namespaceSelector: notNamed([`ns-${count - 1 - index}`]) }] }],
        }),
      ),
    ],
  ],
  [
    'labels that half of all workloads have, two in each policy',
    (count) => [
      ...range(count).map((index) => deployment(index, index % (count / 20), halves(index))),
      ...range(count / 5).map((index) =>
        policy(index, index % (count / 20), {
          podSelector: {},
          ingress: [
            {
              from: [
                {
                  namespaceSelector: {},
                  podSelector: {
                    matchLabels: {
                      [`half-${mixed(index, 100) % 20}`]: 'yes',
                      [`half-${mixed(index, 101) % 20}`]: 'yes',
                    },
                  },
                },
              ],
              ports: [{ port: index + 1 }],
            },
          ],
        }),
      ),
    ],
  ],
  [
    'one namespace, policies for and about labels that half of all workloads have',
    (count) => ofHalves(count, (index) => 1 + (index % 10)),
  ],
  [COMMON, (count) => ofHalves(count, (index) => index + 1)],
  [
    'ports for everybody, others at each end of each workload',
    (count) =>
      range(count).flatMap((index) => [
        deployment(index, 0),
        policy(index, 0, {
          podSelector: app(index),
          ingress: [{ ports: [{ port: index + 1 }] }],
          egress: [{ ports: [{ port: 1 + ((index * 7) % count), endPort: 1 + count }] }],
        }),
      ]),
  ],
  [
    'several ports of its own at each end of each workload',
    (count) =>
      range(count).flatMap((index) => [
        deployment(index, 0),
        policy(index, 0, {
          podSelector: app(index),
          ingress: [{ ports: [{ port: index + 1 }, { port: 30_000 + index }, { port: 40_000 + 2 * index }] }],
          egress: [
            {
              ports: [
                { port: 1 + ((index * 7) % count), endPort: 1 + count },
                { port: 40_000, endPort: 40_000 + index },
              ],
            },
          ],
        }),
      ]),
  ],
  [
    'named ports of its own, all of which policies name',
    (count) => [
      ...range(count).map((index) =>
        deployment(
          index,
          index % (count / 20),
          halves(index),
          range(20).map((port) => ({ name: `port-${port}`, containerPort: 1 + (mixed(index, port) % 65_000) })),
        ),
      ),
      ...range(count / 5).map((index) =>
        policy(index, index % (count / 20), {
          podSelector: {},
          ingress: [
            {
              from: [{ namespaceSelector: {}, podSelector: { matchLabels: { [`half-${index % 20}`]: 'yes' } } }],
              ports: range(5).map((port) => ({ port: `port-${mixed(index, port) % 20}` })),
            },
          ],
        }),
      ),
    ],
  ],
  [
    'a block for each workload, with others as exceptions',
    (count) =>
      range(count).flatMap((index) => [
        deployment(index, index % 50),
        policy(index, index % 50, {
          podSelector: app(index),
          egress: [
            {
              to: [{ ipBlock: { cidr: '10.0.0.0/8', except: [block(index), block((index * 3) % 65_536)] } }],
              ports: [{ port: index + 1 }],
            },
          ],
        }),
      ]),
  ],
  [
    'all namespaces but one, another in each direction of each',
    (count) => [
      ...range(count).map((index) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `ns-${index}` } })),
      ...range(count).map((index) => deployment(index, index)),
      ...range(count).map((index) =>
        policy(index, index, {
          podSelector: {},
          ingress: [{ from: [{ namespaceSelector: notNamed([`ns-${(index + 1) % count}`]) }] }],
          egress: [{ to: [{ namespaceSelector: notNamed([`ns-${(index + 2) % count}`]) }] }],
        }),
      ),
    ],
  ],
  [
    'admin policies between teams, each with a port of its own',
    (count) => [
      ...range(count / 20).map((index) => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: `ns-${index}`, labels: { team: `team-${index % 50}` } },
      })),
      ...range(count).map((index) => deployment(index, index % (count / 20))),
      ...range(count / 5).map((index) => ({
        apiVersion: 'policy.networking.k8s.io/v1alpha1',
        kind: 'AdminNetworkPolicy',
        metadata: { name: `admin-${index}` },
        spec: {
          priority: index % 1000,
          subject: { namespaces: team(index) },
          ingress: [
            {
              action: ['Allow', 'Deny', 'Pass'][index % 3],
              from: [{ namespaces: team(mixed(index, 1)) }],
              ports: [{ portNumber: { protocol: 'TCP', port: index + 1 } }],
            },
          ],
        },
      })),
    ],
  ],
  [
    OVERLAPPING,
    (count) =>
      range(count).flatMap((index) => {
        const first = 1 + ((index * 7) % count);
        return [
          deployment(index, 0),
          policy(index, 0, {
            podSelector: app(index),
            ingress: [{ ports: [{ port: index + 1, endPort: index + 1 + count / 2 }] }],
            egress: [{ ports: [{ port: first, endPort: first + Math.floor(count / 3) }] }],
          }),
        ];
      }),
  ],
  [
    'policies in one namespace, each about all workloads but one',
    (count) => [
      ...range(count).map((index) => deployment(index, 0)),
      ...range(count / 5).map((index) =>
        policy(index, 0, {
          podSelector: {},
          ingress: [{ from: [{ podSelector: allBut([index]) }], ports: [{ port: index + 1 }] }],
          egress: [{ to: [{ podSelector: allBut([index + 1]) }] }],
        }),
      ),
    ],
  ],
  [
    'all workloads but five at random, in each policy',
    (count) => [
      ...range(count).map((index) => deployment(index, index % (count / 20))),
      ...range(count / 5).map((index) => {
        const peer = (seed: number) => ({
          namespaceSelector: {},
          podSelector: allBut(range(5).map((value) => mixed(index, seed + value) % count)),
        });
        return policy(index, index % (count / 20), {
          podSelector: {},
          ingress: [{ from: [peer(0)], ports: [{ port: 1 + index }] }],
          egress: [{ to: [peer(5)] }],
        });
      }),
    ],
  ],
]);

/** One namespace, of whose workloads policies select half, and let another half in, each on a port. */
function ofHalves(count: number, portOf: (policy: number) => number): object[] {
  return [
    ...range(count).map((index) => deployment(index, 0, halves(index))),
    ...range(count / 5).map((index) => {
      const half = (seed: number) => ({ matchLabels: { [`half-${mixed(index, seed) % 20}`]: 'yes' } });
      return policy(index, 0, {
        podSelector: half(101),
        ingress: [{ from: [{ podSelector: half(100) }], ports: [{ port: portOf(index) }] }],
      });
    }),
  ];
}

const COUNTS = [2_000, 4_000, 10_000];

/** How many are asked of a shape. */
function countsOf(shape: string): readonly number[] {
  return shape === OVERLAPPING ? [2_000, 4_000] : shape === COMMON ? [1_000, 2_000] : COUNTS;
}

/** Milliseconds. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

printTable({
  file: __filename,
  heads: ['shape', 'count', 'connections', 'compile', 'as groups', 'as list', 'overview', 'memory'],
  sizes: [...SHAPES.keys()].flatMap((shape) => countsOf(shape).map((count) => ({ shape, count }))),
  measure: ({ shape, count }) => {
    const objects = SHAPES.get(shape)?.(count) as object[];
    const start = processorTime();
    const cluster = Cluster.from(objects);
    if (cluster.problems.length > 0) {
      throw new Error(cluster.problems[0]?.message);
    }
    const compiled = processorTime();
    for (const _ of cluster.groups()) {
      // Nothing is kept.
    }
    const grouped = processorTime();
    let connections = 0;
    for (const _ of cluster.connections()) {
      connections++;
    }
    const listed = processorTime();
    const memory = megabytes();
    const { incoming, outgoing } = overviewOf(cluster);
    for (const all of [incoming, outgoing]) {
      for (const _ of all) {
        // Nothing is kept.
      }
    }
    return {
      connections,
      compile: compiled - start,
      groups: grouped - compiled,
      list: listed - grouped,
      overview: processorTime() - listed,
      memory,
    };
  },
  cells: ({ shape, count }, { connections, compile, groups, list, overview, memory }) => [
    shape,
    count,
    connections,
    seconds(compile),
    seconds(groups),
    seconds(list),
    seconds(overview),
    `${memory} MB`,
  ],
});
