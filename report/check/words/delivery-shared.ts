import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['delivery-shared']> = {
  title: 'two Rollouts or Canaries change the same thing',
  message: ({ what, shared, other }) => {
    switch (what) {
      case 'service':
        return `${other} has ${shared} too, and each points it to its own pods`;
      case 'workload':
        return `${other} delivers ${shared} too`;
      case 'ingress':
        return `${other} divides the requests of ${shared} too, and Flagger copies all of its paths into one canary`;
      case 'rule':
        return `${other} sets weights in the same rule of ${shared}, so that the shares do not add up`;
      case 'header-route':
        return `${other} sets rules of the same name in ${shared}, and the last one wins`;
    }
  },
  advice: ({ what }) => {
    switch (what) {
      case 'service':
        return 'give each delivery Services of its own';
      case 'workload':
        return 'delete one of the two';
      case 'ingress':
        return 'give each an Ingress of its own';
      case 'rule':
        return 'give each Rollout a rule of its own';
      case 'header-route':
        return 'give the managedRoutes of each Rollout names of their own';
    }
  },
};
