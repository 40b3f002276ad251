import {
  type ConnectionChange,
  type Exposure,
  type ExposureChange,
  type LoneWorkload,
  type Ports,
  peerText,
  portsText,
  type UnseenChange,
} from '../../analysis';
import { exposedPlace } from '../connections/exposures';
import { podsText } from '../connections/unseen';
import { counted } from '../counted';
import { connectionLines, untold } from '../diff/connections-text';
import { exposureReason } from '../diff/exposure-change';
import { peerLabel } from '../peers';
import type { Link, PullRequestAnswer } from './answer';
import { type Block, folded, table, whole } from './blocks';
import { code, head, peers, reasons, row, words } from './inline';

const HEADS = head(['From', 'To', 'Before → after', 'Because']);

/** What becomes of connections: what opens is a warning, what closes is folded. */
export function connectionBlocks({ connections: comparison, link }: PullRequestAnswer): {
  readonly opened: readonly Block[];
  readonly rest: readonly Block[];
} {
  const rows = (change: ConnectionChange['change']) => [
    ...comparison.connections.filter((one) => one.change === change).map((one) => connectionRow(one, link)),
    ...untold(comparison)
      .filter((one) => one.change === change)
      .map((one) => unseenRow(one, link)),
  ];
  const [opened, ports, closed] = [rows('opened'), rows('ports'), rows('closed')];
  const warning = '> [!WARNING]\n> These can connect now and could not before.\n';
  return {
    opened: opened.length === 0 ? [] : [whole(warning), table('**Opened**', HEADS, opened)],
    rest: [
      ...(ports.length === 0 ? [] : [table('**On other ports**', HEADS, ports)]),
      ...(closed.length === 0 ? [] : [folded('Closed', HEADS, closed)]),
    ],
  };
}

function connectionRow({ from, to, before, after, because }: ConnectionChange, link: Link | undefined): string {
  return row([peers(from), peers(to), change(before, after), reasons(because, link)]);
}

function unseenRow({ before, after, because }: UnseenChange, link: Link | undefined): string {
  const { from, to } = (after ?? before) as NonNullable<typeof after>;
  const end = (peer: typeof from) =>
    'pods' in peer ? `${words(podsText(peer))} (in no manifest)` : code(peerLabel(peer));
  return row([end(from), end(to), change(before?.ports ?? null, after?.ports ?? null), reasons(because, link)]);
}

function change(before: Ports | null, after: Ports | null): string {
  const text = (ports: Ports | null) => (ports === null ? 'closed' : code(portsText(ports)));
  return `${text(before)} → ${text(after)}`;
}

/** Ways that lead in, and what policies have to say to them. */
export function exposureBlocks({ connections: { exposures } }: PullRequestAnswer): readonly Block[] {
  return exposures.length === 0
    ? []
    : [table('**Ways in**', head(['Way in', 'To', 'Before → after', 'Because']), exposures.map(exposureRow))];
}

function exposureRow({ before, after }: ExposureChange): string {
  const own = (after ?? before) as Exposure;
  const { via, service, to } = own;
  return row([
    `${code(exposedPlace(own))} by ${code(`${via.kind} ${via.namespace}/${via.name}`)}`,
    code(to === null ? `Service ${service}` : peerText(to)),
    `${state(before)} → ${state(after)}`,
    words(exposureReason({ before, after })),
  ]);
}

function state(exposure: Exposure | null): string {
  if (exposure === null) {
    return 'not there';
  }
  const { reachable, port, protocol } = exposure;
  const at = port === null ? '' : ` on ${code(`${protocol} ${port}`)}`;
  return `${reachable === null ? 'not decided' : reachable ? 'reachable' : 'not reachable'}${at}`;
}

/** Workloads that are on one side alone, each with its connections. */
export function workloadBlocks({ connections: { workloads } }: PullRequestAnswer): readonly Block[] {
  return (['added', 'removed'] as const).flatMap((side) => {
    const own = workloads[side];
    return own.length === 0 ? [] : [folded(`${counted(own.length, 'workload')} ${side}`, '', own.map(workloadRow))];
  });
}

/** So many workloads are told with their connections. */
const MOST_WORKLOADS = 20;

function workloadRow(workload: LoneWorkload, at: number): string {
  const lines = at < MOST_WORKLOADS ? connectionLines(workload) : [];
  return [`- ${code(peerText(workload))}\n`, ...lines.map((line) => `  - ${words(line)}\n`)].join('');
}
