import type { Manifest } from '../../../manifest';
import { isMapping } from '../../../manifest/value';
import { type Direction, NAME_LABEL, type PodPeer } from '../../model';
import {
  BOTH,
  EVERY_POD,
  listOf,
  mappingIn,
  type OtherPart,
  OWN_NAMESPACE,
  ownPods,
  partsOf,
  podsIn,
  specOf,
} from './part';
import { plainSelector } from './selector';

const DIRECTIONS: ReadonlyMap<unknown, Direction> = new Map([
  ['Ingress', 'ingress'],
  ['Egress', 'egress'],
]);

/** What actions of Antrea do to a connection; another may do either. */
const ANTREA: ReadonlyMap<unknown, 'opens' | 'closes'> = new Map([
  ['Allow', 'opens'],
  ['Pass', 'opens'],
  ['Drop', 'closes'],
  ['Reject', 'closes'],
]);

/**
 * What a NetworkPolicy or ClusterNetworkPolicy of Antrea opens and closes: its tiers are asked before NetworkPolicies. Its pods
 * are those of `appliedTo`, of the policy or of each rule.
 *
 * @see https://antrea.io/docs/main/docs/antrea-network-policy/
 */
export function antrea(manifest: Manifest): readonly OtherPart[] {
  const spec = specOf(manifest);
  const isOfCluster = manifest.kind.startsWith('Cluster');
  return BOTH.flatMap((direction) =>
    listOf(spec[direction]).flatMap((rule) => {
      const { appliedTo = spec.appliedTo, action } = mappingIn(rule);
      const does = ANTREA.get(action);
      return partsOf(antreaSubject(appliedTo, isOfCluster), [direction], {
        opens: does !== 'closes',
        closes: does !== 'opens',
      });
    }),
  );
}

function antreaSubject(appliedTo: unknown, isOfCluster: boolean): readonly PodPeer[] {
  const all = isOfCluster ? EVERY_POD : OWN_NAMESPACE;
  const peers = listOf(appliedTo).map((one): readonly PodPeer[] | undefined => {
    const { podSelector, namespaceSelector, ...more } = mappingIn(one);
    if (Object.keys(more).length > 0) {
      return undefined;
    }
    return isOfCluster ? podsIn(plainSelector(namespaceSelector), podSelector) : ownPods(podSelector);
  });
  return peers.length === 0 || peers.includes(undefined) ? all : (peers as (readonly PodPeer[])[]).flat();
}

/**
 * What an ApplicationNetworkPolicy of AWS opens and closes: it adds up with NetworkPolicies, as one of them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html
 */
export function likeNetworkPolicy(manifest: Manifest): readonly OtherPart[] {
  const { podSelector, policyTypes } = specOf(manifest);
  const given = listOf(policyTypes);
  const known = given.flatMap((type) => DIRECTIONS.get(type) ?? []);
  const directions = given.length > 0 && known.length === given.length ? known : BOTH;
  return partsOf(ownPods(podSelector), directions, { opens: true, closes: true });
}

/** What a ClusterNetworkPolicy of AWS opens and closes: its tiers are asked before and behind NetworkPolicies. */
export function awsCluster(manifest: Manifest): readonly OtherPart[] {
  const spec = specOf(manifest);
  const { namespaces, pods } = mappingIn(spec, 'subject');
  const { podSelector, namespaceSelector } = mappingIn(pods);
  const subject = isMapping(pods)
    ? podsIn(plainSelector(namespaceSelector), podSelector)
    : podsIn(plainSelector(namespaces), undefined);
  const directions = BOTH.filter((direction) => listOf(spec[direction]).length > 0);
  return partsOf(subject, directions, { opens: true, closes: true });
}

/**
 * What a FQDNNetworkPolicy of GKE opens and closes: what its pods may connect to.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/fqdn-network-policies
 */
export function gkeDomains(manifest: Manifest): readonly OtherPart[] {
  const subject = ownPods(specOf(manifest).podSelector);
  return [
    ...partsOf(subject, ['egress'], { opens: true, whom: 'outside' }),
    ...partsOf(subject, ['egress'], { closes: true }),
  ];
}

/**
 * What an egress firewall closes: addresses outside and nodes, to all pods of its namespace.
 *
 * @see https://ovn-kubernetes.io/features/network-security-controls/egress-firewall/
 */
export function egressFirewall(): readonly OtherPart[] {
  return partsOf(OWN_NAMESPACE, ['egress'], { closes: true, whom: 'outside' });
}

/** What a firewall of nodes closes: what comes from outside, to all pods. */
export function nodeFirewall(): readonly OtherPart[] {
  return partsOf(EVERY_POD, ['ingress'], { closes: true, whom: 'outside' });
}

/** What a NetNamespace closes: the namespace of its name, to others. */
export function netNamespace({ name }: Manifest): readonly OtherPart[] {
  const named: PodPeer = { namespaces: [{ key: NAME_LABEL, operator: 'In', values: new Set([name]) }], pods: [] };
  return partsOf([named], BOTH, { closes: true });
}

/** What a SecurityGroupPolicy of AWS closes: its pods have security groups. */
export function awsGroups(manifest: Manifest): readonly OtherPart[] {
  const { podSelector, ...more } = specOf(manifest);
  const subject = more.serviceAccountSelector === undefined ? ownPods(podSelector) : OWN_NAMESPACE;
  return partsOf(subject, BOTH, { closes: true });
}

/** What a policy of which nothing is known may do: everything, to the pods that it seems to select. */
export function unknownPolicy(manifest: Manifest): readonly OtherPart[] {
  const subject = manifest.namespace === undefined ? EVERY_POD : ownPods(specOf(manifest).podSelector);
  return partsOf(subject, BOTH, { opens: true, closes: true });
}
