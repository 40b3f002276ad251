import type { Chart } from 'cdk8s';

/** The file of a chart, below the output folder of a `NetworkingApp` and with forward slashes. */
export function fileOf(chart: Chart): string {
  return `${chart.node.path}.k8s.yaml`;
}
