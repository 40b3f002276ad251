import { NAME_LABEL, type NamespaceLabels, type PodPeer } from '../model';
import { NAMESPACE } from '../read/calico/expression';
import { NAMESPACE_PREFIX, SERVICE_ACCOUNT, SERVICE_ACCOUNT_PREFIX } from '../read/calico/labels';
import { SERVICE_ACCOUNT_LABEL } from '../read/cilium/labels';
import { meets, type Requirement, type Selector, selectorKey } from '../selector';
import type { LabelSelector, UnseenPods } from '../types';

/** Pods that nobody has written down, by their labels and those of their namespace; `{}` and `{}` means any. */
export interface Pair {
  readonly namespaces: Selector;
  readonly pods: Selector;
  readonly key: string;
  /** The namespace that they are in, where only one can be meant. */
  readonly namespace: string | undefined;
}

/** The pods of a peer of a rule; `undefined` where no pod can be meant. */
export function pairOf(peer: PodPeer, own: string, known: NamespaceLabels): Pair | undefined {
  const { namespaces, pods } = split(peer, own);
  const [outer, inner] = [normal(namespaces), normal(pods)];
  // Every namespace has its name: what has none is no pod.
  const isNowhere = outer?.some(({ key, operator }) => key === NAME_LABEL && operator === 'DoesNotExist');
  if (outer === undefined || inner === undefined || isNowhere) {
    return undefined;
  }
  const named = outer.find(({ key, operator, values }) => key === NAME_LABEL && operator === 'In' && values.size === 1);
  const [namespace] = named?.values ?? [];
  const labels = namespace === undefined ? undefined : known.get(namespace);
  if (labels !== undefined && !outer.every((requirement) => meets(requirement, labels))) {
    return undefined;
  }
  return { namespaces: outer, pods: inner, namespace, key: `${selectorKey(outer)} / ${selectorKey(inner)}` };
}

/** Any pod of any namespace. */
export const ANY: Pair = { namespaces: [], pods: [], key: ' / ', namespace: undefined };

/** Whether all pods of a pair are pods of a peer of a rule. */
export function isWithin(pair: Pair, peer: PodPeer, own: string, known: NamespaceLabels): boolean {
  const { namespaces, pods } = split(peer, own);
  const labels = pair.namespace === undefined ? undefined : known.get(pair.namespace);
  return (
    (labels === undefined
      ? implies(pair.namespaces, namespaces)
      : namespaces.every((requirement) => meets(requirement, labels))) && implies(pair.pods, pods)
  );
}

/** Whether some pods of a pair may be pods of a peer of a rule. */
export function mayBeWithin(pair: Pair, peer: PodPeer, own: string, known: NamespaceLabels): boolean {
  const { namespaces, pods } = split(peer, own);
  const labels = pair.namespace === undefined ? undefined : known.get(pair.namespace);
  return (
    (labels === undefined
      ? normal([...pair.namespaces, ...namespaces]) !== undefined
      : namespaces.every((requirement) => meets(requirement, labels))) && normal([...pair.pods, ...pods]) !== undefined
  );
}

/** Whether one pair means no pod that the other does not. */
export function isNarrower(one: Pair, other: Pair): boolean {
  return implies(one.namespaces, other.namespaces) && implies(one.pods, other.pods);
}

/** A pair as the API writes it. What no LabelSelector can say is left out, which means more pods. */
export function selectorsOf({ namespaces, pods }: Pair): UnseenPods {
  return { namespaceSelector: labelSelector(namespaces), podSelector: labelSelector(pods) };
}

/** A peer with what it asks of namespaces apart from what it asks of pods. */
export function plainPeer(peer: PodPeer): PodPeer {
  return peer.namespaces === 'own' ? peer : { ...peer, ...split(peer, '') };
}

/** Policies of Calico know namespaces by labels of pods: these are turned back. */
function split({ namespaces, pods }: PodPeer, own: string): Pick<Pair, 'namespaces' | 'pods'> {
  const outer: Requirement[] =
    namespaces === 'own' ? [{ key: NAME_LABEL, operator: 'In', values: new Set([own]) }] : [...namespaces];
  const inner: Requirement[] = [];
  for (const requirement of pods) {
    const { key, operator } = requirement;
    if (key === `${NAMESPACE_PREFIX}projectcalico.org/name` || (key === NAMESPACE && operator !== 'Exists')) {
      outer.push({ ...requirement, key: NAME_LABEL });
    } else if (key.startsWith(NAMESPACE_PREFIX)) {
      outer.push({ ...requirement, key: key.slice(NAMESPACE_PREFIX.length) });
    } else if (key !== NAMESPACE && !(key === 'projectcalico.org/orchestrator' && operator === 'In')) {
      inner.push(requirement);
    }
  }
  return { namespaces: outer, pods: inner };
}

/** Requirements, each once, and lists of one key in one; `undefined` where no labels can meet them. */
function normal(selector: Selector): Selector | undefined {
  if (selector.length < 2 && selector[0]?.values.size !== 0) {
    return selector;
  }
  const lists = new Map<string, Set<string>>();
  for (const { key, operator, values } of selector) {
    if (operator === 'In') {
      lists.set(key, new Set([...values].filter((value) => lists.get(key)?.has(value) ?? true)));
    }
  }
  const others = selector.filter(({ operator }) => operator !== 'In');
  const left = others.filter(({ key }) => !lists.has(key));
  const met = [...lists].map(([key, values]): Requirement => {
    const fitting = [...values].filter((value) =>
      others.every((other) => other.key !== key || meets(other, new Map([[key, value]]))),
    );
    return { key, operator: 'In', values: new Set(fitting) };
  });
  const isMissing = left.some(
    ({ key, operator }) =>
      operator === 'DoesNotExist' && left.some((other) => other.key === key && !meets(other, new Map())),
  );
  const distinct = new Map([...met, ...left].map((requirement) => [selectorKey([requirement]), requirement]));
  return isMissing || met.some(({ values }) => values.size === 0) ? undefined : [...distinct.values()];
}

function implies(selector: Selector, wanted: Selector): boolean {
  return wanted.every((requirement) => selector.some((given) => impliesOne(given, requirement)));
}

function impliesOne(given: Requirement, wanted: Requirement): boolean {
  if (given.key !== wanted.key) {
    return false;
  }
  switch (given.operator) {
    case 'In':
      return [...given.values].every((value) => meets(wanted, new Map([[wanted.key, value]])));
    case 'DoesNotExist':
      return meets(wanted, new Map());
    case 'NotIn':
      return wanted.operator === 'NotIn' && [...wanted.values].every((value) => given.values.has(value));
    case 'Exists':
      return wanted.operator === 'Exists';
    default:
      return (
        selectorKey([given]) === selectorKey([wanted]) ||
        (wanted.operator === 'Exists' && !given.operator.startsWith('Not'))
      );
  }
}

function labelSelector(selector: Selector): LabelSelector {
  const labels: [string, string][] = [];
  const expressions: NonNullable<LabelSelector['matchExpressions']>[number][] = [];
  for (const { key, operator, values } of selector) {
    if (key.startsWith(SERVICE_ACCOUNT_PREFIX) || key === SERVICE_ACCOUNT || key === SERVICE_ACCOUNT_LABEL) {
      continue;
    }
    if (operator === 'In' && values.size === 1) {
      labels.push([key, [...values][0] as string]);
    } else if (operator === 'In' || operator === 'NotIn') {
      expressions.push({ key, operator, values: [...values].sort() });
    } else if (operator === 'DoesNotExist') {
      expressions.push({ key, operator });
    } else if (!operator.startsWith('Not')) {
      expressions.push({ key, operator: 'Exists' });
    }
  }
  return {
    ...(labels.length === 0 ? {} : { matchLabels: Object.fromEntries(labels.sort(([a], [b]) => (a < b ? -1 : 1))) }),
    ...(expressions.length === 0 ? {} : { matchExpressions: expressions }),
  };
}
