import { type Doubt, type DoubtfulPair, type Peer, portsText } from '../../analysis/connectivity';
import { peerLabel } from '../peers';
import { shortened } from '../shortened';

/** What each reason means, and the option that tells it. */
const REASONS = new Map<Doubt['hangsOn'][number], { readonly text: string; readonly option: string }>([
  ['ip-blocks', { text: 'whether ipBlock matches pods', option: '--ip-blocks' }],
  ['nodes', { text: 'the addresses of nodes', option: '--nodes' }],
  ['pods', { text: 'the addresses of pods', option: '--pods' }],
]);

const POLICIES = 'rules that manifests alone do not decide, which the notes name';

/** On what an answer hangs, and what tells it. */
function hangsOnText({ hangsOn, policies = [], missing = [] }: Doubt): string {
  const told = hangsOn.flatMap((reason) => REASONS.get(reason) ?? []);
  const texts = told.map(({ text }) => text).join(' and on ');
  const options = told.map(({ option }) => option).join(' and ');
  return [
    ...(told.length === 0 ? [] : [`${texts}, which ${options} ${told.length === 1 ? 'tells' : 'tell'}`]),
    ...(hangsOn.includes('labels') ? [`the labels of ${missingText(missing)}`] : []),
    ...(hangsOn.includes('policies') ? [POLICIES] : []),
    ...(hangsOn.includes('other-policies')
      ? [`${shortened(policies)}, which ${policies.length === 1 ? 'is' : 'are'} not evaluated (see --other-policies)`]
      : []),
  ].join(', and on ');
}

/** Objects that are not among the manifests, of whose labels answers hang. */
export function missingText(missing: readonly string[]): string {
  return `${shortened(missing)}, which ${missing.length === 1 ? 'is' : 'are'} not among the manifests`;
}

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
        ({ ports, ...doubt }) =>
          `${ports === 'all' ? 'all ports may be open' : ports.length === 0 ? 'it may be closed' : `${portsText(ports)} may be open`}; it hangs on ${hangsOnText({ ports, ...doubt })}`,
      ),
    ),
  ];
}
