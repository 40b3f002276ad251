import { App, Chart } from 'cdk8s';
import { Deployment, Service } from 'cdk8s-plus-27';
import {
  CanaryIngress,
  CanaryRule,
  ExposedService,
  Exposure,
  OnlineBoutique,
  OnlineBoutiqueFrontend,
  PathType,
} from '../../../constructs';
import { find, objectsOf } from '../../helpers/synth';
import { canaryOf, failureOf, frontendOf, ingressesOf } from './shop';

const IMAGE = { image: 'registry.example/frontend:1.5' };

/** What a rule of an Ingress says: host, path, path type, class and Service. */
function rulesOf(chart: Chart): string[] {
  return ingressesOf(chart).map(({ metadata, spec }) => {
    const [{ host, http }] = spec.rules;
    const [{ path, pathType, backend }] = http.paths;
    return `${metadata.name}: ${spec.ingressClassName} ${host}${path} ${pathType} ${backend.service.name}:${backend.service.port.number}`;
  });
}

const serviceOf = (chart: Chart, name: string, exposure?: Exposure) =>
  new ExposedService(chart, name, { image: 'registry.example/shop:1', port: 8080, exposure });

describe('the canary of an image', () => {
  test('is the main service with another image, name and label, and nothing else that differs', () => {
    const objects = objectsOf((chart) => {
      const main = new ExposedService(chart, 'frontend', {
        image: 'registry.example/frontend:1.4',
        port: 8080,
        servicePort: 80,
        labels: { app: 'frontend', tier: 'web' },
        replicas: 2,
        env: { MODE: 'shop' },
        readinessPath: '/healthz',
        resources: { requests: { cpu: '100m' } },
        exposure: Exposure.ingress({ host: 'shop.example.com', httpsOnly: true }),
      });
      canaryOf(chart, { main });
    });
    for (const kind of ['Deployment', 'Service']) {
      const expected = JSON.stringify(find(objects, kind, 'frontend'))
        .replaceAll('"frontend"', '"frontend-canary"')
        .replace('frontend:1.4', 'frontend:1.5');
      expect(find(objects, kind, 'frontend-canary')).toEqual(JSON.parse(expected));
    }
  });

  test('may have another name', () => {
    const chart = new Chart(new App(), 'shop');
    const { service, exposedService } = canaryOf(chart, { canary: { ...IMAGE, name: 'next' } });
    expect(service).toEqual({ name: 'next', port: 8080, targetPort: 8080, podLabels: { app: 'next' } });
    expect(exposedService?.name).toBe('next');
    expect(rulesOf(chart)).toContain('canary: nginx shop.example.com/ Prefix next:8080');
  });

  test('stays with the namespace of the main service, also in a chart of another', () => {
    const app = new App();
    const main = frontendOf(new Chart(app, 'main', { namespace: 'shop' }));
    const chart = new Chart(app, 'next', { namespace: 'elsewhere' });
    canaryOf(chart, { main });
    expect(chart.toJson().map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
      'Deployment shop/frontend-canary',
      'Service shop/frontend-canary',
      'Ingress shop/canary',
    ]);
  });
});

describe('the canary of a service', () => {
  test('that this library makes leads to its port', () => {
    const chart = new Chart(new App(), 'shop');
    const service = new ExposedService(chart, 'next', { image: 'a:1', port: 8080, servicePort: 80 });
    const canary = canaryOf(chart, { canary: { service } });
    expect(rulesOf(chart)).toContain('canary: nginx shop.example.com/ Prefix next:80');
    expect(canary.exposedService).toBe(service);
  });

  test('that something else made leads to its port, in the namespace of the main one', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const existing = { name: 'next', port: 80, targetPort: 8080, podLabels: { app: 'next' } };
    const canary = canaryOf(chart, { canary: { existing } });
    expect(rulesOf(chart)).toContain('canary: nginx shop.example.com/ Prefix next:80');
    expect(canary.service).toEqual({ ...existing, namespace: { name: 'shop' } });
    expect(canary.exposedService).toBeUndefined();
  });

  test('is the second frontend of Online Boutique beside the first', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const main = new ExposedService(chart, 'main', {
      existing: new OnlineBoutique(chart, 'boutique').frontend,
      exposure: Exposure.ingress({ host: 'shop.example.com', ingressName: 'online-boutique-ing' }),
    });
    const next = new OnlineBoutiqueFrontend(chart, 'next');
    new CanaryIngress(chart, 'canary', { main, canary: { existing: next.service }, rule: CanaryRule.weight(5) });
    expect(rulesOf(chart)).toEqual([
      'online-boutique-ing: nginx shop.example.com/ Prefix frontend:80',
      'canary: nginx shop.example.com/ Prefix frontend-canary:80',
    ]);
    expect(failureOf(chart.node.root as App)).toBe('');
  });
});

describe('host, path, path type and class', () => {
  const settings = {
    host: '*.example.com',
    path: '/shop',
    pathType: PathType.EXACT,
    className: 'internal',
    httpsOnly: true,
    annotations: { 'nginx.ingress.kubernetes.io/affinity': 'cookie' },
  };
  const exposure = () => Exposure.ingress(settings);
  const expected = [
    'frontend: internal *.example.com/shop Exact frontend:8080',
    'canary: internal *.example.com/shop Exact frontend-canary:8080',
  ];

  test('are those of the main Ingress', () => {
    const chart = new Chart(new App(), 'shop');
    canaryOf(chart, { main: serviceOf(chart, 'frontend', exposure()) });
    expect(rulesOf(chart)).toEqual(expected);
  });

  test('are those of the main Ingress when that comes later', () => {
    const chart = new Chart(new App(), 'shop');
    const main = serviceOf(chart, 'frontend');
    canaryOf(chart, { main });
    main.expose(exposure());
    expect(rulesOf(chart)).toEqual(expected);
    expect(failureOf(chart.node.root as App)).toBe('');
  });

  test('come without the other settings of the main Ingress, which the controller ignores on a canary', () => {
    const chart = new Chart(new App(), 'shop');
    canaryOf(chart, { main: serviceOf(chart, 'frontend', exposure()) });
    const [, canary] = ingressesOf(chart);
    expect(Object.keys(canary?.spec)).toEqual(['ingressClassName', 'rules']);
    expect(canary?.metadata.annotations).toEqual({
      'nginx.ingress.kubernetes.io/canary': 'true',
      'nginx.ingress.kubernetes.io/canary-weight': '0',
    });
  });

  test('of several Ingresses make several canaries, named after the main ones', () => {
    const chart = new Chart(new App(), 'shop');
    const both = Exposure.ingress({ host: 'a.example.com' }).and(
      Exposure.ingress({ host: 'b.example.com', ingressName: 'shop-b' }),
    );
    const main = serviceOf(chart, 'frontend', both);
    canaryOf(chart, { main, name: 'next' });
    main.expose(Exposure.ingress({ host: 'c.example.com', ingressName: 'shop-c' }));
    expect(rulesOf(chart).filter((rule) => rule.startsWith('next'))).toEqual([
      'next: nginx a.example.com/ Prefix frontend-canary:8080',
      'next-shop-b: nginx b.example.com/ Prefix frontend-canary:8080',
      'next-shop-c: nginx c.example.com/ Prefix frontend-canary:8080',
    ]);
    expect(failureOf(chart.node.root as App)).toBe('');
  });
});

test('annotations that a person adds stand beside those of the canary', () => {
  const chart = new Chart(new App(), 'shop');
  canaryOf(chart, { annotations: { 'example.com/team': 'shop' }, rule: CanaryRule.weight(5) });
  expect(ingressesOf(chart)[1]?.metadata.annotations).toEqual({
    'example.com/team': 'shop',
    'nginx.ingress.kubernetes.io/canary': 'true',
    'nginx.ingress.kubernetes.io/canary-weight': '5',
  });
});

describe('synthesis fails', () => {
  const shop = () => {
    const app = new App();
    return { app, chart: new Chart(app, 'shop') };
  };
  const at = (host: string) => Exposure.ingress({ host, ingressName: host.replaceAll('.', '-') });

  test('if nothing leads requests to the main service', () => {
    const { app, chart } = shop();
    canaryOf(chart, { main: serviceOf(chart, 'frontend') });
    expect(failureOf(app)).toBe(
      '[shop/canary] nothing leads requests to shop/frontend; expose it with Exposure.ingress or Exposure.gateway',
    );
  });

  test('if the main service has two canaries, in whichever charts', () => {
    const { app, chart } = shop();
    const main = frontendOf(chart);
    canaryOf(chart, { main });
    canaryOf(new Chart(app, 'other'), { main, canary: { ...IMAGE, name: 'third' } });
    expect(failureOf(app)).toBe(
      '[other/canary] shop/canary and other/canary: both are canaries of the Service "frontend"; the controller takes one, leave one out',
    );
  });

  test('if the Service of the main service has two canaries, by two constructs and two hosts', () => {
    const { app, chart } = shop();
    const first = serviceOf(chart, 'frontend', at('a.example.com'));
    const second = new ExposedService(chart, 'again', { existing: first.service, exposure: at('b.example.com') });
    canaryOf(chart, { main: first });
    const existing = { name: 'third', port: 80, targetPort: 80, podLabels: { app: 'third' } };
    new CanaryIngress(chart, 'second', { main: second, canary: { existing } });
    expect(failureOf(app)).toBe(
      '[shop/second] shop/canary and shop/second: both are canaries of the Service "frontend"; the controller takes one, leave one out',
    );
  });

  test('if two canaries are for one rule, also when one of them gets it later', () => {
    const { app, chart } = shop();
    const [one, two] = [serviceOf(chart, 'one', at('a.example.com')), serviceOf(chart, 'two')];
    new CanaryIngress(chart, 'first', { main: one, canary: IMAGE });
    new CanaryIngress(chart, 'second', { main: two, canary: IMAGE });
    two.expose(Exposure.ingress({ host: 'a.example.com' }));
    expect(failureOf(app)).toContain(
      '[shop/second] shop/first and shop/second: both are canaries of a.example.com/; the controller takes one, leave one out',
    );
  });

  test('if two canaries are for one rule, by two types of path that the controller takes for one', () => {
    const { app, chart } = shop();
    const pathType = PathType.IMPLEMENTATION_SPECIFIC;
    const [one, two] = [serviceOf(chart, 'one', at('a.example.com')), serviceOf(chart, 'two')];
    new CanaryIngress(chart, 'first', { main: one, canary: IMAGE });
    new CanaryIngress(chart, 'second', { main: two, canary: IMAGE });
    two.expose(Exposure.ingress({ host: 'a.example.com', pathType }));
    expect(failureOf(app)).toContain('both are canaries of a.example.com/;');
  });

  test('if two canaries lead to one Service', () => {
    const { app, chart } = shop();
    const canary = { service: serviceOf(chart, 'next') };
    new CanaryIngress(chart, 'first', { main: serviceOf(chart, 'one', at('a.example.com')), canary });
    new CanaryIngress(chart, 'second', { main: serviceOf(chart, 'two', at('b.example.com')), canary });
    expect(failureOf(app)).toBe(
      '[shop/second] shop/first and shop/second: both lead to the Service "next"; the controller takes the rules of one for both, give each a Service',
    );
  });

  const EXPOSED =
    'exposes the Service "next", which is a canary; the controller keeps the rules of a canary with its Service, so give the canary one of its own';

  test('if the service of the canary is exposed itself, before', () => {
    const { app, chart } = shop();
    canaryOf(chart, { canary: { service: serviceOf(chart, 'next', at('next.example.com')) } });
    expect(failureOf(app)).toBe(`[shop/canary] shop/next ${EXPOSED}`);
  });

  test('if the service of the canary is exposed itself, later', () => {
    const { app, chart } = shop();
    canaryOf(chart, { canary: { ...IMAGE, name: 'next' } }).exposedService?.expose(at('next.example.com'));
    expect(failureOf(app)).toBe(`[shop/canary] shop/canary/service ${EXPOSED}`);
  });

  test('if the Service of the canary is exposed itself by another construct', () => {
    const { app, chart } = shop();
    const { service } = canaryOf(chart, { canary: { ...IMAGE, name: 'next' } });
    new ExposedService(chart, 'again', { existing: service, exposure: at('next.example.com') });
    expect(failureOf(app)).toBe(`[shop/canary] shop/again ${EXPOSED}`);
  });

  const LABELS = 'give the Pods labels that differ';

  test('if the main Service selects the Pods of the canary too', () => {
    const { app, chart } = shop();
    const labels = { app: 'frontend', release: 'next' };
    canaryOf(chart, { canary: { service: new ExposedService(chart, 'next', { image: 'a:1', port: 80, labels }) } });
    expect(failureOf(app)).toBe(
      `[shop/canary] the Service "frontend" selects the Pods of "next" too, by app=frontend; ${LABELS}`,
    );
  });

  test('if the Service of the canary selects the Pods of the main one too', () => {
    const { app, chart } = shop();
    const deployment = new Deployment(chart, 'pods', { metadata: { name: 'pods' }, containers: [{ image: 'a:1' }] });
    const main = new ExposedService(chart, 'frontend', {
      workload: deployment,
      port: 80,
      labels: { app: 'shop', release: 'now' },
      exposure: at('shop.example.com'),
    });
    const existing = { name: 'next', port: 80, targetPort: 80, podLabels: { app: 'shop' } };
    canaryOf(chart, { main, canary: { existing } });
    expect(failureOf(app)).toBe(
      `[shop/canary] the Service "next" selects the Pods of "frontend" too, by app=shop; ${LABELS}`,
    );
  });

  test('never for a Service that selects no Pods', () => {
    const { app, chart } = shop();
    const service = new Service(chart, 'theirs', { metadata: { name: 'theirs' }, ports: [{ port: 80 }] });
    const main = new ExposedService(chart, 'main', { service, exposure: at('shop.example.com') });
    canaryOf(chart, { main, canary: { service: serviceOf(chart, 'next') } });
    expect(failureOf(app)).toBe('');
  });

  test.each([
    ['two namespaces', (namespace: string) => ({ namespace })],
    ['two charts that name no namespace', () => ({})],
  ])('never for Services of one name in %s', (_, props) => {
    const app = new App();
    for (const id of ['one', 'two']) {
      const chart = new Chart(app, id, props(id));
      canaryOf(chart, { main: serviceOf(chart, 'frontend', at(`${id}.example.com`)) });
    }
    expect(failureOf(app)).toBe('');
  });
});
