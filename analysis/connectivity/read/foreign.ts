import type { Manifest } from '../../manifest';

/** What objects are for which this has an effect on who may connect to whom, in words. */
type Effect = string;

const POLICY: Effect = 'a policy';
const STAGED: Effect = 'a staged policy, which has no effect until it is enforced,';

/**
 * Kinds of other makers that decide about the network beside those whose name ends with `NetworkPolicy`, by `group/kind`.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 * @see https://linkerd.io/2/reference/authorization-policy/
 * @see https://docs.tigera.io/calico/latest/reference/resources/hostendpoint
 * @see https://ovn-kubernetes.io/features/user-defined-networks/user-defined-networks/
 */
const KINDS = new Map<string, Effect>([
  ['security.istio.io/AuthorizationPolicy', POLICY],
  ['security.istio.io/PeerAuthentication', POLICY],
  ['policy.linkerd.io/AuthorizationPolicy', POLICY],
  ['policy.linkerd.io/Server', POLICY],
  ['policy.linkerd.io/ServerAuthorization', POLICY],
  ['kuma.io/MeshTrafficPermission', POLICY],
  ['consul.hashicorp.com/ServiceIntentions', POLICY],
  ['k8s.ovn.org/EgressFirewall', POLICY],
  ['k8s.ovn.org/UserDefinedNetwork', 'a network that separates pods'],
  ['k8s.ovn.org/ClusterUserDefinedNetwork', 'a network that separates pods'],
  [
    'k8s.cni.cncf.io/NetworkAttachmentDefinition',
    'a further network of pods, on which NetworkPolicies have no effect,',
  ],
  ['network.openshift.io/NetNamespace', 'a network that separates pods'],
  ['ingressnodefirewall.openshift.io/IngressNodeFirewall', POLICY],
  ['kubeovn.io/SecurityGroup', POLICY],
  ['vpcresources.k8s.aws/SecurityGroupPolicy', POLICY],
  ['projectcalico.org/HostEndpoint', 'an endpoint of a node'],
  ['crd.projectcalico.org/HostEndpoint', 'an endpoint of a node'],
]);

/** What an object of another maker does, in words; `undefined` for all that have no effect on who may connect to whom. */
export function foreignEffect({ group, kind }: Pick<Manifest, 'group' | 'kind'>): Effect | undefined {
  if (kind.endsWith('NetworkPolicy')) {
    return kind.startsWith('Staged') ? STAGED : POLICY;
  }
  return KINDS.get(`${group}/${kind}`);
}
