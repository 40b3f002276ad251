import type { Chart } from 'cdk8s';
import {
  OnlineBoutique,
  OnlineBoutiqueFrontend,
  type OnlineBoutiqueFrontendProps,
  type OnlineBoutiqueProps,
  OnlineBoutiqueRelease,
} from '../../constructs';
import type { Fields } from '../helpers/api-defaults';
import { differences } from '../helpers/object-differences';
import { find, objectsOf, refusal, yamlOf } from '../helpers/synth';

const { V0_8_0, V0_9_0 } = OnlineBoutiqueRelease;
const shop = (props?: OnlineBoutiqueProps) => (chart: Chart) => void new OnlineBoutique(chart, 'boutique', props);
const second = (props?: OnlineBoutiqueFrontendProps) => (chart: Chart) =>
  void new OnlineBoutiqueFrontend(chart, 'next', props);

/** The services as upstream has them: the port of Pod and Service, requests and limits, probes, grace, environment. */
const SERVICES = `
  service               | pod   | service | cpu     | memory  | ready    | live     | grace | environment
  emailservice          | 8080  | 5000    | 100-200 | 64-128  | /5       | /5       | 5     | PORT=8080 DISABLE_PROFILER=1
  recommendationservice | 8080  | 8080    | 100-200 | 220-450 | /5       | /5       | 5     | PORT=8080 DISABLE_PROFILER=1 PRODUCT_CATALOG=productcatalogservice:3550
  paymentservice        | 50051 | 50051   | 100-200 | 64-128  |          |          | 5     | PORT=50051 DISABLE_PROFILER=1
  productcatalogservice | 3550  | 3550    | 100-200 | 64-128  |          |          | 5     | PORT=3550 DISABLE_PROFILER=1
  currencyservice       | 7000  | 7000    | 100-200 | 64-128  |          |          | 5     | PORT=7000 DISABLE_PROFILER=1
  cartservice           | 7070  | 7070    | 200-300 | 64-128  | +15      | +15      | 5     | REDIS_ADDR=redis-cart:6379
  adservice             | 9555  | 9555    | 200-300 | 180-300 | +20/15   | +20/15   | 5     | PORT=9555
  shippingservice       | 50051 | 50051   | 100-200 | 64-128  | /5       |          | 30    | PORT=50051 DISABLE_PROFILER=1
  checkoutservice       | 5050  | 5050    | 100-200 | 64-128  |          |          | 30    | PORT=5050 PRODUCT_CATALOG=productcatalogservice:3550 SHIPPING=shippingservice:50051 PAYMENT=paymentservice:50051 EMAIL=emailservice:5000 CURRENCY=currencyservice:7000 CART=cartservice:7070
`;

describe('the services', () => {
  const rows = SERVICES.trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('|').map((cell) => cell.trim()));

  test.each(rows)('%s is what upstream has, in every field', (...row) => {
    const [name] = row;
    const made = objectsOf(shop({ release: V0_9_0 })).filter(({ metadata }) => metadata.name === name);
    expect(differences(made, expected(row))).toEqual([]);
  });
});

/** The Deployment and the Service that a row of the table describes, made without the construct's own parts. */
function expected(row: string[]): Fields[] {
  const [name = '', pod, port, cpu = '', memory = '', ready = '', live = '', grace, environment = ''] = row;
  const amounts = (at: number) => ({ cpu: `${cpu.split('-')[at]}m`, memory: `${memory.split('-')[at]}Mi` });
  const probe = (timing: string) => ({
    grpc: { port: Number(pod) },
    initialDelaySeconds: Number(/\+(\d+)/.exec(timing)?.[1] ?? 0),
    periodSeconds: Number(/\/(\d+)/.exec(timing)?.[1] ?? 10),
  });
  const env = environment.split(' ').map((variable) => {
    const [key = '', value = ''] = variable.split('=');
    return { name: value.includes('service:') ? `${key}_SERVICE_ADDR` : key, value };
  });
  const container = {
    name: 'server',
    image: `gcr.io/google-samples/microservices-demo/${name}:v0.9.0`,
    ports: [{ containerPort: Number(pod), ...(name === 'currencyservice' && { name: 'grpc' }) }],
    env,
    readinessProbe: probe(ready),
    livenessProbe: probe(live),
    resources: { requests: amounts(0), limits: amounts(1) },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
    },
  };
  const labels = { app: name };
  const podSpec = {
    serviceAccountName: 'default',
    terminationGracePeriodSeconds: Number(grace),
    securityContext: { fsGroup: 1000, runAsGroup: 1000, runAsNonRoot: true, runAsUser: 1000 },
    containers: [container],
  };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: podSpec } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { selector: labels, ports: [{ name: 'grpc', port: Number(port), targetPort: Number(pod) }] },
    },
  ];
}

describe('the shop', () => {
  test.each([V0_8_0, V0_9_0])('of release %s', (release) => {
    expect(yamlOf(shop({ release }))).toMatchSnapshot();
  });

  test('is release 0.8.0 by default', () => {
    expect(objectsOf(shop())).toEqual(objectsOf(shop({ release: V0_8_0 })));
  });

  test('differs from release to release in the tags of its own images only', () => {
    expect(yamlOf(shop({ release: V0_9_0 })).replaceAll(':v0.9.0', ':v0.8.0')).toBe(yamlOf(shop()));
  });

  test('has twelve Deployments, a Service for each but the load generator, and one for the internet', () => {
    const names = (kind: string) =>
      objectsOf(shop())
        .filter((object) => object.kind === kind)
        .map(({ metadata }) => metadata.name)
        .sort();
    expect(names('Deployment')).toHaveLength(12);
    expect(names('Service')).toEqual(
      [...names('Deployment').filter((name) => name !== 'loadgenerator'), 'frontend-external'].sort(),
    );
  });

  test('runs every container as an ordinary user that can gain nothing', () => {
    for (const { spec } of objectsOf(shop()).filter(({ kind }) => kind === 'Deployment')) {
      const { containers, initContainers = [], securityContext } = spec.template.spec;
      expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
      for (const container of [...containers, ...initContainers]) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          privileged: false,
          readOnlyRootFilesystem: true,
        });
      }
    }
  });

  test('without the external load balancer has no other object less', () => {
    const without = objectsOf(shop({ externalLoadBalancer: false }));
    expect(without).toEqual(objectsOf(shop()).filter(({ metadata }) => metadata.name !== 'frontend-external'));
    expect(without).toHaveLength(23);
  });

  test('without the load generator has no other object less', () => {
    const without = objectsOf(shop({ loadGenerator: false }));
    expect(without).toEqual(objectsOf(shop()).filter(({ metadata }) => metadata.name !== 'loadgenerator'));
    expect(without).toHaveLength(23);
  });

  test('takes its own images from the registry that is given, and the others from where they are', () => {
    const text = yamlOf(shop({ imageRegistry: 'mirror.example/shop' }));
    expect(text).toContain('image: mirror.example/shop/frontend:v0.8.0');
    expect(text).not.toContain('gcr.io');
    expect(text.match(/image: (?!mirror\.example).*/g)).toEqual(['image: redis:alpine', 'image: busybox:latest']);
  });

  test('stands in the namespace that is given, or else in that of the chart', () => {
    const namespaces = (props: OnlineBoutiqueProps) =>
      new Set(objectsOf(shop(props), { namespace: 'chart' }).map(({ metadata }) => metadata.namespace));
    expect([...namespaces({ namespace: { name: 'shop' } })]).toEqual(['shop']);
    expect([...namespaces({})]).toEqual(['chart']);
  });

  test('tells what a route and a policy have to know of its frontend', () => {
    objectsOf((chart) => {
      const namespace = { name: 'shop' };
      expect(new OnlineBoutique(chart, 'boutique', { namespace }).frontend).toEqual({
        name: 'frontend',
        port: 80,
        targetPort: 8080,
        podLabels: { app: 'frontend' },
        namespace,
      });
    });
  });
});

describe('a second frontend', () => {
  test('is release 0.9.0, called frontend-canary', () => {
    expect(yamlOf(second())).toMatchSnapshot();
  });

  test('differs from the first of its release in name and label only', () => {
    const first = objectsOf(shop({ release: V0_9_0 })).filter(({ metadata }) => metadata.name === 'frontend');
    const text = JSON.stringify(objectsOf(second())).replaceAll('"frontend-canary"', '"frontend"');
    expect(differences(JSON.parse(text), first)).toEqual([]);
  });

  test('is not reached by the Service of the first, nor the first by its own', () => {
    const objects = objectsOf((chart) => {
      shop()(chart);
      second()(chart);
    });
    const podsOf = (service: string) => {
      const { app } = find(objects, 'Service', service).spec.selector;
      return objects
        .filter(({ kind, spec }) => kind === 'Deployment' && spec.template.metadata.labels.app === app)
        .map(({ metadata }) => metadata.name);
    };
    expect(podsOf('frontend')).toEqual(['frontend']);
    expect(podsOf('frontend-canary')).toEqual(['frontend-canary']);
  });

  test('tells what a canary has to know of it', () => {
    objectsOf((chart) => {
      expect(new OnlineBoutiqueFrontend(chart, 'next', { name: 'frontend-b' }).service).toEqual({
        name: 'frontend-b',
        port: 80,
        targetPort: 8080,
        podLabels: { app: 'frontend-b' },
        namespace: undefined,
      });
    });
  });
});

const COMMON: [string, object, string][] = [
  ['an unknown release', { release: '0.7.0' }, 'release is "0.7.0"; give one of "0.8.0", "0.9.0"'],
  ['a release with its v', { release: 'v0.8.0' }, 'release is "v0.8.0"; give one of "0.8.0", "0.9.0"'],
  [
    'a registry with a scheme',
    { imageRegistry: 'oci://mirror.example' },
    'imageRegistry is "oci://mirror.example"; give a registry such as "registry.example:5000/mirror", without scheme and final "/"',
  ],
  [
    'the name of a namespace as text',
    { namespace: 'shop' },
    `namespace is "shop"; give a namespace such as { name: 'shop' }`,
  ],
  [
    'a namespace that can have no such name',
    { namespace: { name: 'my_shop' } },
    'namespace.name is "my_shop"; use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends',
  ],
];

describe('the shop fails before anything is made, for', () => {
  test.each([
    ...COMMON,
    ['text for a switch', { externalLoadBalancer: 'no' }, 'externalLoadBalancer is "no"; give true or false'],
    ['a number for a switch', { loadGenerator: 0 }, 'loadGenerator is 0; give true or false'],
  ] as typeof COMMON)('%s', (_, props, problem) => {
    expect(refusal(shop(props as OnlineBoutiqueProps))).toBe(`shop/boutique: ${problem}`);
  });
});

describe('a second frontend fails before anything is made, for', () => {
  test.each([
    ...COMMON,
    [
      'the name of the first',
      { name: 'frontend' },
      'name is "frontend"; Online Boutique has an object of that name, give another',
    ],
    [
      'the name of another service',
      { name: 'adservice' },
      'name is "adservice"; Online Boutique has an object of that name, give another',
    ],
    [
      'a name with a capital',
      { name: 'Frontend' },
      'name is "Frontend"; use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends',
    ],
    ['a name that begins with a digit', { name: '2nd' }, 'name is "2nd"; the name of a Service begins with a letter'],
  ] as typeof COMMON)('%s', (_, props, problem) => {
    expect(refusal(second(props as OnlineBoutiqueFrontendProps))).toBe(`shop/next: ${problem}`);
  });
});
