import { App, Chart } from 'cdk8s';
import { Cluster, peerText, portsText } from '../../analysis';
import {
  CanaryIngress,
  DefaultDenyNamespace,
  EgressDefault,
  ExposedService,
  type ExposedServiceProps,
  Exposure,
} from '../../constructs';
import { withDefaults } from '../helpers/api-defaults';
import type { Fields } from '../helpers/fields';
import fc from '../helpers/random';
import { FEWER_RUNS } from '../helpers/runs';
import { objectsOf } from '../helpers/synth';

const CONTROLLER = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'controller', namespace: 'ingress-nginx' },
  spec: {
    selector: { matchLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
    template: {
      metadata: {
        labels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
      },
      spec: { containers: [{ name: 'controller', image: 'a:1' }] },
    },
  },
};

const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/);
const label = fc.stringMatching(/^[A-Za-z0-9]([-_.A-Za-z0-9]{0,12}[A-Za-z0-9])?$/);
const port = fc.integer({ min: 1, max: 65535 });

/** Names, labels and ports that Kubernetes takes, among them names that JavaScript gives a meaning to. */
const settings: fc.Arbitrary<ExposedServiceProps & { name: string; port: number }> = fc.record({
  name: fc.oneof(name, fc.constantFrom('constructor', 'service', 'deployment')),
  image: fc.constant('registry.example/shop:1.4'),
  port,
  servicePort: fc.option(port, { nil: undefined }),
  labels: fc.option(
    fc.dictionary(fc.oneof(label, fc.constantFrom('toString', '10', 'example.com/app')), label, {
      minKeys: 1,
      maxKeys: 3,
    }),
    { nil: undefined },
  ),
});

test('whatever is not refused, an API server takes as it is, and the controller alone reaches it in a closed namespace', () => {
  fc.assert(
    fc.property(settings, fc.boolean(), (props, closedFirst) => {
      const objects = objectsOf(
        (chart) => {
          const close = () => new DefaultDenyNamespace(chart, 'namespace', { name: 'shop' });
          const make = () =>
            new ExposedService(chart, 'made', { ...props, exposure: Exposure.ingress({ host: 'a.test' }) });
          for (const step of closedFirst ? [close, make] : [make, close]) {
            step();
          }
        },
        { namespace: 'shop' },
      );
      for (const object of objects) {
        expect(withDefaults(object)).toMatchObject(object);
      }
      const cluster = Cluster.from([...objects, CONTROLLER]);
      expect(cluster.problems).toEqual([]);
      const found = [...cluster.connections({ to: cluster.find(`shop/Deployment/${props.name}`) })];
      expect(found.map(({ from, ports }) => `${peerText(from)} ${portsText(ports)}`)).toEqual([
        `ingress-nginx/Deployment/controller TCP ${props.port}`,
      ]);
      expect(cluster.exposures().map(({ port, reachable }) => [port, reachable])).toEqual([[props.port, true]]);
    }),
    FEWER_RUNS,
  );
});

/** What can be said about a shop, once its services stand; the order must not matter. */
interface Shop {
  readonly chart: Chart;
  readonly main: ExposedService;
  readonly backend: ExposedService;
}

const SAYINGS: readonly ((shop: Shop) => void)[] = [
  ({ chart }) => void new DefaultDenyNamespace(chart, 'shop', { name: 'shop', egress: EgressDefault.DENY_EXCEPT_DNS }),
  ({ chart }) =>
    void new DefaultDenyNamespace(chart, 'edge', {
      name: 'ingress-nginx',
      egress: EgressDefault.DENY_EXCEPT_DNS,
      existing: true,
    }),
  ({ main }) => main.expose(Exposure.ingress({ host: 'a.test' })),
  ({ backend, main }) => backend.allowFrom(main),
  ({ backend, main }) => main.allowFrom(backend),
  ({ chart, main }) => void new CanaryIngress(chart, 'canary', { main, canary: { image: 'registry.example/next:1' } }),
];

function said(order: readonly number[]): Map<string, Fields> {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  const service = (id: string, port: number) => new ExposedService(chart, id, { image: 'registry.example/a:1', port });
  const shop = { chart, main: service('main', 8080), backend: service('backend', 6379) };
  for (const at of order) {
    SAYINGS[at]?.(shop);
  }
  const objects: Fields[] = chart.toJson();
  return new Map(
    objects
      .map((object) => [`${object.kind} ${object.metadata.namespace}/${object.metadata.name}`, object] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** A canary needs an Ingress by the end. */
const [EXPOSE, CANARY] = [2, 5];

test('the order in which things are said does not matter', () => {
  const all = SAYINGS.map((_, at) => at);
  const orders = fc
    .subarray(all, { minLength: 2 })
    .filter((some) => some.includes(EXPOSE) || !some.includes(CANARY))
    .chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })));
  fc.assert(
    fc.property(orders, ([order, shuffled]) => {
      expect(said(shuffled)).toEqual(said(order));
    }),
    FEWER_RUNS,
  );
});
