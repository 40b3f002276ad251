import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['controller-closed']> = {
  title: 'pods are closed to the controller that leads requests there',
  message: ({ workload, port, controller, closed, why }) =>
    closed === undefined
      ? `nobody can say whether ${controller} may connect to ${port} of ${workload}: ${why}`
      : `${controller} may not connect to ${port} of ${workload}: ${why}`,
  advice: ({ port, closed, controller }) =>
    closed === undefined
      ? 'name the controller by --controller in connections, or give its manifests too'
      : `add an ingress rule for ${port} from ${controller}: by the labels of its namespace and pods, or by its addresses where it is no pod`,
};
