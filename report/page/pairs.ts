import {
  type Cluster,
  type Explanation,
  includesPort,
  isExternal,
  type Peer,
  type Port,
  peerText,
  portsText,
} from '../../analysis/connectivity';
import { doubtTexts } from '../connections/doubts';
import { sidesOf } from '../connections/explain';
import { PeerNames, portsAt } from '../connections/named';
import { peerLabel } from '../peers';
import { askedPorts } from './asked';

/** What somebody asks: names as the command line takes them, and a port or none. */
export interface Asked {
  readonly from: string;
  readonly to: string;
  readonly port: string;
}

/** Whether the one may connect to the other, or what is wrong with the question. */
export interface QuestionAnswer {
  /** `some`: some of the pairs may; `unknown`: manifests cannot tell. */
  readonly verdict: 'yes' | 'no' | 'some' | 'unknown' | 'refused';
  readonly refusals: readonly string[];
  readonly pairs: readonly PairAnswer[];
  /** So many pairs are not told. */
  readonly more: number;
}

export interface PairAnswer {
  readonly from: string;
  readonly to: string;
  readonly fromKey: string;
  readonly toKey: string;
  readonly isOpen: boolean;
  /** What is open, or what was asked for and is not. */
  readonly ports: string;
  /** What either end says, with policy, rule and `file:line`. */
  readonly why: readonly { readonly side: string; readonly lines: readonly string[] }[];
  /** What may be otherwise, and on what it hangs. */
  readonly doubts: readonly string[];
}

/** So many pairs are told. */
const MOST = 20;

/** Answers a question in the words of the command line. */
export function questionOf(cluster: Cluster, asked: Asked): QuestionAnswer {
  const port = askedPort(asked.port);
  if (typeof port === 'string') {
    return refused([port]);
  }
  const names = new PeerNames(cluster, port);
  const missing = [...(asked.from.trim() === '' ? ['From'] : []), ...(asked.to.trim() === '' ? ['To'] : [])];
  if (missing.length > 0) {
    return refused(
      missing.map((end) => `${end} is empty; give a workload, service/NAMESPACE/NAME, external, an address or a CIDR`),
    );
  }
  const sources = names.named([asked.from.trim()], 'From');
  const targets = names.named([asked.to.trim()], '--to');
  if (names.refusals.length > 0) {
    return refused(names.refusals.map((one) => one.replace(/^--to /, 'To ')));
  }
  const [source, target] = [sources?.[0], targets?.[0]];
  const [from, to] = [source?.peers ?? [], target?.peers ?? []];
  const isSingle = from.length === 1 && to.length === 1;
  const pairs = from.flatMap((one) =>
    to
      .filter((other) => (one !== other || isSingle) && !(isExternal(one) && isExternal(other)))
      .flatMap((other) =>
        (target?.service === undefined ? [port] : portsAt(target.service, other, port)).map((at) => ({
          one,
          other,
          at,
        })),
      ),
  );
  if (pairs.length === 0) {
    return refused([
      'both are outside of the cluster, or nothing is behind them; give two ends, at least one a workload',
    ]);
  }
  const answers = pairs.map(({ one, other, at }) => pairOf(cluster, one, other, at));
  const open = answers.filter(({ isOpen }) => isOpen).length;
  const verdict = answers.some(({ doubts }) => doubts.length > 0)
    ? 'unknown'
    : open === answers.length
      ? 'yes'
      : open === 0
        ? 'no'
        : 'some';
  return { verdict, refusals: [], pairs: answers.slice(0, MOST), more: Math.max(0, answers.length - MOST) };
}

/** One pair, with its reason. */
export function pairOf(cluster: Cluster, from: Peer, to: Peer, port?: Port): PairAnswer {
  const explanation = cluster.explain(from, to, port);
  const { allowed, ports } = explanation;
  return {
    from: peerLabel(from),
    to: peerLabel(to),
    fromKey: peerText(from),
    toKey: peerText(to),
    isOpen: allowed,
    ports: port === undefined ? portsText(ports) : `${port.protocol} ${port.port}`,
    why: whyOf(explanation),
    doubts: doubtsOf(cluster, from, to, explanation),
  };
}

function whyOf(explanation: Explanation): PairAnswer['why'] {
  return sidesOf(explanation).filter(({ lines }) => lines.length > 0);
}

/** Doubts that may change the answer: where a port is asked for, those alone that are about it. */
function doubtsOf(cluster: Cluster, from: Peer, to: Peer, { port, allowed }: Explanation): readonly string[] {
  const doubts = cluster
    .doubts(from, to)
    .filter(({ ports }) => port === undefined || includesPort(ports, port) !== allowed);
  return doubtTexts(doubts);
}

function askedPort(text: string): Port | string | undefined {
  if (text.trim() === '') {
    return undefined;
  }
  const ports = askedPorts({ port: text, protocol: '' });
  if (typeof ports === 'string') {
    return ports;
  }
  // A number alone is TCP, as in Kubernetes.
  const range = ports?.find(({ protocol }) => protocol === 'TCP') ?? ports?.[0];
  return range === undefined || range.from !== range.to
    ? `${JSON.stringify(text.trim())} is no single port; give one such as 80 or udp:53`
    : { protocol: range.protocol, port: range.from };
}

function refused(refusals: readonly string[]): QuestionAnswer {
  return { verdict: 'refused', refusals, pairs: [], more: 0 };
}
