/**
 * The groups of Kubernetes itself and of what this library writes for, each with all its kinds that belong to the
 * cluster. The core is the group without a name.
 */
const CLUSTER_KINDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['', ['Namespace', 'Node', 'PersistentVolume']],
  [
    'admissionregistration.k8s.io',
    [
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
      'MutatingWebhookConfiguration',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'ValidatingWebhookConfiguration',
    ],
  ],
  ['apiextensions.k8s.io', ['CustomResourceDefinition']],
  ['apiregistration.k8s.io', ['APIService']],
  ['apps', []],
  ['argoproj.io', ['ClusterAnalysisTemplate', 'ClusterWorkflowTemplate']],
  ['autoscaling', []],
  ['batch', []],
  ['cert-manager.io', ['ClusterIssuer']],
  ['certificates.k8s.io', ['CertificateSigningRequest', 'ClusterTrustBundle']],
  ['coordination.k8s.io', []],
  ['discovery.k8s.io', []],
  ['events.k8s.io', []],
  ['flagger.app', []],
  ['flowcontrol.apiserver.k8s.io', ['FlowSchema', 'PriorityLevelConfiguration']],
  ['gateway.networking.k8s.io', ['GatewayClass']],
  ['networking.k8s.io', ['IngressClass', 'IPAddress', 'ServiceCIDR']],
  ['node.k8s.io', ['RuntimeClass']],
  [
    'operator.tigera.io',
    ['APIServer', 'GatewayAPI', 'Goldmane', 'ImageSet', 'Installation', 'TigeraStatus', 'Whisker'],
  ],
  ['policy', []],
  ['policy.networking.k8s.io', ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy']],
  ['projectcalico.org', ['GlobalNetworkPolicy', 'GlobalNetworkSet', 'Tier']],
  ['rbac.authorization.k8s.io', ['ClusterRole', 'ClusterRoleBinding']],
  ['resource.k8s.io', ['DeviceClass', 'ResourceSlice']],
  ['scheduling.k8s.io', ['PriorityClass']],
  ['storage.k8s.io', ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass']],
]);

/** Whether objects of a kind belong to the cluster and not to a namespace; nothing where the group is not known. */
export function isClusterKind(group: string, kind: string): boolean | undefined {
  return CLUSTER_KINDS.get(group)?.includes(kind);
}
