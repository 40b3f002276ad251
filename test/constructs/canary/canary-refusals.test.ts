import { App, Chart } from 'cdk8s';
import { CanaryIngress, type CanaryIngressProps, ExposedService, Exposure } from '../../../constructs';
import { refusal } from '../../helpers/synth';
import { frontendOf } from './shop';

const main = frontendOf(new Chart(new App(), 'main', { namespace: 'shop' }));
const existing = { name: 'next', port: 80, targetPort: 8080, podLabels: { app: 'next' } };
const notOfImage = new ExposedService(new Chart(new App(), 'main'), 'frontend', {
  existing,
  exposure: Exposure.ingress({ host: 'shop.example.com' }),
});
const elsewhere = frontendOf(new Chart(new App(), 'elsewhere', { namespace: 'elsewhere' }));
const longName = 'a'.repeat(60);
const long = new ExposedService(new Chart(new App(), 'main'), longName, { image: 'a:1', port: 80 });
const canary = { image: 'registry.example/frontend:1.5' };
const NGINX = 'nginx.ingress.kubernetes.io/';
const LABEL = 'use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends';

/** Settings, some of them of types that only JavaScript lets through, and all that is wrong with them. */
const REFUSED: [string, unknown, string][] = [
  ['no settings', undefined, "props is undefined; give an object such as { key: 'value' }"],
  ['no main service', { canary }, 'main is missing'],
  ['no canary', { main }, 'canary is missing'],
  ['a main service by its name', { main: 'frontend', canary }, 'main is "frontend"; give an ExposedService'],
  [
    'an unknown setting',
    { main, canary, host: 'shop.example.com' },
    'host is not known; give main, canary, rule, name, annotations',
  ],
  ['a name with a space', { main, canary, name: 'a b' }, `name is "a b"; ${objectNameAdvice()}`],
  ['a canary by its image alone', { main, canary: 'a:2' }, `canary is "a:2"; give an object such as { key: 'value' }`],
  ['a canary that says nothing', { main, canary: {} }, 'canary says nothing; give one of image, service, existing'],
  [
    'a canary in two ways',
    { main, canary: { ...canary, existing } },
    'canary has image and existing; give one of image, service, existing',
  ],
  [
    'an unknown setting of a canary',
    { main, canary: { ...canary, replicas: 2 } },
    'canary.replicas is not known; give image, name, service, existing',
  ],
  [
    'an image with a space',
    { main, canary: { image: 'shop 2' } },
    'canary.image is "shop 2"; give an image such as "registry.example/shop:1.4"',
  ],
  [
    'an image where the main service has none',
    { main: notOfImage, canary },
    `canary.image is "${canary.image}"; main/frontend is not made from an image, give canary.service or canary.existing`,
  ],
  [
    'the name of the main service',
    { main, canary: { ...canary, name: 'frontend' } },
    'canary.name is "frontend", the name of the main service; give another',
  ],
  [
    'a name that no Service can have',
    { main, canary: { ...canary, name: '2nd' } },
    'canary.name is "2nd"; the name of a Service begins with a letter',
  ],
  [
    'a main service whose name is too long for another one to be made from it',
    { main: long, canary },
    `the name of the canary, made from that of the main service, is "${longName}-canary"; ${LABEL}; or give canary.name`,
  ],
  [
    'a name for a service that has one',
    { main, canary: { existing, name: 'next' } },
    'canary.name is "next"; canary.existing has a name, leave it out',
  ],
  [
    'a service that is none',
    { main, canary: { service: existing } },
    'canary.service is an object; give an ExposedService',
  ],
  [
    'the main service itself',
    { main, canary: { service: main } },
    'canary.service is the Service "frontend", which is that of main; give another',
  ],
  [
    'the Service of the main service',
    { main, canary: { existing: { ...existing, name: 'frontend' } } },
    'canary.existing is the Service "frontend", which is that of main; give another',
  ],
  [
    'a service of another namespace',
    { main, canary: { service: elsewhere } },
    'canary.service is in the namespace "elsewhere"; give one of the namespace "shop", where main is',
  ],
  [
    'an existing Service of another namespace',
    { main, canary: { existing: { ...existing, namespace: { name: 'elsewhere' } } } },
    'canary.existing is in the namespace "elsewhere"; give one of the namespace "shop", where main is',
  ],
  [
    'a namespace where the main service names none',
    { main: notOfImage, canary: { existing: { ...existing, name: 'other', namespace: { name: 'shop' } } } },
    'canary.existing is in the namespace "shop"; give one of a namespace that no manifest names, where main is',
  ],
  [
    'an existing Service without labels',
    { main, canary: { existing: { ...existing, podLabels: {} } } },
    'canary.existing.podLabels is empty; give at least one label',
  ],
  [
    'an existing Service without the port of its Pods',
    { main, canary: { existing: { ...existing, targetPort: undefined } } },
    'canary.existing.targetPort is missing',
  ],
  [
    'an existing Service on port 0',
    { main, canary: { existing: { ...existing, port: 0 } } },
    'canary.existing.port is 0; give an integer from 1 to 65535',
  ],
  [
    'annotations as null',
    { main, canary, annotations: null },
    `annotations is null; give an object such as { key: 'value' }`,
  ],
  [
    'an annotation that is no text',
    { main, canary, annotations: { 'example.com/a': 1 } },
    'annotations: "example.com/a" is 1; an annotation is text, write "1"',
  ],
  [
    'an annotation of the canary by hand',
    { main, canary, annotations: { [`${NGINX}canary-weight`]: '5' } },
    `annotations: "${NGINX}canary-weight" is "5"; leave it out and make a CanaryIngress with CanaryRule.weight`,
  ],
  [
    'an annotation that the controller takes from the main Ingress',
    { main, canary, annotations: { [`${NGINX}proxy-body-size`]: '8m' } },
    `annotations: "${NGINX}proxy-body-size" is "8m"; the controller takes it from the main Ingress, give it there`,
  ],
  [
    'two things at once, both named',
    { main, canary: { image: '' }, rule: 5 },
    '\n  rule is 5; give a CanaryRule such as CanaryRule.weight(5)\n  canary.image is ""; give an image such as "registry.example/shop:1.4"',
  ],
];

function objectNameAdvice(): string {
  return 'use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends';
}

describe('fails before anything is made, for', () => {
  test.each(REFUSED)('%s', (_, props, problem) => {
    const message = refusal((chart) => void new CanaryIngress(chart, 'canary', props as CanaryIngressProps));
    expect(message).toBe(problem.startsWith('\n') ? `shop/canary:${problem}` : `shop/canary: ${problem}`);
  });

  test('an id that can be no name', () => {
    const message = refusal((chart) => void new CanaryIngress(chart, 'My Canary', { main, canary }));
    expect(message).toBe(`shop/My Canary: the name, taken from the id, is "My Canary"; ${objectNameAdvice()}`);
  });

  test('a main service in a namespace that no manifest names, in a chart that has one', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'elsewhere' });
    expect(() => new CanaryIngress(chart, 'canary', { main: long, canary: { ...canary, name: 'next' } })).toThrow(
      'shop/canary: main is in a namespace that no manifest names, and the canary would be in "elsewhere"; give main a namespace',
    );
    expect(chart.node.children).toEqual([]);
  });
});
