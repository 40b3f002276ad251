/** Manifests in which every field says something of connections, or is known not to. */

const labelled = (name: string, labels: object, more: object = {}) => ({ name, labels, ...more });

const namespace = (name: string, labels: object) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: labelled(name, labels),
});

const containers = (...ports: readonly object[]) => [
  { name: 'main', image: 'registry.example/main:1', ports: ports.length === 0 ? undefined : ports },
];

const WEB = { name: 'http', containerPort: 8080, protocol: 'TCP' };
const DNS = { name: 'dns', containerPort: 53, protocol: 'UDP' };

const deployment = (name: string, where: string, labels: object, spec: object = { containers: containers(WEB) }) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: where },
  spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
});

const pod = (name: string, where: string, labels: object, spec: object = { containers: containers(WEB, DNS) }) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: where, labels },
  spec,
});

/** Namespaces and pods that policies tell apart. */
const AROUND: readonly object[] = [
  namespace('shop', { team: 'shop', stage: 'live' }),
  namespace('ops', { team: 'ops' }),
  deployment('web', 'shop', { app: 'web', tier: 'front' }),
  deployment('cron', 'shop', { app: 'cron' }),
  deployment(
    'db',
    'shop',
    { app: 'db', stage: 'live' },
    { serviceAccountName: 'db', containers: containers(WEB, DNS) },
  ),
  pod('job', 'shop', { app: 'job', old: 'true' }, { serviceAccountName: 'job', containers: containers(WEB) }),
  pod('monitor', 'ops', { app: 'monitor' }, { containers: containers(WEB), initContainers: containers() }),
  pod('agent', 'ops', { app: 'agent' }, { hostNetwork: true, containers: containers(WEB) }),
];

const policy = (name: string, where: string, spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: where, labels: { by: 'platform' }, annotations: { note: 'for the shop' } },
  spec,
});

const NETWORK_POLICIES: readonly object[] = [
  policy('db', 'shop', {
    podSelector: {
      matchLabels: { app: 'db' },
      matchExpressions: [
        { key: 'old', operator: 'DoesNotExist' },
        { key: 'stage', operator: 'NotIn', values: ['old'] },
      ],
    },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [
          { podSelector: { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'Exists' }] } },
          {
            namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'In', values: ['ops', 'sre'] }] },
            podSelector: { matchLabels: { app: 'monitor' } },
          },
        ],
        ports: [{ protocol: 'TCP', port: 5432, endPort: 5440 }, { port: 'http' }, { protocol: 'UDP', port: 'dns' }],
      },
      { from: [{ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.7/32'] } }], ports: [{ port: 443 }] },
    ],
    egress: [
      {
        to: [
          { namespaceSelector: { matchLabels: { team: 'ops' } } },
          { namespaceSelector: { matchLabels: { team: 'shop', stage: 'live' } } },
          { ipBlock: { cidr: '198.51.100.0/24', except: ['198.51.100.128/25'] } },
        ],
        ports: [{ protocol: 'SCTP', port: 9000 }],
      },
    ],
  }),
  policy('web', 'shop', {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ port: 8080 }] }],
  }),
  policy('job', 'shop', {
    podSelector: { matchLabels: { app: 'job' } },
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: { matchLabels: { app: 'cron' } } }] }],
  }),
];

const ADMIN_GROUP = 'policy.networking.k8s.io';
const only = (labels: object) => ({ matchLabels: labels });

const ADMIN_POLICIES: readonly object[] = [
  {
    apiVersion: `${ADMIN_GROUP}/v1alpha1`,
    kind: 'AdminNetworkPolicy',
    metadata: { name: 'guard' },
    spec: {
      priority: 10,
      subject: { pods: { namespaceSelector: only({ team: 'shop' }), podSelector: only({ app: 'db' }) } },
      ingress: [
        {
          name: 'monitor',
          action: 'Allow',
          from: [{ pods: { namespaceSelector: only({ team: 'ops' }), podSelector: only({ app: 'monitor' }) } }],
          ports: [
            { portNumber: { protocol: 'TCP', port: 9187 } },
            { portRange: { protocol: 'UDP', start: 6000, end: 6010 } },
            { namedPort: 'http' },
          ],
        },
        { name: 'shop', action: 'Pass', from: [{ namespaces: only({ stage: 'live' }) }] },
        { name: 'rest', action: 'Deny', from: [{ namespaces: {} }] },
      ],
      egress: [
        { action: 'Allow', to: [{ networks: ['203.0.113.0/24'] }, { nodes: {} }] },
        { action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] },
      ],
    },
  },
  {
    apiVersion: `${ADMIN_GROUP}/v1alpha1`,
    kind: 'BaselineAdminNetworkPolicy',
    metadata: { name: 'default' },
    spec: {
      subject: { namespaces: only({ team: 'shop' }) },
      ingress: [
        { action: 'Allow', from: [{ namespaces: only({ team: 'shop' }) }], ports: [{ namedPort: 'http' }] },
        { action: 'Deny', from: [{ namespaces: {} }] },
      ],
      egress: [{ action: 'Deny', to: [{ pods: { namespaceSelector: {}, podSelector: only({ app: 'job' }) } }] }],
    },
  },
  {
    apiVersion: `${ADMIN_GROUP}/v1alpha2`,
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'web' },
    spec: {
      tier: 'Admin',
      priority: 5,
      subject: { pods: { namespaceSelector: only({ team: 'shop' }), podSelector: only({ app: 'web' }) } },
      ingress: [
        {
          name: 'db',
          action: 'Deny',
          from: [{ pods: { namespaceSelector: {}, podSelector: only({ app: 'db' }) } }],
          protocols: [
            { tcp: { destinationPort: { number: 8443 } } },
            { udp: { destinationPort: { range: { start: 100, end: 200 } } } },
            { destinationNamedPort: 'http' },
          ],
        },
        { action: 'Accept', from: [{ namespaces: only({ team: 'ops' }) }] },
      ],
      egress: [{ action: 'Deny', to: [{ networks: ['2001:db8::/32'] }] }],
    },
  },
  {
    apiVersion: `${ADMIN_GROUP}/v1alpha2`,
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'base' },
    spec: {
      tier: 'Baseline',
      priority: 5,
      subject: { namespaces: only({ team: 'ops' }) },
      ingress: [{ action: 'Deny', from: [{ pods: { podSelector: only({ app: 'job' }) } }] }],
    },
  },
  policy('db', 'shop', {
    podSelector: only({ app: 'db' }),
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: only({ app: 'web' }) }], ports: [{ port: 5432 }] }],
  }),
];

const calico = (kind: string, metadata: object, spec: object, apiVersion = 'projectcalico.org/v3') => ({
  apiVersion,
  kind,
  metadata,
  spec,
});

const CALICO: readonly object[] = [
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: labelled('db', { data: 'true' }, { namespace: 'shop' }),
  },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: labelled('job', { data: 'false' }, { namespace: 'shop' }),
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }] },
  },
  calico('Tier', { name: 'security' }, { order: 100, defaultAction: 'Pass' }),
  calico('Tier', { name: 'last' }, { order: 2_000_000, defaultAction: 'Deny' }, 'crd.projectcalico.org/v1'),
  calico('GlobalNetworkSet', labelled('office', { place: 'office' }), { nets: ['203.0.113.0/24'] }),
  calico('NetworkSet', labelled('partners', { place: 'partners' }, { namespace: 'shop' }), {
    nets: ['198.51.100.0/25', '198.51.100.200/32'],
  }),
  calico('HostEndpoint', labelled('node-1', { role: 'node' }), {
    node: 'node-1',
    interfaceName: 'eth0',
    expectedIPs: ['192.0.2.1'],
  }),
  calico(
    'GlobalNetworkPolicy',
    { name: 'security.guard' },
    {
      tier: 'security',
      order: 10,
      selector: "app == 'db'",
      namespaceSelector: "team == 'shop'",
      serviceAccountSelector: "data == 'true'",
      types: ['Ingress', 'Egress'],
      ingress: [
        {
          action: 'Deny',
          protocol: 'TCP',
          source: { selector: "app == 'monitor'", namespaceSelector: "team == 'ops'" },
          destination: { ports: [22, '6000:6010', 'http'] },
        },
        { action: 'Allow', source: { nets: ['192.0.2.0/24'], notNets: ['192.0.2.7/32'] } },
        { action: 'Allow', source: { selector: "place == 'office'" } },
        {
          action: 'Allow',
          protocol: 'TCP',
          source: { serviceAccounts: { names: ['job'] }, namespaceSelector: "team == 'shop'" },
          destination: { notPorts: [25] },
        },
        { action: 'Deny', protocol: 'SCTP', source: { notSelector: "app == 'web'" } },
      ],
      egress: [
        { action: 'Allow', destination: { services: { name: 'web', namespace: 'shop' } } },
        { action: 'Deny', ipVersion: 4, destination: { nets: ['203.0.113.0/24'] } },
        { action: 'Deny', notProtocol: 'UDP', destination: { selector: "app == 'job'" } },
        { action: 'Log', destination: { selector: "app == 'job'" } },
        { action: 'Deny', destination: { namespaceSelector: "team == 'shop'" } },
      ],
    },
  ),
  calico(
    'NetworkPolicy',
    { name: 'default.db', namespace: 'shop' },
    {
      tier: 'default',
      order: 50,
      selector: "app in { 'db', 'job' }",
      types: ['Ingress'],
      ingress: [
        {
          action: 'Allow',
          protocol: 'UDP',
          source: { selector: "has(tier) && app != 'job'" },
          destination: { selector: "app == 'db'", ports: ['dns', 54] },
        },
        { action: 'Allow', source: { selector: "place == 'partners'" } },
        { action: 'Allow', source: { selector: "app == 'monitor'", namespaceSelector: "team == 'ops'" } },
        {
          action: 'Allow',
          source: { serviceAccounts: { selector: "data == 'false'" }, namespaceSelector: "stage == 'live'" },
        },
      ],
    },
    'crd.projectcalico.org/v1',
  ),
  calico(
    'GlobalNetworkPolicy',
    { name: 'last.monitor' },
    {
      tier: 'last',
      order: 1,
      selector: "app == 'monitor'",
      types: ['Egress'],
      egress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: [443] } }],
    },
  ),
  calico(
    'GlobalNetworkPolicy',
    { name: 'nodes' },
    { selector: "role == 'node'", doNotTrack: true, applyOnForward: true, ingress: [{ action: 'Deny' }] },
  ),
  policy('db', 'shop', {
    podSelector: only({ app: 'db' }),
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: only({ app: 'job' }) }], ports: [{ port: 5432 }] }],
  }),
];

const cilium = (kind: string, metadata: object, more: object) => ({
  apiVersion: 'cilium.io/v2',
  kind,
  metadata,
  ...more,
});
const IN_NAMESPACE = 'k8s:io.kubernetes.pod.namespace';

const CILIUM: readonly object[] = [
  cilium('CiliumCIDRGroup', labelled('partners', { place: 'partners' }), {
    spec: { externalCIDRs: ['198.51.100.0/25', '198.51.100.200/32'] },
  }),
  cilium('CiliumCIDRGroup', labelled('office', { place: 'office' }), { spec: { externalCIDRs: ['192.88.98.0/25'] } }),
  cilium(
    'CiliumNetworkPolicy',
    { name: 'db', namespace: 'shop' },
    {
      spec: {
        endpointSelector: {
          matchLabels: { app: 'db' },
          matchExpressions: [{ key: 'old', operator: 'DoesNotExist' }],
        },
        enableDefaultDeny: { ingress: true, egress: true },
        ingress: [
          {
            fromEndpoints: [
              { matchLabels: { app: 'web' } },
              { matchLabels: { app: 'monitor', [IN_NAMESPACE]: 'ops' } },
            ],
            toPorts: [
              {
                ports: [
                  { port: '5432', endPort: 5440, protocol: 'TCP' },
                  { port: 'http', protocol: 'TCP' },
                ],
              },
            ],
          },
          { fromCIDR: ['203.0.113.0/24'] },
          { fromCIDRSet: [{ cidr: '192.0.2.0/24', except: ['192.0.2.7/32'] }, { cidrGroupRef: 'partners' }] },
          { fromCIDRSet: [{ cidrGroupSelector: { matchLabels: { place: 'office' } } }] },
          { fromEntities: ['remote-node', 'host'] },
          {
            fromEndpoints: [{}],
            toPorts: [{ ports: [{ port: '80' }], rules: { http: [{ method: 'GET', path: '/' }] } }],
          },
        ],
        ingressDeny: [
          { fromEndpoints: [{ matchLabels: { tier: 'front' } }], toPorts: [{ ports: [{ port: '5433' }] }] },
        ],
        egress: [
          { toEntities: ['cluster'], toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }] }] },
          { toFQDNs: [{ matchName: 'api.example.com' }] },
          { toServices: [{ k8sService: { serviceName: 'web', namespace: 'shop' } }] },
        ],
        egressDeny: [{ toCIDRSet: [{ cidr: '203.0.113.0/24', except: ['203.0.113.9/32'] }] }],
      },
    },
  ),
  cilium(
    'CiliumClusterwideNetworkPolicy',
    { name: 'jobs' },
    {
      specs: [
        {
          endpointSelector: { matchLabels: { app: 'job' } },
          egress: [
            {
              toEndpoints: [
                { matchExpressions: [{ key: 'io.cilium.k8s.namespace.labels.team', operator: 'In', values: ['ops'] }] },
              ],
            },
          ],
        },
        {
          endpointSelector: { matchLabels: { 'io.cilium.k8s.policy.serviceaccount': 'db' } },
          ingress: [{ fromEndpoints: [{ matchLabels: { app: 'monitor', [IN_NAMESPACE]: 'ops' } }] }],
        },
      ],
    },
  ),
  cilium(
    'CiliumClusterwideNetworkPolicy',
    { name: 'nodes' },
    { spec: { nodeSelector: { matchLabels: { role: 'node' } }, ingress: [{ fromEntities: ['cluster'] }] } },
  ),
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  },
  policy('db', 'shop', {
    podSelector: only({ app: 'db' }),
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: only({ app: 'cron' }) }], ports: [{ port: 7432 }] }],
  }),
];

const GATEWAY_GROUP = 'gateway.networking.k8s.io';

const service = (name: string, spec: object, where = 'shop') => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: where, annotations: { note: 'for the shop' } },
  spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }], ...spec },
});

const EXPOSED: readonly object[] = [
  namespace('shop', { team: 'shop' }),
  namespace('ingress-nginx', { role: 'ingress' }),
  deployment('web', 'shop', { app: 'web' }),
  deployment('open', 'shop', { app: 'open' }),
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' },
    spec: {
      selector: { matchLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
      template: {
        metadata: {
          labels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
        },
        spec: {
          containers: [
            {
              name: 'controller',
              image: 'registry.k8s.io/ingress-nginx/controller:v1.15.1',
              args: ['/nginx-ingress-controller', '--ingress-class=nginx', '--controller-class=k8s.io/ingress-nginx'],
            },
          ],
        },
      },
    },
  },
  policy('web', 'shop', {
    podSelector: only({ app: 'web' }),
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ namespaceSelector: only({ role: 'ingress' }) }], ports: [{ port: 'http' }] },
      { from: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 8080 }] },
    ],
  }),
  service('web', { type: 'ClusterIP' }),
  service('balanced', {
    type: 'LoadBalancer',
    externalTrafficPolicy: 'Local',
    loadBalancerSourceRanges: ['203.0.113.0/24', '198.51.100.0/24'],
  }),
  service('noded', {
    type: 'NodePort',
    externalTrafficPolicy: 'Local',
    ports: [{ name: 'http', port: 80, targetPort: 'http', nodePort: 30080 }],
  }),
  service('external', { type: 'ClusterIP', externalIPs: ['192.0.2.10'], externalTrafficPolicy: 'Local' }),
  service('named', { type: 'ExternalName', externalName: 'www.example.com', selector: undefined, ports: undefined }),
  service('headless', { clusterIP: 'None', selector: { app: 'open' } }),
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx' },
    spec: { controller: 'k8s.io/ingress-nginx' },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'shop', annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m' } },
    spec: {
      ingressClassName: 'nginx',
      defaultBackend: { service: { name: 'headless', port: { number: 80 } } },
      tls: [{ hosts: ['shop.example.com'], secretName: 'tls' }],
      rules: [
        {
          host: 'shop.example.com',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } },
              { path: '/named', pathType: 'Exact', backend: { service: { name: 'named', port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  },
  {
    apiVersion: `${GATEWAY_GROUP}/v1`,
    kind: 'GatewayClass',
    metadata: { name: 'some' },
    spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
  },
  {
    apiVersion: `${GATEWAY_GROUP}/v1`,
    kind: 'Gateway',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      gatewayClassName: 'some',
      listeners: [
        { name: 'http', port: 80, protocol: 'HTTP', hostname: '*.example.com' },
        { name: 'db', port: 5432, protocol: 'TCP' },
      ],
    },
  },
  {
    apiVersion: `${GATEWAY_GROUP}/v1`,
    kind: 'HTTPRoute',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      parentRefs: [{ group: GATEWAY_GROUP, kind: 'Gateway', name: 'web', namespace: 'shop', sectionName: 'http' }],
      hostnames: ['www.example.com'],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/shop' } }],
          backendRefs: [{ group: '', kind: 'Service', name: 'headless', namespace: 'shop', port: 80, weight: 1 }],
        },
      ],
    },
  },
  {
    apiVersion: `${GATEWAY_GROUP}/v1alpha2`,
    kind: 'TCPRoute',
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      parentRefs: [{ name: 'web', sectionName: 'db', port: 5432 }],
      rules: [{ backendRefs: [{ name: 'headless', port: 80 }] }],
    },
  },
];

/** Each with what it is of, in words. */
export const WORLDS: readonly (readonly [string, readonly object[]])[] = [
  ['NetworkPolicies', [...AROUND, ...NETWORK_POLICIES]],
  ['admin policies', [...AROUND, ...ADMIN_POLICIES]],
  ['policies of Calico', [...AROUND, ...CALICO]],
  ['policies of Cilium', [...AROUND, ...CILIUM]],
  ['ways that lead in', EXPOSED],
].map(([text, objects]) => [text as string, JSON.parse(JSON.stringify(objects)) as readonly object[]]);
