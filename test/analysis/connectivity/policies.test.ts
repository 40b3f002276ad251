import { app, deployment, inside, named, namespace, policy } from './manifests';

const a = deployment('shop/a', { app: 'a' });
const b = deployment('shop/b', { app: 'b' });
const c = deployment('other/c', { app: 'c' });

describe('isolation', () => {
  test('pods that no policy selects accept and open every connection', () => {
    expect(inside([a, b])).toEqual(['shop/a > shop/b: all', 'shop/b > shop/a: all']);
  });

  test('a policy that selects a pod and allows nothing closes it for ingress, and for nothing else', () => {
    expect(inside([a, b, policy('shop/deny', app('b'))])).toEqual(['shop/b > shop/a: all']);
  });

  test('a policy selects pods of its own namespace only', () => {
    expect(inside([a, c, policy('other/deny', { podSelector: {} })])).toEqual(['other/c > shop/a: all']);
  });

  test('an empty, a null and a missing podSelector each select every pod of the namespace', () => {
    for (const podSelector of [{}, null, undefined]) {
      expect(inside([a, b, policy('shop/deny', { podSelector })])).toEqual([]);
    }
  });

  test('policies add up: what one of them allows is allowed', () => {
    const allow = policy('shop/allow', { ...app('b'), ingress: [{ from: [app('a')] }] });
    expect(inside([a, b, policy('shop/deny', { podSelector: {} }), allow])).toEqual(['shop/a > shop/b: all']);
  });

  test('rules of several policies and of one policy add up alike', () => {
    const rule = (port: number) => ({ from: [app('a')], ports: [{ port }] });
    const two = [80, 81].map((port) => policy(`shop/p${port}`, { ...app('b'), ingress: [rule(port)] }));
    const one = policy('shop/p', { ...app('b'), ingress: [rule(80), rule(81)] });
    expect(inside([a, b, ...two])).toContain('shop/a > shop/b: TCP 80-81');
    expect(inside([a, b, one])).toEqual(inside([a, b, ...two]));
  });

  test('both ends must allow a connection, on the same port', () => {
    const egress = (port: number) =>
      policy('shop/out', { ...app('a'), policyTypes: ['Egress'], egress: [{ ports: [{ port }] }] });
    const ingress = policy('shop/in', { ...app('b'), ingress: [{ ports: [{ port: 80 }, { port: 443 }] }] });
    expect(inside([a, b, egress(80), ingress])).toContain('shop/a > shop/b: TCP 80');
    expect(inside([a, b, egress(81), ingress])).toEqual(['shop/b > shop/a: all']);
  });

  test('whom an egress rule names must still let the connection in', () => {
    const out = policy('shop/out', { ...app('a'), policyTypes: ['Egress'], egress: [{ to: [app('b')] }] });
    expect(inside([a, b, out, policy('shop/deny', app('b'))])).toEqual(['shop/b > shop/a: all']);
    expect(inside([a, b, out, policy('shop/in', { ...app('b'), ingress: [{ ports: [{ port: 80 }] }] })])).toEqual([
      'shop/a > shop/b: TCP 80',
      'shop/b > shop/a: all',
    ]);
  });

  test.each([
    [[80, 443], [{ port: 1, endPort: 1000 }], 'TCP 80, TCP 443'],
    [
      [80, 443],
      [
        { port: 1, endPort: 80 },
        { port: 443, endPort: 500 },
      ],
      'TCP 80, TCP 443',
    ],
    [[80, 443], [{ port: 443 }, { protocol: 'UDP' }], 'TCP 443'],
  ])('ports %j that go out and %j that come in: %s', (out, ports, expected) => {
    const numbers = (list: number[]) => list.map((port) => ({ port }));
    const between = (goOut: object[], comeIn: object[]) =>
      inside([
        a,
        b,
        policy('shop/out', { ...app('a'), policyTypes: ['Egress'], egress: [{ to: [app('b')], ports: goOut }] }),
        policy('shop/in', { ...app('b'), ingress: [{ ports: comeIn }] }),
      ])[0];
    expect(between(numbers(out), ports)).toBe(`shop/a > shop/b: ${expected}`);
    expect(between(ports, numbers(out))).toBe(`shop/a > shop/b: ${expected}`);
  });

  test('an answer needs no rule: who may connect gets replies', () => {
    const closed = policy('shop/out', { ...app('b'), policyTypes: ['Egress'] });
    expect(inside([a, b, closed])).toEqual(['shop/a > shop/b: all']);
  });
});

describe('policyTypes', () => {
  const rules = { ingress: [{ from: [app('a')] }], egress: [{ to: [app('a')] }] };

  test.each([
    ['left out, without egress rules', { ingress: [] }, ['shop/b > shop/a: all', 'shop/b > shop/c: all']],
    ['left out, with an empty list of egress rules', { egress: [] }, ['shop/b > shop/a: all', 'shop/b > shop/c: all']],
    ['left out, with egress rules', rules, ['shop/a > shop/b: all', 'shop/b > shop/a: all']],
    [
      'an empty list, with egress rules',
      { ...rules, policyTypes: [] },
      ['shop/a > shop/b: all', 'shop/b > shop/a: all'],
    ],
    [
      'Ingress alone, which leaves egress rules without effect',
      { ...rules, policyTypes: ['Ingress'] },
      ['shop/a > shop/b: all', 'shop/b > shop/a: all', 'shop/b > shop/c: all'],
    ],
    [
      'Egress alone, which leaves ingress rules without effect',
      { ...rules, policyTypes: ['Egress'] },
      ['shop/a > shop/b: all', 'shop/b > shop/a: all', 'shop/c > shop/b: all'],
    ],
    ['Egress alone, without rules', { policyTypes: ['Egress'] }, ['shop/a > shop/b: all', 'shop/c > shop/b: all']],
  ])('%s', (_, spec, expected) => {
    const third = deployment('shop/c', { app: 'c' });
    const lines = inside([a, b, third, policy('shop/p', { ...app('b'), ...spec })]);
    expect(lines.filter((line) => line.includes('shop/b'))).toEqual(expected);
  });
});

describe('peers', () => {
  const from = (...peers: object[]) => [a, b, c, policy('shop/p', { ...app('b'), ingress: [{ from: peers }] })];
  const toB = (objects: readonly object[]) => inside(objects).filter((line) => line.includes('> shop/b'));

  test('a rule without from, with a null one and with an empty one each allow everybody', () => {
    for (const ingress of [[{}], [{ from: null }], [{ from: [] }]]) {
      expect(toB([a, b, c, policy('shop/p', { ...app('b'), ingress })])).toEqual([
        'other/c > shop/b: all',
        'shop/a > shop/b: all',
      ]);
    }
  });

  test('no rule at all allows nobody', () => {
    for (const ingress of [[], null, undefined]) {
      expect(toB([a, b, c, policy('shop/p', { ...app('b'), ingress })])).toEqual([]);
    }
  });

  test('a podSelector alone is about pods of the namespace of the policy', () => {
    expect(toB(from({ podSelector: {} }))).toEqual(['shop/a > shop/b: all']);
    expect(toB(from(app('c')))).toEqual([]);
  });

  test('a namespaceSelector alone is about all pods of these namespaces', () => {
    expect(toB(from({ namespaceSelector: {} }))).toEqual(['other/c > shop/b: all', 'shop/a > shop/b: all']);
    expect(
      toB([...from({ namespaceSelector: { matchLabels: { team: 'x' } } }), namespace('other', { team: 'x' })]),
    ).toEqual(['other/c > shop/b: all']);
  });

  test('both in one peer mean both, in two peers either', () => {
    const selectors = [{ namespaceSelector: {} }, app('c')] as const;
    expect(toB(from({ ...selectors[0], ...selectors[1] }))).toEqual(['other/c > shop/b: all']);
    expect(toB(from(...selectors))).toEqual(['other/c > shop/b: all', 'shop/a > shop/b: all']);
  });

  test('a namespace has the label of its name, whether a manifest declares it or not', () => {
    const peer = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } };
    expect(toB(from(peer))).toEqual(['other/c > shop/b: all']);
    expect(toB([...from(peer), namespace('other', { 'kubernetes.io/metadata.name': 'liar' })])).toEqual([
      'other/c > shop/b: all',
    ]);
  });

  test('an ipBlock means addresses outside of the cluster and never a pod', () => {
    expect(toB(from({ ipBlock: { cidr: '0.0.0.0/0' } }))).toEqual([]);
  });

  test('egress rules name whom the pod may connect to', () => {
    const egress = [{ to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } }] }];
    const lines = inside([a, b, c, policy('shop/p', { ...app('b'), policyTypes: ['Egress'], egress })]);
    expect(lines.filter((line) => line.startsWith('shop/b'))).toEqual(['shop/b > other/c: all']);
  });
});

describe('selectors', () => {
  const workloads = [
    deployment('shop/none'),
    deployment('shop/empty', { tier: '' }),
    deployment('shop/web', { tier: 'web' }),
    deployment('shop/db', { tier: 'db', app: 'db' }),
  ];
  const target = deployment('shop/z', { tier: 'z', app: 'z' });
  const selected = (podSelector: object) =>
    inside([...workloads, target, policy('shop/p', { ...app('z'), ingress: [{ from: [{ podSelector }] }] })])
      .filter((line) => line.endsWith('> shop/z: all'))
      .map((line) => line.slice('shop/'.length, line.indexOf(' ')));
  const tier = (operator: string, values?: string[]) => ({ matchExpressions: [{ key: 'tier', operator, values }] });

  test.each([
    ['nothing: everything', {}, ['db', 'empty', 'none', 'web']],
    ['empty lists: everything', { matchLabels: {}, matchExpressions: [] }, ['db', 'empty', 'none', 'web']],
    ['a label', { matchLabels: { tier: 'web' } }, ['web']],
    ['an empty value, which a missing label does not have', { matchLabels: { tier: '' } }, ['empty']],
    ['In', tier('In', ['web', 'db', 'x']), ['db', 'web']],
    ['NotIn, which a missing label meets', tier('NotIn', ['web', 'db']), ['empty', 'none']],
    ['Exists', tier('Exists'), ['db', 'empty', 'web']],
    ['DoesNotExist', tier('DoesNotExist'), ['none']],
    ['Exists with an empty list of values', tier('Exists', []), ['db', 'empty', 'web']],
    ['several requirements, which all hold', { matchLabels: { app: 'db' }, ...tier('In', ['db', 'web']) }, ['db']],
    ['requirements that contradict each other', { matchLabels: { tier: 'web' }, ...tier('DoesNotExist') }, []],
    ['the name of a property of every object', { matchLabels: { constructor: 'x' } }, []],
  ])('%s', (_, podSelector, expected) => {
    expect(selected(podSelector)).toEqual(expected);
  });
});

describe('ports', () => {
  const toB = (
    ports: object[] | null | undefined,
    podSpec: object = {},
    target = deployment('shop/b', { app: 'b' }, podSpec),
  ) =>
    inside([a, target, policy('shop/p', { ...app('b'), ingress: [{ ports }] })]).filter((line) =>
      line.startsWith('shop/a'),
    );

  test.each([
    ['left out: all', undefined, 'all'],
    ['null: all', null, 'all'],
    ['an empty list: all', [], 'all'],
    ['a number, of TCP', [{ port: 80 }], 'TCP 80'],
    ['a protocol alone: all of its ports', [{ protocol: 'UDP' }], 'UDP all'],
    ['an entry without anything: all of TCP', [{}], 'TCP all'],
    ['every protocol: all', [{ protocol: 'UDP' }, { protocol: 'TCP' }, { protocol: 'SCTP' }], 'all'],
    ['a range', [{ port: 80, endPort: 90, protocol: 'UDP' }], 'UDP 80-90'],
    ['a range of one', [{ port: 80, endPort: 80 }], 'TCP 80'],
    [
      'neighbours and overlaps, as one range',
      [{ port: 82 }, { port: 80 }, { port: 81 }, { port: 70, endPort: 80 }],
      'TCP 70-82',
    ],
    ['the last port', [{ port: 65535 }, { port: 1 }], 'TCP 1, TCP 65535'],
    [
      'protocols in alphabetical order',
      [{ port: 1, protocol: 'UDP' }, { port: 2 }, { port: 3, protocol: 'SCTP' }],
      'SCTP 3, TCP 2, UDP 1',
    ],
  ])('%s', (_, ports, expected) => {
    expect(toB(ports)).toEqual([`shop/a > shop/b: ${expected}`]);
  });

  test('a name means the number that a container of the receiving pod gives it', () => {
    expect(toB([{ port: 'http' }], named({ http: 8080 }))).toEqual(['shop/a > shop/b: TCP 8080']);
  });

  test('a name means nothing at a pod that does not have it, or has it for another protocol', () => {
    expect(toB([{ port: 'http' }])).toEqual([]);
    expect(toB([{ port: 'dns' }], named({ dns: 'UDP 53' }))).toEqual([]);
    expect(toB([{ port: 'dns', protocol: 'UDP' }], named({ dns: 'UDP 53' }))).toEqual(['shop/a > shop/b: UDP 53']);
  });

  test('a name that two containers have means both of their ports', () => {
    const containers = [8080, 9090].map((containerPort) => ({ ports: [{ name: 'http', containerPort }] }));
    expect(toB([{ port: 'http' }], { containers })).toEqual(['shop/a > shop/b: TCP 8080, TCP 9090']);
  });

  test('an init container that keeps running is a container, another is gone', () => {
    const init = (restartPolicy?: string) => ({
      initContainers: [{ restartPolicy, ports: [{ name: 'http', containerPort: 80 }] }],
    });
    expect(toB([{ port: 'http' }], init('Always'))).toEqual(['shop/a > shop/b: TCP 80']);
    expect(toB([{ port: 'http' }], init())).toEqual([]);
  });

  test('in an egress rule too, a name is resolved at the receiving pod', () => {
    const objects = [
      deployment('shop/a', { app: 'a' }, named({ http: 1 })),
      deployment('shop/b', { app: 'b' }, named({ http: 80 })),
      deployment('other/c', {}, named({ http: 8080 })),
      deployment('other/d'),
      policy('shop/p', { ...app('a'), policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }] }] }),
    ];
    expect(inside(objects).filter((line) => line.startsWith('shop/a'))).toEqual([
      'shop/a > other/c: TCP 8080',
      'shop/a > shop/b: TCP 80',
    ]);
  });

  test('ports of a policy are those of pods: a Service in between changes nothing', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'b', namespace: 'shop' },
      spec: { selector: { app: 'b' }, ports: [{ port: 80, targetPort: 8080 }] },
    };
    const ingress = [{ ports: [{ port: 80 }] }];
    expect(inside([a, b, service, policy('shop/p', { ...app('b'), ingress })])).toContain('shop/a > shop/b: TCP 80');
  });
});
