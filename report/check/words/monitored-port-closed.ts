import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['monitored-port-closed']> = {
  title: 'Prometheus may not read metrics',
  message: ({ workload, port, monitor, prometheus }) =>
    `${monitor} has metrics read from TCP ${port} of ${workload}, and no rule opens it to ${prometheus.length === 0 ? 'pods of another namespace' : `namespace ${prometheus.join(', ')}`}`,
  advice: ({ port, prometheus }) =>
    `open TCP ${port} to the namespace of Prometheus: kubernetes.io/metadata.name: ${prometheus[0] ?? 'monitoring'}`,
};
