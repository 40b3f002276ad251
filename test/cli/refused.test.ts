import { commandLine } from './command-line';

// What an API server refuses and no answer about the network needs. Each was taken by check until a real server was asked
// (test/cluster/table.ts has the whole table).

const deployment = (spec: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
    ...spec,
  },
});
const containers = (list: readonly object[]) =>
  deployment({ template: { metadata: { labels: { app: 'web' } }, spec: { containers: list } } });
const service = (spec: object, metadata: object = { name: 'web' }) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  spec: { ports: [{ port: 80 }], ...spec },
});
const backend = { service: { name: 'web', port: { number: 80 } } };
const ingress = (path: object, spec: object = {}) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web' },
  spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend, ...path }] } }], ...spec },
});

const asked = (object: object, ...options: string[]) =>
  commandLine(['check', '-', ...options], { stdin: JSON.stringify(object) });

test.each([
  ['a Service without ports', service({ ports: [] }), 'spec.ports is empty; give at least one, or clusterIP: None'],
  [
    'a Service of a name without a name',
    service({ type: 'ExternalName' }),
    'spec.externalName is missing; give the name that this Service stands for',
  ],
  [
    'a cluster IP that is none',
    service({ clusterIP: 'none' }),
    'spec.clusterIP is "none"; give an address, None, or nothing',
  ],
  [
    'a name of a port in capitals',
    service({ ports: [{ name: 'HTTP', port: 80 }] }),
    'spec.ports[0].name is "HTTP"; use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends',
  ],
  [
    'a node port without its type',
    service({ ports: [{ port: 80, nodePort: 30080 }] }),
    'spec.ports[0].nodePort is 30080; leave it out, or give type: NodePort',
  ],
  [
    'a Service with a name that begins with a digit',
    service({}, { name: '1web' }),
    'metadata.name is "1web"; use 1 to 63 lower-case letters, digits and "-", with a letter at the beginning and a letter or digit at the end',
  ],
  [
    'a label with a space',
    service({}, { name: 'web', labels: { a: 'two words' } }),
    'metadata.labels: "a" is "two words"; use at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends',
  ],
  [
    'a namespace with a dot',
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a.b' } },
    'metadata.name is "a.b"; use 1 to 63 lower-case letters, digits and "-", with a letter or digit at both ends',
  ],
  [
    'a type of path that is none',
    ingress({ pathType: 'prefix' }),
    'spec.rules[0].http.paths[0].pathType is "prefix"; give Exact, Prefix or ImplementationSpecific',
  ],
  [
    'a path that does not begin with a slash',
    ingress({ path: 'a' }),
    'spec.rules[0].http.paths[0].path is "a"; begin it with "/"',
  ],
  [
    'a backend that is no name of a Service',
    ingress({ backend: { service: { name: 'Web', port: { number: 80 } } } }),
    'spec.rules[0].http.paths[0].backend.service.name is "Web"; use 1 to 63 lower-case letters, digits and "-", with a letter at the beginning and a letter or digit at the end',
  ],
  [
    'a class in capitals',
    ingress({}, { ingressClassName: 'Nginx' }),
    'spec.ingressClassName is "Nginx"; give the name of an IngressClass, in lower case',
  ],
  ['text for TLS', ingress({}, { tls: ['text'] }), 'spec.tls[0] is "text"; give a mapping'],
  ['replicas below 0', deployment({ replicas: -1 }), 'spec.replicas is -1; give an integer from 0'],
  [
    'a Deployment without selector',
    deployment({ selector: undefined }),
    'spec.selector is missing; give the labels of the template',
  ],
  [
    'labels beside matchLabels',
    deployment({ selector: { app: 'web' } }),
    'spec.selector.app is no field of a selector; give matchLabels',
  ],
  [
    'a workload without containers',
    containers([]),
    'spec.template.spec.containers is empty; give at least one, with a name and an image',
  ],
  [
    'two containers of one name',
    containers([
      { name: 'a', image: 'a' },
      { name: 'a', image: 'b' },
    ]),
    'spec.template.spec.containers[1].name is "a", as of another container; give each its own',
  ],
  [
    'a container without image',
    containers([{ name: 'a' }]),
    'spec.template.spec.containers[0].image is missing; give an image',
  ],
  [
    'a controller without a domain',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'nginx' },
      spec: { controller: 'nginx' },
    },
    'spec.controller is "nginx"; give a domain, "/" and a name, such as "k8s.io/ingress-nginx"',
  ],
  [
    'a Job that is started again for ever',
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'a' },
      spec: { template: { spec: { restartPolicy: 'Always', containers: [{ name: 'a', image: 'a' }] } } },
    },
    'spec.template.spec.restartPolicy is "Always"; give Never or OnFailure',
  ],
])('check refuses %s, and takes it where input is read tolerantly', async (_, object, message) => {
  const strict = await asked(object);
  expect(strict).toMatchObject({ status: 2, stdout: '' });
  const [line = ''] = strict.stderr.split('\n');
  expect(line).toMatch(/^-:\d+: /);
  expect(line.endsWith(message)).toBe(true);
  // It is told once, whoever reads it.
  expect(strict.stderr.split('\n').filter((one) => one.startsWith('-:'))).toHaveLength(1);

  const tolerant = await asked(object, '--input', 'tolerant');
  expect(tolerant.status).not.toBe(2);
  expect(tolerant.stderr).toContain(`warning: ${line.replace(/^-:\d+: /, '')}`);
});

test.each([
  ['a Deployment', deployment({ replicas: 0 })],
  ['a headless Service without ports', service({ clusterIP: 'None', ports: undefined })],
  [
    'a Service that stands for a name',
    service({ type: 'ExternalName', externalName: 'example.com', ports: undefined }),
  ],
  ['a node port', service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] })],
  ['an Ingress', ingress({})],
  ['a host with a long label', ingress({}, { tls: [{ hosts: [`${'x'.repeat(64)}.example.com`] }] })],
])('check takes %s', async (_, object) => {
  expect((await asked(object)).status).not.toBe(2);
});
