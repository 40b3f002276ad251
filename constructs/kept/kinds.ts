import { LABEL_SELECTOR, METADATA, POD_SPEC, POD_TEMPLATE, VOLUME_CLAIM_SPEC } from './pods';
import type { Shape } from './shape';

const workload = (spec: Shape): Shape => ({
  parts: { spec: { ...spec, parts: { selector: LABEL_SELECTOR, template: POD_TEMPLATE, ...spec.parts } } },
});
const JOB = workload({});

/** Claims as a StatefulSet keeps them: as one value, in which a claim is a whole object. */
const CLAIM: Shape = {
  filled: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } },
  parts: { metadata: METADATA, spec: { ...VOLUME_CLAIM_SPEC, filled: { volumeMode: 'Filesystem' } } },
};

const SERVICE: Shape = {
  parts: {
    spec: {
      zero: [
        'clusterIP',
        'externalName',
        'externalTrafficPolicy',
        'healthCheckNodePort',
        'loadBalancerIP',
        'publishNotReadyAddresses',
        'sessionAffinity',
        'type',
      ],
      maps: ['selector'],
      parts: { ports: { zero: ['name', 'nodePort', 'protocol', 'targetPort'] } },
    },
  },
};

const INGRESS_BACKEND: Shape = { parts: { service: { parts: { port: { zero: ['name', 'number'] } } } } };
const INGRESS: Shape = {
  parts: {
    spec: {
      parts: {
        defaultBackend: INGRESS_BACKEND,
        rules: {
          zero: ['host'],
          parts: { http: { parts: { paths: { zero: ['path'], parts: { backend: INGRESS_BACKEND } } } } },
        },
        tls: { zero: ['secretName'] },
      },
    },
  },
};

const PEER: Shape = { parts: { namespaceSelector: LABEL_SELECTOR, podSelector: LABEL_SELECTOR } };
const POLICY_RULE: Shape = { parts: { from: PEER, to: PEER, ports: { filled: { protocol: 'TCP' } } } };
const NETWORK_POLICY: Shape = {
  parts: { spec: { parts: { podSelector: LABEL_SELECTOR, ingress: POLICY_RULE, egress: POLICY_RULE } } },
};

const METRIC_TARGET: Shape = { parts: { target: { amount: ['averageValue', 'value'] } } };
const AUTOSCALER: Shape = {
  parts: {
    spec: {
      parts: {
        metrics: {
          parts: Object.fromEntries(
            ['containerResource', 'external', 'object', 'pods', 'resource'].map((type) => [type, METRIC_TARGET]),
          ),
        },
      },
    },
  },
};

const WEBHOOKS: Shape = {
  parts: {
    webhooks: {
      parts: {
        namespaceSelector: LABEL_SELECTOR,
        objectSelector: LABEL_SELECTOR,
        rules: { filled: { scope: '*' } },
      },
    },
  },
};

const BINDING: Shape = {
  parts: {
    roleRef: { zero: ['apiGroup'], filled: { apiGroup: 'rbac.authorization.k8s.io' } },
    subjects: { zero: ['apiGroup', 'namespace'] },
  },
};

const VOLUME: Shape = {
  parts: {
    spec: {
      zero: ['persistentVolumeReclaimPolicy', 'storageClassName'],
      amounts: ['capacity'],
      parts: {
        awsElasticBlockStore: { zero: ['fsType', 'partition', 'readOnly'] },
        csi: { zero: ['fsType', 'readOnly'], maps: ['volumeAttributes'] },
        gcePersistentDisk: { zero: ['fsType', 'partition', 'readOnly'] },
        nfs: { zero: ['readOnly'] },
      },
    },
  },
};

const LIMITS = ['default', 'defaultRequest', 'max', 'maxLimitRequestRatio', 'min'];

/** What is known of a kind beyond what holds for all. */
const KINDS: ReadonlyMap<string, Shape> = new Map([
  ['/ConfigMap', { maps: ['binaryData', 'data'] }],
  ['/LimitRange', { parts: { spec: { parts: { limits: { amounts: LIMITS } } } } }],
  ['/Namespace', { maps: ['spec'] }],
  ['/PersistentVolume', VOLUME],
  ['/PersistentVolumeClaim', { parts: { spec: VOLUME_CLAIM_SPEC } }],
  ['/Pod', { parts: { spec: POD_SPEC } }],
  ['/PodTemplate', { parts: { template: POD_TEMPLATE } }],
  [
    '/ReplicationController',
    { parts: { spec: { zero: ['minReadySeconds'], maps: ['selector'], parts: { template: POD_TEMPLATE } } } },
  ],
  ['/ResourceQuota', { parts: { spec: { amounts: ['hard'] } } }],
  ['/Secret', { zero: ['type'], maps: ['data', 'stringData'] }],
  ['/Service', SERVICE],
  ['admissionregistration.k8s.io/MutatingWebhookConfiguration', WEBHOOKS],
  ['admissionregistration.k8s.io/ValidatingWebhookConfiguration', WEBHOOKS],
  ['apps/DaemonSet', workload({ zero: ['minReadySeconds'] })],
  ['apps/Deployment', workload({ zero: ['minReadySeconds', 'paused'] })],
  ['apps/ReplicaSet', workload({ zero: ['minReadySeconds'] })],
  [
    'apps/StatefulSet',
    workload({
      zero: ['minReadySeconds', 'podManagementPolicy', 'serviceName'],
      parts: { volumeClaimTemplates: CLAIM },
    }),
  ],
  ['autoscaling/HorizontalPodAutoscaler', AUTOSCALER],
  [
    'batch/CronJob',
    {
      parts: {
        spec: {
          zero: ['concurrencyPolicy'],
          parts: { jobTemplate: { ...JOB, parts: { ...JOB.parts, metadata: METADATA } } },
        },
      },
    },
  ],
  ['batch/Job', JOB],
  ['networking.k8s.io/Ingress', INGRESS],
  ['networking.k8s.io/NetworkPolicy', NETWORK_POLICY],
  ['policy/PodDisruptionBudget', { parts: { spec: { parts: { selector: LABEL_SELECTOR } } } }],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', BINDING],
  ['rbac.authorization.k8s.io/RoleBinding', BINDING],
  ['scheduling.k8s.io/PriorityClass', { zero: ['description', 'globalDefault'] }],
  ['storage.k8s.io/StorageClass', { zero: ['reclaimPolicy'], maps: ['parameters'] }],
]);

/** Groups whose types are compiled into the API server: it keeps what it knows of an object, and not what was sent. */
const GROUPS: readonly string[] = [
  '',
  'admissionregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
];

/**
 * What an API server makes of objects of a kind. Nothing where it keeps what it is sent, as it does of a
 * CustomResourceDefinition's objects: an empty list may mean something there. A List holds objects of any kind.
 */
export function shapeOf(apiVersion: string, kind: string): Shape | undefined {
  const group = groupOf(apiVersion);
  if (!GROUPS.includes(group) || kind === 'List') {
    return undefined;
  }
  const shape = KINDS.get(`${group}/${kind}`);
  return { ...shape, parts: { ...shape?.parts, metadata: METADATA } };
}

/** The group of a version of an API; nothing for the core. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}
