import { join } from 'node:path';
import { commandLine } from './command-line';

const FIXTURES = join(__dirname, 'fixtures');

async function told(stdin: string, ...argv: string[]): Promise<string> {
  const { status, stdout } = await commandLine(['connections', '-', ...argv], { stdin });
  expect(status).toBe(0);
  return stdout;
}

async function toldOf(folder: string, ...argv: string[]): Promise<string> {
  const { stdout } = await commandLine(['connections', folder, ...argv], { cwd: FIXTURES });
  return stdout;
}

const workload = (name: string, { namespace = 'a', kind = 'Deployment', port = 80, spec = {} } = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name, namespace },
  spec: {
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'c', ports: [{ containerPort: port }] }], ...spec },
    },
  },
});
const policy = (name: string, spec: object, namespace = 'a') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec,
});
const service = (name: string, ports: readonly object[], app = name) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'a' },
  spec: { selector: { app }, ports },
});
const of = (app: string) => ({ podSelector: { matchLabels: { app } } });
const list = (...items: readonly object[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

const WEB = workload('web');
const DB = workload('db', { kind: 'StatefulSet', port: 5432 });
const CLOSED_DB = policy('db', { ...of('db'), ingress: [{ from: [of('api')], ports: [{ port: 5432 }] }] });

describe('all connections', () => {
  test('of a cluster without policies are two lists of names, however many workloads there are', async () => {
    const many = Array.from({ length: 40 }, (_, index) => workload(`w${index}`));
    const text = await told(list(...many, workload('alone', { namespace: 'b' })));
    expect(text).toContain('open to everybody:\n  a  w0, w1, w10,');
    expect(text).toContain('and 16 more\n  b  alone\n\nmay connect to everything:\n');
    expect(text).not.toContain('->');
    expect(text.split('\n').at(-2)).toBe('41 workloads: 0 isolated, 41 not; 1,804 connections');
    for (const line of text.split('\n')) {
      expect(line.length).toBeLessThanOrEqual(100);
    }
  });

  test('are told in full of what is isolated, by ports, and nobody where nobody is let in', async () => {
    const text = await told(
      list(
        WEB,
        DB,
        workload('api'),
        workload('job'),
        CLOSED_DB,
        policy('job', { ...of('job'), policyTypes: ['Ingress', 'Egress'] }),
      ),
    );
    expect(text).toBe(`open to everybody:
  a  api, web

may connect to everything:
  a  api, db, web

open to these alone:
  a/StatefulSet/db
    TCP 5432  a: api
  a/Deployment/job
    nobody

may connect to these alone:
  a/Deployment/job
    nothing

4 workloads: 2 isolated (ingress 2, egress 1), 2 not; 15 connections
`);
  });

  test('name those that are left out where nearly all are let in', async () => {
    const others = ['p', 'q', 'r', 's'].map((name) => workload(name));
    const text = await told(
      list(
        ...others,
        DB,
        policy('all', { ...of('db'), ingress: [{ from: [{ namespaceSelector: {} }] }] }),
        policy('quiet', { ...of('s'), policyTypes: ['Egress'] }),
      ),
    );
    expect(text).toContain('a/StatefulSet/db\n    all ports  every workload but a/s\n');
  });

  test('name the blocks that are left out of all addresses', async () => {
    const internet = { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '192.168.0.0/16'] } }] };
    const egress = (...rules: object[]) => policy('web', { ...of('web'), policyTypes: ['Egress'], egress: rules });
    expect(await told(list(WEB, egress(internet)))).toContain(
      '    all ports  any IPv4 but 10.0.0.0/8, 192.168.0.0/16\n',
    );
    const half = { to: [{ ipBlock: { cidr: '0.0.0.0/1' } }] };
    expect(await told(list(WEB, egress(half)))).toContain('    all ports  0.0.0.0/1\n');
  });

  test('name the only other workload there is', async () => {
    const text = await told(list(WEB, DB, policy('db', { ...of('db'), ingress: [{ from: [of('web')] }] })));
    expect(text).toContain('  a/StatefulSet/db\n    all ports  a: web\n');
  });

  test('are told of each namespace as its own workloads see it, where others have the same peers', async () => {
    const from = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
    const entered = (name: string, namespace: string, port: number) =>
      policy(
        name,
        { ...of(name), ingress: [{ from: [from('a')] }, { from: [from('b')], ports: [{ port }] }] },
        namespace,
      );
    const text = await told(
      list(
        WEB,
        workload('api'),
        DB,
        ...['q1', 'q2', 'q3', 'q4'].map((name) => workload(name, { namespace: 'b' })),
        workload('z', { namespace: 'c' }),
        entered('db', 'a', 1),
        entered('z', 'c', 2),
      ),
    );
    expect(text).toContain('  a/StatefulSet/db\n    all ports  a: all 2\n    TCP 1      b: all 4\n');
    expect(text).toContain('  c/Deployment/z\n    all ports  a: all 3\n    TCP 2      b: all 4\n');
  });

  test('name those that were told before by what they were told as', async () => {
    const many = Array.from({ length: 9 }, (_, index) => workload(`w${index}`));
    const agent = workload('agent', { kind: 'DaemonSet', spec: { hostNetwork: true } });
    const quiet = ['q1', 'q2', 'q3', 'q4'].map((name) => workload(name, { namespace: 'b' }));
    const text = await told(
      list(
        ...many,
        ...quiet,
        agent,
        DB,
        policy('db', { ...of('db'), ingress: [{ from: [{ namespaceSelector: {} }] }] }),
        policy('quiet', { podSelector: {}, policyTypes: ['Egress'] }, 'b'),
      ),
    );
    expect(text).toContain('a/StatefulSet/db\n    all ports  all that may connect to everything, but not a/agent\n');
  });

  test('are a line each with --all, and as many as the summary says', async () => {
    const lines = (await toldOf('stars', '--all')).trimEnd().split('\n');
    expect(lines.at(-1)).toBe('18 connections');
    expect(lines.filter((line) => /^\S+\/\S+|^any /.test(line))).toHaveLength(18);
    expect(await toldOf('stars')).toContain('; 18 connections\n');
  });

  test('of manifests without workloads say that there are none', async () => {
    expect(await told(list(service('db', [{ port: 1 }])))).toContain('no workloads: none of these manifests owns pods');
  });

  test('never say nobody of what may be open to pods that no manifest shows', async () => {
    const text = await told(list(DB, workload('web'), CLOSED_DB));
    expect(text).toContain('a/StatefulSet/db\n    nobody among these manifests; for others see below\n');
    expect(text).toContain(
      'may also connect, if there are such pods:\n  pods app=api of namespace a -> a/StatefulSet/db: TCP 5432\n',
    );
  });

  test('never say nobody of what any pod may connect to, though there is no other than its own', async () => {
    const any = policy('db', { ...of('db'), ingress: [{ from: [{ podSelector: {} }] }] });
    expect(await told(list(DB, any))).toContain('  any pod of namespace a -> a/StatefulSet/db: all\n');
    const own = policy('db', { ...of('db'), ingress: [{ from: [of('db')] }] });
    expect(await told(list(DB, own))).toContain(
      'a/StatefulSet/db\n    nobody among these manifests but pods of its own\n',
    );
    expect(await told(list(DB, own), '--to', 'db')).toContain(
      '  pods app=db of namespace a -> a/StatefulSet/db: all\n',
    );
  });

  test('never say nobody of what hangs on the addresses of nodes', async () => {
    const agent = workload('agent', { kind: 'DaemonSet', spec: { hostNetwork: true } });
    const block = policy('db', { ...of('db'), ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] });
    const text = await told(list(DB, agent, block, policy('quiet', { ...of('db'), policyTypes: ['Egress'] })));
    expect(text).toContain(
      'cannot be told from manifests alone:\n  a/DaemonSet/agent -> a/StatefulSet/db: all ports may be open',
    );
    const closed = await told(list(DB, agent, block), '--from', 'agent', '--to', 'db');
    expect(closed).toMatch(
      /^whether a\/DaemonSet\/agent may connect to a\/StatefulSet\/db cannot be told from manifests alone:\n/,
    );
    expect(await told(list(DB, agent, block), '--from', 'agent', '--to', 'db', '--nodes', '10.1.0.0/16')).toBe(
      'a/DaemonSet/agent may connect to a/StatefulSet/db on all ports\n',
    );
  });

  test('keep two workloads of one name apart by their kinds', async () => {
    const text = await told(list(WEB, workload('web', { kind: 'DaemonSet' })));
    expect(text).toContain('  a  DaemonSet/web, Deployment/web\n');
  });
});

describe('one question', () => {
  test('that is open is answered in a sentence', async () => {
    expect(await toldOf('stars', '--from', 'client', '--to', 'frontend')).toBe(
      'client/Deployment/client may connect to stars/Deployment/frontend on TCP 80\n',
    );
  });

  test('that is closed is answered by who closes it, where, and the nearest miss', async () => {
    const text = await told(list(WEB, DB, CLOSED_DB), '--from', 'web', '--to', 'db', '--port', '5432');
    const lines = text.split('\n');
    expect(lines[0]).toBe('a/Deployment/web may not connect to a/StatefulSet/db on TCP 5432:');
    expect(lines).toContain('  ingress  closed by NetworkPolicy a/db (-:1): no ingress rule allows this');
    expect(text).toContain('nearest: ingress rule 1, from[0] of NetworkPolicy a/db (-:1): it wants app: api');
    expect(text).not.toContain('no connections');
  });

  test('about what is closed to all gives the reason, with --explain too', async () => {
    const closed = policy('db', { ...of('db'), policyTypes: ['Ingress'] });
    for (const argv of [[], ['--explain']]) {
      const text = await told(list(WEB, DB, closed), '--to', 'db', ...argv);
      expect(text).toBe(`nobody among these manifests may connect to a/StatefulSet/db:
  ingress  closed by NetworkPolicy a/db (-:1): no ingress rule allows this
`);
    }
    const quiet = policy('web', { ...of('web'), policyTypes: ['Egress'] });
    expect(await told(list(WEB, DB, quiet), '--from', 'web')).toMatch(
      /^a\/Deployment\/web may connect to nothing among these manifests, nor to addresses outside:\n {2}egress {3}closed by NetworkPolicy a\/web/,
    );
  });

  test('with one answer says that there is no other', async () => {
    expect(await told(list(WEB, DB, workload('api'), CLOSED_DB), '--to', 'db')).toBe(
      'a/Deployment/api may connect to a/StatefulSet/db on TCP 5432, and nobody else among these manifests\n',
    );
  });

  test('about a workload and itself is about its replicas, in JSON too', async () => {
    const apart = await told(list(DB, CLOSED_DB), '--from', 'db', '--to', 'db');
    expect(apart).toMatch(/^pods of a\/StatefulSet\/db may not connect to each other:\n/);
    expect(await told(list(DB), '--from', 'db', '--to', 'db')).toBe(
      'pods of a/StatefulSet/db may connect to each other on all ports\n',
    );
    const db = { namespace: 'a', kind: 'StatefulSet', name: 'db' };
    const { connections } = JSON.parse(await told(list(DB), '--from', 'db', '--to', 'db', '-f', 'json'));
    expect(connections).toEqual([{ from: db, to: db, ports: 'all' }]);
    expect(JSON.parse(await told(list(DB, CLOSED_DB), '--from', 'db', '--to', 'db', '-f', 'json')).connections).toEqual(
      [],
    );
  });

  test('about addresses outside is one answer where policies do not tell them apart', async () => {
    expect(await told(list(DB, CLOSED_DB), '--from', 'external', '--to', 'db')).toMatch(
      /^addresses outside may not connect to a\/StatefulSet\/db:\n/,
    );
    expect(await told(list(DB), '--from', '10.0.0.0/8', '--to', 'db')).toBe(
      '10.0.0.0/8 may connect to a/StatefulSet/db on all ports\n',
    );
  });

  test('about a node is about its network, which no selector matches and blocks of all addresses let in', async () => {
    expect(await told(list(DB, CLOSED_DB), '--from', 'node', '--to', 'db')).toMatch(
      /^a node may not connect to a\/StatefulSet\/db:\n/,
    );
    const all = policy('db', { ...of('db'), ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] });
    expect(await told(list(DB, all), '--from', 'node', '--to', 'db')).toBe(
      'a node may connect to a/StatefulSet/db on all ports\n',
    );
    const some = policy('db', { ...of('db'), ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/16' } }] }] });
    expect(await told(list(DB, some), '--from', 'node', '--to', 'db')).toMatch(/^whether a node may connect/);
    expect(await told(list(DB, some), '--from', 'node', '--to', 'db', '--nodes', '10.1.0.0/16')).toMatch(
      /^a node may not connect/,
    );
    const { workloads, connections } = JSON.parse(await told(list(DB), '--from', 'node', '-f', 'json'));
    expect(workloads).toHaveLength(1);
    expect(connections[0].from).toEqual({ namespace: '', kind: 'Node', name: 'node' });
  });
});

describe('a Service', () => {
  const LED = [WEB, DB, service('db', [{ port: 80, targetPort: 5432 }])];

  test('whose own number is open, and not that of its pods, is told in every list', async () => {
    const allowed = (number: number) =>
      policy('db', { ...of('db'), ingress: [{ from: [of('web')], ports: [{ port: number }] }] });
    const line =
      'open, but not where Services lead:\n  a/StatefulSet/db: TCP 80 is the port of Service a/db, which leads to TCP 5432 of its pods, and that is closed\n';
    for (const asked of [[], ['--to', 'db'], ['--from', 'web']]) {
      expect(await told(list(...LED, allowed(80)), ...asked)).toContain(line);
      expect(await told(list(...LED, allowed(5432)), ...asked)).not.toContain('open, but not');
    }
    expect(await told(list(WEB, DB, allowed(80)))).not.toContain('open, but not');
  });

  test('is its pods on the ports that it leads to', async () => {
    expect(await told(list(...LED), '--from', 'web', '--to', 'service/a/db')).toBe(
      'a/Deployment/web may connect to a/StatefulSet/db on TCP 5432, to which Service a/db leads\n',
    );
    const { connections } = JSON.parse(await told(list(...LED), '--to', 'service/db', '-f', 'json'));
    expect(connections.map(({ ports }: { ports: unknown }) => ports)).toEqual(
      Array(3).fill([{ protocol: 'TCP', from: 5432, to: 5432 }]),
    );
  });

  test('is asked by its own port, and the answer names that of the pods', async () => {
    expect(await told(list(...LED), '--from', 'web', '--to', 'service/a/db', '--port', '80')).toBe(
      'a/Deployment/web may connect to a/StatefulSet/db on TCP 5432, to which TCP 80 of Service a/db leads\n',
    );
    const opens80 = policy('db', { ...of('db'), ingress: [{ ports: [{ port: 80 }] }] });
    expect(await told(list(...LED, opens80), '--from', 'web', '--to', 'service/a/db', '--port', '80')).toMatch(
      /^a\/Deployment\/web may not connect to a\/StatefulSet\/db on TCP 5432, to which TCP 80 of Service a\/db leads:\n/,
    );
  });

  test.each([
    ['service/a/dc', '--to "service/a/dc": no Service has this name; did you mean service/a/db?'],
    ['service/a/none', '--to "service/a/none": Service a/none selects no pods of these manifests'],
    ['service/a/db', '--to "service/a/db": Service a/db has no port TCP 81; it has TCP 80'],
  ])('is refused with what is right: %s', async (name, message) => {
    const { status, stderr } = await commandLine(['connections', '-', '--to', name, '--port', '81'], {
      stdin: list(...LED, service('none', [{ port: 81 }])),
    });
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});

test.each(['node', 'external'])('a workload of the name %s has to be told from what it stands for', async (name) => {
  const { status, stderr } = await commandLine(['connections', '-', '--from', name], { stdin: list(workload(name)) });
  expect(status).toBe(2);
  expect(stderr).toContain(
    `--from "${name}": a workload has this name, which stands for more; give a/Deployment/${name}`,
  );
});

test('--namespace is for objects that name none, and for no others, nor for those that have none', async () => {
  const text = `apiVersion: v1
kind: Pod
metadata: { name: p }
---
apiVersion: v1
kind: Pod
metadata: { name: q, namespace: b }
---
apiVersion: v1
kind: Namespace
metadata: { name: c }
`;
  const { workloads } = JSON.parse(await told(text, '-n', 'c', '-f', 'json'));
  expect(workloads.map(({ namespace, name }: Record<string, string>) => `${namespace}/${name}`)).toEqual([
    'b/q',
    'c/p',
  ]);
  const { status, stderr } = await commandLine(['connections', '-', '--namespace', 'A_b'], { stdin: text });
  expect(status).toBe(2);
  expect(stderr).toContain('Give 1 to 63 lower-case letters');
});

test('a terminal gets no line that is longer than it is wide', async () => {
  const { stdout } = await commandLine(['connections', 'shop'], { cwd: FIXTURES, tty: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what marks colours
  for (const line of stdout.replace(/\x1b\[\d+m/g, '').split('\n')) {
    expect(line.length).toBeLessThanOrEqual(80);
  }
});
