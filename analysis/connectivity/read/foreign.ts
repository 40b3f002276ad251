import type { Manifest } from '../../manifest';
import { closingAny, istioAuthorization, istioPeers, linkerdAuthorization, linkerdServer } from './others/mesh';
import { furtherNetwork, userNetwork } from './others/networks';
import { BOTH, EVERY_POD, type OtherPart, partsOf } from './others/part';
import {
  antrea,
  awsCluster,
  awsGroups,
  egressFirewall,
  gkeDomains,
  likeNetworkPolicy,
  netNamespace,
  nodeFirewall,
  unknownPolicy,
} from './others/plugins';

/** A kind of another maker that has an effect on who may connect to whom. */
interface Foreign {
  /** What its objects are, in words. */
  readonly text: string;
  /** What an object may open or close, whatever evaluated policies say. */
  readonly parts: (manifest: Manifest) => readonly OtherPart[];
  /** Whether it is about nodes, and so about pods on the network of one, which it may close. */
  readonly isAboutNodes?: boolean;
}

const nothing = () => [];
const policy = (parts: Foreign['parts']): Foreign => ({ text: 'a policy', parts });
const network = (parts: Foreign['parts']): Foreign => ({ text: 'a network that separates pods', parts });

const STAGED: Foreign = { text: 'a staged policy, which has no effect until it is enforced,', parts: nothing };
const ENDPOINT: Foreign = { text: 'an endpoint of a node', parts: nothing, isAboutNodes: true };
const UNKNOWN = policy(unknownPolicy);

/**
 * Kinds of other makers that decide about the network, by `group/kind`. Whatever else ends with `NetworkPolicy` may do anything.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 * @see https://linkerd.io/2/reference/authorization-policy/
 * @see https://docs.tigera.io/calico/latest/reference/resources/hostendpoint
 * @see https://ovn-kubernetes.io/features/user-defined-networks/user-defined-networks/
 */
const KINDS = new Map<string, Foreign>([
  ['crd.antrea.io/NetworkPolicy', policy(antrea)],
  ['crd.antrea.io/ClusterNetworkPolicy', policy(antrea)],
  ['networking.k8s.aws/ApplicationNetworkPolicy', policy(likeNetworkPolicy)],
  ['networking.k8s.aws/ClusterNetworkPolicy', policy(awsCluster)],
  ['networking.gke.io/FQDNNetworkPolicy', policy(gkeDomains)],
  ['networking.gke.io/NodeNetworkPolicy', { ...policy(nothing), isAboutNodes: true }],
  // It is about further networks of pods alone, which are other kinds.
  ['k8s.cni.cncf.io/MultiNetworkPolicy', policy(nothing)],
  ['network.openshift.io/EgressNetworkPolicy', policy(egressFirewall)],
  ['security.istio.io/AuthorizationPolicy', policy(istioAuthorization)],
  ['security.istio.io/PeerAuthentication', policy(istioPeers)],
  ['policy.linkerd.io/AuthorizationPolicy', policy(linkerdAuthorization)],
  ['policy.linkerd.io/Server', policy(linkerdServer)],
  ['policy.linkerd.io/ServerAuthorization', policy(linkerdAuthorization)],
  ['kuma.io/MeshTrafficPermission', policy(closingAny)],
  ['kuma.io/TrafficPermission', policy(closingAny)],
  ['access.smi-spec.io/TrafficTarget', policy(closingAny)],
  ['consul.hashicorp.com/ServiceIntentions', policy(closingAny)],
  ['k8s.ovn.org/EgressFirewall', policy(egressFirewall)],
  ['k8s.ovn.org/UserDefinedNetwork', network(userNetwork)],
  ['k8s.ovn.org/ClusterUserDefinedNetwork', network(userNetwork)],
  [
    'k8s.cni.cncf.io/NetworkAttachmentDefinition',
    { text: 'a further network of pods, on which NetworkPolicies have no effect,', parts: furtherNetwork },
  ],
  ['network.openshift.io/NetNamespace', network(netNamespace)],
  ['ingressnodefirewall.openshift.io/IngressNodeFirewall', { ...policy(nodeFirewall), isAboutNodes: true }],
  ['kubeovn.io/SecurityGroup', policy(() => partsOf(EVERY_POD, BOTH, { opens: true, closes: true }))],
  ['vpcresources.k8s.aws/SecurityGroupPolicy', policy(awsGroups)],
  ['projectcalico.org/HostEndpoint', ENDPOINT],
  ['crd.projectcalico.org/HostEndpoint', ENDPOINT],
]);

/** What an object of another maker is that is not evaluated; `undefined` for all that have no effect on who may connect to whom. */
export function foreignKind({ group, kind }: Pick<Manifest, 'group' | 'kind'>): Foreign | undefined {
  if (kind.startsWith('Staged') && kind.endsWith('NetworkPolicy')) {
    return STAGED;
  }
  return KINDS.get(`${group}/${kind}`) ?? (kind.endsWith('NetworkPolicy') ? UNKNOWN : undefined);
}
