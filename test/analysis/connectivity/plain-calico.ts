/**
 * A second evaluator of policies of Calico beside NetworkPolicies, to compare the engine with. It is written from the reference of
 * Calico, looks at every pair and port one by one, and shares nothing with the engine.
 *
 * @see https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy
 * @see https://docs.tigera.io/calico/latest/reference/resources/tier
 */

export type Labels = Record<string, string>;

/** A selector as a tree, and as Calico writes it. */
export interface Expression {
  readonly text: string;
  readonly meets: (labels: Labels) => boolean;
}

export interface Entity {
  selector?: Expression;
  notSelector?: Expression;
  /** `all`, `global`, or one on the labels of namespaces. */
  namespaceSelector?: Expression | 'all()' | 'global()';
  serviceAccounts?: { names?: string[]; selector?: Expression };
  nets?: string[];
  notNets?: string[];
  ports?: (number | string)[];
  notPorts?: (number | string)[];
}

export interface Rule {
  action: 'Allow' | 'Deny' | 'Pass' | 'Log';
  protocol?: string;
  notProtocol?: string;
  source?: Entity;
  destination?: Entity;
  /** Nobody knows whether it matches what it otherwise would. */
  http?: object;
}

export interface Policy {
  kind: 'NetworkPolicy' | 'GlobalNetworkPolicy';
  name: string;
  namespace?: string;
  tier: string;
  order?: number;
  selector?: Expression;
  namespaceSelector?: Expression | 'all()' | 'global()';
  serviceAccountSelector?: Expression;
  types?: ('Ingress' | 'Egress')[];
  ingress?: Rule[];
  egress?: Rule[];
}

export interface Tier {
  name: string;
  order?: number;
  defaultAction?: 'Deny' | 'Pass';
}

/** A NetworkPolicy in its plainest form: its pods, and the peers and ports of its own namespace that it lets in. */
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
  ip: string;
  onNode: boolean;
  names: Record<string, number>;
}

export interface Cluster {
  namespaces: Record<string, Labels>;
  accounts: Record<string, Labels>;
  pods: Pod[];
  sets: { namespace?: string; labels: Labels; nets: string[] }[];
  tiers: Tier[];
  policies: Policy[];
  kubernetes: Kubernetes[];
  ipBlocks: 'outside' | 'everywhere';
}

export type End = Pod | { ip: string };

const isPod = (end: End): end is Pod => 'labels' in end;

function number(ip: string): number {
  return ip.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

/** Addresses of IPv6 are in no block here. */
function isInside(ip: string, cidr: string): boolean {
  const [start = '', length = ''] = cidr.split('/');
  const size = 2 ** (32 - Number(length));
  return !ip.includes(':') && Math.floor(number(ip) / size) === Math.floor(number(start) / size);
}

/** All that is known of what is in a namespace: its labels, `ns.` labels of that, `sa.` labels of a service account. */
interface Known {
  readonly labels: Labels;
  readonly namespace: string | undefined;
  readonly account: string | undefined;
}

/** What is in no namespace has none of the labels of one, and is not meant by `all()`. */
export const NOWHERE: Labels = { nowhere: '' };

function namespaceMeets(
  cluster: Cluster,
  selector: Policy['namespaceSelector'],
  namespace: string | undefined,
): boolean {
  if (selector === 'global()' || selector === 'all()') {
    return (namespace === undefined) === (selector === 'global()');
  }
  const own =
    namespace === undefined
      ? NOWHERE
      : {
          ...cluster.namespaces[namespace],
          'kubernetes.io/metadata.name': namespace,
          'projectcalico.org/name': namespace,
        };
  return selector === undefined || selector.meets(own);
}

/** What has no service account has none of the labels of one. */
function accountMeets(cluster: Cluster, selector: Expression, { namespace, account }: Known): boolean {
  return selector.meets(
    account === undefined ? {} : { ...cluster.accounts[`${namespace}/${account}`], 'projectcalico.org/name': account },
  );
}

/** Whether something with labels is what an entity of a rule selects, but for its addresses. */
function isSelected(cluster: Cluster, entity: Entity, own: string | undefined, known: Known): boolean {
  const { selector, notSelector, namespaceSelector, serviceAccounts } = entity;
  if (namespaceSelector !== undefined) {
    if (!namespaceMeets(cluster, namespaceSelector, known.namespace)) return false;
  } else if (own !== undefined && (selector || notSelector || serviceAccounts) && known.namespace !== own) {
    return false;
  }
  const names = serviceAccounts?.names;
  return (
    (selector === undefined || selector.meets(known.labels)) &&
    (names === undefined || (known.account !== undefined && names.includes(known.account))) &&
    (serviceAccounts?.selector === undefined || accountMeets(cluster, serviceAccounts.selector, known))
  );
}

function isSelecting(
  { selector, namespaceSelector, serviceAccounts, notSelector }: Entity,
  own: string | undefined,
): boolean {
  return (
    [selector, namespaceSelector, serviceAccounts].some(Boolean) || (own !== undefined && notSelector !== undefined)
  );
}

function entityMeets(cluster: Cluster, entity: Entity | undefined, own: string | undefined, end: End): boolean {
  if (entity === undefined) {
    return true;
  }
  const { notSelector, nets, notNets } = entity;
  if (nets !== undefined || notNets !== undefined) {
    // A pod of the cluster network has no address where blocks match addresses outside alone.
    if (isPod(end) && !end.onNode && cluster.ipBlocks === 'outside') return false;
    if (nets !== undefined && !nets.some((cidr) => isInside(end.ip, cidr))) return false;
    if (notNets?.some((cidr) => isInside(end.ip, cidr))) return false;
  }
  const sets: Known[] = cluster.sets
    .filter((set) => !isPod(end) && set.nets.some((cidr) => isInside(end.ip, cidr)))
    .map(({ labels, namespace }) => ({ labels, namespace, account: undefined }));
  const known: Known[] = isPod(end)
    ? end.onNode
      ? []
      : [{ labels: end.labels, namespace: end.namespace, account: end.account }]
    : sets;
  return (
    (!isSelecting(entity, own) || known.some((one) => isSelected(cluster, entity, own, one))) &&
    (notSelector === undefined || !known.some((one) => notSelector.meets(one.labels)))
  );
}

function portsMeet({ protocol, notProtocol, destination = {} }: Rule, to: End, asked: string, port: number): boolean {
  const meets = (wanted: number | string) =>
    typeof wanted === 'number'
      ? wanted === port
      : wanted.includes(':')
        ? Number(wanted.split(':')[0]) <= port && port <= Number(wanted.split(':')[1])
        : asked === 'TCP' && isPod(to) && !to.onNode && to.names[wanted] === port;
  return (
    (protocol === undefined || protocol === asked) &&
    (notProtocol === undefined || notProtocol !== asked) &&
    (destination.ports === undefined || destination.ports.some(meets)) &&
    !destination.notPorts?.some(meets)
  );
}

/** @param unknown decides of each rule with `http` whether it matches */
export function mayConnect(
  cluster: Cluster,
  from: End,
  to: End,
  protocol: string,
  port: number,
  unknown: (rule: Rule) => boolean = () => false,
): boolean {
  const isMet = (rule: Rule, namespace: string | undefined) =>
    entityMeets(cluster, rule.source, namespace, from) &&
    entityMeets(cluster, rule.destination, namespace, to) &&
    portsMeet(rule, to, protocol, port) &&
    (rule.http === undefined || unknown(rule));
  const isOpenTo = ({ namespace, from: labels, port: own }: Kubernetes) =>
    isPod(from) &&
    !from.onNode &&
    from.namespace === namespace &&
    Object.entries(labels).every(([key, value]) => from.labels[key] === value) &&
    (own === undefined || (protocol === 'TCP' && own === port));
  return endAllows(cluster, from, 'Egress', isMet, isOpenTo) && endAllows(cluster, to, 'Ingress', isMet, isOpenTo);
}

/** Asks the tiers of one end: the first Allow or Deny decides, Pass goes to the next tier, and what is left at last is open. */
function endAllows(
  cluster: Cluster,
  end: End,
  type: 'Ingress' | 'Egress',
  isMet: (rule: Rule, namespace: string | undefined) => boolean,
  isOpenTo: (policy: Kubernetes) => boolean,
): boolean {
  if (!isPod(end) || end.onNode) {
    return true;
  }
  for (const { name, defaultAction } of tiersOf(cluster)) {
    const own = inOrder(cluster.policies.filter((policy) => policy.tier === name)).filter((policy) =>
      applies(cluster, policy, end, type),
    );
    const kubernetes = name === 'default' && type === 'Ingress' ? selecting(cluster, end) : [];
    if (own.length + kubernetes.length === 0) {
      continue;
    }
    const firstOf = (policies: Policy[]) =>
      policies
        .flatMap(({ namespace, ingress, egress }) =>
          ((type === 'Ingress' ? ingress : egress) ?? []).filter((rule) => isMet(rule, namespace)),
        )
        .find(({ action }) => action !== 'Log')?.action;
    // NetworkPolicies have the order 1000.
    const isBefore = ({ order }: Policy) => order !== undefined && order <= 1000;
    const action =
      firstOf(own.filter(isBefore)) ??
      (kubernetes.some(isOpenTo) ? 'Allow' : firstOf(own.filter((policy) => !isBefore(policy))));
    if (action === 'Allow') {
      return true;
    }
    if (action === 'Deny' || (action === undefined && defaultAction !== 'Pass')) {
      return false;
    }
  }
  return true;
}

function tiersOf({ tiers }: Cluster): Tier[] {
  return inOrder([...tiers, { name: 'default', order: 1_000_000 }]);
}

function inOrder<Some extends { name: string; order?: number; namespace?: string }>(list: Some[]): Some[] {
  const place = ({ order }: Some) => order ?? Number.POSITIVE_INFINITY;
  return [...list].sort((a, b) => (place(a) === place(b) ? (a.name < b.name ? -1 : 1) : place(a) - place(b)));
}

function selecting(cluster: Cluster, { namespace, labels }: Pod): Kubernetes[] {
  return cluster.kubernetes.filter(
    (one) => one.namespace === namespace && Object.entries(one.labels).every(([key, value]) => labels[key] === value),
  );
}

function applies(cluster: Cluster, policy: Policy, pod: Pod, type: 'Ingress' | 'Egress'): boolean {
  const {
    kind,
    namespace,
    selector,
    serviceAccountSelector,
    namespaceSelector,
    types,
    ingress = [],
    egress = [],
  } = policy;
  const isAbout =
    types === undefined
      ? type === 'Ingress'
        ? ingress.length > 0 || egress.length === 0
        : egress.length > 0
      : types.includes(type);
  return (
    isAbout &&
    (kind === 'GlobalNetworkPolicy' || namespace === pod.namespace) &&
    (selector === undefined || selector.meets(pod.labels)) &&
    (serviceAccountSelector === undefined || accountMeets(cluster, serviceAccountSelector, pod)) &&
    (namespaceSelector === undefined || namespaceMeets(cluster, namespaceSelector, pod.namespace))
  );
}
