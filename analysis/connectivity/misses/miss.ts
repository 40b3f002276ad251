import type { PolicyRef } from '../explanation';
import type { AddressFault } from './addresses';
import type { LabelFault } from './labels';
import type { NamespaceFault } from './namespaces';
import type { PortFault } from './ports';
import type { SelectionFault } from './selection';

/** One thing that keeps a rule from opening a connection. */
export type Fault = AddressFault | LabelFault | NamespaceFault | PortFault | SelectionFault;

/**
 * A rule that would open what is closed, were it not for its faults. If all of them were mended, this end of the connection
 * would be open.
 */
export interface Miss {
  readonly policy: PolicyRef;
  readonly direction: 'ingress' | 'egress';
  /** The place of the rule in `spec.ingress` or `spec.egress`, from 0. */
  readonly index: number;
  /** Where the rule stands, in words, if it is in another list. */
  readonly place?: string;
  /** The place of the peer in `from` or `to` of the rule, from 0; left out where the rule is for everybody. */
  readonly item?: number;
  /** The list of peers, where it is called otherwise: `fromEndpoints`. */
  readonly peers?: string;
  /** The line of that peer, or of the rule; 0 for an object that was never text. */
  readonly line: number;
  /** At least one. */
  readonly faults: readonly Fault[];
}

/** Where a miss stands, in words: `ingress rule 2, from[1]`. */
export function missPlace(miss: Pick<Miss, 'direction' | 'index' | 'place' | 'item' | 'peers'>): string {
  const { direction, index, item } = miss;
  const { place = `${direction} rule ${index + 1}`, peers = direction === 'ingress' ? 'from' : 'to' } = miss;
  return `${place}${item === undefined ? '' : `, ${peers}[${item}]`}`;
}
