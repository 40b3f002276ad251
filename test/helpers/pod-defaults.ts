import { dropZero, type Fields, fill } from './fields';
import { canonicalQuantity } from './quantity';

/** Fills in a Pod template as an API server does for a Deployment or a Job. */
export function podTemplateDefaults(template: Fields): void {
  const spec: Fields = template.spec;
  dropZero(template, 'metadata');
  // The field's old name; an API server answers with both.
  spec.serviceAccountName ??= spec.serviceAccount;
  delete spec.serviceAccount;
  dropZero(spec, 'serviceAccountName', 'hostNetwork', 'hostPID', 'hostIPC', 'hostname', 'subdomain', 'nodeName');
  fill(spec, {
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    terminationGracePeriodSeconds: 30,
    schedulerName: 'default-scheduler',
    securityContext: {},
  });
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
    containerDefaults(container);
  }
  for (const volume of spec.volumes ?? []) {
    volumeDefaults(volume);
  }
  for (const toleration of spec.tolerations ?? []) {
    dropZero(toleration, 'key', 'value', 'effect');
  }
}

function containerDefaults(container: Fields): void {
  fill(container, {
    imagePullPolicy: pullPolicy(String(container.image ?? '')),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    resources: {},
  });
  dropZero(container, 'stdin', 'stdinOnce', 'tty', 'workingDir');
  for (const port of container.ports ?? []) {
    fill(port, { protocol: 'TCP' });
    dropZero(port, 'name', 'hostIP', 'hostPort');
  }
  for (const variable of container.env ?? []) {
    dropZero(variable, 'value');
    if (variable.valueFrom?.fieldRef) {
      fill(variable.valueFrom.fieldRef, { apiVersion: 'v1' });
    }
    if (variable.valueFrom?.resourceFieldRef) {
      fill(variable.valueFrom.resourceFieldRef, { divisor: '0' });
    }
  }
  for (const mount of container.volumeMounts ?? []) {
    dropZero(mount, 'readOnly', 'subPath');
  }
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    if (container[name]) {
      probeDefaults(container[name]);
    }
  }
  for (const hook of [container.lifecycle?.preStop, container.lifecycle?.postStart]) {
    handlerDefaults(hook ?? {});
  }
  for (const amounts of [container.resources.limits, container.resources.requests]) {
    for (const [resource, amount] of Object.entries(amounts ?? {})) {
      amounts[resource] = canonicalQuantity(amount);
    }
  }
}

/** A tag that moves is pulled every time; an image without a tag is `latest`, unless a digest pins it. */
function pullPolicy(image: string): string {
  const [reference = '', digest] = image.split('@');
  const tag = reference.slice(reference.lastIndexOf('/') + 1).split(':')[1];
  return digest === undefined && (tag === undefined || tag === 'latest') ? 'Always' : 'IfNotPresent';
}

function probeDefaults(probe: Fields): void {
  fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
  dropZero(probe, 'initialDelaySeconds');
  handlerDefaults(probe);
}

function handlerDefaults(handler: Fields): void {
  if (handler.httpGet) {
    fill(handler.httpGet, { scheme: 'HTTP', path: '/' });
  }
  if (handler.grpc) {
    fill(handler.grpc, { service: '' });
  }
}

function volumeDefaults(volume: Fields): void {
  dropZero(volume.persistentVolumeClaim ?? {}, 'readOnly');
  for (const source of [volume.secret, volume.configMap, volume.projected, volume.downwardAPI]) {
    if (source) {
      fill(source, { defaultMode: 0o644 });
    }
  }
  for (const item of [...(volume.downwardAPI?.items ?? []), ...projectedItems(volume)]) {
    if (item.fieldRef) {
      fill(item.fieldRef, { apiVersion: 'v1' });
    }
  }
  for (const { serviceAccountToken } of volume.projected?.sources ?? []) {
    if (serviceAccountToken) {
      fill(serviceAccountToken, { expirationSeconds: 3600 });
    }
  }
  if (volume.hostPath) {
    fill(volume.hostPath, { type: '' });
  }
  if (volume.emptyDir) {
    dropZero(volume.emptyDir, 'medium');
    if (volume.emptyDir.sizeLimit !== undefined) {
      volume.emptyDir.sizeLimit = canonicalQuantity(volume.emptyDir.sizeLimit);
    }
  }
}

function projectedItems(volume: Fields): Fields[] {
  return (volume.projected?.sources ?? []).flatMap((source: Fields) => source.downwardAPI?.items ?? []);
}
