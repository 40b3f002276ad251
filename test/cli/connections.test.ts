import { join } from 'node:path';
import { commandLine } from './command-line';

const FIXTURES = join(__dirname, 'fixtures');

interface Answer {
  readonly workloads: readonly object[];
  readonly connections: readonly {
    readonly from: { readonly name?: string; readonly ipRange?: string };
    readonly to: { readonly name?: string; readonly ipRange?: string };
    readonly ports: unknown;
  }[];
  readonly exposures: readonly object[];
}

async function answerOf(...argv: string[]): Promise<Answer> {
  const { status, stdout } = await commandLine(['connections', ...argv, '--format', 'json'], { cwd: FIXTURES });
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

const pairs = ({ connections }: Answer) =>
  connections.map(({ from, to }) => `${from.name ?? from.ipRange} ${to.name ?? to.ipRange}`);

test('JSON holds workloads, connections and exposures, each member whole', async () => {
  const { workloads, connections } = await answerOf('stars', '--from', 'frontend', '--to', 'backend');
  expect(workloads).toHaveLength(4);
  expect(connections).toEqual([
    {
      from: { namespace: 'stars', kind: 'Deployment', name: 'frontend' },
      to: { namespace: 'stars', kind: 'Deployment', name: 'backend' },
      ports: [{ protocol: 'TCP', from: 6379, to: 6379 }],
    },
  ]);
  const { exposures } = await answerOf('shop', '--to', 'admin');
  expect(exposures).toEqual([
    {
      via: { kind: 'Ingress', namespace: 'shop', name: 'admin' },
      host: 'admin.example.com',
      path: '/',
      service: 'admin',
      servicePort: 'http',
      to: { namespace: 'shop', kind: 'Deployment', name: 'admin' },
      port: 8080,
      protocol: 'TCP',
      controller: {
        namespace: 'ingress-nginx',
        workload: null,
        text: 'ingress-nginx/ingress-nginx-controller (assumed)',
      },
      reachable: false,
      why: 'NetworkPolicy shop/default-deny isolates shop/Deployment/admin, and no ingress rule allows TCP 8080 from ingress-nginx/ingress-nginx-controller (assumed)',
    },
  ]);
});

test('an answer without anything in it is JSON all the same', async () => {
  const { stdout } = await commandLine(['connections', '-', '-f', 'json'], { stdin: '# nothing\n' });
  expect(JSON.parse(stdout)).toEqual({
    workloads: [],
    connections: [],
    unseen: [],
    exposures: [],
    inVain: [],
    undecided: [],
    warnings: [],
  });
});

test('--from and --to may be given again, and both have to hold', async () => {
  expect(
    pairs(await answerOf('stars', '--from', 'client', '--from', 'frontend', '--to', 'backend', '--to', 'frontend')),
  ).toEqual(['client frontend', 'frontend backend']);
});

test.each(['frontend', 'stars/frontend', 'deployment/frontend', 'stars/Deployment/frontend'])(
  'a workload may be called %s',
  async (name) => {
    expect(pairs(await answerOf('stars', '--to', name))).toEqual(['client frontend', 'management-ui frontend']);
  },
);

test('an address stands for the range in which it lies, a block for all that it touches', async () => {
  expect(pairs(await answerOf('nodes', '--from', '10.1.7.7'))).toEqual([
    '10.1.2.4-10.1.255.255 agent',
    '10.1.2.4-10.1.255.255 agent',
  ]);
  const froms = (await answerOf('nodes', '--from', '10.1.0.0/16', '--to', 'ops/Deployment/agent')).connections;
  expect(froms.map(({ from }) => from.ipRange)).toEqual(['10.1.0.0-10.1.2.2', '10.1.2.4-10.1.255.255']);
});

test.each([
  ['443', 2],
  ['tcp/443', 2],
  ['TCP:443', 2],
  ['udp/443', 0],
  ['udp:5010', 2],
  ['UDP/5011', 0],
  ['sctp/443', 0],
])('--port %s leaves %i ways from the office to the collector', async (port, count) => {
  const { connections } = await answerOf('nodes', '--to', 'ops/Deployment/agent', '--port', port);
  expect(connections).toHaveLength(count);
});

test('filters are for exposures too: by workload, by port, and by the controller from which they come', async () => {
  expect((await answerOf('shop', '--to', 'admin')).exposures).toHaveLength(1);
  expect((await answerOf('shop', '--port', '8080')).exposures).toHaveLength(3);
  expect((await answerOf('shop', '--port', '80')).exposures).toHaveLength(0);
  expect((await answerOf('shop', '--from', 'admin')).exposures).toHaveLength(0);
  expect((await answerOf('shop', '--from', 'admin', '--controller', 'shop/admin')).exposures).toHaveLength(4);
});

test('--host-network pod puts pods on the network of their node under the policies of others', async () => {
  const office = ['nodes', '--from', '10.3.0.1', '--to', 'ops/DaemonSet/agent'];
  expect((await answerOf(...office)).connections).toHaveLength(1);
  expect((await answerOf(...office, '--host-network', 'pod')).connections).toHaveLength(0);
});

test('a thousand workloads that are wide open make a list of a million connections, piece by piece', async () => {
  const pods = Array.from(
    { length: 1000 },
    (_, index) => `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p${index}"}}`,
  );
  const stdin = `{"apiVersion":"v1","kind":"List","items":[${pods.join(',')}]}`;
  const { status, stdout } = await commandLine(['connections', '-', '-f', 'csv'], { stdin });
  expect(status).toBe(0);
  expect(stdout.split('\n')).toHaveLength(1 + 1000 * 999 + 4 * 1000 + 1);
});
