import { objectRef } from '../../check/finding';
import type { PortSet } from '../../connectivity/engine/port-sets';
import { labelsOfNamespace, type PodPeer, type Policy } from '../../connectivity/model';
import { SERVICE_ACCOUNT, SERVICE_ACCOUNT_PREFIX } from '../../connectivity/read/calico/labels';
import { refOf } from '../../connectivity/refs';
import { matches, type Requirement, type Selector } from '../../connectivity/selector';
import type { OrderedPolicy } from '../../connectivity/tiers';
import type { Labels } from '../../connectivity/unseen/examples';
import { plainPeer } from '../../connectivity/unseen/pair';
import { listIn } from '../../manifest/lists';
import type { Changes } from './because';
import type { ChangedObject } from './change';
import type { ConnectivitySide } from './side';

type Sides = readonly [ConnectivitySide, ConnectivitySide];

/** A changed object, and a policy that says something else by it. */
export interface Meant {
  readonly changed: ChangedObject;
  readonly policy: Policy | OrderedPolicy;
  /** Whether it is another doubt by which the policy says something else: no pod can show that. */
  readonly isInDoubt?: boolean;
  /** Pods that the policy means now and did not, or that it does not any more. */
  readonly pods?: {
    readonly namespace: string;
    readonly selector: Selector;
  };
}

/** What policies of Calico and Cilium are read with, by their kinds. */
const READ_WITH: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:Global)?NetworkPolicy$/, /^(?:Tier|NetworkSet|GlobalNetworkSet|Namespace|Service)$/],
  [/^Cilium/, /^(?:CiliumCIDRGroup|Service)$/],
];

/**
 * Policies that are written as before and say something else, since what they name changed: a tier, a set of addresses, a
 * Service.
 */
export function readOtherwise(sides: Sides, changes: Changes): readonly Meant[] {
  const around = changedOf(sides, changes, /^(?:Tier|NetworkSet|GlobalNetworkSet|Namespace|Service|CiliumCIDRGroup)$/);
  if (around.length === 0) {
    return [];
  }
  const [before, after] = [readings(sides[0]), readings(sides[1])];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key) ?? [], after.get(key) ?? []];
    if (textOf(was, 'text') === textOf(is, 'text')) {
      return [];
    }
    const named = READ_WITH.find(([policies]) => policies.test((was[0] ?? is[0])?.policy.kind ?? ''))?.[1];
    const meant = around.filter(({ kind }) => named?.test(kind));
    const isInDoubt = textOf(was, 'doubts') !== textOf(is, 'doubts');
    return [...was, ...is].flatMap(({ policy }) => meant.map(({ changed }) => ({ changed, policy, isInDoubt })));
  });
}

/** Policies that mean pods by the labels of a namespace or service account, and mean others since these changed. */
export function meaningOthers(sides: Sides, changes: Changes): readonly Meant[] {
  const around = changedOf(sides, changes, /^(?:Namespace|ServiceAccount)$/);
  const peers = around.length === 0 ? [] : sides.flatMap(policiesOf).flatMap(peersOf);
  return around.flatMap(({ changed, kind, namespace = 'default', name }) => {
    const isNamespace = kind === 'Namespace';
    const [was, is] = sides.map((side) =>
      isNamespace
        ? labelsOfNamespace(side.cluster.compiled.model.namespaces, name)
        : labelsOfAccount(side, namespace, name),
    ) as [Labels, Labels];
    return peers.flatMap(({ policy, namespaces, pods }): Meant[] => {
      const asked = isNamespace ? namespaces : pods.flatMap(ofAccount);
      if (matches(asked, was) === matches(asked, is)) {
        return [];
      }
      const selector = isNamespace ? pods : [...pods.filter((one) => ofAccount(one).length === 0), isCalled(name)];
      return [{ changed, policy, pods: { namespace: isNamespace ? name : namespace, selector } }];
    });
  });
}

/** What a policy of Calico asks of the labels of the service account of a pod. */
function ofAccount(requirement: Requirement): readonly Requirement[] {
  const { key } = requirement;
  return key.startsWith(SERVICE_ACCOUNT_PREFIX)
    ? [{ ...requirement, key: key.slice(SERVICE_ACCOUNT_PREFIX.length) }]
    : [];
}

function isCalled(account: string): Requirement {
  return { key: SERVICE_ACCOUNT, operator: 'In', values: new Set([account]) };
}

function labelsOfAccount({ manifests }: ConnectivitySide, namespace: string, name: string): Labels {
  const found = manifests.find(
    (one) => one.kind === 'ServiceAccount' && one.name === name && (one.namespace ?? 'default') === namespace,
  );
  return found?.labels ?? new Map();
}

/** The peers of a policy that are not in its own namespace alone, and the pods to which it applies. */
function peersOf(policy: Policy | OrderedPolicy) {
  const rules = [...(policy.ingress ?? []), ...(policy.egress ?? [])];
  const peers: readonly PodPeer[] = [
    ...('subject' in policy ? policy.subject : []),
    ...rules.flatMap(({ pods, doubtful }) => [...pods, ...(doubtful?.pods ?? [])]),
  ];
  return peers.map(plainPeer).map(({ namespaces, pods }) => ({
    policy,
    namespaces: namespaces === 'own' ? [] : namespaces,
    pods,
  }));
}

function policiesOf({ cluster }: ConnectivitySide): readonly (Policy | OrderedPolicy)[] {
  const { policies, ordered } = cluster.compiled.model;
  return [...policies, ...ordered.filter(({ isOther }) => isOther !== true)];
}

interface Around {
  readonly changed: ChangedObject;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** The objects of some kinds that changed, each once. */
function changedOf(sides: Sides, changes: Changes, kinds: RegExp): readonly Around[] {
  const found = new Map<string, Around>();
  for (const manifest of sides.flatMap(({ manifests }) => manifests.filter(({ kind }) => kinds.test(kind)))) {
    const { kind, namespace, name } = objectRef(manifest);
    const changed = changes.of(kind, namespace, name);
    if (changed !== undefined) {
      found.set(changed.object, { changed, kind, namespace: manifest.namespace, name });
    }
  }
  return [...found.values()];
}

interface Reading {
  readonly policy: OrderedPolicy;
  readonly text: string;
  /** What its rules mean of which nobody knows whether they match. */
  readonly doubts: string;
}

function textOf(all: readonly Reading[], what: 'text' | 'doubts'): string {
  return all.map((one) => one[what]).join('\n');
}

/** What each policy of Calico or Cilium says, by its name: it may be several policies in the order. */
function readings({ cluster }: ConnectivitySide): ReadonlyMap<string, Reading[]> {
  const { model, sets } = cluster.compiled;
  const found = new Map<string, Reading[]>();
  for (const policy of model.ordered.filter(({ isOther }) => isOther !== true)) {
    const { kind, namespace, name } = refOf(policy);
    const write = (key: string, value: unknown) => {
      // Where it stands says nothing, and a block is a number that each side counts for itself: its addresses stand beside it.
      if (key === 'source' || key === 'block') {
        return undefined;
      }
      if (key === 'numbers') {
        return sets.portsOf(value as PortSet);
      }
      return typeof value === 'bigint' ? `${value}` : value instanceof Set ? [...value] : value;
    };
    const doubtful = [...(policy.ingress ?? []), ...(policy.egress ?? [])].filter(
      (rule) => rule.doubtful !== undefined,
    );
    listIn(found, `${kind} ${namespace} ${name}`).push({
      policy,
      text: JSON.stringify(policy, write),
      doubts: JSON.stringify(doubtful, write),
    });
  }
  return found;
}
