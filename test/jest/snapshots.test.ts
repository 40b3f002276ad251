import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster } from '../../analysis';
import '../../jest';
import { manifests } from '../../jest';
import { connectivityText } from '../../jest/snapshots';
import { failure, lines, SHOP } from './failure';
import { JestFolder, LOAD } from './jest-folder';

describe('toMatchConnectivitySnapshot', () => {
  test('has a paragraph for each target and a line for each source', () => {
    expect(SHOP).toMatchConnectivitySnapshot();
  });

  test('says of an open cluster in few lines that it is open', () => {
    expect('dist/stars/1-open.k8s.yaml').toMatchConnectivitySnapshot();
  });

  test('changes where a block of addresses is opened, and nowhere else', () => {
    const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } } });
    const policy = (...blocks: string[]) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'a' },
      spec: {
        podSelector: { matchLabels: { app: 'a' } },
        policyTypes: ['Ingress', 'Egress'],
        egress: blocks.map((cidr) => ({ to: [{ ipBlock: { cidr } }], ports: [{ port: 443 }] })),
      },
    });
    const text = (...blocks: string[]) => connectivityText(Cluster.from([pod('a'), pod('b'), policy(...blocks)]));
    const closed = text();
    expect(closed).toBe(`default/Pod/a
  from nobody

default/Pod/b
  from any IPv4: all
  from any IPv6: all

any IPv4
  from default/Pod/b: all

any IPv6
  from default/Pod/b: all`);
    const [before, behind] = ['any IPv4\n', '\n\nany IPv6'];
    expect(text('10.0.0.0/8', '11.0.0.0/8')).toBe(
      closed.replace(before, '0.0.0.0-9.255.255.255\n').replace(
        behind,
        `

10.0.0.0/7
  from default/Pod/a: TCP 443
  from default/Pod/b: all

12.0.0.0-255.255.255.255
  from default/Pod/b: all${behind}`,
      ),
    );
  });

  test('counts as one assertion, and takes a hint', () => {
    expect.assertions(1);
    expect(SHOP).toMatchConnectivitySnapshot('with a hint');
  });

  test('fails if there is no workload', () => {
    const text = failure(() => expect('dist/stars/2-default-deny.k8s.yaml').toMatchConnectivitySnapshot());
    expect(text).toContain('\n\nthere is no workload in the manifests, and so no connection');
  });
});

describe('toMatchRoutingSnapshot', () => {
  test('has a paragraph for each path of each host', () => {
    expect(SHOP).toMatchRoutingSnapshot();
  });

  test('says that there are no routes', () => {
    expect('dist/stars').toMatchRoutingSnapshot();
  });

  test('fails if the manifests cannot be used', () => {
    expect(failure(() => expect(manifests(SHOP, { ingressClass: 'x' })).toMatchRoutingSnapshot())).toContain(
      'no Ingress is of class "x"; there are "nginx"',
    );
  });
});

test.each(['toMatchConnectivitySnapshot', 'toMatchRoutingSnapshot'] as const)('%s refuses "not"', (matcher) => {
  expect(failure(() => expect(SHOP).not[matcher]())).toBe(
    lines(`
      expect(manifests).not.${matcher}()

      a snapshot can only be met; leave out "not"
    `),
  );
  const hint = 7 as unknown as string;
  expect(failure(() => expect(SHOP)[matcher](hint))).toContain('\n\nthe hint is 7; give a text, or leave it out');
});

describe('a run of jest', () => {
  const folder = new JestFolder();
  const snapshot = join(folder.path, '__snapshots__/shop.test.js.snap');
  afterAll(() => folder.remove());

  beforeAll(() => {
    folder.write('shop.yaml', readFileSync(SHOP, 'utf8'));
    folder.write(
      'shop.test.js',
      `${LOAD}
       test('shop', () => {
         expect('shop.yaml').toMatchConnectivitySnapshot();
         expect('shop.yaml').toMatchRoutingSnapshot();
       });`,
    );
  });

  test('writes snapshots, tells of what changed, and updates them; in CI it writes none', () => {
    const ci = folder.run('--ci');
    expect(ci).toMatchObject({ status: 1, text: expect.stringContaining('New snapshot was not written.') });
    expect(existsSync(snapshot)).toBe(false);

    expect(folder.run('--ci=false')).toMatchObject({ status: 0, text: expect.stringContaining('2 snapshots written') });
    const first = readFileSync(snapshot, 'utf8');
    expect(first).toContain('exports[`shop 1`]');
    expect(first).toContain('exports[`shop 2`]');
    expect(folder.run('--ci')).toMatchObject({ status: 0, text: expect.stringContaining('2 passed, 2 total') });

    const shop = readFileSync(SHOP, 'utf8').replace('port: 6379 }]\n---\n', 'port: 6380 }]\n---\n');
    folder.write('shop.yaml', shop.replace('canary-weight: "5"', 'canary-weight: "10"'));
    const changed = folder.run('--ci');
    expect(changed.status).toBe(1);
    // Both are told in one run.
    expect(changed.text.match(/^ {4}[-+] {3}\S.*/gm)).toEqual([
      '    -   from shop/Deployment/frontend: TCP 6379',
      '    +   from shop/Deployment/frontend: TCP 6380',
      '    -   to frontend:80: 95 %',
      '    +   to frontend:80: 90 %',
      '    -   to frontend-canary:80: 5 %',
      '    +   to frontend-canary:80: 10 %',
    ]);

    expect(folder.run('-u')).toMatchObject({ status: 0, text: expect.stringContaining('2 snapshots updated') });
    expect(readFileSync(snapshot, 'utf8')).toContain('from shop/Deployment/frontend: TCP 6380');
  }, 60_000);
});
