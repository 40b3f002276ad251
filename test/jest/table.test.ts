import { manifests } from '../../jest';
import { failure, lines, SHOP, STARS } from './failure';

const CLOSED = { exceptUnseen: 8080, except: [{ to: 'external' }, { from: 'frontend', to: 'backend', port: 6379 }] };

describe('toDenyAllConnections', () => {
  test('looks at all workloads and at the outside, and at what is not excepted', () => {
    expect(SHOP).toDenyAllConnections(CLOSED);
  });

  test('looks at the ends that are named only', () => {
    expect(SHOP).toDenyAllConnections({ to: 'frontend', exceptUnseen: 8080 });
    expect(SHOP).toDenyAllConnections({ from: 'frontend-canary', to: ['frontend', 'backend'] });
    expect(STARS).toDenyAllConnections({ from: ['external', 'client'], to: 'backend' });
  });

  test('names each connection that is open and should not be, and each that should be', () => {
    const table = { to: ['backend', 'frontend-canary'], except: [{ from: 'frontend', port: ['UDP 53', 80] }] };
    expect(failure(() => expect(SHOP).toDenyAllConnections(table))).toBe(
      lines(`
        expect(manifests).toDenyAllConnections({ to: ["backend", "frontend-canary"], except: [{ from: "frontend", port: ["UDP 53", 80] }] })

        Expected: all 8 connections are closed, but for the exceptions
        Received: 2 are not as expected

        shop/Deployment/frontend -> shop/StatefulSet/backend
          expected TCP 80, UDP 53
          received TCP 6379
          egress   no policy selects shop/Deployment/frontend for egress
          ingress  TCP 6379: allowed by NetworkPolicy shop/backend (test/jest/fixtures/shop.yaml:59), ingress rule 1

        shop/Deployment/frontend -> shop/Deployment/frontend-canary
          expected TCP 80, UDP 53
          received none
          egress   no policy selects shop/Deployment/frontend for egress
          ingress  closed by NetworkPolicy shop/default-deny (test/jest/fixtures/shop.yaml:47): no ingress rule allows this
      `),
    );
  });

  test('tells of ten differences, and how many more there are', () => {
    const text = failure(() => expect('dist/online-boutique.k8s.yaml').toDenyAllConnections());
    expect(text).toContain('expect(manifests).toDenyAllConnections()\n\nExpected: all 180 connections are closed\n');
    expect(text).toContain('Received: 180 are not as expected\n');
    expect(text.match(/ -> /g)).toHaveLength(10);
    expect(text).toMatch(/\n\n… and 170 more$/);
  });
});

describe('toAllowAllConnections', () => {
  test('looks at every port of every connection', () => {
    expect('dist/online-boutique.k8s.yaml').toAllowAllConnections();
    expect('dist/stars/1-open.k8s.yaml').toAllowAllConnections();
    expect(STARS).toAllowAllConnections({ to: ['management-ui', 'external'] });
  });

  test('takes exceptions, which are closed on just their ports', () => {
    const policy = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'no-ssh', namespace: 'stars' },
      spec: {
        podSelector: { matchLabels: { role: 'backend' } },
        ingress: [
          {
            ports: [
              { protocol: 'TCP', port: 1, endPort: 21 },
              { port: 23, endPort: 65535 },
            ],
          },
          {
            ports: [
              { protocol: 'UDP', port: 1, endPort: 65535 },
              { protocol: 'SCTP', port: 1, endPort: 65535 },
            ],
          },
        ],
      },
    };
    const subject = ['dist/stars/1-open.k8s.yaml', policy];
    expect(subject).toAllowAllConnections({ except: [{ to: 'backend', port: 22 }] });
    const other = failure(() => expect(subject).toAllowAllConnections({ except: [{ to: 'backend', port: 23 }] }));
    expect(other).toContain('expected SCTP all, TCP 1-22, TCP 24-65535, UDP all\n');
    expect(other).toContain('received SCTP all, TCP 1-21, TCP 23-65535, UDP all\n');
    const less = failure(() => expect(subject).toAllowAllConnections());
    expect(less).toContain('Expected: all 28 connections are open\nReceived: 5 are not as expected\n');
  });

  test('takes a connection that is closed altogether', () => {
    const table = { to: 'frontend', except: [{ from: ['backend', 'external', 'client'] }] };
    expect(STARS).not.toAllowConnection({ from: 'backend', to: 'frontend' });
    expect(failure(() => expect(STARS).toAllowAllConnections(table))).toContain('Received: 1 is not as expected');
    expect(STARS).toAllowAllConnections({
      from: ['backend', 'management-ui'],
      ...table,
      except: [{ from: 'backend' }],
    });
  });
});

describe('fails', () => {
  const refused = (table: object, subject: unknown = SHOP) =>
    failure(() => expect(subject).toDenyAllConnections(table))
      .split('\n\n')
      .slice(1)
      .join('\n\n');

  test('if it is asked for the opposite, which says of no connection whether it is open', () => {
    expect(failure(() => expect(SHOP).not.toDenyAllConnections())).toBe(
      lines(`
        expect(manifests).not.toDenyAllConnections()

        "not" would say of no connection whether it is open; leave it out and name what differs in "except"
      `),
    );
  });

  test('if there is no workload, and so nothing to deny', () => {
    const policies = 'dist/stars/2-default-deny.k8s.yaml';
    expect(refused({}, policies)).toBe('there is no workload in the manifests, and so no connection');
  });

  test('if there is no connection between the ends', () => {
    const expected = 'between these peers there is no connection; give at least two, one of them a workload';
    expect(refused({ from: 'frontend', to: 'frontend' })).toBe(expected);
    expect(refused({ from: 'external', to: 'external' })).toBe(expected);
  });

  test('if an exception is about none of the connections, and so asserts nothing', () => {
    expect(refused({ to: 'frontend', except: [{ to: 'backend', port: 6379 }] })).toBe(
      'except[0] is { to: "backend", port: 6379 }, which is none of these connections',
    );
  });

  test('if an exception is about addresses that no policy tells apart', () => {
    expect(refused({ except: [{ from: '10.0.0.0/8' }] })).toBe(
      'except[0].from "10.0.0.0/8": no policy tells these addresses from the rest of any IPv4; give that, or "external"',
    );
    expect(refused({ except: [{ from: '0.0.0.0/8' }] })).toContain('from the rest of any IPv4; ');
    expect(refused({ except: [{ from: '255.0.0.0/8' }] })).toContain('from the rest of any IPv4; ');
    expect(refused({ except: [{ to: '::1' }] })).toContain('from the rest of any IPv6; ');
    expect(SHOP).toDenyAllConnections({ ...CLOSED, except: [...CLOSED.except, { to: ['0.0.0.0/0', '::/0'] }] });
  });

  test.each([
    [{ except: { from: 'frontend' } }, 'except is { from: "frontend" }; give a list such as [{ from: "frontend" }]'],
    [{ except: [7] }, 'except[0] is 7; give one such as { from: "frontend", to: "backend", port: 6379 }'],
    [{ except: [{ source: 'x' }] }, 'except[0] has source; it may have from, to, port'],
    [{ except: [{ port: [] }] }, 'port is an empty list; give at least one port, or leave it out for all'],
    [
      { except: [{ port: 'TCP 90-80' }] },
      'port is "TCP 90-80"; give one from 1 to 65535 such as 6379, "UDP 53" or "TCP 8000-8999"',
    ],
    [{ among: [] }, 'the table has among; it may have from, to, except, exceptUnseen'],
    [{ to: 'fronted' }, 'to "fronted": no workload has this name; did you mean shop/Deployment/frontend?'],
  ])('if the table is %j', (table, expected) => {
    expect(refused(table)).toBe(expected);
  });
});

test('addresses that a policy names can be excepted', () => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'office', namespace: 'shop' },
    spec: {
      podSelector: { matchLabels: { app: 'frontend' } },
      ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 443 }] }],
    },
  };
  const except = [{ from: '10.0.0.0/8', port: 443 }];
  const table = { to: 'frontend', except, exceptUnseen: 8080 } as const;
  // Pods may have such addresses as well, and whether the block then means them hangs on the network plugin.
  expect(failure(() => expect([SHOP, policy]).toDenyAllConnections(table))).toContain('the addresses of pods');
  expect(manifests([SHOP, policy], { pods: ['192.168.0.0/16'] })).toDenyAllConnections(table);
  expect(manifests([SHOP, policy], { ipBlocks: 'outside' })).toDenyAllConnections(table);
  expect([SHOP, policy]).toAllowConnection({ from: '10.1.2.3', to: 'frontend', port: 443 });
  expect([SHOP, policy]).toDenyConnection({ from: '11.0.0.0/8', to: 'frontend' });
});
