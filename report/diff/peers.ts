import { type ConnectionChange, type Peer, type Ports, portsText } from '../../analysis';
import { peerLabel } from '../peers';
import { printable } from '../printable';

/** So many peers of one change are named. */
const MOST_PEERS = 6;

/** Some peers by name, and how many more there are. */
export function peersText(peers: readonly Peer[]): string {
  const named = peers.slice(0, MOST_PEERS).map((peer) => printable(peerLabel(peer)));
  const more = peers.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The ports of a change: those that are there now, or `before → after` where both are. */
export function portsChange({ before, after }: Pick<ConnectionChange, 'before' | 'after'>): string {
  return [before, after]
    .filter((ports): ports is Ports => ports !== null)
    .map(portsText)
    .join(' → ');
}
