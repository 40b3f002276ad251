import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, judged, manifestsOf, readManifests } from '../../../analysis';

const found = (object: object) =>
  manifestsOf([object]).problems.map(({ code, severity, message }) => `${code} ${severity}: ${message}`);
const near = (who: string, place: string, name: string) => [
  `unknown-field tolerable: ${who}: ${place} is no field of this kind; did you mean ${name}?`,
];

const container = (fields: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'd', namespace: 'a' },
  spec: { template: { spec: { containers: [{ name: 'c', ...fields }] } } },
});
const ingress = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'i', namespace: 'a' },
  spec,
});
const route = (spec: object) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'r', namespace: 'a' },
  spec,
});
const attached = (apiVersion: string, kind: string, spec: object) => ({
  apiVersion,
  kind,
  metadata: { name: 'p', namespace: 'a' },
  spec,
});
const policy = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'a' },
  spec,
});

test.each([
  [
    'metadata',
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', annotation: {} } },
    'Pod p',
    'metadata.annotation',
    'annotations',
  ],
  [
    'labels of a template',
    { ...container({}), spec: { template: { metadata: { label: {} } } } },
    'Deployment a/d',
    'spec.template.metadata.label',
    'labels',
  ],
  [
    'a port of a container',
    container({ ports: [{ port: 80 }] }),
    'Deployment a/d',
    'spec.template.spec.containers[0].ports[0].port',
    'containerPort or hostPort',
  ],
  ['an Ingress', ingress({ ingressClass: 'nginx' }), 'Ingress a/i', 'spec.ingressClass', 'ingressClassName'],
  ['a rule of an Ingress', ingress({ rules: [{ hosts: 'x' }] }), 'Ingress a/i', 'spec.rules[0].hosts', 'host'],
  [
    'a BackendTLSPolicy',
    attached('gateway.networking.k8s.io/v1', 'BackendTLSPolicy', { validation: { hostnme: 'x.test' } }),
    'BackendTLSPolicy a/p',
    'spec.validation.hostnme',
    'hostname',
  ],
  [
    'a policy of Envoy Gateway',
    attached('gateway.envoyproxy.io/v1alpha1', 'SecurityPolicy', { targetRfs: [] }),
    'SecurityPolicy a/p',
    'spec.targetRfs',
    'targetRefs',
  ],
  [
    'a policy of kgateway',
    attached('gateway.kgateway.dev/v1alpha1', 'TrafficPolicy', { timeout: { streamIdle: '5s' } }),
    'TrafficPolicy a/p',
    'spec.timeout',
    'timeouts',
  ],
  [
    'a target of a policy of NGINX Gateway Fabric',
    attached('gateway.nginx.org/v1alpha1', 'RateLimitPolicy', { targetRefs: [{ nmae: 'web' }] }),
    'RateLimitPolicy a/p',
    'spec.targetRefs[0].nmae',
    'name',
  ],
  [
    'a policy of Istio',
    attached('security.istio.io/v1', 'AuthorizationPolicy', { rule: [] }),
    'AuthorizationPolicy a/p',
    'spec.rule',
    'rules',
  ],
  [
    'a Middleware of Traefik',
    attached('traefik.io/v1alpha1', 'Middleware', { ipAllowlist: {} }),
    'Middleware a/p',
    'spec.ipAllowlist',
    'ipAllowList',
  ],
  ['an HTTPRoute', route({ hostname: 'x' }), 'HTTPRoute a/r', 'spec.hostname', 'hostnames'],
  ['a rule of an HTTPRoute', route({ rules: [{ match: [] }] }), 'HTTPRoute a/r', 'spec.rules[0].match', 'matches'],
  ['a rule of a policy', policy({ ingress: [{ form: [] }] }), 'NetworkPolicy a/p', 'spec.ingress[0].form', 'from'],
  [
    'a peer',
    policy({ ingress: [{ from: [{ podselector: {} }] }] }),
    'NetworkPolicy a/p',
    'spec.ingress[0].from[0].podselector',
    'podSelector',
  ],
  [
    'a Service',
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { selectors: {} } },
    'Service s',
    'spec.selectors',
    'selector',
  ],
  [
    'a Rollout',
    { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'r' }, spec: { stategy: {} } },
    'Rollout r',
    'spec.stategy',
    'strategy',
  ],
  [
    'a UDPRoute',
    {
      apiVersion: 'gateway.networking.k8s.io/v1alpha2',
      kind: 'UDPRoute',
      metadata: { name: 'u' },
      spec: { rules: [{ backendRef: [] }] },
    },
    'UDPRoute u',
    'spec.rules[0].backendRef',
    'backendRefs',
  ],
  [
    'a Route of OpenShift',
    {
      apiVersion: 'route.openshift.io/v1',
      kind: 'Route',
      metadata: { name: 'r' },
      spec: { port: { targetport: 80 } },
    },
    'Route r',
    'spec.port.targetport',
    'targetPort',
  ],
  [
    'a template of a CloneSet',
    {
      apiVersion: 'apps.kruise.io/v1alpha1',
      kind: 'CloneSet',
      metadata: { name: 'c' },
      spec: { scaleStrategy: {}, template: { metadata: { lables: {} } } },
    },
    'CloneSet c',
    'spec.template.metadata.lables',
    'labels',
  ],
  [
    'a template of a ScaledJob',
    {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledJob',
      metadata: { name: 'k' },
      spec: { triggers: [], jobTargetRef: { template: { spec: { container: [] } } } },
    },
    'ScaledJob k',
    'spec.jobTargetRef.template.spec.container',
    'containers',
  ],
  [
    'a Node',
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, spec: { taint: [] } },
    'Node n',
    'spec.taint',
    'taints',
  ],
  [
    'a whole object',
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, specs: {} },
    'Service s',
    'specs',
    'spec',
  ],
])('a field that %s does not have is named, with what was meant', (_, object, who, place, name) => {
  expect(found(object)).toEqual(near(who, place, name));
});

test('a field of a settled kind that is near to none is named with those that there are', () => {
  expect(found(ingress({ rules: [{ http: { paths: [] }, weight: 1 }] }))).toEqual([
    'unknown-field tolerable: Ingress a/i: spec.rules[0].weight is no field of this kind; known are host, http',
  ]);
});

test.each([
  [
    'labels, whatever they are called',
    { ...container({}), metadata: { name: 'd', labels: { annotation: 'x', spec: 'y' } } },
  ],
  ['a field of a newer version that is near to none', container({ quantumTunnel: true })],
  ['what is below status', { ...container({}), status: { replica: 1 } }],
  [
    'what a server adds',
    { ...container({}), metadata: { name: 'd', managedFields: [{ fieldsV1: { 'f:meta': {} } }], selfLink: '/x' } },
  ],
  [
    'fields of an old version',
    {
      apiVersion: 'extensions/v1beta1',
      kind: 'Ingress',
      metadata: { name: 'i' },
      spec: { backend: { serviceName: 's', servicePort: 80 } },
    },
  ],
  [
    'fields of experimental routes',
    route({ rules: [{ retry: { attempts: 3 }, sessionPersistence: {}, filters: [{ type: 'CORS', cors: {} }] }] }),
  ],
  [
    'settings of others',
    route({
      parentRefs: [{ name: 'g', port: 80 }],
      rules: [{ filters: [{ type: 'ExtensionRef', extensionRef: { group: 'g', kind: 'k', name: 'n' } }] }],
    }),
  ],
  [
    'kinds of which nobody knows the fields',
    { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', metadata: { name: 'p' }, spec: { replica: 1 } },
  ],
  [
    'null and empty values',
    {
      ...container({ ports: null }),
      spec: { template: { metadata: { creationTimestamp: null }, spec: { containers: [{}] } } },
    },
  ],
])('%s are left alone', (_, object) => {
  expect(found(object).filter((one) => one.startsWith('unknown-field'))).toEqual([]);
});

test('a strict reading refuses the field, a tolerant one goes on without it', () => {
  const objects = [policy({ podSelector: {}, ingress: [{ from: [{ podSelector: {} }], port: [{ port: 80 }] }] })];
  expect(Cluster.from(objects).problems).toHaveLength(1);
  const tolerant = Cluster.from(objects, { input: 'tolerant' });
  expect(tolerant.problems).toEqual([]);
  expect(tolerant.warnings.map(({ message }) => message)).toEqual([
    'NetworkPolicy a/p: spec.ingress[0].port is no field of this kind; did you mean ports?',
  ]);
});

test('a text tells the line of the field', () => {
  const text =
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  ports:\n    - port: 80\n      targetport: 8080\n';
  const [problem] = judged(readManifests(text, 's.yaml').problems).problems;
  expect(problem).toMatchObject({
    line: 8,
    message: 'Service s: spec.ports[0].targetport is no field of this kind; did you mean targetPort?',
  });
});

test('everything that this app writes has fields that there are', () => {
  const dist = join(__dirname, '../../../dist');
  const files = (readdirSync(dist, { recursive: true }) as string[]).filter((name) => name.endsWith('.yaml'));
  expect(files.length).toBeGreaterThan(10);
  for (const name of files) {
    const { problems } = readManifests(readFileSync(join(dist, name), 'utf8'), name);
    expect(problems.filter(({ code }) => code === 'unknown-field')).toEqual([]);
  }
});

test('of a version that is retired, what its slips come to in the one that is read', () => {
  const old = {
    apiVersion: 'networking.k8s.io/v1beta1',
    kind: 'Ingress',
    metadata: { name: 'i', namespace: 'a', annotation: {} },
    spec: {
      ingresClassName: 'nginx',
      backend: { serviceName: 'web', servicePort: 80 },
      rules: [{ hosts: 'x', http: { paths: [{ path: '/', backend: { serviceNam: 'web', servicePort: 'http' } }] } }],
    },
  };
  expect(found(old).filter((text) => text.startsWith('unknown-field'))).toEqual(
    [
      near('Ingress a/i', 'metadata.annotation', 'annotations'),
      near('Ingress a/i', 'spec.ingresClassName', 'ingressClassName'),
      near('Ingress a/i', 'spec.rules[0].hosts', 'host'),
      near('Ingress a/i', 'spec.rules[0].http.paths[0].backend.serviceNam', 'service'),
    ].flat(),
  );
  const deployment = { ...container({}), apiVersion: 'extensions/v1beta1' };
  expect(found({ ...deployment, spec: { ...deployment.spec, rollbackTo: {}, templateGeneration: 1 } })).toEqual([
    expect.stringMatching(/^retired-api-version/),
  ]);
});

test('of kinds of gateways that are not known whole, what is near to nothing is taken as newer', () => {
  const spec = {
    targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'r' }],
    waf: {},
    oidc: {},
  };
  expect(found(attached('gateway.envoyproxy.io/v1alpha1', 'SecurityPolicy', spec))).toEqual([]);
});
