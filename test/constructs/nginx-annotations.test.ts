import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Routes } from '../../analysis';
import { CanaryIngress, CanaryRule, ExposedService, Exposure } from '../../constructs';
import { where } from '../analysis/routing/where';
import type { Fields } from '../helpers/fields';
import { objectsOf, refusal } from '../helpers/synth';

const PREFIX = 'nginx.ingress.kubernetes.io/';
const IMAGE = { image: 'registry.example/shop:1.4', port: 8080 };

const main = (chart: Chart, exposure: Exposure) => new ExposedService(chart, 'shop', { ...IMAGE, exposure });
const exposed = (httpsOnly: boolean) => (chart: Chart) =>
  void main(chart, Exposure.ingress({ host: 'a.test', httpsOnly }));
const withCanary = (rule: CanaryRule) => (chart: Chart) =>
  void new CanaryIngress(chart, 'canary', {
    main: main(chart, Exposure.ingress({ host: 'a.test' })),
    canary: { image: 'registry.example/shop:1.5' },
    rule,
  });

/** Each annotation that the library writes, where it does, and a request that goes elsewhere without it. */
const WRITTEN: [key: string, make: (chart: Chart) => void, headers: Record<string, string>, instead: string][] = [
  ['force-ssl-redirect', exposed(true), {}, 'set httpsOnly of the exposure'],
  ['canary', withCanary(CanaryRule.weight(5)), {}, 'make a CanaryIngress'],
  [
    'canary-by-header',
    withCanary(CanaryRule.header('X-Canary')),
    { 'X-Canary': 'always' },
    'make a CanaryIngress with CanaryRule.header',
  ],
  [
    'canary-by-header-value',
    withCanary(CanaryRule.header('FOO', 'bar')),
    { FOO: 'bar' },
    'make a CanaryIngress with CanaryRule.header',
  ],
  [
    'canary-by-header-pattern',
    withCanary(CanaryRule.headerPattern('FOO', '^b')),
    { FOO: 'bar' },
    'make a CanaryIngress with CanaryRule.headerPattern',
  ],
  [
    'canary-by-cookie',
    withCanary(CanaryRule.cookie('beta')),
    { Cookie: 'beta=always' },
    'make a CanaryIngress with CanaryRule.cookie',
  ],
  ['canary-weight', withCanary(CanaryRule.weight(5)), {}, 'make a CanaryIngress with CanaryRule.weight'],
  [
    'canary-weight-total',
    withCanary(CanaryRule.weight(5, { total: 1000 })),
    {},
    'make a CanaryIngress with CanaryRule.weight',
  ],
];

function goes(objects: readonly Fields[], headers: Record<string, string>): string {
  return where(Routes.ofIngressNginx(objects), 'http://a.test/', headers);
}

describe('an annotation that the library writes says something to the controller:', () => {
  test.each(WRITTEN)('%s', (key, make, headers) => {
    const objects = objectsOf(make);
    const without = objects.map((object) => {
      const { [PREFIX + key]: _, ...annotations } = object.metadata.annotations ?? {};
      return { ...object, metadata: { ...object.metadata, annotations } };
    });
    expect(JSON.stringify(without)).not.toBe(JSON.stringify(objects));
    expect(goes(without, headers)).not.toBe(goes(objects, headers));
  });

  test('and there are no others', () => {
    const rules = [
      CanaryRule.header('FOO', 'bar').orCookie('beta').orWeight(5, { total: 1000 }),
      CanaryRule.headerPattern('FOO', 'bar'),
    ];
    const keys = [exposed(true), ...rules.map(withCanary)].flatMap((make) =>
      objectsOf(make).flatMap(({ metadata }) => Object.keys(metadata.annotations ?? {})),
    );
    expect(new Set(keys)).toEqual(new Set(WRITTEN.map(([key]) => PREFIX + key)));
  });
});

describe('an annotation that the library writes is refused when a person adds it:', () => {
  test.each(WRITTEN)('%s', (key, _, __, instead) => {
    const annotations = { [PREFIX + key]: 'x' };
    const message = refusal((chart) => void main(chart, Exposure.ingress({ host: 'a.test', annotations })));
    expect(message).toBe(`shop/shop: exposure.annotations: "${PREFIX}${key}" is "x"; leave it out and ${instead}`);
  });
});

test('the class, which every Ingress has as a field, is refused as an annotation', () => {
  const annotations = { 'kubernetes.io/ingress.class': 'nginx' };
  const message = refusal((chart) => void main(chart, Exposure.ingress({ host: 'a.test', annotations })));
  expect(message).toBe(
    'shop/shop: exposure.annotations: "kubernetes.io/ingress.class" is "nginx"; leave it out and set className of the exposure',
  );
});

test('all others may be added by hand', () => {
  const annotations = { [`${PREFIX}affinity`]: 'cookie', 'external-dns.alpha.kubernetes.io/ttl': '60' };
  const chart = new Chart(new App(), 'shop');
  main(chart, Exposure.ingress({ host: 'a.test', annotations }));
  expect(chart.toJson().at(-1).metadata.annotations).toEqual(annotations);
});

describe('an annotation that the library writes stays as it is when a person changes the object later:', () => {
  /** What synthesis fails with once the Ingress has been changed. */
  function failure(make: (chart: Chart) => void, change: (ingress: ApiObject) => void): string {
    const chart = new Chart(new App(), 'shop');
    make(chart);
    const ingresses = chart.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .filter(({ kind }) => kind === 'Ingress');
    change(ingresses.at(-1) as ApiObject);
    return chart.node
      .findAll()
      .flatMap(({ node }) => node.validate())
      .join('\n');
  }
  const FORCED = `${PREFIX}force-ssl-redirect`;
  const WEIGHT = `${PREFIX}canary-weight`;

  test.each(WRITTEN)('%s, where it says something else', (key, make, _, instead) => {
    const message = failure(make, ({ metadata }) => metadata.addAnnotation(PREFIX + key, 'x'));
    expect(message).toMatch(
      new RegExp(`^"${PREFIX}${key}" is "x", where this construct says ".+"; leave that out and ${instead}$`),
    );
  });

  test('where it says something and the library says nothing', () => {
    const message = failure(exposed(false), ({ metadata }) => metadata.addAnnotation(FORCED, 'false'));
    expect(message).toBe(`"${FORCED}" is "false"; leave that out and set httpsOnly of the exposure`);
  });

  test('where a patch takes it away', () => {
    const path = `/metadata/annotations/${WEIGHT.replace('/', '~1')}`;
    const message = failure(withCanary(CanaryRule.weight(5)), (one) => one.addJsonPatch(JsonPatch.remove(path)));
    expect(message).toBe(
      `"${WEIGHT}" is taken away, where this construct says "5"; leave that out and make a CanaryIngress with CanaryRule.weight`,
    );
  });

  test('and all others may be added then too', () => {
    const change = ({ metadata }: ApiObject) => {
      metadata.addAnnotation(`${PREFIX}affinity`, 'cookie');
      metadata.addAnnotation(FORCED, 'true');
    };
    expect(failure(exposed(true), change)).toBe('');
  });
});
