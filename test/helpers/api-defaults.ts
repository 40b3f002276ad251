import { dropEmpty, dropZero, type Fields, fill } from './fields';
import { podTemplateDefaults } from './pod-defaults';

export type { Fields } from './fields';

const CLUSTER_SCOPED = [
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'IngressClass',
  'ValidatingWebhookConfiguration',
];

/** What a Kubernetes 1.27+ API server fills in, by kind. Fields that depend on the cluster (addresses, node ports) stay out. */
const DEFAULTS = new Map<string, (object: Fields) => void>([
  ['v1 Namespace', namespaceDefaults],
  ['v1 ServiceAccount', () => {}],
  ['v1 ConfigMap', () => {}],
  ['v1 Secret', (object) => fill(object, { type: 'Opaque' })],
  ['v1 Service', serviceDefaults],
  ['apps/v1 Deployment', deploymentDefaults],
  ['batch/v1 Job', jobDefaults],
  ['networking.k8s.io/v1 Ingress', () => {}],
  ['networking.k8s.io/v1 IngressClass', ({ spec }) => spec?.parameters && fill(spec.parameters, { scope: 'Cluster' })],
  ['networking.k8s.io/v1 NetworkPolicy', networkPolicyDefaults],
  ['rbac.authorization.k8s.io/v1 Role', () => {}],
  ['rbac.authorization.k8s.io/v1 ClusterRole', () => {}],
  ['rbac.authorization.k8s.io/v1 RoleBinding', bindingDefaults],
  ['rbac.authorization.k8s.io/v1 ClusterRoleBinding', bindingDefaults],
  ['admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration', webhookDefaults],
]);

/**
 * An object as an API server would keep it: what it drops is gone, what it fills in is there. The given object stays
 * as it is. A namespaced object without a namespace goes to `default`.
 *
 * @throws Error for a kind whose defaults are not known here.
 */
export function withDefaults(given: Fields): Fields {
  const object = structuredClone(given);
  const kind = `${object.apiVersion} ${object.kind}`;
  const defaults = DEFAULTS.get(kind);
  if (!defaults) {
    throw new Error(`the API defaults of ${kind} are not known; add them to test/helpers/api-defaults.ts`);
  }
  dropEmpty(object);
  delete object.status;
  object.metadata ??= {};
  dropZero(object.metadata, 'namespace', 'generateName');
  if (CLUSTER_SCOPED.includes(object.kind)) {
    delete object.metadata.namespace;
  } else {
    fill(object.metadata, { namespace: 'default' });
  }
  defaults(object);
  return object;
}

function namespaceDefaults(namespace: Fields): void {
  namespace.metadata.labels = { ...namespace.metadata.labels, 'kubernetes.io/metadata.name': namespace.metadata.name };
  dropZero(namespace, 'spec');
}

function serviceDefaults({ spec }: Fields): void {
  fill(spec, { type: 'ClusterIP', sessionAffinity: 'None' });
  dropZero(spec, 'selector', 'publishNotReadyAddresses');
  if (spec.type !== 'ExternalName') {
    fill(spec, { internalTrafficPolicy: 'Cluster' });
  }
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') {
    fill(spec, { externalTrafficPolicy: 'Cluster' });
  }
  if (spec.type === 'LoadBalancer') {
    fill(spec, { allocateLoadBalancerNodePorts: true });
  }
  for (const port of spec.ports ?? []) {
    dropZero(port, 'name', 'nodePort', 'targetPort');
    fill(port, { protocol: 'TCP', targetPort: port.port });
  }
}

function deploymentDefaults({ spec }: Fields): void {
  fill(spec, { replicas: 1, strategy: {}, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
  dropZero(spec, 'minReadySeconds', 'paused');
  fill(spec.strategy, { type: 'RollingUpdate' });
  if (spec.strategy.type === 'RollingUpdate') {
    fill(spec.strategy, { rollingUpdate: {} });
    fill(spec.strategy.rollingUpdate, { maxUnavailable: '25%', maxSurge: '25%' });
  }
  podTemplateDefaults(spec.template);
}

function jobDefaults({ spec }: Fields): void {
  if (spec.completions === undefined && spec.parallelism === undefined) {
    spec.completions = 1;
  }
  fill(spec, { parallelism: 1, backoffLimit: 6, completionMode: 'NonIndexed', suspend: false });
  podTemplateDefaults(spec.template);
}

function networkPolicyDefaults({ spec }: Fields): void {
  fill(spec, { podSelector: {} });
  fill(spec, { policyTypes: spec.egress ? ['Ingress', 'Egress'] : ['Ingress'] });
  for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
    for (const port of rule.ports ?? []) {
      fill(port, { protocol: 'TCP' });
    }
  }
}

function bindingDefaults(binding: Fields): void {
  fill(binding.roleRef, { apiGroup: 'rbac.authorization.k8s.io' });
  for (const subject of binding.subjects ?? []) {
    dropZero(subject, 'apiGroup', 'namespace');
    if (subject.kind === 'User' || subject.kind === 'Group') {
      fill(subject, { apiGroup: 'rbac.authorization.k8s.io' });
    }
  }
}

function webhookDefaults(configuration: Fields): void {
  for (const webhook of configuration.webhooks ?? []) {
    fill(webhook, {
      failurePolicy: 'Fail',
      matchPolicy: 'Equivalent',
      namespaceSelector: {},
      objectSelector: {},
      timeoutSeconds: 10,
    });
    if (webhook.clientConfig?.service) {
      fill(webhook.clientConfig.service, { port: 443 });
    }
    for (const rule of webhook.rules ?? []) {
      fill(rule, { scope: '*' });
    }
  }
}
