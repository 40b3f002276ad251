import { Routes } from '../../../../analysis';
import { notesOf } from '../where';

const apiVersion = 'gateway.networking.k8s.io/v1';
const objects = [
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } },
  {
    apiVersion,
    kind: 'Gateway',
    metadata: { name: 'public' },
    spec: { gatewayClassName: 'eg', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
  },
  {
    apiVersion,
    kind: 'HTTPRoute',
    metadata: { name: 'web' },
    spec: { parentRefs: [{ name: 'public' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
  },
];

const policy = (group: string, kind: string, ...targetRefs: readonly object[]) => ({
  apiVersion: group,
  kind,
  metadata: { name: 'policy' },
  spec: { targetRefs },
});
const target = (kind: string, name: string) => ({
  group: kind === 'Service' ? '' : 'gateway.networking.k8s.io',
  kind,
  name,
});
const EG = 'gateway.envoyproxy.io/v1alpha1';

test.each([
  [
    policy(EG, 'SecurityPolicy', target('HTTPRoute', 'wbe')),
    'SecurityPolicy default/policy: is attached to HTTPRoute default/wbe, which is not among the manifests',
  ],
  [
    policy(
      EG,
      'BackendTrafficPolicy',
      target('Gateway', 'publik'),
      target('HTTPRoute', 'web'),
      target('GRPCRoute', 'web'),
    ),
    'BackendTrafficPolicy default/policy: is attached to Gateway default/publik, GRPCRoute default/web, which are not among the manifests',
  ],
  [
    policy(apiVersion, 'BackendTLSPolicy', target('Service', 'wbe')),
    'BackendTLSPolicy default/policy: is attached to Service default/wbe, which is not among the manifests',
  ],
])('a policy that is attached to what is not there is noted: %j', (object, note) => {
  expect(notesOf(Routes.ofGateway([...objects, object]))).toEqual([`no-effect: ${note}`]);
});

test('one that is attached to what is there is not, nor one that selects by labels', () => {
  const selecting = {
    ...policy(EG, 'ClientTrafficPolicy'),
    spec: { targetSelectors: [{ kind: 'Gateway', matchLabels: { a: 'b' } }] },
  };
  const there = policy(EG, 'SecurityPolicy', target('HTTPRoute', 'web'), target('Gateway', 'public'));
  expect(notesOf(Routes.ofGateway([...objects, there, selecting]))).toEqual([]);
});
