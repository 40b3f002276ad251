import type { ClusterOptions, Exposure } from '../../../analysis';
import { app, clusterOf, deployment, named, policy } from './manifests';

const web = deployment('shop/web', { app: 'web' }, named({ http: 8080 }));
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
};
const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { ingressClassName: 'nginx', defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
};
const image = 'registry.k8s.io/ingress-nginx/controller:v1.15.1';
const controller = deployment('edge/nginx', { app: 'nginx' }, { containers: [{ image }] });
const onNode = deployment('edge/nginx', { app: 'nginx' }, { containers: [{ image }], hostNetwork: true });
const withAddress = (ip: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'nginx', namespace: 'edge', labels: { app: 'nginx' } },
  spec: { containers: [{ image }] },
  status: { podIPs: [{ ip }] },
});
const toBlocks = (...cidrs: string[]) =>
  policy('shop/web', { ...app('web'), ingress: [{ from: cidrs.map((cidr) => ({ ipBlock: { cidr } })) }] });

function way(objects: readonly object[], options?: ClusterOptions): Exposure {
  return clusterOf([web, service, ingress, ...objects], options).exposures()[0] as Exposure;
}

describe.each([
  ['a controller of the manifests', [controller]],
  ['one that upstream installs', []],
])('whether an ipBlock lets in %s', (_, pods) => {
  test('is not decided where a block of a whole family matches it or not as the network plugin has it', () => {
    const { reachable, why } = way([...pods, toBlocks('0.0.0.0/0')]);
    expect(reachable).toBeNull();
    expect(why).toMatch(
      /^it hangs on whether the network plugin lets an ipBlock match pods \(--ip-blocks\): if not, Net/,
    );
    expect(why).toMatch(/; if so, NetworkPolicy shop\/web allows it \(ingress rule 1\)$/);
  });

  test('is known where the plugin is', () => {
    expect(way([...pods, toBlocks('::/0')], { ipBlocks: 'outside' }).reachable).toBe(false);
    expect(way([...pods, toBlocks('::/0')], { ipBlocks: 'everywhere' }).reachable).toBe(true);
  });

  test('is not decided where a block of private addresses may hold it', () => {
    expect(way([...pods, toBlocks('10.0.0.0/8')]).reachable).toBeNull();
    expect(way([...pods, toBlocks('10.0.0.0/8')], { ipBlocks: 'outside' }).reachable).toBe(false);
    expect(way([...pods, toBlocks('203.0.113.0/24')]).reachable).toBe(false);
  });

  test('does not matter where another rule lets it in', () => {
    const open = policy('shop/all', { ...app('web'), ingress: [{ from: [{ namespaceSelector: {} }] }] });
    expect(way([...pods, toBlocks('0.0.0.0/0'), open]).reachable).toBe(true);
  });

  test('does not matter where another port is open', () => {
    const other = policy('shop/web', {
      ...app('web'),
      ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 9090 }] }],
    });
    expect(way([...pods, other]).reachable).toBe(false);
  });
});

test('an ipBlock is asked about the address of a pod of the controller that a manifest tells', () => {
  expect(way([withAddress('10.1.2.3'), toBlocks('10.1.0.0/16')]).reachable).toBeNull();
  expect(way([withAddress('10.1.2.3'), toBlocks('10.1.0.0/16')], { ipBlocks: 'everywhere' }).reachable).toBe(true);
  expect(way([withAddress('10.1.2.3'), toBlocks('10.2.0.0/16')]).reachable).toBe(false);
});

test('a controller on the network of its node comes by the address of the node, whatever the plugin', () => {
  expect(way([onNode, toBlocks('0.0.0.0/0')]).reachable).toBe(true);
  expect(way([onNode, toBlocks('10.0.0.0/16')]).reachable).toBeNull();
  expect(way([onNode, toBlocks('10.0.0.0/16')], { nodes: ['10.0.0.0/24'] }).reachable).toBe(true);
  expect(way([onNode, toBlocks('10.0.0.0/16')], { nodes: ['10.9.0.0/24'] }).reachable).toBe(false);
});

describe('a rule of which manifests cannot tell whom it matches', () => {
  const global = (...rules: object[]) => ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name: 'edge' },
    spec: { selector: "app == 'web'", ingress: rules },
  });
  const allow = { action: 'Allow', source: { selector: "app == 'nginx'", namespaceSelector: 'all()' } };

  test('may let the controller in', () => {
    expect(way([controller, global({ action: 'Allow', http: { methods: ['GET'] } })]).reachable).toBeNull();
  });

  test('may shut it out, before another one that lets it in', () => {
    const deny = { action: 'Deny', source: { ports: [1234] }, protocol: 'TCP' };
    expect(way([controller, global(allow)]).reachable).toBe(true);
    expect(way([controller, global(deny, allow)]).reachable).toBeNull();
    expect(way([controller, global(allow, deny)]).reachable).toBe(true);
  });

  test('is not one of the namespace of a controller that no manifest shows', () => {
    const edge = { action: 'Allow', source: { namespaceSelector: "kubernetes.io/metadata.name == 'ingress-nginx'" } };
    expect(way([global(edge)]).reachable).toBe(true);
  });
});

test('IPv4 alone is not called all addresses', () => {
  const balancer = { ...service, spec: { ...service.spec, type: 'LoadBalancer', externalTrafficPolicy: 'Local' } };
  const why = (...cidrs: string[]) => clusterOf([web, balancer, toBlocks(...cidrs)]).exposures()[0]?.why;
  expect(why('0.0.0.0/0')).toBe('NetworkPolicy shop/web lets every IPv4 address in (ingress rule 1)');
  expect(why('::/0')).toBe('NetworkPolicy shop/web lets every IPv6 address in (ingress rule 1)');
  expect(why('0.0.0.0/0', '::/0')).toBe('NetworkPolicy shop/web lets these addresses in (ingress rule 1)');
});
