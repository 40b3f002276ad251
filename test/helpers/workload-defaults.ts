import { dropZero, type Fields, fill } from './fields';
import { podTemplateDefaults } from './pod-defaults';
import { canonicalQuantity } from './quantity';

export function deploymentDefaults({ spec }: Fields): void {
  fill(spec, { replicas: 1, strategy: {}, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
  dropZero(spec, 'minReadySeconds', 'paused');
  fill(spec.strategy, { type: 'RollingUpdate' });
  if (spec.strategy.type === 'RollingUpdate') {
    fill(spec.strategy, { rollingUpdate: {} });
    fill(spec.strategy.rollingUpdate, { maxUnavailable: '25%', maxSurge: '25%' });
  }
  podTemplateDefaults(spec.template);
}

export function jobDefaults({ spec }: Fields): void {
  if (spec.completions === undefined && spec.parallelism === undefined) {
    spec.completions = 1;
  }
  fill(spec, { parallelism: 1, backoffLimit: 6, completionMode: 'NonIndexed', suspend: false });
  podTemplateDefaults(spec.template);
}

export function statefulSetDefaults({ spec }: Fields): void {
  fill(spec, { replicas: 1, revisionHistoryLimit: 10, podManagementPolicy: 'OrderedReady', updateStrategy: {} });
  dropZero(spec, 'minReadySeconds');
  fill(spec.updateStrategy, { type: 'RollingUpdate' });
  if (spec.updateStrategy.type === 'RollingUpdate') {
    fill(spec.updateStrategy, { rollingUpdate: {} });
    fill(spec.updateStrategy.rollingUpdate, { partition: 0 });
  }
  for (const claim of spec.volumeClaimTemplates ?? []) {
    fill(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } });
    claimDefaults(claim.spec);
  }
  podTemplateDefaults(spec.template);
}

export function daemonSetDefaults({ spec }: Fields): void {
  fill(spec, { revisionHistoryLimit: 10, updateStrategy: {} });
  dropZero(spec, 'minReadySeconds');
  fill(spec.updateStrategy, { type: 'RollingUpdate' });
  if (spec.updateStrategy.type === 'RollingUpdate') {
    fill(spec.updateStrategy, { rollingUpdate: {} });
    fill(spec.updateStrategy.rollingUpdate, { maxUnavailable: 1, maxSurge: 0 });
  }
  podTemplateDefaults(spec.template);
}

export function cronJobDefaults({ spec }: Fields): void {
  fill(spec, { concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
  podTemplateDefaults(spec.jobTemplate.spec.template);
}

export function podDefaults(pod: Fields): void {
  fill(pod.spec, { enableServiceLinks: true });
  podTemplateDefaults(pod);
  // On the network of its node a container has no ports but those of the node.
  for (const { ports = [] } of pod.spec.hostNetwork ? pod.spec.containers : []) {
    for (const port of ports) {
      fill(port, { hostPort: port.containerPort });
    }
  }
}

/** The claim of a volume. */
export function claimDefaults(spec: Fields): void {
  fill(spec, { volumeMode: 'Filesystem' });
  dropZero(spec, 'volumeName');
  for (const amounts of [spec.resources?.limits, spec.resources?.requests]) {
    for (const [resource, amount] of Object.entries(amounts ?? {})) {
      amounts[resource] = canonicalQuantity(amount);
    }
  }
}
