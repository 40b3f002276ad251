import { App, Chart } from 'cdk8s';
import { Deployment, Protocol, Service } from 'cdk8s-plus-27';
import { ExposedService, type ExposedServiceProps, Exposure, PathType, Peer, PolicyPort } from '../../constructs';
import { refusal } from '../helpers/synth';

const there = new Chart(new App(), 'there', { namespace: 'there' });
const deployment = (id: string, ports: number[], labels: Record<string, string> = {}) =>
  new Deployment(there, id, {
    podMetadata: { labels },
    containers: [{ name: 'main', image: 'a:1', ports: ports.map((number) => ({ number, name: `port-${number}` })) }],
  });
const workload = deployment('one', [8080], { app: 'theirs' });
const noPort = deployment('none', []);
const twoPorts = deployment('two', [8080, 9090]);
const ofUdp = new Deployment(there, 'dns', {
  containers: [{ name: 'main', image: 'a:1', ports: [{ number: 53, name: 'dns', protocol: Protocol.UDP }] }],
});
const service = new Service(there, 'service', { metadata: { name: 'theirs' }, ports: [{ port: 80 }] });
const ofNoPort = new Service(there, 'no-port', { metadata: { name: 'no-port' } });
const overUdp = new Service(there, 'udp', { ports: [{ port: 53, protocol: Protocol.UDP }] });
const existing = { name: 'theirs', port: 80, targetPort: 8080, podLabels: { app: 'theirs' } };
const image = 'registry.example/shop:1.4';
const port = 8080;

const LABEL = 'use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends';
const OBJECT = "give an object such as { key: 'value' }";
const LABEL_VALUE =
  'a label is text of at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends';
const SOURCES = 'give one of image, workload, service, existing';

/** Settings, some of them of types that only JavaScript lets through, and all that is wrong with them. */
const REFUSED: [string, unknown, string][] = [
  ['no settings', undefined, `props is undefined; ${OBJECT}`],
  ['nothing to expose', {}, `nothing says what is exposed; ${SOURCES}`],
  ['two things to expose', { image, existing }, `image and existing are given; ${SOURCES}`],
  [
    'an unknown setting',
    { image, port, portz: [80] },
    'portz is not known; give image, workload, service, existing, exposure, name, namespace, port, servicePort, protocol, portName, ports, labels, replicas, command, args, env, resources, readinessPath, security, container, deployment, delivery',
  ],
  [
    'an image with a scheme',
    { image: 'https://registry.example/shop', port },
    'image is "https://registry.example/shop"; give an image such as "registry.example/shop:1.4"',
  ],
  ['an empty image', { image: '', port }, 'image is ""; give an image such as "registry.example/shop:1.4"'],
  ['an image without a port', { image }, 'port is missing'],
  ['a port of 0', { image, port: 0 }, 'port is 0; give an integer from 1 to 65535'],
  ['a port as text', { image, port: '80' }, 'port is "80"; give an integer from 1 to 65535'],
  ['a port beyond all', { image, port, servicePort: 65536 }, 'servicePort is 65536; give an integer from 1 to 65535'],
  ['a name with a capital', { image, port, name: 'Shop' }, `name is "Shop"; ${LABEL}`],
  [
    'a name with a digit first',
    { image, port, name: '2048' },
    'name is "2048"; the name of a Service begins with a letter',
  ],
  [
    'a namespace by its name',
    { image, port, namespace: 'shop' },
    `namespace is "shop"; give a namespace such as { name: 'shop' }`,
  ],
  ['a namespace with a dot', { image, port, namespace: { name: 'a.b' } }, `namespace.name is "a.b"; ${LABEL}`],
  ['no labels', { image, port, labels: {} }, 'labels is empty; give at least one label'],
  ['labels as text', { image, port, labels: 'app=shop' }, `labels is "app=shop"; ${OBJECT}`],
  ['a label with a space', { image, port, labels: { app: 'a b' } }, `labels: "app" is "a b"; ${LABEL_VALUE}`],
  ['a label that is a number', { image, port, labels: { app: 1 } }, `labels: "app" is 1; ${LABEL_VALUE}`],
  [
    'the key of a label with two slashes',
    { image, port, labels: { 'a/b/c': 'x' } },
    'labels: the key is "a/b/c"; give a name such as "app" or "example.com/app"',
  ],
  ['half a replica', { image, port, replicas: 0.5 }, 'replicas is 0.5; give an integer from 0 to 10000'],
  ['fewer replicas than none', { image, port, replicas: -1 }, 'replicas is -1; give an integer from 0 to 10000'],
  [
    'a command as text',
    { image, port, command: 'serve' },
    'command is "serve"; give a list such as ["serve"], or leave it out',
  ],
  [
    'an empty command',
    { image, port, command: [] },
    'command is empty; give a list such as ["serve"], or leave it out',
  ],
  ['an argument that is a number', { image, port, args: ['-p', 80] }, 'args[1] is 80; give text, such as "80"'],
  ['variables as a list', { image, port, env: [] }, `env is a list; ${OBJECT}`],
  ['a variable that is a number', { image, port, env: { PORT: 80 } }, 'env: "PORT" is 80; give text, such as "80"'],
  [
    'a variable with a space in its name',
    { image, port, env: { 'A B': '' } },
    'env: the name is "A B"; use letters, digits, "_", "-" and ".", and no digit first',
  ],
  [
    'resources with a wrong unit',
    { image, port, resources: { limits: { memory: '1GB' } } },
    'resources.limits.memory is "1GB"; give a quantity as text, such as "250m" or "64Mi"',
  ],
  [
    'a path without slash',
    { image, port, readinessPath: 'healthz' },
    'readinessPath is "healthz"; a path begins with "/"',
  ],
  [
    'an unknown security',
    { image, port, security: 'baseline' },
    'security is "baseline"; give one of "as-image", "restricted"',
  ],
  [
    'a workload by its name',
    { workload: 'shop' },
    'workload is "shop"; give a workload of cdk8s-plus, such as a Deployment',
  ],
  [
    'a workload without ports',
    { workload: noPort },
    'port is missing, and the containers of there/none name none; give one',
  ],
  [
    'a workload of two ports',
    { workload: twoPorts },
    'port is missing, and the containers of there/two name 8080, 9090; give one',
  ],
  [
    'a workload of UDP alone',
    { workload: ofUdp },
    'port is missing, and the containers of there/dns name none; give one',
  ],
  [
    'a port that the workload has for UDP',
    { workload: ofUdp, port: 53 },
    'port is 53, which there/dns has for UDP; give one of TCP',
  ],
  [
    'a workload of another namespace',
    { workload, namespace: { name: 'here' } },
    'namespace is "here"; the workload there/one is in "there"',
  ],
  [
    'a label that the Pods of the workload have otherwise',
    { workload, labels: { app: 'shop' } },
    'labels: "app" is "shop"; the Pods of there/one have "theirs"',
  ],
  [
    'what the workload says itself',
    { workload, replicas: 2, env: {} },
    '\n  replicas is given with workload; the workload says it, leave it out\n  env is given with workload; the workload says it, leave it out',
  ],
  ['a Service by its name', { service: 'shop' }, 'service is "shop"; give a Service of cdk8s-plus'],
  ['a Service without ports', { service: ofNoPort }, 'service has no port; give there/no-port one'],
  ['a Service of UDP', { service: overUdp }, 'service begins with a port of UDP; give one of TCP first'],
  [
    'a Service of another namespace',
    { service, namespace: { name: 'here' } },
    'namespace is "here"; the service there/service is in "there"',
  ],
  [
    'a name for a Service that has one',
    { service, name: 'shop' },
    'name is given with service; the Service is there already, leave it out',
  ],
  [
    'a type for a Service that has one',
    { service, exposure: Exposure.nodePort() },
    'exposure is nodePort; the Service is there already, set its type where it is made',
  ],
  [
    'an address for an existing Service',
    { existing, exposure: Exposure.clusterInternal({ clusterIp: 'None' }) },
    'exposure is clusterInternal; the Service is there already, set its type where it is made',
  ],
  [
    'a namespace beside an existing Service',
    { existing, namespace: { name: 'shop' } },
    'namespace is given with existing; the Service is there already, leave it out',
  ],
  ['an existing Service by its name', { existing: 'shop' }, `existing is "shop"; ${OBJECT}`],
  [
    'an existing Service without anything',
    { existing: {} },
    '\n  existing.name is missing\n  existing.port is missing\n  existing.targetPort is missing\n  existing.podLabels is missing',
  ],
  [
    'an existing Service without labels',
    { existing: { ...existing, podLabels: {} } },
    'existing.podLabels is empty; give at least one label',
  ],
  [
    'an existing Service on port 0',
    { existing: { ...existing, port: 0, targetPort: 70000 } },
    '\n  existing.port is 0; give an integer from 1 to 65535\n  existing.targetPort is 70000; give an integer from 1 to 65535',
  ],
  [
    'a namespace of an existing Service by its name',
    { existing: { ...existing, namespace: 'shop' } },
    `existing.namespace is "shop"; give a namespace such as { name: 'shop' }`,
  ],
];

const js = (value: unknown) => value as never;

describe('fails before anything is made, for', () => {
  test.each(REFUSED)('%s', (_, props, problem) => {
    const message = refusal((chart) => void new ExposedService(chart, 'shop', props as ExposedServiceProps));
    expect(message).toBe(problem.startsWith('\n') ? `shop/shop:${problem}` : `shop/shop: ${problem}`);
  });

  test.each([
    ['My Shop', `"My Shop"; ${LABEL}`],
    ['2048', '"2048"; the name of a Service begins with a letter'],
  ])('the id %s, which can be no name', (id, problem) => {
    const message = refusal((chart) => void new ExposedService(chart, id, { image, port }));
    expect(message).toBe(`shop/${id}: the name, taken from the id, is ${problem}`);
  });
});

describe('fails for what names no namespace itself and would be in another one than its Service:', () => {
  const nowhere = new Chart(new App(), 'nowhere');
  const pods = new Deployment(nowhere, 'pods', { containers: [{ image: 'a:1', portNumber: 80 }] });
  const theirs = new Service(nowhere, 'theirs', { metadata: { name: 'theirs' }, ports: [{ port: 80 }] });

  test.each([
    ['workload', { workload: pods }, 'the workload nowhere/pods'],
    ['Service', { service: theirs }, 'the service nowhere/theirs'],
  ])('a %s', (_, props, made) => {
    const advice = 'is in a namespace that no manifest names; give it that namespace';
    const chart = new Chart(new App(), 'shop', { namespace: 'here' });
    expect(() => new ExposedService(chart, 'shop', props)).toThrow(
      new Error(`shop/shop: this would be in the namespace "here", and ${made} ${advice}`),
    );
    expect(chart.node.children).toEqual([]);
  });

  test('also when the namespace is given', () => {
    const props = { workload: pods, namespace: { name: 'here' } };
    expect(refusal((chart) => void new ExposedService(chart, 'shop', props))).toBe(
      'shop/shop: this would be in the namespace "here", and the workload nowhere/pods is in a namespace that no manifest names; give it that namespace',
    );
  });
});

describe('allowFrom fails and writes nothing, for', () => {
  const PEER = 'give an ExposedService, a DefaultDenyNamespace or a Peer such as Peer.workload(…)';
  const anybody = Peer.pods({ app: 'caller' });
  const WRONG: [string, unknown, unknown, string][] = [
    ['a peer by its name', 'caller', {}, `the peer of allowFrom is "caller"; ${PEER}`],
    ['no peer', undefined, {}, `the peer of allowFrom is undefined; ${PEER}`],
    [
      'a peer without labels',
      Peer.pods({}),
      {},
      'the labels of the peer of allowFrom is empty; give at least one label',
    ],
    [
      'no port',
      anybody,
      { ports: [] },
      'options.ports is empty; give a list such as [PolicyPort.tcp(80)], or leave it out',
    ],
    [
      'a port that is a number',
      anybody,
      { ports: [80] },
      'options.ports[0] is 80; give a PolicyPort such as PolicyPort.tcp(80)',
    ],
    ['a port of 0', anybody, { ports: [PolicyPort.tcp(0)] }, 'options.ports[0] is 0; give an integer from 1 to 65535'],
    [
      'a name with a space',
      anybody,
      { name: 'a b' },
      'options.name is "a b"; use at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
    ],
    ['an unknown option', anybody, { port: 80 }, 'options.port is not known; give ports, name'],
    ['no options', anybody, null, `options is null; ${OBJECT}`],
  ];

  test.each(WRONG)('%s', (_, peer, options, problem) => {
    const chart = new Chart(new App(), 'shop');
    const shop = new ExposedService(chart, 'shop', { image, port });
    const before = chart.node.findAll().length;
    expect(() => shop.allowFrom(js(peer), js(options))).toThrow(new Error(`shop/shop: ${problem}`));
    expect(chart.node.findAll()).toHaveLength(before);
  });

  test('another meaning of a name that is taken', () => {
    const shop = new ExposedService(new Chart(new App(), 'shop'), 'shop', { image, port });
    shop.allowFrom(anybody, { name: 'callers' });
    expect(() => shop.allowFrom(Peer.pods({ app: 'other' }), { name: 'callers' })).toThrow(
      new Error('shop/shop: the NetworkPolicy "callers" is there and says something else; give this one a name'),
    );
  });
});

describe('synthesis fails for two Ingresses of a chart that take the same requests', () => {
  const expose = (chart: Chart, id: string, props: object = {}) =>
    new ExposedService(chart, id, {
      image,
      port,
      exposure: Exposure.ingress({ host: 'shop.example.com', ...props }),
    });
  const synthesized = (app: App) => () => app.synthYaml();

  test('and names both', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    expose(chart, 'one');
    expose(chart, 'two');
    expect(synthesized(app)).toThrow(
      '[shop/two] shop/one/one-ingress and shop/two/two-ingress both take shop.example.com/; the controller serves the older one, leave one out',
    );
  });

  test('not for another path, type of path, class or chart', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    expose(chart, 'one');
    expose(chart, 'two', { path: '/two' });
    expose(chart, 'three', { pathType: PathType.EXACT });
    expose(chart, 'four', { className: 'internal' });
    expose(new Chart(app, 'elsewhere'), 'one');
    expect(synthesized(app)).not.toThrow();
  });
});
