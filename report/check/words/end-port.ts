import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

export const words: Words<FindingArgs['end-port']> = {
  title: 'a policy opens a range of ports, which some network plugins do not know',
  message: ({ port, end }) =>
    `ports ${port} to ${end}: a plugin that does not know endPort opens ${port} alone, in silence`,
  advice: () => 'ask whether your network plugin and its release support endPort, or list the ports',
};
