import { Chart } from 'cdk8s';
import {
  Calico,
  CalicoNodeAddress,
  DefaultDenyNamespace,
  EgressDefault,
  ExposedService,
  Exposure,
  IngressNginx,
  NetworkingApp,
  Peer,
} from '../../constructs';

// What an API server says of a block whose address has bits beyond the prefix differs from field to field; here it is one sentence.

const shop = (at: Chart) =>
  new DefaultDenyNamespace(at, 'shop', { name: 'shop', egress: EgressDefault.DENY_EXCEPT_DNS });
const exposed = (at: Chart, exposure: Exposure) =>
  new ExposedService(at, 'web', { image: 'registry.example/web:1', port: 8080, exposure });
const network = (calicoNetwork: object) => ({ values: { installation: { calicoNetwork } } });

/** Every place that takes a block, each with the block in it. */
const PLACES: [string, (at: Chart, block: string) => unknown][] = [
  [
    'the source ranges of a load balancer',
    (at, block) => exposed(at, Exposure.loadBalancer({ sourceRanges: [block] })),
  ],
  [
    'the source ranges of a Network Load Balancer',
    (at, block) => exposed(at, Exposure.awsNetworkLoadBalancer({ sourceRanges: [block] })),
  ],
  [
    'the source ranges of ingress-nginx',
    (at, block) => new IngressNginx(at, 'nginx', { loadBalancerSourceRanges: [block] }),
  ],
  ['Peer.cidr', (at, block) => shop(at).allowFromWorkload(Peer.cidr(block))],
  ['an exception of Peer.cidr', (at, block) => shop(at).allowFromWorkload(Peer.cidr('0.0.0.0/0', [block]))],
  ['allowFromCidr', (at, block) => shop(at).allowFromCidr(block)],
  ['allowToCidr', (at, block) => shop(at).allowToCidr(block)],
  [
    'serviceCidrs of Calico',
    (at, block) => new Calico(at, 'c', { values: { installation: { serviceCidrs: [block] } } }),
  ],
  ['a pool of Calico', (at, block) => new Calico(at, 'c', network({ ipPools: [{ cidr: block }] }))],
  [
    'where Calico finds the address of a node',
    (at, block) => new Calico(at, 'c', network({ nodeAddressAutodetectionV4: CalicoNodeAddress.inCidrs(block) })),
  ],
];

const refusalOf = (place: (at: Chart, block: string) => unknown, block: string): string => {
  try {
    place(new Chart(new NetworkingApp(), 'test'), block);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('a block with bits beyond its prefix is refused with the blocks that may be meant,', () => {
  test.each(PLACES)('as %s', (_, place) => {
    expect(refusalOf(place, '203.0.113.7/24')).toContain(
      'is "203.0.113.7/24"; a block begins at its first address, give "203.0.113.0/24", or "203.0.113.7/32" for that address alone',
    );
  });

  test.each([
    ['10.0.0.1/8', '10.0.0.0/8', '10.0.0.1/32'],
    ['192.0.2.1/0', '0.0.0.0/0', '192.0.2.1/32'],
    ['192.0.2.3/31', '192.0.2.2/31', '192.0.2.3/32'],
    ['fd00::1/64', 'fd00::/64', 'fd00::1/128'],
    ['2001:DB8:0:0:1::/48', '2001:db8::/48', '2001:db8:0:0:1::/128'],
    ['2001:db8::10.0.0.1/96', '2001:db8::/96', '2001:db8::a00:1/128'],
  ])('%s: %s or %s', (given, whole, single) => {
    const place = (_: Chart, block: string) => exposed(_, Exposure.loadBalancer({ sourceRanges: [block] }));
    expect(refusalOf(place, given)).toContain(`give "${whole}", or "${single}" for that address alone`);
    expect([refusalOf(place, whole), refusalOf(place, single)]).toEqual(['', '']);
  });
});

describe('a block that an API server reads otherwise, or not at all, is refused:', () => {
  test.each([
    '10.0.0.0/08',
    '010.0.0.0/8',
    '10.0.0/8',
    'fd00::/08',
    'fd00::%eth0/64',
    '::ffff:10.0.0.0/104',
    '10.0.0.0/33',
  ])('%s', (block) => {
    expect(refusalOf((at, given) => shop(at).allowFromCidr(given), block)).toContain(
      `is "${block}"; give a block such as "10.0.0.0/8" or "fd00::/8"`,
    );
  });

  test('an exception of the other family', () => {
    expect(refusalOf((at) => shop(at).allowFromWorkload(Peer.cidr('::/0', ['10.0.0.0/8'])), '')).toContain(
      'give a block that lies within ::/0 and is smaller',
    );
  });
});
