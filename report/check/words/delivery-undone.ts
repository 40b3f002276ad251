import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['delivery-undone']> = {
  title: 'manifests undo what a Rollout or Canary does',
  message: ({ what, delivery, value }) => {
    switch (what) {
      case 'replicas':
        return `${delivery} scales the Deployment to nothing, and each apply brings ${value === '1' ? 'its pod' : `its ${value} pods`} back`;
      case 'autoscaler':
        return `${value} runs no pods of its own under ${delivery}, so that the autoscaler scales nothing, or brings former pods back`;
      case 'made':
        return `Flagger makes and changes ${value} for ${delivery}, and each apply undoes it`;
    }
  },
  advice: ({ what, name }) => {
    switch (what) {
      case 'replicas':
        return `delete replicas here, and write it in the Rollout ${name}`;
      case 'autoscaler':
        return `write scaleTargetRef: { apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: ${name} }`;
      case 'made':
        return 'delete it: Flagger makes it by itself';
    }
  },
};
