import { type Doubt, type DoubtfulPair, type Peer, portsText } from '../../analysis/connectivity';
import { peerLabel } from '../peers';
import { shortened } from '../shortened';

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

/** A line for each, and one for all of which the same is true. */
export function doubtfulLines(pairs: DoubtfulPairs = []): readonly string[] {
  if (pairs === 'many') {
    return ['more pairs than are looked at one by one; ask for some of them by --from and --to'];
  }
  const lines = grouped(pairs).map(
    ({ from, to, text }) => `${shortened(from.map(peerLabel))} -> ${shortened(to.map(peerLabel))}: ${text}`,
  );
  const more = lines.length - MOST;
  return more > 1 ? [...lines.slice(0, MOST), `... and ${more} more; ask for some of them by --from and --to`] : lines;
}

interface Group {
  readonly from: readonly Peer[];
  readonly to: readonly Peer[];
  readonly text: string;
}

/** Pairs of the same doubts by the peer that they lead to, and these where the same peers lead to them. */
function grouped(pairs: readonly DoubtfulPair[]): readonly Group[] {
  const byTarget = new Map<string, { readonly from: Peer[]; readonly to: Peer; readonly text: string }>();
  for (const { from, to, doubts } of pairs) {
    const text = doubtTexts(doubts).join('; ');
    const key = `${peerLabel(to)}\n${text}`;
    const group = byTarget.get(key) ?? { from: [], to, text };
    group.from.push(from);
    byTarget.set(key, group);
  }
  const bySources = new Map<string, { readonly from: readonly Peer[]; readonly to: Peer[]; readonly text: string }>();
  for (const { from, to, text } of byTarget.values()) {
    const key = `${from.map(peerLabel).join('\n')}\n\n${text}`;
    const group = bySources.get(key) ?? { from, to: [], text };
    group.to.push(to);
    bySources.set(key, group);
  }
  return [...bySources.values()];
}

/** What may be open, and on what it hangs. What needs more to be so, and opens no more, is left out. */
export function doubtTexts(doubts: readonly Doubt[]): readonly string[] {
  const told = doubts.filter(
    (doubt) =>
      !doubts.some(
        ({ hangsOn, ports }) =>
          hangsOn.length < doubt.hangsOn.length &&
          hangsOn.every((one) => doubt.hangsOn.includes(one)) &&
          portsText(ports) === portsText(doubt.ports),
      ),
  );
  return [
    ...new Set(
      told.map(
        ({ hangsOn, ports }) =>
          `${ports === 'all' ? 'all ports' : ports.length === 0 ? 'nothing' : portsText(ports)} may be open; it hangs on ${hangsOn
            .map((reason) => REASONS.get(reason))
            .join(' and on ')}`,
      ),
    ),
  ];
}
