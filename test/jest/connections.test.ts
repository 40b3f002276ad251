import { manifests } from '../../jest';
import { failure, lines, SHOP, STARS } from './failure';

describe('toAllowConnection', () => {
  test('holds where the port is open', () => {
    expect(STARS).toAllowConnection({ from: 'frontend', to: 'backend', port: 6379 });
    expect(STARS).toAllowConnection({ from: 'client', to: 'frontend', port: 'TCP 80' });
    expect(STARS).toAllowConnection({ from: 'management-ui', to: 'client', port: 53, protocol: 'UDP' });
  });

  test('holds without a port where any port is open', () => {
    expect(STARS).toAllowConnection({ from: 'frontend', to: 'backend' });
    expect(STARS).not.toAllowConnection({ from: 'client', to: 'backend' });
  });

  test('says of a closed port which policies close it, and what is open instead', () => {
    const assert = () => expect(STARS).toAllowConnection({ from: 'client', to: 'backend', port: 6379 });
    expect(failure(assert)).toBe(
      lines(`
        expect(manifests).toAllowConnection({ from: "client", to: "backend", port: 6379 })

        Expected: TCP 6379 is open
        Received: TCP 6379 is closed

        client/Deployment/client -> stars/Deployment/backend: not TCP 6379
          egress   no policy selects client/Deployment/client for egress
          ingress  closed by NetworkPolicy stars/allow-ui (dist/stars/3-allow-ui.k8s.yaml:1): no ingress rule allows this
                   closed by NetworkPolicy stars/backend-policy (dist/stars/4-backend-policy.k8s.yaml:1): no ingress rule allows this
                   closed by NetworkPolicy stars/default-deny (dist/stars/2-default-deny.k8s.yaml:1): no ingress rule allows this
                   nearest: ingress rule 1, from[0] of NetworkPolicy stars/backend-policy (dist/stars/4-backend-policy.k8s.yaml:9): a podSelector alone means namespace stars, and client/Deployment/client is in client; add a namespaceSelector; and it wants role: frontend, and client/Deployment/client has role: client

        To stars/Deployment/backend may connect:
          management-ui/Deployment/management-ui  all
          stars/Deployment/frontend               TCP 6379

        client/Deployment/client may connect to:
          management-ui/Deployment/management-ui  all
          stars/Deployment/frontend               TCP 80
          any IPv4                                all
          any IPv6                                all
      `),
    );
  });

  test('says of a wrong port which one is right', () => {
    const assert = () => expect(SHOP).toAllowConnection({ from: 'frontend', to: 'backend', port: 80 });
    expect(failure(assert)).toBe(
      lines(`
        expect(manifests).toAllowConnection({ from: "frontend", to: "backend", port: 80 })

        Expected: TCP 80 is open
        Received: TCP 80 is closed

        shop/Deployment/frontend -> shop/StatefulSet/backend: not TCP 80
          egress   no policy selects shop/Deployment/frontend for egress
          ingress  closed by NetworkPolicy shop/backend (test/jest/fixtures/shop.yaml:52): no ingress rule allows this
                   closed by NetworkPolicy shop/default-deny (test/jest/fixtures/shop.yaml:47): no ingress rule allows this
                   nearest: ingress rule 1, from[0] of NetworkPolicy shop/backend (test/jest/fixtures/shop.yaml:59): it opens TCP 6379

        To shop/StatefulSet/backend may connect:
          shop/Deployment/frontend  TCP 6379

        shop/Deployment/frontend may connect to:
          shop/StatefulSet/backend  TCP 6379
          any IPv4                  all
          any IPv6                  all
      `),
    );
  });

  test('says where nobody may connect at all', () => {
    const assert = () => expect(SHOP).toAllowConnection({ from: 'backend', to: 'frontend' });
    expect(failure(assert)).toContain('Expected: some port is open\nReceived: no port is open\n');
    expect(failure(assert)).toContain('To shop/Deployment/frontend may connect:\n  nobody\n');
  });
});

describe('toDenyConnection', () => {
  test('holds where the port is closed', () => {
    expect(STARS).toDenyConnection({ from: 'client', to: 'backend', port: 6379 });
    expect(STARS).toDenyConnection({ from: 'frontend', to: 'backend', port: 'UDP 6379' });
    expect(STARS).toDenyConnection({ from: 'backend', to: 'frontend' });
    expect(STARS).not.toDenyConnection({ from: 'frontend', to: 'backend' });
  });

  test('says of an open port which rule opens it', () => {
    const assert = () => expect(STARS).toDenyConnection({ from: 'frontend', to: 'backend' });
    expect(failure(assert)).toBe(
      lines(`
        expect(manifests).toDenyConnection({ from: "frontend", to: "backend" })

        Expected: every port is closed
        Received: TCP 6379 is open

        stars/Deployment/frontend -> stars/Deployment/backend: TCP 6379
          egress   no policy selects stars/Deployment/frontend for egress
          ingress  TCP 6379: allowed by NetworkPolicy stars/backend-policy (dist/stars/4-backend-policy.k8s.yaml:8), ingress rule 1
      `),
    );
  });

  test('says that every port is open', () => {
    const text = failure(() => expect(STARS).toDenyConnection({ from: 'client', to: 'management-ui' }));
    expect(text).toContain('Expected: every port is closed\nReceived: every port is open\n');
  });

  test('is what not.toAllowConnection says, but for its name', () => {
    const question = { from: 'frontend', to: 'backend', port: 6379 };
    const denied = failure(() => expect(STARS).toDenyConnection(question));
    const notAllowed = failure(() => expect(STARS).not.toAllowConnection(question));
    expect(notAllowed).toBe(denied.replace('.toDeny', '.not.toAllow'));
  });
});

test('what is assumed stands in the message and in the snapshot', () => {
  const text = failure(() => expect([STARS, ANTREA]).toDenyConnection({ from: 'frontend', to: 'backend' }));
  expect(text).toMatch(
    /\n\nWorth knowing:\n {2}objects\[1\]: ClusterNetworkPolicy all: a policy of crd\.antrea\.io, which is not taken into account; it may open more$/,
  );
  expect(['dist/stars/1-open.k8s.yaml', ANTREA]).toMatchConnectivitySnapshot();
});

const ANTREA = {
  apiVersion: 'crd.antrea.io/v1beta1',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'all' },
  spec: { appliedTo: [{ podSelector: { matchLabels: { role: 'backend' } } }], ingress: [{ action: 'Allow' }] },
};

test('no matcher passes where a policy that is not evaluated may make it wrong, unless it is said to do nothing', () => {
  const closed = { from: 'client', to: 'backend' };
  expect(STARS).toDenyConnection(closed);
  expect(failure(() => expect([STARS, ANTREA]).toDenyConnection(closed))).toContain(
    lines(`
      Expected: every port is closed
      Received: manifests alone cannot tell

      client/Deployment/client -> stars/Deployment/backend hangs on
        ClusterNetworkPolicy all, which is not evaluated (manifests(…, { otherPolicies: "ignore" })): all may be open
    `),
  );
  expect(manifests([STARS, ANTREA], { otherPolicies: 'ignore' })).toDenyConnection(closed);
  // What it opens is open anyway, and it is about no other pods.
  expect([STARS, ANTREA]).toAllowConnection({ from: 'frontend', to: 'backend', port: 6379 });
  expect([STARS, ANTREA]).toDenyConnection({ from: 'backend', to: 'frontend' });
  const drop = { ...ANTREA, spec: { ...ANTREA.spec, ingress: [{ action: 'Drop' }] } };
  const open = { from: 'frontend', to: 'backend', port: 6379 };
  expect(failure(() => expect([STARS, drop]).toAllowConnection(open))).toContain('it may be closed');
  expect(manifests([STARS, drop], { otherPolicies: 'ignore' })).toAllowConnection(open);
  expect([STARS, drop]).toDenyConnection(closed);
});

test('a workload and itself are its replicas', () => {
  expect(STARS).toDenyConnection({ from: 'frontend', to: 'stars/frontend' });
  expect(STARS).toAllowConnection({ from: 'management-ui', to: 'management-ui' });
});

describe('the port of a Service that is not that of its pods', () => {
  const labels = { app: 'api' };
  const objects = (port: number) => [
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', labels: { app: 'web' } } },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api', labels } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'api' },
      spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'api' },
      spec: { podSelector: { matchLabels: labels }, ingress: [{ ports: [{ port }] }] },
    },
  ];
  const question = { from: 'web', to: 'api', port: 80 };

  test('is not open where the port behind it is closed', () => {
    const text = failure(() => expect(objects(80)).toAllowConnection(question));
    expect(text).toContain(
      'Received: TCP 80 is the port of Service default/api, which leads to TCP 8080 of its pods, and that is closed\n',
    );
    failure(() => expect(objects(80)).toDenyConnection(question));
  });

  test('opens nothing where no other port is open', () => {
    const any = { from: 'web', to: 'api' };
    const text = failure(() => expect(objects(80)).toAllowConnection(any));
    expect(text).toContain(
      'Expected: some port is open\nReceived: TCP 80 is the port of Service default/api, which leads to',
    );
    failure(() => expect(objects(80)).toDenyConnection(any));
    expect(objects(8080)).toAllowConnection(any);
  });

  test('is not closed where the port behind it is open', () => {
    const text = failure(() => expect(objects(8080)).toDenyConnection(question));
    expect(text).toContain('leads to TCP 8080 of its pods, and that is open');
    failure(() => expect(objects(8080)).toAllowConnection(question));
    expect(objects(8080)).toAllowConnection({ ...question, port: 8080 });
    expect(objects(443)).toDenyConnection(question);
  });
});

describe('several ends', () => {
  test('have to be of one kind', () => {
    expect(STARS).toAllowConnection({ from: 'management-ui', to: ['frontend', 'backend', 'client'] });
    expect(STARS).toDenyConnection({ from: ['backend', 'external'], to: ['frontend', 'client'] });
  });

  test('of which some are open and some closed are neither allowed nor denied', () => {
    const question = { from: ['frontend', 'client'], to: 'backend', port: 6379 };
    const allowed = failure(() => expect(STARS).toAllowConnection(question));
    expect(allowed).toContain('Expected: TCP 6379 is open\nReceived: 1 of 2 connections are closed\n');
    expect(allowed).toContain('client/Deployment/client -> stars/Deployment/backend: not TCP 6379\n');
    expect(allowed).not.toContain('frontend ->');
    const denied = 'Expected: TCP 6379 is closed\nReceived: 1 of 2 connections are open\n';
    expect(failure(() => expect(STARS).toDenyConnection(question))).toContain(denied);
    expect(failure(() => expect(STARS).not.toAllowConnection(question))).toContain(denied);
    expect(failure(() => expect(STARS).not.toDenyConnection(question))).toContain('1 of 2 connections are closed');
  });

  test('in both lists do not count as a connection to themselves', () => {
    const both = ['frontend', 'backend'];
    expect('dist/stars/1-open.k8s.yaml').toAllowConnection({ from: both, to: both });
  });

  test('are explained up to five times', () => {
    const text = failure(() => expect('dist/online-boutique.k8s.yaml').toDenyConnection({ from: 'external', to: ALL }));
    expect(text).toContain('Received: 8 of 8 connections are open\n');
    expect(text.match(/ -> /g)).toHaveLength(5);
    expect(text).toMatch(/\n\n… and 3 more$/);
  });
  const ALL = ['frontend', 'cartservice', 'emailservice', 'adservice'];
});

describe('fails, with not as without,', () => {
  const PORT = 'give one from 1 to 65535 such as 6379 or "UDP 53"';
  const PEER = 'give the name of a workload, an address, a CIDR, "external" or a construct';
  test.each([
    [
      'a name that nothing has',
      { from: 'fronted', to: 'backend' },
      'from "fronted": no workload has this name; did you mean stars/Deployment/frontend?',
    ],
    [
      'a name that is like no other',
      { from: 'frontend', to: 'toString' },
      'to "toString": no workload has this name; there are 4 workloads; give NAME, NAMESPACE/NAME or NAMESPACE/KIND/NAME, an IP address, a CIDR or "external"',
    ],
    [
      'a wrong namespace',
      { from: 'shop/frontend', to: 'backend' },
      'from "shop/frontend": no workload has this name; did you mean stars/Deployment/frontend?',
    ],
    [
      'two ends outside',
      { from: 'external', to: '10.0.0.0/8' },
      'from and to are both outside of the cluster; give a workload for one of them',
    ],
    ['an empty list', { from: [], to: 'backend' }, 'from is an empty list; give at least one workload or address'],
    ['no source', { to: 'backend' }, `from is undefined; ${PEER}`],
    ['an empty name', { from: '', to: 'backend' }, `from is ""; ${PEER}`],
    ['a name without kind', { from: { name: 'frontend' }, to: 'backend' }, `from is { name: "frontend" }; ${PEER}`],
    ['a port of 0', { from: 'frontend', to: 'backend', port: 0 }, `port is 0; ${PORT}`],
    ['a port of 70000', { from: 'frontend', to: 'backend', port: 70000 }, `port is 70000; ${PORT}`],
    ['a range of ports', { from: 'frontend', to: 'backend', port: '80-90' }, `port is "80-90"; ${PORT}`],
    ['a port by name', { from: 'frontend', to: 'backend', port: 'http' }, `port is "http"; ${PORT}`],
    ['an unknown protocol', { from: 'frontend', to: 'backend', port: 'ICMP 1' }, `port is "ICMP 1"; ${PORT}`],
    [
      'two protocols',
      { from: 'frontend', to: 'backend', port: 'TCP 53', protocol: 'UDP' },
      'port is "TCP 53" and protocol is "UDP"; give the protocol once',
    ],
    [
      'a protocol in small letters',
      { from: 'frontend', to: 'backend', port: 53, protocol: 'udp' },
      'protocol is "udp"; give one of SCTP, TCP, UDP',
    ],
    [
      'a protocol without port',
      { from: 'frontend', to: 'backend', protocol: 'UDP' },
      'protocol is "UDP" and there is no port; give both, or neither',
    ],
    [
      'something that nobody reads',
      { from: 'frontend', to: 'backend', ports: [6379] },
      'the question has ports; it may have from, to, port, protocol',
    ],
    ['no question', undefined, 'the question is undefined; give one such as { from: "frontend", to: "backend" }'],
  ])('%s', (_, question, expected) => {
    const given = question as { from: string; to: string };
    for (const assert of [
      () => expect(STARS).toAllowConnection(given),
      () => expect(STARS).not.toAllowConnection(given),
      () => expect(STARS).toDenyConnection(given),
    ]) {
      const [head, ...text] = failure(assert).split('\n\n');
      expect(head).toMatch(/^expect\(manifests\)\.(not\.)?to(Allow|Deny)Connection\(.*\)$/);
      expect(text.join('\n\n')).toBe(expected);
    }
  });

  test('a name that several workloads have', () => {
    const assert = () => expect([STARS, SHOP]).toDenyConnection({ from: 'frontend', to: 'client' });
    expect(failure(assert)).toContain(
      'from "frontend": 2 workloads have this name; choose one: shop/Deployment/frontend, stars/Deployment/frontend',
    );
  });

  test('the word "external" where a workload is called so', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'external', namespace: 'shop' }, spec: {} };
    const assert = () => expect([SHOP, pod]).toDenyConnection({ from: 'external', to: 'backend' });
    expect(failure(assert)).toContain(
      'from "external": a workload has this name; give shop/Pod/external, or the addresses outside as ["0.0.0.0/0", "::/0"]',
    );
    expect([SHOP, pod]).toDenyConnection({ from: ['0.0.0.0/0', '::/0'], to: 'backend' });
  });
});
