import {
  Cluster,
  type ClusterOptions,
  type Exposure,
  type Peer,
  type Ports,
  peerText,
  portsText,
  type UnseenConnection,
  type Workload,
} from '../../analysis/connectivity';
import type { ChangedObject } from '../../analysis/diff/connections/change';
import { compareConnections } from '../../analysis/diff/connections/compare-connections';
import type { Manifest } from '../../analysis/manifest';
import { doubtfulLines } from '../connections/doubts';
import { exposedPlace } from '../connections/exposures';
import { unseenLines, unseenText } from '../connections/unseen';
import { graphOf } from '../graph/build';
import { doubtsOf, type GraphDoubts, type PairDoubt } from '../graph/doubts';
import type { Graph } from '../graph/model';
import { commonPorts } from '../graph/ports';
import { routesGraph } from '../graph/routes';
import { type PagePicture, pagePicture } from '../graph/svg/svg';
import { peerLabel } from '../peers';
import { placeOf, problemLines } from '../problems';
import { askedPorts, type Filter, isInside } from './asked';
import { type MatrixAnswer, matrixOf } from './matrix';
import { type WorkloadAnswer, workloadOf } from './neighbours';
import { type Asked, type QuestionAnswer, questionOf } from './pairs';
import { type AskedRequest, type RequestAnswer, Requests, type RouteTarget } from './routing';
import { nameOf, type Row, rowsOf } from './rows';

/** What a page asks about. */
export interface Subject {
  readonly manifests: readonly Manifest[];
  /** What there was before a change. */
  readonly before?: readonly Manifest[] | undefined;
  readonly options?: ClusterOptions;
}

/** What there is to choose from. */
export interface Contents {
  readonly workloads: readonly { readonly key: string; readonly label: string; readonly namespace: string }[];
  readonly namespaces: readonly string[];
  /** Other names that a question takes. */
  readonly names: readonly string[];
  readonly isChange: boolean;
  /** What answers rest on, a sentence each. */
  readonly notes: readonly string[];
  /** What pods may do that no manifest shows, a sentence each. */
  readonly unseen: readonly string[];
  /** Pairs of which manifests cannot tell whether they are open, a sentence each. */
  readonly doubts: readonly string[];
  /** Where something is wrong, no answer is known to be right. */
  readonly problems: readonly string[];
}

/** A picture, and the table that says the same. */
export interface PictureAnswer extends PagePicture {
  readonly nodes: readonly PageNode[];
  readonly rows: readonly Row[];
  /** What is left out, or wrong with the filter; nothing otherwise. */
  readonly note: string;
}

export interface PageNode {
  readonly name: string;
  readonly label: string;
  readonly kind: Graph['nodes'][number]['kind'];
  /** The keys of its workloads. */
  readonly keys: readonly string[];
}

/** A change of connections, in words. */
export interface ChangeRow {
  readonly change: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly before: string;
  readonly after: string;
  /** The objects that it comes from, with their places. */
  readonly because: readonly string[];
}

/** Pairs, one by one. */
export interface PairsPage {
  readonly rows: readonly {
    readonly from: string;
    readonly to: string;
    readonly fromKey: string;
    readonly toKey: string;
    readonly ports: string;
    /** Why manifests cannot tell it; nothing where they do. */
    readonly doubt?: string;
  }[];
  /** How many there are; of very many, at least so many. */
  readonly total: number;
  readonly isMore: boolean;
}

/** Of so many pairs, each is asked whether manifests can tell it. */
const MOST_DOUBTFUL = 250_000;

/** So many pairs are counted. */
const MOST_COUNTED = 100_000;

/**
 * Answers what a page asks about some manifests: its picture, tables, questions and routes. It needs neither browser nor Node;
 * what it takes and gives is plain data, so that it may live in a worker.
 */
export class Session {
  private readonly cluster: Cluster;
  private readonly before: Cluster | undefined;
  /** Those of both sides, by key. */
  private readonly workloads: ReadonlyMap<string, Workload>;
  private known: Requests | undefined;
  private doubtful: GraphDoubts | undefined;

  constructor(private readonly subject: Subject) {
    const { manifests, before, options = {} } = subject;
    const settings: ClusterOptions = { input: 'tolerant', ...options };
    this.cluster = Cluster.from({ manifests }, settings);
    this.before = before && Cluster.from({ manifests: before }, settings);
    const all = [...(this.before?.workloads ?? []), ...this.cluster.workloads];
    this.workloads = new Map(all.map((one) => [peerText(one), one]));
  }

  contents(): Contents {
    const { cluster, before } = this;
    const workloads = [...this.workloads].map(([key, { namespace, name }]) => ({
      key,
      label: `${namespace}/${name}`,
      namespace,
    }));
    workloads.sort((a, b) => (a.key < b.key ? -1 : 1));
    return {
      workloads,
      namespaces: [...new Set(workloads.map(({ namespace }) => namespace))],
      names: ['external', ...cluster.services().map(({ namespace, name }) => `service/${namespace}/${name}`)],
      isChange: before !== undefined,
      notes: [
        ...new Set([
          ...(before === undefined ? [] : problemLines(before.notes)),
          ...problemLines(cluster.notes),
          ...problemLines(cluster.notesOn({})),
        ]),
      ],
      unseen: unseenLines(cluster.unseen({}, true)),
      doubts: doubtfulLines(cluster.doubtful({}, MOST_DOUBTFUL) ?? 'many'),
      problems: problemLines([...(before?.problems ?? []), ...cluster.problems]),
    };
  }

  picture(filter: Filter): PictureAnswer {
    const graph = this.graph(filter);
    return typeof graph === 'string' ? { svg: '', nets: [], nodes: [], rows: [], note: graph } : pictureOf(graph);
  }

  private graph(filter: Filter): Graph | string {
    const ports = askedPorts(filter);
    if (typeof ports === 'string') {
      return ports;
    }
    const { cluster, before } = this;
    const focused = filter.focus.flatMap((key) => this.workloads.get(key) ?? []);
    const inside =
      filter.namespaces.length === 0 ? [] : [...this.workloads.values()].filter((one) => isInside(one, filter));
    const about = focused.length > 0 ? focused : inside;
    return graphOf(cluster, {
      about: about.length > 0 ? about : undefined,
      namespaces: filter.namespaces,
      before,
      ports,
      isChanged: filter.isChanged,
      isBare: true,
    });
  }

  matrix(filter: Filter): MatrixAnswer {
    return matrixOf(this.cluster, filter);
  }

  /** Connections pair by pair, from a place on. */
  pairs(filter: Filter, from: number, most: number): PairsPage {
    const ports = askedPorts(filter);
    const rows: PairsPage['rows'][number][] = [];
    let total = 0;
    const focus = new Set(filter.focus);
    const isAsked = (open: Ports) => typeof ports !== 'object' || commonPorts(open, ports).length > 0;
    const isOf = (peer: Peer) => isInside(peer, filter) && (focus.size === 0 || focus.has(peerText(peer)));
    const add = (source: Peer, target: Peer, open: string, doubt: PairDoubt | undefined) => {
      if (total >= from && rows.length < most) {
        rows.push({
          from: peerLabel(source),
          to: peerLabel(target),
          fromKey: peerText(source),
          toKey: peerText(target),
          ports: open,
          ...(doubt === undefined ? {} : { doubt: doubt.texts.join('; ') }),
        });
      }
      total++;
    };
    for (const connection of typeof ports === 'string' ? [] : this.cluster.connections()) {
      const { from: source, to: target } = connection;
      if ((isOf(source) || isOf(target)) && isAsked(connection.ports)) {
        const doubt = this.doubts.byPair.get(`${peerText(source)} ${peerText(target)}`);
        add(source, target, portsText(connection.ports), doubt);
        if (total >= MOST_COUNTED) {
          return { rows, total, isMore: true };
        }
      }
    }
    // What is closed, and may be open, comes last.
    for (const doubt of typeof ports === 'string' ? [] : this.doubts.all) {
      const { from: source, to: target } = doubt;
      const isClosed = this.cluster.ports(source, target).length === 0;
      if (isClosed && (isOf(source) || isOf(target)) && isAsked(doubt.ports)) {
        add(source, target, 'closed', doubt);
      }
    }
    return { rows, total, isMore: false };
  }

  workload(key: string): WorkloadAnswer | undefined {
    return workloadOf(this.cluster, key) ?? (this.before && workloadOf(this.before, key));
  }

  question(asked: Asked): QuestionAnswer {
    return questionOf(this.cluster, asked);
  }

  /** What a question would have been answered before the change. */
  questionBefore(asked: Asked): QuestionAnswer | undefined {
    return this.before && questionOf(this.before, asked);
  }

  /** What a change did to connections, and because of what. */
  changes(): readonly ChangeRow[] {
    const { manifests, before } = this.subject;
    if (before === undefined || this.before === undefined) {
      return [];
    }
    const { connections, workloads, exposures, unseen, undecided } = compareConnections(
      { cluster: this.before, manifests: before },
      { cluster: this.cluster, manifests },
    );
    const alone = (change: string, list: readonly Peer[]): ChangeRow[] =>
      list.map((one) => ({ change, from: [peerLabel(one)], to: [], before: '', after: '', because: [] }));
    return [
      ...alone('workload added', workloads.added),
      ...alone('workload removed', workloads.removed),
      ...connections.map((one) => ({
        change: one.change === 'ports' ? 'other ports' : one.change,
        from: one.from.map(peerLabel),
        to: one.to.map(peerLabel),
        before: textOf(one.before),
        after: textOf(one.after),
        because: one.because.map(becauseText),
      })),
      ...exposures.map(({ change, before: then, after: now }) => ({
        change,
        from: [exposedPlace((now ?? then) as Exposure)],
        to: [exposedTo((now ?? then) as Exposure)],
        before: reachText(then),
        after: reachText(now),
        because: [...new Set([then, now].flatMap((one) => (one === null ? [] : one.why)))],
      })),
      ...unseen
        .filter(({ isMet }) => !isMet)
        .map((one) => ({
          change: one.change === 'ports' ? 'other ports' : one.change,
          from: [unseenText((one.after ?? one.before) as UnseenConnection)],
          to: [],
          before: textOf(one.before === null ? null : one.before.ports),
          after: textOf(one.after === null ? null : one.after.ports),
          because: one.because.map(becauseText),
        })),
      ...undecided.map(({ object, change, file, line }) => ({
        change: 'not decided',
        from: [`${object} ${change}`],
        to: [],
        before: '',
        after: '',
        because: [placeOf(file, line)],
      })),
    ];
  }

  routes(): readonly RouteTarget[] {
    return this.requests.targets();
  }

  request(asked: AskedRequest): RequestAnswer {
    return this.requests.answer(asked);
  }

  /** A picture of where requests go; nothing where there are no routes. */
  routesPicture(): string {
    const { manifests, before } = this.subject;
    const graph = routesGraph(
      { cluster: this.cluster, manifests },
      before === undefined || this.before === undefined ? {} : { before: { cluster: this.before, manifests: before } },
    );
    return graph.nodes.length === 0 ? '' : pagePicture(graph).svg;
  }

  private get doubts(): GraphDoubts {
    this.doubtful ??= doubtsOf(this.cluster, undefined);
    return this.doubtful;
  }

  private get requests(): Requests {
    this.known ??= new Requests(this.subject.manifests);
    return this.known;
  }
}

/** A picture with what a page needs to know of it. */
export function pictureOf(graph: Graph): PictureAnswer {
  const nodes = graph.nodes.map(
    (node): PageNode => ({
      name: nameOf(node),
      label: node.label,
      kind: node.kind,
      keys: node.peers.map(peerText),
    }),
  );
  const note = graph.nodes.length === 0 ? 'nothing of this is open' : '';
  return { ...pagePicture(graph), nodes, rows: rowsOf(graph), note };
}

function becauseText({ object, change, file, line }: ChangedObject): string {
  return `${object} ${change} (${placeOf(file, line)})`;
}

function exposedTo({ to, service }: Exposure): string {
  return to === null ? `Service ${service}` : peerLabel(to);
}

function reachText(exposure: Exposure | null): string {
  return exposure === null
    ? 'not there'
    : exposure.reachable === null
      ? 'not decided'
      : exposure.reachable
        ? `reachable on ${exposure.protocol} ${exposure.port}`
        : 'stopped';
}

function textOf(ports: Ports | null): string {
  return ports === null ? 'closed' : portsText(ports);
}
