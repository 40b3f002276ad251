import type { Exposure } from '../../../analysis';
import { app, clusterOf, deployment, named, policy } from './manifests';

const web = deployment('shop/web', { app: 'web' }, named({ http: 8080 }));
const service = (spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
});
const ingress = (ingressClassName: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { ingressClassName, defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
});
const calico = (spec: object) => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'GlobalNetworkPolicy',
  metadata: { name: 'edge' },
  spec: { selector: "app == 'web'", types: ['Ingress'], ...spec },
});
const admin = (tier: string, ...rules: object[]) => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'edge' },
  spec: { tier, priority: 5, subject: { namespaces: {} }, ingress: rules },
});
const first = (...objects: object[]): Exposure => clusterOf([web, ...objects]).exposures()[0] as Exposure;

describe('addresses outside, where policies are asked in order', () => {
  const ask = (...objects: object[]) =>
    first(service({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' }), ...objects);

  test('are shut out by a policy of Calico without rules', () => {
    expect(ask(calico({ ingress: [] }))).toMatchObject({ reachable: false });
  });

  test('are let in by the rule that comes first', () => {
    const deny = { action: 'Deny', source: { nets: ['0.0.0.0/0', '::/0'] } };
    const allow = { action: 'Allow' };
    expect(ask(calico({ ingress: [deny, allow] })).reachable).toBe(false);
    expect(ask(calico({ ingress: [allow, deny] })).reachable).toBe(true);
  });

  test('of a load balancer are not decided where some are shut out', () => {
    const deny = { action: 'Deny', source: { nets: ['10.0.0.0/8'] } };
    const rules = calico({ ingress: [deny, { action: 'Allow' }] });
    expect(first(service(), ingress('alb'), rules)).toMatchObject({
      reachable: null,
      why: expect.stringContaining('GlobalNetworkPolicy edge'),
    });
    expect(first(service({ type: 'NodePort' }), rules).reachable).toBeNull();
  });

  test('are none of the peers of an ingress rule of the admin tiers', () => {
    expect(ask(admin('Admin', { action: 'Deny', from: [{ namespaces: {} }] })).reachable).toBe(true);
  });
});

describe('whoever serves an unknown class, where policies are asked in order', () => {
  const ask = (...objects: object[]) => first(service(), ingress('edge'), ...objects);

  test('is not decided where a rule denies some', () => {
    expect(ask(admin('Admin', { action: 'Deny', from: [{ namespaces: {} }] }))).toMatchObject({
      reachable: null,
      why: 'ClusterNetworkPolicy edge decide; whether whoever serves the class "edge" gets in can\'t be told',
    });
  });

  test('is decided where nobody gets in', () => {
    expect(ask(calico({ ingress: [{ action: 'Deny' }, { action: 'Allow' }] })).reachable).toBe(false);
    expect(ask(calico({ ingress: [{ action: 'Allow' }] })).reachable).toBe(true);
  });

  test('is not decided by a NetworkPolicy alone', () => {
    const open = policy('shop/web', { ...app('web'), ingress: [{}] });
    expect(ask(open, admin('Baseline', { action: 'Deny', from: [{ namespaces: {} }] })).reachable).toBe(true);
    expect(ask(open, admin('Admin', { action: 'Deny', from: [{ namespaces: {} }] })).reachable).toBeNull();
  });
});

describe('a controller on the network of its node', () => {
  const controller = deployment('edge/proxy', { 'app.kubernetes.io/name': 'traefik' }, { hostNetwork: true });
  const block = (cidr: string) => policy('shop/web', { ...app('web'), ingress: [{ from: [{ ipBlock: { cidr } }] }] });

  test('is not decided by a block of addresses where nobody knows its node', () => {
    expect(first(service(), ingress('traefik'), controller, block('10.0.0.0/8'))).toMatchObject({
      reachable: null,
      why: expect.stringContaining('NetworkPolicy shop/web'),
    });
  });

  test('is let in by a block of all addresses, and by none it is not', () => {
    expect(first(service(), ingress('traefik'), controller, block('0.0.0.0/0')).reachable).toBe(true);
    expect(first(service(), ingress('traefik'), controller, policy('shop/web', app('web'))).reachable).toBe(false);
  });

  test('that no manifest shows is not decided either', () => {
    expect(first(service(), ingress('cilium'), block('10.0.0.0/8')).reachable).toBeNull();
    expect(first(service(), ingress('cilium'), block('0.0.0.0/0')).reachable).toBe(true);
    expect(first(service(), ingress('cilium'), policy('shop/web', app('web'))).reachable).toBe(false);
  });
});
