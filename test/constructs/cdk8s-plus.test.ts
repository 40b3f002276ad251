import { App, Chart, Cron } from 'cdk8s';
import * as oldest from 'cdk8s-plus-27';
import * as newest from 'cdk8s-plus-34';
import {
  DefaultDenyNamespace,
  ExposedService,
  Exposure,
  type IClusterService,
  type IWorkload,
  NetworkingApp,
  Peer,
} from '../../constructs';
import '../../jest';

/** What both releases make in the same way; types of their own would not fit each other. */
interface Release {
  readonly workloads: readonly (readonly [string, (at: Chart) => IWorkload])[];
  service(at: Chart, selector: IWorkload): IClusterService;
}

const CONTAINERS = [{ image: 'registry.example/shop:1.4', portNumber: 8080 }];
const named = (at: Chart) => ({ containers: CONTAINERS, metadata: { name: `web-${at.node.id}` } });

const OLDEST: Release = {
  workloads: [
    ['Deployment', (at) => new oldest.Deployment(at, 'web', named(at))],
    ['StatefulSet', (at) => new oldest.StatefulSet(at, 'web', named(at))],
    ['DaemonSet', (at) => new oldest.DaemonSet(at, 'web', named(at))],
    ['Job', (at) => new oldest.Job(at, 'web', named(at))],
    ['CronJob', (at) => new oldest.CronJob(at, 'web', { ...named(at), schedule: Cron.daily() })],
    ['Pod', (at) => new oldest.Pod(at, 'web', named(at))],
  ],
  service: (at, selector) =>
    new oldest.Service(at, 'service', {
      metadata: { name: 'given' },
      ports: [{ port: 80, targetPort: 8080 }],
      selector: selector as oldest.Deployment,
    }),
};
const NEWEST: Release = {
  workloads: [
    ['Deployment', (at) => new newest.Deployment(at, 'web', named(at))],
    ['StatefulSet', (at) => new newest.StatefulSet(at, 'web', named(at))],
    ['DaemonSet', (at) => new newest.DaemonSet(at, 'web', named(at))],
    ['Job', (at) => new newest.Job(at, 'web', named(at))],
    ['CronJob', (at) => new newest.CronJob(at, 'web', { ...named(at), schedule: Cron.daily() })],
    ['Pod', (at) => new newest.Pod(at, 'web', named(at))],
  ],
  service: (at, selector) =>
    new newest.Service(at, 'service', {
      metadata: { name: 'given' },
      ports: [{ port: 80, targetPort: 8080 }],
      selector: selector as newest.Deployment,
    }),
};

const WORKLOADS = [
  ...OLDEST.workloads.map(([kind, make]) => [kind, 'the oldest', make] as const),
  ...NEWEST.workloads.map(([kind, make]) => [kind, 'the newest', make] as const),
];
const RELEASES = [
  ['the oldest', OLDEST],
  ['the newest', NEWEST],
] as const;

const app = (make: (at: Chart) => void) => {
  const made = new NetworkingApp();
  make(new Chart(made, 'shop', { namespace: 'shop' }));
  return made;
};

describe('a workload of cdk8s-plus', () => {
  test.each(WORKLOADS)('of kind %s, of %s release, is let in where its Pods are meant', (kind, _, make) => {
    const made = app((at) => {
      const shop = new DefaultDenyNamespace(at, 'namespace', { name: 'shop' });
      new oldest.Deployment(at, 'other', { containers: CONTAINERS, metadata: { name: 'other' } });
      shop.allowFromWorkload(Peer.workload(make(at)));
    });
    const from = `shop/${kind}/web-shop`;
    expect(made).toDenyAllConnections({ to: [from, 'shop/other'], except: [{ from }], exceptUnseen: true });
    expect(made).toAllowConnection({ from, to: 'shop/other', port: 8080 });
  });

  test.each(WORKLOADS)('of kind %s, of %s release, is served and opened to its callers', (kind, _, make) => {
    const made = app((at) => {
      new DefaultDenyNamespace(at, 'namespace', { name: 'shop' });
      const web = new ExposedService(at, 'web-service', {
        workload: make(at),
        exposure: Exposure.ingress({ host: 'shop.example.com' }),
      });
      const other = new oldest.Deployment(at, 'other', { containers: CONTAINERS, metadata: { name: 'other' } });
      web.allowFrom(Peer.workload(other));
    });
    expect(made).toRoute({ url: 'http://shop.example.com/' }).toBackend('web-service');
    expect(made).toDenyAllConnections({
      to: `shop/${kind}/web-shop`,
      except: [{ from: 'shop/other', port: 8080 }],
      // The controller is none of these manifests.
      exceptUnseen: 8080,
    });
  });
});

describe('a Service of cdk8s-plus', () => {
  test.each(RELEASES)('of %s release is exposed on its first port', (_, { service, workloads }) => {
    const made = app((at) => {
      new DefaultDenyNamespace(at, 'namespace', { name: 'shop' });
      const web = workloads[0]?.[1](at) as IWorkload;
      new ExposedService(at, 'exposed', {
        service: service(at, web),
        exposure: Exposure.ingress({ host: 'shop.example.com' }),
      });
    });
    expect(made).toRoute({ url: 'http://shop.example.com/' }).toBackend('shop/given:80');
  });
});

test('both releases in one app are of one app', () => {
  const made = new App();
  const [old, young] = [new Chart(made, 'old', { namespace: 'shop' }), new Chart(made, 'new', { namespace: 'shop' })];
  const one = new ExposedService(old, 'one', { workload: new oldest.Deployment(old, 'web', named(old)) });
  const two = new ExposedService(young, 'two', { workload: new newest.Deployment(young, 'web', named(young)) });
  two.allowFrom(one);
  expect(made).toDenyAllConnections({ to: 'web-new', except: [{ from: 'web-old', port: 8080 }], exceptUnseen: 8080 });
});
