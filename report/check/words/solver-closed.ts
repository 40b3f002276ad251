import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['solver-closed']> = {
  title: 'the pods that solve HTTP-01 challenges are closed',
  message: ({ namespace, issuer }) =>
    `${issuer} solves challenges by HTTP-01 with pods in namespace ${namespace}, and no policy there opens TCP 8089 to them`,
  advice: () =>
    "add a policy with podSelector matchLabels acme.cert-manager.io/http01-solver: 'true' and ingress ports 8089 from the ingress controller",
};
