import type { Pod, PodPeer } from '../model';
import { foundText, type Unmet, unmet, wantedText } from './requirements';

/** A label of the peer is not as the `podSelector` of the rule wants it. */
export interface LabelFault extends Unmet {
  readonly kind: 'pod-label';
}

/** What of a peer's selector the labels of a pod do not meet. */
export function labelFaults({ pods }: PodPeer, { labels }: Pod): readonly LabelFault[] {
  return unmet(pods, labels).map((one) => ({ kind: 'pod-label', ...one }));
}

export function labelText(fault: LabelFault, who: string): string {
  return `it wants ${wantedText(fault)}, and ${who} has ${foundText(fault)}`;
}
