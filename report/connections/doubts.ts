import { type Doubt, type DoubtfulPair, portsText } from '../../analysis/connectivity';
import { peerLabel } from '../peers';

/** What each reason means, and what tells it. */
const REASONS = new Map<Doubt['hangsOn'][number], string>([
  ['ip-blocks', 'whether ipBlock matches pods, which --ip-blocks tells'],
  ['nodes', 'the addresses of nodes, which --nodes tells'],
  ['policies', 'rules that manifests alone do not decide, which the notes name'],
]);

/** So many pairs are told. */
const MOST = 20;

/** Pairs of peers of which nobody knows what is open between them; `'many'` where there are too many to look. */
export type DoubtfulPairs = readonly DoubtfulPair[] | 'many';

/** A line for each. */
export function doubtfulLines(pairs: DoubtfulPairs = []): readonly string[] {
  if (pairs === 'many') {
    return ['more pairs than are looked at one by one; ask for some of them by --from and --to'];
  }
  const lines = pairs.map(
    ({ from, to, doubts }) => `${peerLabel(from)} -> ${peerLabel(to)}: ${doubtTexts(doubts).join('; ')}`,
  );
  const more = lines.length - MOST;
  return more > 1 ? [...lines.slice(0, MOST), `... and ${more} more; ask for some of them by --from and --to`] : lines;
}

/** What may be open, and on what it hangs. */
export function doubtTexts(doubts: readonly Doubt[]): readonly string[] {
  return [
    ...new Set(
      doubts.map(
        ({ hangsOn, ports }) =>
          `${ports === 'all' ? 'all ports' : ports.length === 0 ? 'nothing' : portsText(ports)} may be open; it hangs on ${hangsOn
            .map((reason) => REASONS.get(reason))
            .join(' and on ')}`,
      ),
    ),
  ];
}
