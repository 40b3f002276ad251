import { PassThrough } from 'node:stream';
import { manifestsOf } from '../../../analysis';
import { Output } from '../../../cli/output';
import type { Expectation } from '../../../cli/probe/expectation';
import { expectedRoutes } from '../../../cli/probe/expected-routes';
import { BY_STATUS, byHeader } from '../../../cli/probe/grouping';
import { targetOf } from '../../../cli/probe/target';
import { Refusal } from '../../../cli/refusal';

const deployment = (name: string, labels: Record<string, string>) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'b' }] } },
  },
});

const service = (name: string, selector: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector, ports: [{ port: 80 }] },
});

const ingress = (name: string, to: string, annotations: Record<string, string> = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: {
    name,
    namespace: 'shop',
    annotations: Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]),
    ),
  },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        host: 'shop.example.com',
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: to, port: { number: 80 } } } }] },
      },
    ],
  },
});

const CANARY = { canary: 'true', 'canary-weight': '20' };

function expectation(objects: readonly object[], mappings: { group: string; service: string }[] = []): Expectation {
  const { manifests, problems } = manifestsOf(objects);
  const sink = () => new PassThrough().resume();
  return expectedRoutes(
    { manifests, problems, unread: [] },
    {
      target: targetOf('http://shop.example.com/', {}),
      grouping: mappings.length > 0 ? BY_STATUS : byHeader('X-Pod'),
      mappings,
      choice: { input: 'strict' },
    },
    new Output({ stdout: sink(), stderr: sink() }),
  );
}

const SHOP = [
  deployment('web-v1', { app: 'web', version: 'v1' }),
  deployment('web-v2', { app: 'web', version: 'v2' }),
  deployment('cart', { app: 'cart' }),
  service('stable', { version: 'v1' }),
  service('next', { version: 'v2' }),
  service('cart', { app: 'cart' }),
  service('unused', { app: 'none' }),
  ingress('main', 'stable'),
  ingress('canary', 'next', CANARY),
];

test('the shares are those of the routes', () => {
  expect(expectation(SHOP).shares).toEqual([
    { label: 'stable:80', share: 0.8 },
    { label: 'next:80', share: 0.2 },
  ]);
});

test.each([
  ['web-v1-7f8b9c6d5-abcde', 'stable:80'],
  ['web-v2-7f8b9c6d5-abcde', 'next:80'],
  ['stable', 'stable:80'],
  ['next', 'next:80'],
  ['cart-7f8b9c6d5-abcde', 'Deployment cart'],
  ['unused', 'Service unused'],
])('an answer that shows %s comes from %s', (group, label) => {
  expect(expectation(SHOP).originOf(group)).toEqual({ label });
});

test('a pod behind both backends does not say over which of them it was reached', () => {
  const both = expectation([
    ...SHOP.filter((object) => object.kind !== 'Service'),
    service('stable', { app: 'web' }),
    service('next', { version: 'v2' }),
  ]);
  expect(both.originOf('web-v1-7f8b9c6d5-abcde')).toEqual({ label: 'stable:80' });
  expect(both.originOf('web-v2-7f8b9c6d5-abcde')).toEqual({ unknown: 'it may come from stable:80 or from next:80' });
});

test('a Service that this request is not sent to does not take the name of a pod from the pod', () => {
  const objects = [
    deployment('web', { app: 'web' }),
    service('stable', { app: 'web' }),
    service('web', { app: 'web' }),
    ingress('main', 'stable'),
  ];
  expect(expectation(objects).originOf('web-7f8b9c6d5-abcde')).toEqual({ label: 'stable:80' });
});

test.each(['next', 'next:80', 'shop/next'])('--map may call a backend %s', (name) => {
  const mapped = expectation(SHOP, [{ group: '201', service: name }]);
  expect(mapped.originOf('201')).toEqual({ label: 'next:80' });
  expect(mapped.originOf('200')).toEqual({ unknown: 'no Service and no pod of the manifests has such a name' });
});

test('fails for a mapping to what is no backend of the request', () => {
  expect(() => expectation(SHOP, [{ group: '201', service: 'cart' }])).toThrow(
    new Refusal(['--map: "cart" is none of the backends of this request: stable:80, next:80']),
  );
});

test('an answer that shows nothing is not guessed', () => {
  expect(expectation(SHOP).originOf(undefined)).toEqual({
    unknown: 'nothing in these answers tells where they come from',
  });
});
