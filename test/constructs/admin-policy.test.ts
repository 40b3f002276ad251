import { Chart } from 'cdk8s';
import {
  AdminPeer,
  AdminPolicy,
  type AdminPolicyProps,
  AdminRule,
  BaselinePolicy,
  DefaultDenyNamespace,
  ExposedService,
  NetworkingApp,
  PolicyPort,
} from '../../constructs';
import '../../jest';
import { crdProblems, withCrdDefaults } from '../helpers/crd';
import { objectsOf, refusal, yamlOf } from '../helpers/synth';

const EVERYWHERE = [AdminPeer.everywhere()];
const IMAGE = { image: 'registry.example/a:1', port: 8080 };
const MONITORING = { name: 'monitoring' };

const VARIANTS: [string, (at: Chart) => void][] = [
  [
    'of an administrator with every kind of rule, peer and port',
    (at) =>
      void new AdminPolicy(at, 'all', {
        name: 'all-of-it',
        priority: 0,
        subject: AdminPeer.namespacesLabelled({ team: 'web', stage: '' }),
        ingress: [
          AdminRule.accept([AdminPeer.namespaces([MONITORING])], { name: 'metrics', ports: [PolicyPort.tcp(9090)] }),
          AdminRule.pass([AdminPeer.pods({ app: 'web' })], {
            ports: [PolicyPort.named('http'), PolicyPort.udpRange(1, 9)],
          }),
          AdminRule.deny([AdminPeer.namespacesExcept([MONITORING]), AdminPeer.pods({ app: 'x' }, MONITORING)]),
        ],
        egress: [
          AdminRule.deny([AdminPeer.networks(['169.254.169.254/32', 'fd00::/8'])], {
            ports: [PolicyPort.sctp(7), PolicyPort.allTcp(), PolicyPort.allUdp(), PolicyPort.tcpRange(80, 80)],
          }),
        ],
      }),
  ],
  [
    'of a baseline that closes the cluster',
    (at) => void new BaselinePolicy(at, 'closed', { ingress: [AdminRule.deny(EVERYWHERE)] }),
  ],
];

describe('a policy', () => {
  test.each(VARIANTS)('%s', (_, make) => {
    expect(yamlOf(make, { namespace: 'shop' })).toMatchSnapshot();
  });

  test.each(VARIANTS)('%s is as its CustomResourceDefinition wants it, and nothing is filled in', (_, make) => {
    for (const object of objectsOf(make)) {
      expect(crdProblems(object)).toEqual([]);
      expect(withCrdDefaults(object)).toEqual(object);
    }
  });
});

/** Two namespaces, one of them closed, and what watches both. */
function clusterOf(make: (at: Chart) => void): NetworkingApp {
  const app = new NetworkingApp();
  const at = new Chart(app, 'chart');
  const shop = new DefaultDenyNamespace(at, 'shop', { name: 'shop' });
  new ExposedService(at, 'web', { ...IMAGE, namespace: shop });
  new ExposedService(at, 'tool', { ...IMAGE, namespace: { name: 'tools' } });
  new ExposedService(at, 'prometheus', { ...IMAGE, namespace: MONITORING });
  make(at);
  return app;
}

const [WEB, TOOL, PROMETHEUS] = ['shop/web', 'tools/tool', 'monitoring/prometheus'];

test('what an administrator accepts no namespace can close', () => {
  const app = clusterOf((at) => {
    const ingress = [AdminRule.accept([AdminPeer.namespaces([MONITORING])], { ports: [PolicyPort.tcp(9102)] })];
    new AdminPolicy(at, 'metrics', { priority: 1, ingress });
  });
  expect(app).toAllowConnection({ from: PROMETHEUS, to: WEB, port: 9102 });
  expect(app).toDenyConnection({ from: PROMETHEUS, to: WEB, port: 8080 });
  expect(app).toDenyConnection({ from: TOOL, to: WEB, port: 9102 });
});

test('what an administrator denies no namespace can open, but what an earlier rule passes on', () => {
  const app = clusterOf((at) => {
    new AdminPolicy(at, 'apart', {
      priority: 1,
      subject: AdminPeer.namespaces([{ name: 'tools' }]),
      ingress: [
        AdminRule.pass([AdminPeer.pods({ app: 'prometheus' })]),
        AdminRule.deny([AdminPeer.namespacesExcept([{ name: 'tools' }])]),
      ],
    });
  });
  expect(app).toAllowConnection({ from: PROMETHEUS, to: TOOL, port: 8080 });
  expect(app).toDenyConnection({ from: WEB, to: TOOL });
});

test('a baseline holds where no NetworkPolicy does, and the lower priority is asked first', () => {
  const app = clusterOf((at) => {
    new BaselinePolicy(at, 'closed', { ingress: [AdminRule.deny(EVERYWHERE)] });
    new BaselinePolicy(at, 'metrics', {
      priority: 10,
      ingress: [AdminRule.accept([AdminPeer.namespaces([MONITORING])], { ports: [PolicyPort.tcp(9102)] })],
    });
  });
  expect(app).toDenyConnection({ from: WEB, to: TOOL });
  expect(app).toAllowConnection({ from: PROMETHEUS, to: TOOL, port: 9102 });
  expect(app).toDenyConnection({ from: PROMETHEUS, to: TOOL, port: 8080 });
  // The namespace closes itself, by a NetworkPolicy that the baseline gives way to.
  expect(app).toDenyConnection({ from: PROMETHEUS, to: WEB, port: 9102 });
});

describe('is refused:', () => {
  const made = (props: Partial<AdminPolicyProps>) =>
    refusal((at) => void new AdminPolicy(at, 'policy', { priority: 1, ...props }));
  const deny = AdminRule.deny(EVERYWHERE);
  const many = <T>(one: T) => Array.from({ length: 26 }, () => one);

  test.each<[string, Partial<AdminPolicyProps>, string]>([
    ['a policy that says nothing', {}, 'ingress and egress are missing; give rules for one of them'],
    ['a priority above 1000', { priority: 1001, ingress: [deny] }, 'priority is 1001; give an integer from 0 to 1000'],
    [
      'addresses among those who connect',
      { ingress: [AdminRule.deny([AdminPeer.networks(['10.0.0.0/8'])])] },
      'ingress[0].peers[0] is AdminPeer.networks; the API has no addresses among those who connect, give Pods',
    ],
    [
      'addresses as what the policy is about',
      { subject: AdminPeer.networks(['10.0.0.0/8']), egress: [deny] },
      'subject is AdminPeer.networks; a policy is about Pods, give AdminPeer.everywhere() or some of them',
    ],
    [
      'a block with bits beyond its prefix',
      { egress: [AdminRule.deny([AdminPeer.networks(['10.0.0.1/8'])])] },
      'the blocks of egress[0].peers[0][0] is "10.0.0.1/8"; a block begins at its first address, give "10.0.0.0/8", or "10.0.0.1/32" for that address alone',
    ],
    [
      'more rules than the API takes',
      { egress: many(deny) },
      'egress has 26 entries; the API takes at most 25, make a second rule or policy',
    ],
    [
      'more peers than the API takes',
      { egress: [AdminRule.deny(many(AdminPeer.everywhere()))] },
      'egress[0].peers has 26 entries; the API takes at most 25, make a second rule or policy',
    ],
  ])('%s', (_, props, message) => {
    expect(made(props)).toBe(`shop/policy: ${message}`);
  });
});
