import { dropEmpty, dropZero, type Fields, fill } from './fields';
import { canonicalQuantity } from './quantity';
import {
  claimDefaults,
  cronJobDefaults,
  daemonSetDefaults,
  deploymentDefaults,
  jobDefaults,
  podDefaults,
  statefulSetDefaults,
} from './workload-defaults';

export type { Fields } from './fields';

const CLUSTER_SCOPED = [
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'PersistentVolume',
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
  ['v1 Pod', podDefaults],
  ['v1 PersistentVolumeClaim', ({ spec }) => claimDefaults(spec)],
  ['v1 PersistentVolume', volumeDefaults],
  ['apps/v1 Deployment', deploymentDefaults],
  ['apps/v1 StatefulSet', statefulSetDefaults],
  ['apps/v1 DaemonSet', daemonSetDefaults],
  ['autoscaling/v2 HorizontalPodAutoscaler', autoscalerDefaults],
  ['batch/v1 Job', labelledJobDefaults],
  ['batch/v1 CronJob', cronJobDefaults],
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

/** A Job that has no labels gets those of its pods; one that a CronJob makes gets them from it. */
function labelledJobDefaults(job: Fields): void {
  jobDefaults(job);
  const { labels } = job.spec.template.metadata ?? {};
  if (labels !== undefined && job.metadata.labels === undefined) {
    job.metadata.labels = { ...labels };
  }
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

function volumeDefaults({ spec }: Fields): void {
  fill(spec, { volumeMode: 'Filesystem', persistentVolumeReclaimPolicy: 'Retain' });
  dropZero(spec.awsElasticBlockStore ?? {}, 'readOnly', 'partition');
  for (const [resource, amount] of Object.entries(spec.capacity ?? {})) {
    spec.capacity[resource] = canonicalQuantity(amount);
  }
}

function autoscalerDefaults({ spec }: Fields): void {
  fill(spec, { minReplicas: 1 });
  for (const metric of spec.metrics ?? []) {
    const { target } = metric[`${metric.type[0].toLowerCase()}${metric.type.slice(1)}`];
    for (const amount of ['averageValue', 'value'].filter((key) => target[key] !== undefined)) {
      target[amount] = canonicalQuantity(target[amount]);
    }
  }
}

function networkPolicyDefaults(policy: Fields): void {
  fill(policy, { spec: {} });
  const { spec } = policy;
  fill(spec, { podSelector: {} });
  fill(spec, { policyTypes: spec.egress ? ['Ingress', 'Egress'] : ['Ingress'] });
  for (const rules of [spec.ingress, spec.egress]) {
    emptyForNull(rules);
    for (const { ports } of rules ?? []) {
      emptyForNull(ports);
      for (const port of ports ?? []) {
        fill(port, { protocol: 'TCP' });
      }
    }
  }
}

/** A null within a list is an item that says nothing. */
function emptyForNull(list: Fields[] | undefined): void {
  for (const [index, item] of list?.entries() ?? []) {
    if (list !== undefined && item === null) {
      list[index] = {};
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
