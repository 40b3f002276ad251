/**
 * A second evaluator of policies of Cilium beside NetworkPolicies, to compare the engine with. It is written from Cilium's
 * documentation: every peer has an identity made of labels with their source, selectors are asked about these, and every pair
 * and port is looked at one by one. It shares nothing with the engine.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/
 */

export type Labels = Record<string, string>;

export interface Requirement {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  values?: string[];
}

export interface Selector {
  matchLabels?: Labels;
  matchExpressions?: Requirement[];
}

export interface Port {
  port: string;
  endPort?: number;
  protocol?: string;
}

export interface PortRule {
  ports: Port[];
  /** Nobody knows whether a request gets through. */
  rules?: { http: object[] };
}

export interface Rule {
  fromEndpoints?: Selector[];
  toEndpoints?: Selector[];
  fromEntities?: string[];
  toEntities?: string[];
  fromCIDR?: string[];
  toCIDR?: string[];
  fromCIDRSet?: { cidr: string; except?: string[] }[];
  toCIDRSet?: { cidr: string; except?: string[] }[];
  toPorts?: PortRule[];
  icmps?: object[];
}

export interface Spec {
  endpointSelector: Selector;
  ingress?: Rule[];
  egress?: Rule[];
  ingressDeny?: Rule[];
  egressDeny?: Rule[];
  enableDefaultDeny?: { ingress?: boolean; egress?: boolean };
}

export interface Policy {
  name: string;
  /** Left out for one of the whole cluster. */
  namespace?: string;
  specs: Spec[];
}

/** A NetworkPolicy in its plainest form: its pods, and those of its own namespace that it lets in on one port, or all. */
export interface Kubernetes {
  namespace: string;
  labels: Labels;
  from: Labels;
  port?: number;
}

export interface Pod {
  name: string;
  namespace: string;
  labels: Labels;
  account: string;
  onNode: boolean;
  names: Record<string, number>;
}

export interface Cluster {
  namespaces: Record<string, Labels>;
  pods: Pod[];
  policies: Policy[];
  kubernetes: Kubernetes[];
}

export type End = Pod | { ip: string };

/** What nobody can tell from manifests, and how it is: what requests are, and on which nodes pods run. */
export interface World {
  http: boolean;
  /** Whether a pod on the network of its node is on that of the other end. */
  sameNode: boolean;
}

const isPod = (end: End): end is Pod => 'labels' in end;

/** The labels of an end, each with its source. */
function identity(cluster: Cluster, end: End, { sameNode }: World): Labels {
  if (!isPod(end)) {
    return { 'reserved:world': '' };
  }
  if (end.onNode) {
    return sameNode ? { 'reserved:host': '' } : { 'reserved:remote-node': '' };
  }
  const own: Labels = {
    'k8s:io.kubernetes.pod.namespace': end.namespace,
    'k8s:io.cilium.k8s.policy.serviceaccount': end.account,
  };
  for (const [key, value] of Object.entries(end.labels)) {
    own[`k8s:${key}`] = value;
  }
  const labels = { 'kubernetes.io/metadata.name': end.namespace, ...cluster.namespaces[end.namespace] };
  for (const [key, value] of Object.entries(labels)) {
    own[`k8s:io.cilium.k8s.namespace.labels.${key}`] = value;
  }
  return own;
}

const ENTITIES: Record<string, (labels: Labels) => boolean> = {
  all: () => true,
  world: (labels) => 'reserved:world' in labels,
  host: (labels) => 'reserved:host' in labels,
  'remote-node': (labels) => 'reserved:remote-node' in labels,
  cluster: (labels) => !('reserved:world' in labels),
  none: () => false,
  health: () => false,
};

function requirementsOf({ matchLabels = {}, matchExpressions = [] }: Selector): Requirement[] {
  return [
    ...Object.entries(matchLabels).map(([key, value]): Requirement => ({ key, operator: 'In', values: [value] })),
    ...matchExpressions,
  ];
}

function meets(labels: Labels, { key, operator, values = [] }: Requirement): boolean {
  const [source, name] = key.includes(':')
    ? [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)]
    : ['any', key];
  const found = Object.keys(labels).find((label) => {
    const [its, rest] = [label.slice(0, label.indexOf(':')), label.slice(label.indexOf(':') + 1)];
    return rest === name && (source === 'any' || source === its);
  });
  const value = found === undefined ? undefined : labels[found];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}

const bare = (key: string) => key.replace(/^(?:k8s|any):/, '');

/** The selector of a peer with the namespace that it leaves out. */
function scoped(selector: Selector, namespace: string | undefined): Requirement[] {
  const given = requirementsOf(selector);
  if (given.some(({ key }) => key.startsWith('reserved:'))) {
    return given;
  }
  if (given.some(({ key }) => bare(key) === 'io.kubernetes.pod.namespace')) {
    return given;
  }
  if (namespace === undefined) {
    return [...given, { key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }];
  }
  return given.some(({ key }) => bare(key).startsWith('io.cilium.k8s.namespace.labels.'))
    ? given
    : [...given, { key: 'k8s:io.kubernetes.pod.namespace', operator: 'In', values: [namespace] }];
}

function isInside(ip: string, cidr: string): boolean {
  const isSix = cidr.includes(':');
  if (ip.includes(':') || isSix) {
    return ip.includes(':') && cidr === '::/0';
  }
  const number = (text: string) => text.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const [start = '', length = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(length));
  return Math.floor(number(ip) / size) === Math.floor(number(start) / size);
}

/** Whether a rule is about an end; `undefined` for one that names no peers. */
function isAbout(
  rule: Rule,
  from: 'from' | 'to',
  peer: End,
  labels: Labels,
  namespace: string | undefined,
): boolean | undefined {
  const [endpoints, entities, cidrs, sets] = (
    from === 'from'
      ? [rule.fromEndpoints, rule.fromEntities, rule.fromCIDR, rule.fromCIDRSet]
      : [rule.toEndpoints, rule.toEntities, rule.toCIDR, rule.toCIDRSet]
  ) as [Selector[]?, string[]?, string[]?, { cidr: string; except?: string[] }[]?];
  if (endpoints !== undefined) {
    return endpoints.some((selector) => scoped(selector, namespace).every((one) => meets(labels, one)));
  }
  if (entities !== undefined) {
    return entities.some((name) => (ENTITIES[name] as (of: Labels) => boolean)(labels));
  }
  const ip = isPod(peer) ? undefined : peer.ip;
  if (cidrs !== undefined) {
    return ip !== undefined && cidrs.some((cidr) => isInside(ip, cidr));
  }
  if (sets !== undefined) {
    return (
      ip !== undefined &&
      sets.some(({ cidr, except = [] }) => isInside(ip, cidr) && !except.some((hole) => isInside(ip, hole)))
    );
  }
  return undefined;
}

function opens(
  { port, endPort, protocol = 'ANY' }: Port,
  asked: { protocol: string; port: number },
  names: Pod['names'],
) {
  if (protocol !== 'ANY' && protocol !== asked.protocol) {
    return false;
  }
  if (!/^\d+$/.test(port)) {
    // Pods here give names to ports of TCP.
    return asked.protocol === 'TCP' && names[port.toLowerCase()] === asked.port;
  }
  const first = Number(port);
  return first === 0 || (asked.port >= first && asked.port <= Math.max(first, endPort ?? 0));
}

type Asked = { protocol: string; port: number };

/** Whether a rule is about a connection. */
function matches(
  rule: Rule,
  from: 'from' | 'to',
  peer: End,
  labels: Labels,
  namespace: string | undefined,
  asked: Asked,
  names: Pod['names'],
  world: World,
): 'yes' | 'no' | 'stopped' {
  const isPeer = isAbout(rule, from, peer, labels, namespace);
  if (isPeer === false) {
    return 'no';
  }
  if (rule.toPorts === undefined || rule.toPorts.length === 0) {
    return isPeer === true && rule.icmps === undefined ? 'yes' : 'no';
  }
  const met = rule.toPorts.filter(({ ports }) => ports.some((one) => opens(one, asked, names)));
  if (met.some(({ rules }) => rules === undefined)) {
    // Requests of others may be stopped all the same.
    return met.some(({ rules }) => rules !== undefined) && !world.http ? 'stopped' : 'yes';
  }
  return met.length === 0 ? 'no' : world.http ? 'yes' : 'stopped';
}

function endAllows(
  cluster: Cluster,
  end: End,
  peer: End,
  direction: 'ingress' | 'egress',
  asked: Asked,
  world: World,
): boolean {
  if (!isPod(end) || end.onNode) {
    return true;
  }
  const from = direction === 'ingress' ? 'from' : 'to';
  const receiver = direction === 'ingress' ? end : peer;
  const names = isPod(receiver) && !receiver.onNode ? receiver.names : {};
  const [own, other] = [identity(cluster, end, world), identity(cluster, peer, world)];
  let isClosed = false;
  let isAllowed = false;
  let isStopped = false;
  for (const { namespace, specs } of cluster.policies) {
    for (const spec of specs) {
      const selected =
        (namespace === undefined || namespace === end.namespace) &&
        requirementsOf(spec.endpointSelector).every((one) => meets(own, one));
      if (!selected) {
        continue;
      }
      const allow = spec[direction] ?? [];
      const deny = spec[`${direction}Deny`] ?? [];
      const ask = (rule: Rule) => matches(rule, from, peer, other, namespace, asked, names, world);
      if (deny.some((rule) => ask(rule) === 'yes')) {
        return false;
      }
      isAllowed ||= allow.some((rule) => ask(rule) === 'yes');
      isStopped ||= allow.some((rule) => ask(rule) === 'stopped');
      isClosed ||= spec.enableDefaultDeny?.[direction] ?? allow.length + deny.length > 0;
    }
  }
  const kubernetes = direction === 'ingress' ? cluster.kubernetes : [];
  const has = (labels: Labels, wanted: Labels) => Object.entries(wanted).every(([key, value]) => labels[key] === value);
  for (const policy of kubernetes) {
    if (policy.namespace === end.namespace && has(end.labels, policy.labels)) {
      isClosed = true;
      isAllowed ||=
        isPod(peer) &&
        !peer.onNode &&
        peer.namespace === policy.namespace &&
        has(peer.labels, policy.from) &&
        (policy.port === undefined || (asked.protocol === 'TCP' && asked.port === policy.port));
    }
  }
  return !isStopped && (isAllowed || !isClosed);
}

export function mayConnect(cluster: Cluster, from: End, to: End, asked: Asked, world: World): boolean {
  return endAllows(cluster, from, to, 'egress', asked, world) && endAllows(cluster, to, from, 'ingress', asked, world);
}
