import { app, clusterOf, deployment, IPV4, IPV6, outside, policy } from './manifests';

const web = deployment('shop/web', { app: 'web' });
const block = (cidr: string, ...except: string[]) => ({ ipBlock: { cidr, except } });
const ingress = (...from: object[]) => policy('shop/in', { ...app('web'), ingress: [{ from }] });
const egress = (...to: object[]) => policy('shop/out', { ...app('web'), policyTypes: ['Egress'], egress: [{ to }] });
const ranges = (objects: readonly object[]) => clusterOf(objects).externals.map(({ ipRange }) => ipRange);

/** What the outside may open. */
const incoming = (objects: readonly object[]) => outside(objects).filter((line) => line.includes('> shop/web'));

const OUT = [`shop/web > ${IPV4}: all`, `shop/web > ${IPV6}: all`];

test('without an ipBlock there is one range for each family', () => {
  expect(ranges([web])).toEqual([IPV4, IPV6]);
  expect(outside([web])).toEqual([...OUT, `${IPV4} > shop/web: all`, `${IPV6} > shop/web: all`]);
});

test('a policy without ipBlock lets the outside in where it lets everybody in, and nowhere else', () => {
  const rules = (...rule: object[]) => incoming([web, policy('shop/in', { ...app('web'), ingress: rule })]);
  expect(rules({ from: [{ namespaceSelector: {} }, { podSelector: {} }] })).toEqual([]);
  expect(rules({ ports: [{ port: 80 }] })).toEqual([`${IPV4} > shop/web: TCP 80`, `${IPV6} > shop/web: TCP 80`]);
});

test('a block divides its family into what is before, in and behind it', () => {
  expect(outside([web, egress(block('10.0.0.0/8'))])).toEqual([
    'shop/web > 10.0.0.0-10.255.255.255: all',
    '0.0.0.0-9.255.255.255 > shop/web: all',
    '10.0.0.0-10.255.255.255 > shop/web: all',
    '11.0.0.0-255.255.255.255 > shop/web: all',
    `${IPV6} > shop/web: all`,
  ]);
});

test('an exception is outside of its block', () => {
  expect(incoming([web, ingress(block('10.0.0.0/8', '10.1.0.0/16', '10.1.2.0/24', '10.255.255.255/32'))])).toEqual([
    '10.0.0.0-10.0.255.255 > shop/web: all',
    '10.2.0.0-10.255.255.254 > shop/web: all',
  ]);
});

test('an exception of one block is open where another block covers it', () => {
  expect(ranges([web, ingress(block('10.0.0.0/8', '10.1.0.0/16'), block('10.1.0.0/16'))])).toEqual([
    '0.0.0.0-9.255.255.255',
    '10.0.0.0-10.255.255.255',
    '11.0.0.0-255.255.255.255',
    IPV6,
  ]);
});

test('neighbours that mean the same for every workload are one range', () => {
  expect(ranges([web, ingress(block('0.0.0.0/1'), block('128.0.0.0/1'))])).toEqual([IPV4, IPV6]);
  expect(ranges([web, ingress(block('10.0.0.0/9'), block('10.128.0.0/9'))])).toHaveLength(4);
});

test('a policy that selects nothing divides nothing', () => {
  const none = policy('shop/in', { ...app('nobody'), ingress: [{ from: [block('10.0.0.0/8')] }] });
  expect(ranges([web, none])).toEqual([IPV4, IPV6]);
});

test('one partition serves both directions and all workloads', () => {
  const db = deployment('shop/db', { app: 'db' });
  const other = policy('shop/db', { ...app('db'), ingress: [{ from: [block('10.9.0.0/16')] }] });
  const found = ranges([web, db, egress(block('10.0.0.0/8')), other]);
  expect(found).toEqual([
    '0.0.0.0-9.255.255.255',
    '10.0.0.0-10.8.255.255',
    '10.9.0.0-10.9.255.255',
    '10.10.0.0-10.255.255.255',
    '11.0.0.0-255.255.255.255',
    IPV6,
  ]);
});

test('the first and the last address of each family', () => {
  const all = ingress(block('0.0.0.0/32'), block('255.255.255.255/32'), block('::/128'), block('ffff::/16'));
  expect(incoming([web, all])).toEqual([
    '0.0.0.0-0.0.0.0 > shop/web: all',
    '255.255.255.255-255.255.255.255 > shop/web: all',
    '::-:: > shop/web: all',
    'ffff::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff > shop/web: all',
  ]);
});

test('IPv6 blocks and exceptions', () => {
  expect(incoming([web, ingress(block('2001:db8::/32', '2001:db8:1::/48'))])).toEqual([
    '2001:db8::-2001:db8:0:ffff:ffff:ffff:ffff:ffff > shop/web: all',
    '2001:db8:2::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff > shop/web: all',
  ]);
});

test('everything in one family says nothing of the other', () => {
  expect(incoming([web, ingress(block('0.0.0.0/0'))])).toEqual([`${IPV4} > shop/web: all`]);
});

test('bits behind the prefix are ignored', () => {
  expect(ranges([web, ingress(block('10.1.2.3/8'))])).toEqual(ranges([web, ingress(block('10.0.0.0/8'))]));
});

test('blocks with ports of their own overlap', () => {
  const rule = (cidr: string, port: number) => ({ from: [block(cidr)], ports: [{ port }] });
  const both = policy('shop/in', { ...app('web'), ingress: [rule('10.0.0.0/8', 80), rule('10.1.0.0/16', 443)] });
  expect(incoming([web, both])).toEqual([
    '10.0.0.0-10.0.255.255 > shop/web: TCP 80',
    '10.1.0.0-10.1.255.255 > shop/web: TCP 80, TCP 443',
    '10.2.0.0-10.255.255.255 > shop/web: TCP 80',
  ]);
});

test('the name of a port means nothing at an address, but something at the pod that an address connects to', () => {
  const spec = { containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }] };
  const pod = deployment('shop/web', { app: 'web' }, spec);
  const rule = [{ ports: [{ port: 'http' }, { port: 1 }] }];
  expect(outside([pod, policy('shop/p', { podSelector: {}, ingress: rule, egress: rule })])).toEqual([
    `shop/web > ${IPV4}: TCP 1`,
    `shop/web > ${IPV6}: TCP 1`,
    `${IPV4} > shop/web: TCP 1, TCP 8080`,
    `${IPV6} > shop/web: TCP 1, TCP 8080`,
  ]);
});
