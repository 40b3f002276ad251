import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['redirect-loop']> = {
  title: 'a redirect leads back to itself',
  message: ({ url, hops }) => `${url} is redirected for ever: to ${hops.join(', then to ')}`,
  advice: () =>
    'redirect to a host or path that this Ingress does not redirect, or give the redirect an Ingress of its own',
};
