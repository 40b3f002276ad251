/**
 * A second evaluator, to compare the engine with. It is written straight from the NetworkPolicy API reference, the concept
 * page and the reference of the admin tiers, looks at every pair, port and address one by one, and shares nothing with the engine.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @see https://network-policy-api.sigs.k8s.io/reference/spec/
 */

export type Labels = Record<string, string>;

export interface LabelSelector {
  matchLabels?: Labels | null;
  matchExpressions?: { key: string; operator: string; values?: string[] | null }[] | null;
}

export interface NetworkPolicyPeer {
  podSelector?: LabelSelector | null;
  namespaceSelector?: LabelSelector | null;
  ipBlock?: { cidr: string; except?: string[] | null } | null;
}

export interface NetworkPolicyPort {
  protocol?: string | null;
  port?: number | string | null;
  endPort?: number | null;
}

export interface NetworkPolicySpec {
  podSelector?: LabelSelector | null;
  policyTypes?: string[] | null;
  ingress?: { from?: NetworkPolicyPeer[] | null; ports?: NetworkPolicyPort[] | null }[] | null;
  egress?: { to?: NetworkPolicyPeer[] | null; ports?: NetworkPolicyPort[] | null }[] | null;
}

/** A ClusterNetworkPolicy, AdminNetworkPolicy or BaselineAdminNetworkPolicy, with its kind for its own name. */
export interface AdminPolicy {
  kind: 'ClusterNetworkPolicy' | 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy';
  name: string;
  spec: {
    tier?: string;
    priority?: number;
    subject: AdminPeer;
    ingress?: AdminRule[] | null;
    egress?: AdminRule[] | null;
  };
}

export interface AdminPeer {
  namespaces?: LabelSelector;
  pods?: { namespaceSelector?: LabelSelector; podSelector: LabelSelector };
  nodes?: LabelSelector;
  networks?: string[];
  /** A key that no version knows yet. */
  services?: object;
}

export interface AdminRule {
  name?: string;
  action: string;
  from?: AdminPeer[];
  to?: AdminPeer[];
  ports?: AdminPort[];
  protocols?: AdminProtocol[];
}

export interface AdminPort {
  portNumber?: { protocol: string; port: number };
  portRange?: { protocol: string; start: number; end: number };
  namedPort?: string;
}

type Destination = { destinationPort: { number?: number; range?: { start: number; end: number } } };

export interface AdminProtocol {
  tcp?: Destination;
  udp?: Destination;
  sctp?: Destination;
  destinationNamedPort?: string;
}

export interface PodTemplate {
  metadata?: { labels?: Labels | null } | null;
  spec?: {
    hostNetwork?: boolean;
    containers?: { ports?: { name?: string; containerPort: number; protocol?: string }[] }[];
    initContainers?: PodContainer[];
  } | null;
  /** Of a Pod of a running cluster. */
  status?: { podIPs: { ip: string }[] };
}

type PodContainer = {
  restartPolicy?: string;
  ports?: { name?: string; containerPort: number; protocol?: string }[];
};

/** A cluster in the plainest form: which pods there are, under which workload they count, and what policies say. */
export interface PlainCluster {
  /** Only namespaces that are declared. */
  namespaces: { name: string; labels: Labels }[];
  /** `workload` is `namespace/Kind/name`; several entries may share one. */
  pods: { workload: string; namespace: string; template: PodTemplate }[];
  policies: { namespace: string; spec: NetworkPolicySpec }[];
  admin: AdminPolicy[];
  hostNetwork: 'node' | 'pod';
  /** Addresses of Node objects. */
  nodes: string[];
  ipBlocks: 'outside' | 'everywhere';
}

type PlainPod = PlainCluster['pods'][number];

/** What is at the other end: a pod, or one address as its bits. */
type Other = { pod: PlainPod } | { ip: string };

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

function labelsMatch(selector: LabelSelector, labels: Labels): boolean {
  const has = (key: string) => Object.hasOwn(labels, key);
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (!has(key) || labels[key] !== value) {
      return false;
    }
  }
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    const among = has(key) && (values ?? []).includes(labels[key] as string);
    if (operator === 'In' && !among) return false;
    if (operator === 'NotIn' && among) return false;
    if (operator === 'Exists' && !has(key)) return false;
    if (operator === 'DoesNotExist' && has(key)) return false;
  }
  return true;
}

function namespaceLabels(cluster: PlainCluster, name: string): Labels {
  const declared = cluster.namespaces.find((namespace) => namespace.name === name);
  return { ...declared?.labels, 'kubernetes.io/metadata.name': name };
}

function isOnNode(cluster: PlainCluster, pod: PlainPod): boolean {
  return cluster.hostNetwork === 'node' && pod.template.spec?.hostNetwork === true;
}

function podLabels(pod: PlainPod): Labels {
  return pod.template.metadata?.labels ?? {};
}

/** The bits of an address, with a letter in front that says which family it is. */
export function bits(address: string): string {
  if (!address.includes(':')) {
    return `4${address
      .split('.')
      .map((byte) => Number(byte).toString(2).padStart(8, '0'))
      .join('')}`;
  }
  const [head = '', tail] = address.split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const left = groups(head);
  const right = groups(tail);
  const middle = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return `6${[...left, ...middle, ...right].map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')}`;
}

function inBlock(ip: string, cidr: string): boolean {
  const [address = '', length = ''] = cidr.split('/');
  return ip.startsWith(bits(address).slice(0, 1 + Number(length)));
}

/**
 * Whether the blocks of a rule hold a pod: a node by the addresses that it has or may have, another pod by its own where
 * blocks match pods at all. A whole family holds everybody; of the addresses of nodes, all of one family have to be held.
 */
function blocksHold(cluster: PlainCluster, inBlocks: (ip: string) => boolean, pod: PlainPod): boolean {
  const onNode = isOnNode(cluster, pod);
  if (!onNode && cluster.ipBlocks === 'outside') {
    return false;
  }
  const families = ['4', '6'];
  const steps = addressSteps(cluster);
  if (families.some((family) => steps.filter((ip) => ip.startsWith(family)).every(inBlocks))) {
    return true;
  }
  const own = (pod.template.status?.podIPs ?? []).map(({ ip }) => bits(ip));
  if (!onNode) {
    return own.some(inBlocks);
  }
  const known = own.length > 0 ? own : cluster.nodes.map(bits);
  return families.some((family) => {
    const addresses = known.filter((ip) => ip.startsWith(family));
    return addresses.length > 0 && addresses.every(inBlocks);
  });
}

function peerMatches(cluster: PlainCluster, policyNamespace: string, peer: NetworkPolicyPeer, other: Other): boolean {
  if (peer.ipBlock) {
    if ('pod' in other) {
      return false;
    }
    const { cidr, except } = peer.ipBlock;
    return inBlock(other.ip, cidr) && !(except ?? []).some((hole) => inBlock(other.ip, hole));
  }
  if ('ip' in other || isOnNode(cluster, other.pod)) {
    return false;
  }
  const { namespace } = other.pod;
  const inNamespace = peer.namespaceSelector
    ? labelsMatch(peer.namespaceSelector, namespaceLabels(cluster, namespace))
    : namespace === policyNamespace;
  return inNamespace && (!peer.podSelector || labelsMatch(peer.podSelector, podLabels(other.pod)));
}

/** Whether a port of the receiving end is one that an entry of `ports` means. */
function portMatches(
  cluster: PlainCluster,
  entry: NetworkPolicyPort,
  receiver: Other,
  protocol: string,
  port: number,
): boolean {
  if ((entry.protocol ?? 'TCP') !== protocol) {
    return false;
  }
  if (entry.port === undefined || entry.port === null) {
    return true;
  }
  if (typeof entry.port === 'number') {
    return entry.port <= port && port <= (entry.endPort ?? entry.port);
  }
  return isCalled(cluster, receiver, entry.port, protocol, port);
}

/** Whether the receiving end calls a port so. */
function isCalled(cluster: PlainCluster, receiver: Other, name: string, protocol: string, port: number): boolean {
  if ('ip' in receiver || isOnNode(cluster, receiver.pod)) {
    return false;
  }
  const spec = receiver.pod.template.spec;
  const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...(spec?.containers ?? []), ...sidecars].some((container) =>
    (container.ports ?? []).some(
      (own) => own.name === name && (own.protocol ?? 'TCP') === protocol && own.containerPort === port,
    ),
  );
}

function typesOf(spec: NetworkPolicySpec): string[] {
  if (spec.policyTypes && spec.policyTypes.length > 0) {
    return spec.policyTypes;
  }
  return spec.egress && spec.egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** Whether a selector of the admin tiers for pods means one; pods on the network of their node never take part. */
function adminSelects(cluster: PlainCluster, { namespaces, pods }: AdminPeer, other: Other): boolean {
  if ('ip' in other || isOnNode(cluster, other.pod)) {
    return false;
  }
  const own = namespaceLabels(cluster, other.pod.namespace);
  return namespaces
    ? labelsMatch(namespaces, own)
    : pods !== undefined &&
        labelsMatch(pods.namespaceSelector ?? {}, own) &&
        labelsMatch(pods.podSelector, podLabels(other.pod));
}

function adminPeerMatches(cluster: PlainCluster, peer: AdminPeer, other: Other): boolean {
  if (peer.networks) {
    return 'ip' in other && peer.networks.some((cidr) => inBlock(other.ip, cidr));
  }
  if (peer.nodes) {
    // Which nodes a selector means is not known; the random ones mean all.
    return 'pod' in other && isOnNode(cluster, other.pod);
  }
  return adminSelects(cluster, peer, other);
}

const isKnown = ({ namespaces, pods, nodes, networks }: AdminPeer) =>
  [namespaces, pods, nodes, networks].some((key) => key !== undefined);

function adminPortMatches(
  cluster: PlainCluster,
  { ports, protocols }: AdminRule,
  receiver: Other,
  protocol: string,
  port: number,
): boolean {
  if (!ports && !protocols) {
    return true;
  }
  return (
    (ports ?? []).some(({ portNumber, portRange, namedPort }) =>
      portNumber
        ? portNumber.protocol === protocol && portNumber.port === port
        : portRange
          ? portRange.protocol === protocol && portRange.start <= port && port <= portRange.end
          : isCalled(cluster, receiver, namedPort as string, protocol, port),
    ) ||
    (protocols ?? []).some(({ destinationNamedPort, ...layers }) => {
      if (destinationNamedPort !== undefined) {
        return isCalled(cluster, receiver, destinationNamedPort, protocol, port);
      }
      const layer = layers[protocol.toLowerCase() as 'tcp'];
      const { number, range } = layer?.destinationPort ?? {};
      return number === port || (range !== undefined && range.start <= port && port <= range.end);
    })
  );
}

/** What the policies of one admin tier say: the first rule that matches decides. */
function adminTier(
  cluster: PlainCluster,
  tier: 'Admin' | 'Baseline',
  type: 'Ingress' | 'Egress',
  own: Other,
  other: Other,
  protocol: string,
  port: number,
): 'allow' | 'deny' | 'pass' {
  const policies = cluster.admin
    .filter(({ kind, spec }) =>
      kind === 'ClusterNetworkPolicy' ? spec.tier === tier : (kind === 'AdminNetworkPolicy') === (tier === 'Admin'),
    )
    .sort(
      (a, b) =>
        (a.spec.priority ?? 0) - (b.spec.priority ?? 0) || (a.name < b.name ? -1 : 1) || (a.kind < b.kind ? -1 : 1),
    );
  for (const { spec } of policies) {
    if (!adminSelects(cluster, spec.subject, own)) {
      continue;
    }
    for (const rule of (type === 'Ingress' ? spec.ingress : spec.egress) ?? []) {
      const peers = rule.from ?? rule.to ?? [];
      if (!peers.every(isKnown)) {
        if (rule.action === 'Deny' || rule.action === 'Pass') return 'deny';
        continue;
      }
      if (
        (peers.some((peer) => adminPeerMatches(cluster, peer, other)) ||
          ('pod' in other &&
            peers.some(({ networks }) => networks) &&
            blocksHold(
              cluster,
              (ip) => peers.some((peer) => peer.networks && adminPeerMatches(cluster, peer, { ip })),
              other.pod,
            ))) &&
        adminPortMatches(cluster, rule, type === 'Ingress' ? own : other, protocol, port)
      ) {
        return rule.action === 'Deny' ? 'deny' : rule.action === 'Pass' ? 'pass' : 'allow';
      }
    }
  }
  return 'pass';
}

type PolicyType = 'Ingress' | 'Egress';

/** The NetworkPolicies that isolate a pod. */
function selectingPolicies(cluster: PlainCluster, type: PolicyType, pod: PlainPod): PlainCluster['policies'] {
  return isOnNode(cluster, pod)
    ? []
    : cluster.policies.filter(
        ({ namespace, spec }) =>
          namespace === pod.namespace &&
          typesOf(spec).includes(type) &&
          labelsMatch(spec.podSelector ?? {}, podLabels(pod)),
      );
}

/** Whether a NetworkPolicy isolates a pod of a workload. */
export function isIsolated(cluster: PlainCluster, type: PolicyType, workload: string): boolean {
  return cluster.pods.some((pod) => pod.workload === workload && selectingPolicies(cluster, type, pod).length > 0);
}

/** Whether the policies of one end let a connection through. */
function endAllows(
  cluster: PlainCluster,
  type: PolicyType,
  own: Other,
  other: Other,
  protocol: string,
  port: number,
): boolean {
  if ('ip' in own || isOnNode(cluster, own.pod)) {
    return true;
  }
  const admin = adminTier(cluster, 'Admin', type, own, other, protocol, port);
  if (admin !== 'pass') {
    return admin === 'allow';
  }
  const { pod } = own;
  const selecting = selectingPolicies(cluster, type, pod);
  if (selecting.length === 0) {
    return adminTier(cluster, 'Baseline', type, own, other, protocol, port) !== 'deny';
  }
  return selecting.some(({ namespace, spec }) => {
    const rules =
      type === 'Ingress'
        ? (spec.ingress ?? []).map((rule) => ({ peers: rule.from ?? [], ports: rule.ports ?? [] }))
        : (spec.egress ?? []).map((rule) => ({ peers: rule.to ?? [], ports: rule.ports ?? [] }));
    const receiver = type === 'Ingress' ? own : other;
    return rules.some(
      ({ peers, ports }) =>
        (peers.length === 0 ||
          peers.some((peer) => peerMatches(cluster, namespace, peer, other)) ||
          ('pod' in other &&
            peers.some(({ ipBlock }) => ipBlock) &&
            blocksHold(
              cluster,
              (ip) => peers.some((peer) => peer.ipBlock && peerMatches(cluster, namespace, peer, { ip })),
              other.pod,
            ))) &&
        (ports.length === 0 || ports.some((entry) => portMatches(cluster, entry, receiver, protocol, port))),
    );
  });
}

/** Whether one end may connect to another on one port. */
export function mayConnect(cluster: PlainCluster, from: Other, to: Other, protocol: string, port: number): boolean {
  return (
    endAllows(cluster, 'Egress', from, to, protocol, port) && endAllows(cluster, 'Ingress', to, from, protocol, port)
  );
}

/** Ports at which an answer can change, with the first one. */
function portSteps(cluster: PlainCluster): number[] {
  const steps = new Set([1]);
  const add = (port: number) => [port, port + 1].filter((step) => step <= 65535).map((step) => steps.add(step));
  for (const { spec } of cluster.policies) {
    for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
      for (const { port, endPort } of rule.ports ?? []) {
        if (typeof port === 'number') add(port);
        if (typeof endPort === 'number') add(endPort);
      }
    }
  }
  for (const { spec } of cluster.admin) {
    for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
      for (const { portNumber, portRange } of rule.ports ?? []) {
        if (portNumber) add(portNumber.port);
        if (portRange) {
          add(portRange.start);
          add(portRange.end);
        }
      }
      for (const { tcp, udp, sctp } of rule.protocols ?? []) {
        for (const layer of [tcp, udp, sctp]) {
          const { number, range } = layer?.destinationPort ?? {};
          if (number !== undefined) add(number);
          if (range) {
            add(range.start);
            add(range.end);
          }
        }
      }
    }
  }
  for (const { template } of cluster.pods) {
    for (const container of [...(template.spec?.containers ?? []), ...(template.spec?.initContainers ?? [])]) {
      for (const { containerPort } of container.ports ?? []) add(containerPort);
    }
  }
  return [...steps].sort((a, b) => a - b);
}

/** All open ports between some pods of one end and some of the other, as answers write them. */
function openPorts(cluster: PlainCluster, steps: number[], from: Other[], to: Other[]): string {
  const ranges: string[] = [];
  for (const protocol of PROTOCOLS) {
    const open = steps.map((step) =>
      from.some((one) => to.some((other) => mayConnect(cluster, one, other, protocol, step))),
    );
    for (const [index, step] of steps.entries()) {
      if (open[index] && !open[index - 1]) {
        const closed = steps.findIndex((_, later) => later > index && !open[later]);
        ranges.push(`${protocol} ${step}-${(steps[closed] ?? 65536) - 1}`);
      }
    }
  }
  const all = PROTOCOLS.map((protocol) => `${protocol} 1-65535`).join();
  return ranges.join() === all ? 'all' : ranges.join();
}

const next = (ip: string): string | undefined => {
  const family = ip.slice(0, 1);
  const sum = (BigInt(`0b${ip.slice(1)}`) + 1n).toString(2).padStart(ip.length - 1, '0');
  return sum.length > ip.length - 1 ? undefined : family + sum;
};

/** Addresses at which an answer can change, as bits, in order. */
function addressSteps(cluster: PlainCluster): string[] {
  const steps = new Set([`4${'0'.repeat(32)}`, `6${'0'.repeat(128)}`]);
  const addBlock = (cidr: string) => {
    const [address = '', length = ''] = cidr.split('/');
    const network = bits(address).slice(0, 1 + Number(length));
    const size = bits(address).length;
    steps.add(network.padEnd(size, '0'));
    const behind = next(network.padEnd(size, '1'));
    if (behind !== undefined) steps.add(behind);
  };
  for (const { spec } of cluster.policies) {
    const peers = [
      ...(spec.ingress ?? []).flatMap(({ from }) => from ?? []),
      ...(spec.egress ?? []).flatMap(({ to }) => to ?? []),
    ];
    for (const { ipBlock } of peers) {
      for (const cidr of ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : []) addBlock(cidr);
    }
  }
  for (const { spec } of cluster.admin) {
    for (const { to } of spec.egress ?? []) {
      for (const { networks } of to ?? []) networks?.forEach(addBlock);
    }
  }
  return [...steps].sort();
}

/** `from > to: ports` for every pair that is open, where ends outside are the bits of the first address of their range. */
export function plainConnections(cluster: PlainCluster): string[] {
  const workloads = [...new Set(cluster.pods.map(({ workload }) => workload))];
  const ports = portSteps(cluster);
  const podsOf = (workload: string): Other[] =>
    cluster.pods.filter((pod) => pod.workload === workload).map((pod) => ({ pod }));
  const lines: string[] = [];
  const add = (from: string, to: string, open: string) => {
    if (open !== '') lines.push(`${from} > ${to}: ${open}`);
  };
  for (const from of workloads) {
    for (const to of workloads) {
      if (from !== to) add(from, to, openPorts(cluster, ports, podsOf(from), podsOf(to)));
    }
  }
  let before: string[] | undefined;
  let family = '';
  for (const ip of addressSteps(cluster)) {
    const row = workloads.flatMap((workload) => [
      openPorts(cluster, ports, podsOf(workload), [{ ip }]),
      openPorts(cluster, ports, [{ ip }], podsOf(workload)),
    ]);
    // Neighbours that mean the same for every workload are one range.
    if (before === undefined || family !== ip.slice(0, 1) || row.join(';') !== before.join(';')) {
      for (const [index, workload] of workloads.entries()) {
        add(workload, ip, row[2 * index] as string);
        add(ip, workload, row[2 * index + 1] as string);
      }
    }
    before = row;
    family = ip.slice(0, 1);
  }
  return lines.sort();
}
