import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['delivery-lost']> = {
  title: 'a Rollout or Canary that is refused, or divides no requests',
  message: ({ reason, value, other }) => {
    switch (reason) {
      case 'plugin':
        return `no plugin of Argo Rollouts is known by ${JSON.stringify(value)}, and what is written for it is read by none`;
      case 'router':
        return `trafficRouting has no field ${value}, so that it is dropped in silence and the requests are never divided`;
      case 'same-service':
        return `both versions have the Service ${value}, which Argo Rollouts refuses`;
      case 'service-unnamed':
        return `${value} is missing, which Argo Rollouts refuses where requests are divided`;
      case 'service-missing':
        return `${value} is not there, so that Argo Rollouts refuses the Rollout`;
      case 'route-unnamed':
        return `${value} is missing, so that nothing says whose requests are divided`;
      case 'route-missing':
        return `${value} is not there, so that no requests are divided`;
      case 'not-led':
        return `${value} does not lead to the Service ${other}, so that its requests are never divided`;
      case 'workload-missing':
        return `${value} is not there`;
      case 'template-twice':
        return `template stands beside workloadRef to ${value}, which Argo Rollouts refuses`;
      case 'label-missing':
        return `${value} selects by none of app, name and app.kubernetes.io/name, by which Flagger tells workloads`;
      case 'route-not-managed':
        return `a step sets the route ${JSON.stringify(value)}, which managedRoutes does not name, so that Argo Rollouts refuses the Rollout`;
    }
  },
  advice: ({ reason, value, other }) => {
    switch (reason) {
      case 'plugin':
        return other === undefined
          ? 'write the name by which argo-rollouts-config and the plugin itself know it'
          : `write ${other}`;
      case 'router':
        return other === undefined ? 'write what divides the requests: nginx, or plugins' : `write ${other}`;
      case 'same-service':
        return 'give the next version a Service of its own';
      case 'service-unnamed':
        return `write ${value}`;
      case 'service-missing':
      case 'route-missing':
      case 'workload-missing':
        return other === undefined ? 'write its name, or add it' : `write ${other}`;
      case 'route-unnamed':
        return `write ${value}`;
      case 'not-led':
        return `add a backend with the Service ${other}`;
      case 'template-twice':
        return 'delete one of the two';
      case 'label-missing':
        return 'select the pods by a label app';
      case 'route-not-managed':
        return `write managedRoutes: [{ name: ${value} }]`;
    }
  },
};
