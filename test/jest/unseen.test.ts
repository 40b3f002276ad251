import '../../jest';
import { assertDeniesAllConnections } from '../../assert';
import { app, deployment, named, namespace, policy } from '../analysis/connectivity/manifests';
import { failure, lines } from './failure';

const GRAFANA = { 'app.kubernetes.io/name': 'grafana' };
const grafana = deployment('monitoring/grafana', GRAFANA, named({ http: 3000 }));
const operated = { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } };
const opened = policy('monitoring/grafana', {
  podSelector: { matchLabels: GRAFANA },
  ingress: [{ from: [operated], ports: [{ port: 3000 }] }],
});
const prometheus = deployment('monitoring/prometheus', operated.podSelector.matchLabels);
const subject = [grafana, opened];
const IN = { to: 'grafana' };

const db = deployment('shop/db', { app: 'db' });
const ownNamespace = policy('shop/own', { ...app('db'), ingress: [{ from: [{ podSelector: {} }] }] });
const dns = policy('shop/dns', {
  ...app('db'),
  policyTypes: ['Egress'],
  egress: [
    {
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
      ports: [{ protocol: 'UDP', port: 53 }],
    },
  ],
});

describe('pods that no manifest shows', () => {
  test('keep a workload from being closed to all, where a policy lets them in', () => {
    expect(failure(() => expect(subject).toDenyAllConnections(IN))).toBe(
      lines(`
        expect(manifests).toDenyAllConnections({ to: "grafana" })

        Expected: all 2 connections are closed
        Received: policies are open to pods that no manifest shows

        pods app.kubernetes.io/name=prometheus of namespace monitoring -> monitoring/Deployment/grafana: TCP 3000
          TCP 3000: allowed by NetworkPolicy monitoring/grafana (objects[1]), ingress rule 1

        Add the manifests of these pods, close the rules, or say what such pods may have: exceptUnseen: true, or the ports.
      `),
    );
    expect(() => assertDeniesAllConnections(subject, IN)).toThrow('policies are open to pods that no manifest shows');
  });

  test('are told beside connections that are not as expected', () => {
    const text = failure(() =>
      expect([...subject, prometheus, db, ownNamespace]).toDenyAllConnections({ to: ['grafana', 'db'] }),
    );
    expect(text).toContain('Received: 1 is not as expected, and policies are open to pods that no manifest shows\n');
    expect(text).toContain('\nany pod of namespace shop -> shop/Deployment/db: all\n');
  });

  test('may be excepted, all of them or on some ports', () => {
    expect(subject).toDenyAllConnections({ ...IN, exceptUnseen: true });
    expect(subject).toDenyAllConnections({ ...IN, exceptUnseen: 3000 });
    expect(subject).toDenyAllConnections({ ...IN, exceptUnseen: ['UDP 53', 'TCP 3000-3001'] });
    assertDeniesAllConnections(subject, { ...IN, exceptUnseen: 3000 });
    for (const exceptUnseen of [false, 3001, 'UDP 3000'] as const) {
      expect(failure(() => expect(subject).toDenyAllConnections({ ...IN, exceptUnseen }))).toContain(
        'no manifest shows',
      );
    }
  });

  test('are meant by an exception that means everybody', () => {
    const web = policy('monitoring/all', { podSelector: {}, ingress: [{ ports: [{ port: 3000 }] }] });
    expect([grafana, web]).toDenyAllConnections({ ...IN, except: [{ port: 3000 }] });
    expect([grafana, web, opened]).toDenyAllConnections({ ...IN, except: [{ from: 'external', port: 3000 }] });
    expect(failure(() => expect([grafana, web]).toDenyAllConnections({ ...IN, except: [{ port: 3001 }] }))).toContain(
      'Received: 2 are not as expected',
    );
  });

  test('are none where manifests show who is let in', () => {
    const except = [{ from: 'prometheus', port: 3000 }];
    expect([...subject, prometheus]).toDenyAllConnections({ ...IN, except });
  });

  test('are not shown by the pods of the workload itself', () => {
    expect(failure(() => expect([db, ownNamespace]).toDenyAllConnections({ to: 'db' }))).toContain(
      '\nany pod of namespace shop -> shop/Deployment/db: all\n  all: allowed by NetworkPolicy shop/own (objects[1]), ingress rule 1\n',
    );
  });

  test('are no matter between ends that are named', () => {
    expect(subject).toDenyConnection({ from: 'external', to: 'grafana' });
    expect(subject).toDenyAllConnections({ from: 'external', to: 'grafana' });
    expect([...subject, db]).toDenyConnection({ from: 'db', to: 'grafana' });
  });

  test('are not shown by some addresses that a policy lets in beside any pod', () => {
    const some = policy('monitoring/all', {
      podSelector: {},
      ingress: [{ from: [{ namespaceSelector: {} }, { ipBlock: { cidr: '10.0.0.0/8' } }] }],
    });
    const table = { ...IN, except: [{ from: '10.0.0.0/8' }] };
    expect(failure(() => expect([grafana, some]).toDenyAllConnections(table))).toContain('\nany pod -> ');
    expect([grafana, some]).toDenyAllConnections({ ...table, exceptUnseen: true });
  });

  test('may be connected to, where a policy opens the way', () => {
    const text = failure(() => expect([db, dns]).toDenyAllConnections({ from: 'db' }));
    expect(text).toContain(
      '\nshop/Deployment/db -> any pod of namespace kube-system: UDP 53\n  UDP 53: allowed by NetworkPolicy shop/dns (objects[1]), egress rule 1\n',
    );
    expect([db, dns]).toDenyAllConnections({ from: 'db', exceptUnseen: 'UDP 53' });
    expect([db, dns]).toDenyAllConnections({ from: 'db', to: 'external' });
  });

  test('are told once with the rule that lets them in, of a workload whose pods differ', () => {
    const pods = [0, 1].map((index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `grafana-${index}`,
        namespace: 'monitoring',
        labels: { ...GRAFANA, 'apps.kubernetes.io/pod-index': `${index}` },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'grafana', controller: true }],
      },
      spec: { containers: [{ name: 'grafana', image: 'grafana' }] },
    }));
    const text = failure(() => expect([...pods, opened]).toDenyAllConnections(IN));
    expect(text.match(/TCP 3000: allowed by .*/g)).toEqual([
      'TCP 3000: allowed by NetworkPolicy monitoring/grafana (objects[2]), ingress rule 1',
    ]);
  });

  test('are let in by rules of other tiers as well', () => {
    const admin = {
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'scrape' },
      spec: {
        tier: 'Admin',
        priority: 1,
        subject: { namespaces: {} },
        ingress: [
          { name: 'probes', action: 'Accept', from: [{ namespaces: { matchLabels: { probes: 'yes' } } }] },
          { action: 'Deny', from: [{ namespaces: {} }] },
        ],
      },
    };
    const closed = policy('monitoring/closed', { podSelector: {} });
    expect(failure(() => expect([grafana, closed, admin, namespace('monitoring')]).toDenyAllConnections(IN))).toContain(
      '\nany pod of namespaces probes=yes -> monitoring/Deployment/grafana: all\n  all: allowed by ClusterNetworkPolicy scrape (tier Admin, objects[2]), ingress rule 1 "probes"\n',
    );
  });

  test('are not asked about by who asserts that all is open', () => {
    const table = { ...IN, exceptUnseen: true };
    expect(failure(() => expect(subject).toAllowAllConnections(table))).toContain(
      'the table has exceptUnseen; it may have from, to, except',
    );
  });

  test('cannot be excepted by what is no port', () => {
    const refused = (exceptUnseen: unknown) =>
      failure(() => expect(subject).toDenyAllConnections({ ...IN, exceptUnseen: exceptUnseen as number }));
    expect(refused([])).toContain('exceptUnseen is an empty list; give at least one port');
    expect(refused('prometheus')).toContain('exceptUnseen is "prometheus"; give one from 1 to 65535 such as');
  });
});
