import { fields, leafOf, leafText, leaves, withLeaf } from './mutations';

/** Manifests in which one thing is another. */
export interface Change {
  /** `NetworkPolicy/db spec.ingress[0] gone`. */
  readonly text: string;
  readonly objects: readonly object[];
}

interface Fixture {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** Every leaf with other values, every field and item left out, every list and every map of labels with one more, every object gone. */
export function* changes(objects: readonly object[]): Generator<Change> {
  for (const [index, object] of objects.entries()) {
    const fixture = object as Fixture;
    const changed = (path: Parameters<typeof leafText>[1], how: string, value: unknown): Change => ({
      text: `${leafText(fixture, path)} ${how}`,
      objects: objects.map((one, place) => (place === index ? withLeaf(fixture, path, value) : one)),
    });
    for (const path of leaves(fixture)) {
      for (const value of otherValues(leafOf(fixture, path))) {
        yield changed(path, `= ${value}`, value);
      }
    }
    for (const path of fields(fixture)) {
      yield changed(path, 'gone', undefined);
      const value = leafOf(fixture, path);
      const key = path.at(-1) as string;
      if (Array.isArray(value)) {
        for (const item of (MORE.get(key) ?? []).filter((more) => fits(more, value[0]))) {
          // In front, where rules that are asked in order matter.
          yield changed(path, `and ${JSON.stringify(item)}`, [item, ...value]);
        }
      } else if (
        /^(?:matchLabels|labels)$/.test(key) ||
        (leafText(fixture, path).startsWith('Service/') && key === 'selector')
      ) {
        yield changed(path, 'and another', { ...(value as object), another: 'label' });
      }
    }
    yield { text: `${fixture.kind}/${fixture.metadata.name} gone`, objects: objects.filter((one) => one !== object) };
  }
}

/** Whether something may stand beside an item of a list: it has a field in common with it. */
function fits(more: unknown, item: unknown): boolean {
  const [one, other] = [more, item].map((value) =>
    typeof value === 'object' && value !== null ? Object.keys(value) : undefined,
  );
  return one === undefined || other === undefined
    ? one === other
    : one.length === 0 || other.length === 0 || one.some((key) => other.includes(key));
}

function otherValues(value: unknown): readonly unknown[] {
  if (typeof value === 'number') {
    return [value === 6 || value === 4 ? 10 - value : value + 1];
  }
  if (typeof value !== 'string') {
    return typeof value === 'boolean' ? [!value] : [];
  }
  const [, address, , length] = /^((?:\d+\.){3})(\d+)\/(\d+)$/.exec(value) ?? [];
  if (address !== undefined) {
    return [`${address}64/${Math.max(Number(length), 26)}`];
  }
  if (/[=)}]/.test(value)) {
    return [value.replace(/'(\w+)'/, "'another'"), value.replace('==', '!='), value.replace(/\w+/, 'another')].filter(
      (one) => one !== value && !one.startsWith('another('),
    );
  }
  return OTHERS.get(value) ?? [/^\d+$/.test(value) ? `${Number(value) + 1}` : `${value}x`];
}

/** Other values that mean something. */
const OTHERS = new Map<string, readonly string[]>([
  ['TCP', ['UDP', 'SCTP']],
  ['UDP', ['TCP']],
  ['SCTP', ['TCP']],
  ['ANY', ['UDP']],
  ['HTTP', ['HTTPS']],
  ['In', ['NotIn']],
  ['NotIn', ['In']],
  ['Exists', ['DoesNotExist']],
  ['DoesNotExist', ['Exists']],
  ['Allow', ['Deny', 'Pass']],
  ['Accept', ['Deny', 'Pass']],
  ['Deny', ['Allow', 'Accept', 'Pass']],
  ['Pass', ['Allow', 'Accept', 'Deny']],
  ['Log', ['Deny']],
  ['Admin', ['Baseline']],
  ['Baseline', ['Admin']],
  ['Ingress', ['Egress']],
  ['Egress', ['Ingress']],
  ['security', ['default', 'unknown']],
  ['default', ['security']],
  ['last', ['security']],
  ['Local', ['Cluster']],
  ['ClusterIP', ['NodePort']],
  ['NodePort', ['LoadBalancer', 'ClusterIP']],
  ['LoadBalancer', ['NodePort', 'ClusterIP']],
  ['ExternalName', ['ClusterIP']],
  ['6000:6010', ['6000:6011']],
  ['cluster', ['world']],
  ['host', ['world']],
  ['remote-node', ['world']],
]);

const ANOTHER = { matchLabels: { app: 'another' } };
const PEERS = [{ podSelector: ANOTHER }, { namespaces: ANOTHER }];
const RULES = [
  { from: [{ podSelector: ANOTHER }] },
  { action: 'Deny', from: [{ namespaces: ANOTHER }] },
  { action: 'Deny', source: { selector: "app == 'another'" } },
  { fromEndpoints: [ANOTHER] },
];

/** What more may stand in a list of each name: of several, those of other kinds of policies are refused. */
const MORE = new Map<string, readonly unknown[]>([
  ['ingress', RULES],
  ['ingressDeny', [{ fromEndpoints: [ANOTHER] }]],
  [
    'egress',
    [
      { to: [{ podSelector: ANOTHER }] },
      { action: 'Deny', to: [{ namespaces: ANOTHER }] },
      { action: 'Deny', destination: { selector: "app == 'another'" } },
      { toEndpoints: [ANOTHER] },
    ],
  ],
  ['egressDeny', [{ toEndpoints: [ANOTHER] }]],
  ['from', PEERS],
  ['to', [...PEERS, { nodes: {} }, { networks: ['192.0.2.64/26'] }]],
  [
    'ports',
    [
      { port: 7777 },
      { portNumber: { protocol: 'TCP', port: 7777 } },
      { port: '7777', protocol: 'TCP' },
      { name: 'another', port: 7777, targetPort: 7777 },
      { name: 'another', containerPort: 7777 },
      7777,
      'http',
    ],
  ],
  ['notPorts', [7777]],
  ['protocols', [{ tcp: { destinationPort: { number: 7777 } } }]],
  ['except', ['203.0.113.64/26', '192.0.2.64/26', '198.51.100.64/26']],
  ['values', ['another']],
  ['matchExpressions', [{ key: 'another', operator: 'Exists' }]],
  ['policyTypes', ['Ingress', 'Egress']],
  ['types', ['Ingress', 'Egress']],
  ['networks', ['192.0.2.64/26']],
  ['nets', ['192.88.99.0/24']],
  ['notNets', ['192.0.2.64/26']],
  ['names', ['another']],
  ['externalCIDRs', ['192.88.99.0/24']],
  ['fromEndpoints', [ANOTHER]],
  ['toEndpoints', [ANOTHER]],
  ['fromCIDR', ['192.88.99.0/24']],
  ['fromCIDRSet', [{ cidr: '192.88.99.0/24' }]],
  ['toCIDRSet', [{ cidr: '192.88.99.0/24' }]],
  ['fromEntities', ['world']],
  ['toEntities', ['world']],
  ['toPorts', [{ ports: [{ port: '7777', protocol: 'TCP' }] }]],
  ['toFQDNs', [{ matchName: 'another.example.com' }]],
  ['toServices', [{ k8sService: { serviceName: 'another', namespace: 'shop' } }]],
  ['loadBalancerSourceRanges', ['192.88.99.0/24']],
  ['hostnames', ['another.example.com']],
  [
    'rules',
    [
      {
        host: 'another.example.com',
        http: {
          paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
        },
      },
      { backendRefs: [{ name: 'web', port: 80 }] },
    ],
  ],
  ['paths', [{ path: '/another', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }]],
  ['backendRefs', [{ name: 'web', port: 80 }]],
]);
