import type { AddressRange } from '../../addresses';
import type { Doubtful, PodPeer } from '../../model';
import { EVERY_ADDRESS } from '../../networks';

/** What is at an end of a connection and is no pod of which Cilium knows labels. */
export const IDENTITIES = [
  'host',
  'remote-node',
  'world',
  'kube-apiserver',
  'ingress',
  'unmanaged',
  'health',
  'init',
] as const;
export type Identity = (typeof IDENTITIES)[number];

/** Whom an entity means. */
interface Meaning {
  readonly identities: readonly Identity[];
  readonly family?: 4 | 6;
  readonly hasPods?: boolean;
}

/** @see https://docs.cilium.io/en/stable/security/policy/language/#entities-based */
export const ENTITIES: ReadonlyMap<unknown, Meaning> = new Map<unknown, Meaning>([
  ['host', { identities: ['host'] }],
  ['remote-node', { identities: ['remote-node'] }],
  ['kube-apiserver', { identities: ['kube-apiserver'] }],
  ['ingress', { identities: ['ingress'] }],
  // Its pods are all pods, managed or not. An API server that runs elsewhere is of the cluster, and no address outside.
  ['cluster', { identities: ['host', 'remote-node', 'ingress', 'health', 'init'], hasPods: true }],
  ['init', { identities: ['init'] }],
  ['health', { identities: ['health'] }],
  ['unmanaged', { identities: ['unmanaged'] }],
  ['world', { identities: ['world'] }],
  ['world-ipv4', { identities: ['world'], family: 4 }],
  ['world-ipv6', { identities: ['world'], family: 6 }],
  ['none', { identities: [] }],
]);

/** Whom identities mean in a cluster. */
export interface Met {
  readonly addresses: readonly AddressRange[];
  readonly nodes: 'all' | 'some' | undefined;
  readonly proxies: boolean;
  readonly doubts: readonly Doubtful[];
}

const EVERY_POD: PodPeer = { namespaces: [], pods: [] };

/** Whom identities mean: nodes are the one of a pod or another, and nobody knows where the API server runs. */
export function metBy(identities: ReadonlySet<Identity>): Met {
  const has = (identity: Identity) => identities.has(identity);
  const areAllNodes = has('host') && has('remote-node');
  const nobody = { everybody: false, pods: [], addresses: [] };
  const isOneNode = has('host') !== has('remote-node');
  return {
    addresses: has('world') ? EVERY_ADDRESS : [],
    nodes: areAllNodes ? 'all' : has('host') || has('remote-node') || has('kube-apiserver') ? 'some' : undefined,
    proxies: has('ingress'),
    doubts: [
      ...(isOneNode ? [{ ...nobody, why: 'the node on which a pod runs' }] : []),
      ...(has('kube-apiserver') && !(areAllNodes && has('world'))
        ? [{ ...nobody, addresses: EVERY_ADDRESS, why: 'where the API server runs' }]
        : []),
      ...(has('unmanaged') ? [{ ...nobody, pods: [EVERY_POD], why: 'which pods Cilium does not manage' }] : []),
    ],
  };
}
