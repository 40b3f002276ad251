import type { Shape } from './shape';

/** Metadata of an object and of a template. */
export const METADATA: Shape = { zero: ['generateName', 'namespace'], maps: ['labels', 'annotations'] };

const SELECTOR: Shape = { maps: ['matchLabels'] };

const FIELD_OF_POD: Shape = { filled: { apiVersion: 'v1' } };
const AMOUNT_OF_CONTAINER: Shape = { zero: ['containerName'], amount: ['divisor'], filled: { divisor: '0' } };
const VALUE_FROM: Shape = { parts: { fieldRef: FIELD_OF_POD, resourceFieldRef: AMOUNT_OF_CONTAINER } };

const HANDLER: Shape = {
  parts: {
    httpGet: { zero: ['path', 'host', 'scheme'] },
    tcpSocket: { zero: ['host'] },
  },
};
const PROBE: Shape = {
  ...HANDLER,
  zero: ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'],
};

const CONTAINER: Shape = {
  zero: [
    'image',
    'imagePullPolicy',
    'stdin',
    'stdinOnce',
    'terminationMessagePath',
    'terminationMessagePolicy',
    'tty',
    'workingDir',
  ],
  parts: {
    env: { zero: ['value'], parts: { valueFrom: VALUE_FROM } },
    envFrom: { zero: ['prefix'] },
    lifecycle: { parts: { preStop: HANDLER, postStart: HANDLER } },
    livenessProbe: PROBE,
    ports: { zero: ['name', 'hostIP', 'hostPort', 'protocol'] },
    readinessProbe: PROBE,
    resources: { amounts: ['limits', 'requests'] },
    startupProbe: PROBE,
    volumeMounts: { zero: ['readOnly', 'subPath', 'subPathExpr'] },
  },
};

/** A claim, of its own or as a StatefulSet makes them. */
export const VOLUME_CLAIM_SPEC: Shape = {
  zero: ['volumeName'],
  parts: { resources: { amounts: ['limits', 'requests'] }, selector: SELECTOR },
};

const DOWNWARD_API: Shape = { parts: { items: VALUE_FROM } };

const VOLUME: Shape = {
  parts: {
    awsElasticBlockStore: { zero: ['fsType', 'partition', 'readOnly'] },
    cephfs: { zero: ['path', 'user', 'secretFile', 'readOnly'] },
    csi: { maps: ['volumeAttributes'] },
    downwardAPI: DOWNWARD_API,
    emptyDir: { zero: ['medium'], amount: ['sizeLimit'] },
    ephemeral: { parts: { volumeClaimTemplate: { parts: { metadata: METADATA, spec: VOLUME_CLAIM_SPEC } } } },
    gcePersistentDisk: { zero: ['fsType', 'partition', 'readOnly'] },
    iscsi: { zero: ['iscsiInterface', 'fsType', 'readOnly', 'chapAuthDiscovery', 'chapAuthSession'] },
    nfs: { zero: ['readOnly'] },
    persistentVolumeClaim: { zero: ['readOnly'] },
    projected: {
      parts: {
        sources: {
          parts: {
            downwardAPI: DOWNWARD_API,
            serviceAccountToken: { zero: ['audience', 'expirationSeconds'], filled: { expirationSeconds: 3600 } },
          },
        },
      },
    },
    secret: { zero: ['secretName'] },
  },
};

const POD_TERM: Shape = { parts: { labelSelector: SELECTOR, namespaceSelector: SELECTOR } };
const POD_TERMS: Shape = {
  parts: {
    preferredDuringSchedulingIgnoredDuringExecution: { parts: { podAffinityTerm: POD_TERM } },
    requiredDuringSchedulingIgnoredDuringExecution: POD_TERM,
  },
};

/** Pods. */
export const POD_SPEC: Shape = {
  zero: [
    'dnsPolicy',
    'hostIPC',
    'hostNetwork',
    'hostPID',
    'hostname',
    'nodeName',
    'priorityClassName',
    'restartPolicy',
    'schedulerName',
    'serviceAccount',
    'serviceAccountName',
    'subdomain',
  ],
  maps: ['nodeSelector'],
  amounts: ['overhead'],
  parts: {
    affinity: { parts: { podAffinity: POD_TERMS, podAntiAffinity: POD_TERMS } },
    containers: CONTAINER,
    ephemeralContainers: CONTAINER,
    initContainers: CONTAINER,
    resources: { amounts: ['limits', 'requests'] },
    tolerations: { zero: ['key', 'operator', 'value', 'effect'] },
    topologySpreadConstraints: POD_TERM,
    volumes: VOLUME,
  },
};

/** Pods as a workload makes them. */
export const POD_TEMPLATE: Shape = { parts: { metadata: METADATA, spec: POD_SPEC } };

/** Which Pods are meant. */
export const LABEL_SELECTOR: Shape = SELECTOR;
