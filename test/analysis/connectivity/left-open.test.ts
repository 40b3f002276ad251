import { Cluster, portsText } from '../../../analysis';
import { app, deployment, policy, workload } from './manifests';

const web = deployment('shop/web', { app: 'web' });
const db = deployment('shop/db', { app: 'db' });
const api = deployment('other/api', { app: 'api' });

const calico = (spec: object, rule: object) => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'GlobalNetworkPolicy',
  metadata: { name: 'p' },
  spec: { selector: "app == 'db'", ingress: [{ action: 'Allow', ...rule }], ...spec },
});
const admin = (spec: object, rule: object) => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'a' },
  spec: {
    tier: 'Admin',
    priority: 1,
    subject: { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
    ingress: [{ action: 'Deny', from: [{ namespaces: {} }], ...rule }],
    ...spec,
  },
});
const fromWeb = { source: { selector: "app == 'web'" } };

describe.each<[string, object, string, string, string]>([
  ['a rule of Calico', calico({}, { sorce: {} }), 'spec.ingress[0].sorce', 'none', 'all'],
  [
    'an end of a rule of Calico',
    calico({}, { source: { selector: "app == 'web'", vlans: [1] } }),
    'spec.ingress[0].source.vlans',
    'none',
    'all',
  ],
  [
    'the own end of a rule of Calico',
    calico({}, { ...fromWeb, destination: { vlans: [1] } }),
    'spec.ingress[0].destination.vlans',
    'none',
    'all',
  ],
  ['a policy of Calico', calico({ schedule: 'nights' }, fromWeb), 'spec.schedule', 'none', 'all'],
  ['a rule of an admin tier', admin({}, { protocol: [] }), 'spec.ingress[0].protocol', 'all', 'none'],
  ['a policy of an admin tier', admin({ schedule: 'nights' }, {}), 'spec.schedule', 'all', 'none'],
])('a field that %s does not have', (_, object, place, known, other) => {
  const objects = [web, db, api, object];

  test('is refused by a strict reading', () => {
    expect(Cluster.from(objects).problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(`^unknown-field .* [ap]: ${place.replace(/[[\].]/g, '\\$&')} is no field of this kind; `),
    ]);
  });

  test('leaves it open for a tolerant one what the rule means, whatever a server makes of it', () => {
    const cluster = Cluster.from(objects, { input: 'tolerant' });
    expect(cluster.problems).toEqual([]);
    expect(cluster.warnings).toHaveLength(1);
    expect(cluster.notes.map(({ code, message }) => `${code} ${message}`)).toContainEqual(
      expect.stringContaining(`hangs on the unknown field ${place}`),
    );
    const [from, to] = [workload(cluster, 'web'), workload(cluster, 'db')];
    expect(portsText(cluster.ports(from, to))).toBe(known);
    expect(cluster.doubts(from, to)).toContainEqual({ hangsOn: ['policies'], ports: other === 'all' ? 'all' : [] });
  });

  test('does not cost the answer about others', () => {
    const cluster = Cluster.from(objects, { input: 'tolerant' });
    const [from, to] = [workload(cluster, 'db'), workload(cluster, 'api')];
    expect([portsText(cluster.ports(from, to)), cluster.doubts(from, to)]).toEqual(['all', []]);
  });
});

test.each<[string, object]>([
  ['a peer of an admin tier', admin({}, { from: [{ namespace: {} }] })],
  ['the subject of an admin tier', admin({ subject: { namespaces: {}, node: {} } }, {})],
  ['ports of an admin tier', admin({}, { protocols: [{ tcp: { destinationPorts: { number: 80 } } }] })],
  [
    'a set of networks',
    { apiVersion: 'projectcalico.org/v3', kind: 'GlobalNetworkSet', metadata: { name: 's' }, spec: { net: [] } },
  ],
  ['a tier', { apiVersion: 'projectcalico.org/v3', kind: 'Tier', metadata: { name: 't' }, spec: { orders: 1 } }],
])('a field that %s does not have is refused by both, since nothing is left to go on', (_, object) => {
  const { problems } = Cluster.from([web, db, calico({}, fromWeb), object], { input: 'tolerant' });
  expect(problems.map(({ code }) => code)).toContain('unknown-field');
});

describe('a named port of a container that has no number', () => {
  const unnumbered = deployment('shop/api', { app: 'api' }, { containers: [{ name: 'c', ports: [{ name: 'http' }] }] });
  const service = (targetPort: number | string) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'api', namespace: 'shop' },
    spec: { selector: { app: 'api' }, ports: [{ port: 80, targetPort }] },
  });
  const byName = policy('shop/api', { ...app('api'), ingress: [{ ports: [{ port: 'http' }] }] });
  const codes = (input: 'strict' | 'tolerant', ...objects: object[]) =>
    Cluster.from([unnumbered, ...objects], { input }).problems.map(({ code }) => code);

  test('does not cost a tolerant answer where nothing rests on the name', () => {
    expect(codes('tolerant')).toEqual([]);
    expect(codes('tolerant', service(8080))).toEqual([]);
    expect(Cluster.from([unnumbered], { input: 'tolerant' }).warnings.map(({ message }) => message)).toEqual([
      'Deployment shop/api: spec.template.spec.containers[0].ports[0].containerPort is missing; give an integer from 1 to 65535',
    ]);
    expect(codes('strict')).toEqual(['bad-port']);
  });

  test('is refused where a policy or a Service names it', () => {
    expect(codes('tolerant', service('http'))).toEqual(['bad-port']);
    expect(codes('tolerant', byName)).toEqual(['bad-port']);
    expect(codes('strict', byName)).toEqual(['bad-port']);
  });
});
