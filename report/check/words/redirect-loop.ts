import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['redirect-loop']> = {
  title: 'a redirect leads back to itself',
  message: ({ url, hops, listener }) =>
    `${url} is redirected for ever${listener === undefined ? '' : ` by listener ${listener}`}: to ${hops.join(', then to ')}`,
  advice: ({ listener }) =>
    listener === undefined
      ? 'redirect to a host or path that this Ingress does not redirect, or give the redirect an Ingress of its own'
      : 'attach the route to the listener alone whose requests it is to redirect, by sectionName of its parentRefs, or redirect elsewhere',
};
