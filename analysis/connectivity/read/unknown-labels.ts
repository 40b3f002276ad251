import type { Manifest } from '../../manifest';
import { NAME_LABEL, type NamespaceLabels, type Pod, type PodPeer, type Policy, type Rule } from '../model';
import type { Requirement } from '../selector';
import { type OrderedPolicy, type OrderedRule, ruleInDoubt } from '../tiers';
import { NAMESPACE_PREFIX, SERVICE_ACCOUNT_PREFIX } from './calico/labels';
import { undecidedRule } from './undecided-rule';

const NOTHING: readonly string[] = [];
const WHY = 'labels of a namespace or service account that no manifest shows';

/** What marks pods of whose namespace or service account the labels are not known. No label can be called so. */
const MARKS = { namespace: '?namespace', account: '?service-account' } as const;
type Whose = keyof typeof MARKS;
const WHOSE: readonly Whose[] = ['namespace', 'account'];

/** Labels that are known of whatever has a name. */
const KNOWN = new Set([
  NAME_LABEL,
  `${NAMESPACE_PREFIX}${NAME_LABEL}`,
  `${NAMESPACE_PREFIX}projectcalico.org/name`,
  `${SERVICE_ACCOUNT_PREFIX}projectcalico.org/name`,
]);

/**
 * Labels of namespaces and service accounts that are not among the manifests. A selector may mean their pods or not, unless it asks for
 * the name alone.
 */
export class UnknownLabels {
  private readonly accounts: ReadonlySet<string>;

  constructor(
    private readonly namespaces: NamespaceLabels,
    accounts: readonly Manifest[],
  ) {
    this.accounts = new Set(accounts.map(({ namespace = 'default', name }) => `${namespace}/${name}`));
  }

  /**
   * The objects that are not among the manifests and for whose labels policies ask, of a pod at one end of a connection: `Namespace shop`.
   */
  askedBy(policies: readonly (Policy | OrderedPolicy)[]): (pod: Pod, end: 'from' | 'to') => readonly string[] {
    const askedAt = (end: 'from' | 'to') => {
      const peers = policies.flatMap((policy) => peersAt(policy, end));
      return WHOSE.filter((whose) => peers.some((peer) => asks(peer, whose)));
    };
    const asked = { from: askedAt('from'), to: askedAt('to') };
    return (pod, end) =>
      asked[end].length === 0
        ? NOTHING
        : this.of(pod)
            .filter((whose) => asked[end].includes(whose))
            .map((whose) => nameOf(whose, pod));
  }

  /** A pod with marks that tell whose labels are not known. */
  marked(pod: Pod): Pod {
    const unknown = this.of(pod);
    return unknown.length === 0
      ? pod
      : { ...pod, labels: new Map([...pod.labels, ...unknown.map((whose): [string, string] => [MARKS[whose], ''])]) };
  }

  /** Whose labels of a pod are not known. */
  private of({ namespace, serviceAccount = 'default', onNode }: Pod): readonly Whose[] {
    return onNode
      ? []
      : [
          ...(this.namespaces.has(namespace) ? [] : (['namespace'] as const)),
          ...(this.accounts.has(`${namespace}/${serviceAccount}`) ? [] : (['account'] as const)),
        ];
  }
}

function nameOf(whose: Whose, { namespace, serviceAccount = 'default' }: Pod): string {
  return whose === 'namespace' ? `Namespace ${namespace}` : `ServiceAccount ${namespace}/${serviceAccount}`;
}

/** A NetworkPolicy whose rules leave in doubt whether they mean pods that are marked. */
export function doubtingPeers<Some extends Policy | OrderedPolicy>(policy: Some): Some {
  const { ingress, egress } = policy;
  return { ...policy, ingress: ingress?.map(splitRule), egress: egress?.map(splitRule) };
}

/**
 * The same of a policy of another tier. For the pods of which it is not known whether it selects them, it becomes a policy of its own, all
 * of whose rules are in doubt, and so is that the tier ends there.
 */
export function doubtingSubject(policy: OrderedPolicy): readonly OrderedPolicy[] {
  const own = doubtingPeers(policy);
  const parts = policy.subject.map(splitPeer);
  const [sure, doubtful] = [parts.flatMap((part) => part.sure), parts.flatMap((part) => part.doubtful)];
  if (doubtful.length === 0) {
    return [own];
  }
  const inDoubt = (rules: readonly OrderedRule[]): readonly OrderedRule[] => [
    ...rules.map((rule) => ruleInDoubt(rule, WHY)),
    ...(policy.tier.end === 'deny' ? [{ ...undecidedRule(WHY), action: 'pass' as const, index: rules.length }] : []),
  ];
  const maybe = {
    ...own,
    subject: doubtful,
    ingress: own.ingress && inDoubt(own.ingress),
    egress: own.egress && inDoubt(own.egress),
  };
  return [{ ...own, subject: sure }, maybe];
}

function splitRule<Some extends Rule | OrderedRule>(rule: Some): Some {
  const parts = rule.pods.map(splitPeer);
  const { doubtful: before } = rule;
  const doubtful = [...parts.flatMap((part) => part.doubtful), ...(before?.pods ?? []).map(withoutUnknown)];
  return doubtful.length === 0
    ? rule
    : {
        ...rule,
        pods: parts.flatMap(({ sure }) => sure),
        doubtful: { everybody: false, addresses: [], why: WHY, ...before, pods: doubtful },
      };
}

/** Those whom a peer means for sure, and those whom it may mean. */
function splitPeer(peer: PodPeer): { readonly sure: readonly PodPeer[]; readonly doubtful: readonly PodPeer[] } {
  const asked = WHOSE.filter((whose) => asks(peer, whose));
  if (asked.length === 0) {
    return { sure: [peer], doubtful: [] };
  }
  const sure = { ...peer, pods: [...peer.pods, ...asked.map((whose) => mark(whose, 'DoesNotExist'))] };
  // Of each that is asked for, the labels are known or not; not all of them are.
  const ways = asked.length === 1 ? [asked] : [asked, ...asked.map((whose) => [whose])];
  const doubtful = ways.map((unknown) => {
    const known = without(peer, unknown);
    const marks = asked.map((whose) => mark(whose, unknown.includes(whose) ? 'Exists' : 'DoesNotExist'));
    return { ...known, pods: [...known.pods, ...marks] };
  });
  return { sure: [sure], doubtful };
}

/** Those whom a peer may mean, whatever labels are not known. A peer in doubt may hold more than it has to. */
function withoutUnknown(peer: PodPeer): PodPeer {
  return WHOSE.some((whose) => asks(peer, whose)) ? without(peer, WHOSE) : peer;
}

function without(peer: PodPeer, unknown: readonly Whose[]): PodPeer {
  const isKept = ({ key }: Requirement, isOfNamespace: boolean) =>
    !unknown.some((whose) => isUnknown(key, whose, isOfNamespace));
  return {
    ...peer,
    namespaces: peer.namespaces === 'own' ? 'own' : peer.namespaces.filter((one) => isKept(one, true)),
    pods: peer.pods.filter((one) => isKept(one, false)),
  };
}

function asks({ namespaces, pods }: PodPeer, whose: Whose): boolean {
  return (
    (namespaces !== 'own' && namespaces.some(({ key }) => isUnknown(key, whose, true))) ||
    pods.some(({ key }) => isUnknown(key, whose, false))
  );
}

/**
 * Whether a key is one of the labels of whom nothing but the name is known.
 *
 * @param isOfNamespace whether the key stands in a selector of namespaces, and not in one of pods, where Calico puts a word before it
 */
function isUnknown(key: string, whose: Whose, isOfNamespace: boolean): boolean {
  if (KNOWN.has(key)) {
    return false;
  }
  return whose === 'namespace'
    ? isOfNamespace || key.startsWith(NAMESPACE_PREFIX)
    : !isOfNamespace && key.startsWith(SERVICE_ACCOUNT_PREFIX);
}

function mark(whose: Whose, operator: 'Exists' | 'DoesNotExist'): Requirement {
  return { key: MARKS[whose], operator, values: new Set() };
}

/** What a policy asks of one end of a connection: whether it selects the pod, and whether a rule at the other end means it. */
function peersAt(policy: Policy | OrderedPolicy, end: 'from' | 'to'): readonly PodPeer[] {
  const [own, others] = end === 'from' ? [policy.egress, policy.ingress] : [policy.ingress, policy.egress];
  const rules: readonly (Rule | OrderedRule)[] = others ?? [];
  return [
    ...(own !== undefined && 'subject' in policy ? policy.subject : []),
    ...rules.flatMap(({ pods, doubtful }) => [...pods, ...(doubtful?.pods ?? [])]),
  ];
}
