import {
  type Cluster,
  type Connection,
  type ConnectionGroup,
  type ConnectionRow,
  type Explanation,
  type Exposure,
  includesPort,
  isExternal,
  NODE,
  type Note,
  type OpenInVain,
  openInVain,
  type Peer,
  type Port,
  type Ports,
  peerText,
  type UnseenConnection,
  type Workload,
} from '../../analysis/connectivity';
import type { DoubtfulPairs } from '../../report/connections/doubts';
import { type Named, portsAt } from '../../report/connections/named';
import { NamedPeers } from '../peers';

/** What can be asked of a cluster. */
export interface QuestionOptions {
  readonly from?: readonly string[] | undefined;
  readonly to?: readonly string[] | undefined;
  readonly port?: Port | undefined;
}

/** Who is asked about: what names stand for, and the connections among them. */
export class Question {
  readonly from: readonly Peer[] | undefined;
  readonly to: readonly Peer[] | undefined;
  readonly namedFrom: readonly Named[] | undefined;
  readonly namedTo: readonly Named[] | undefined;
  readonly port: Port | undefined;
  /** The ports to which Services lead that were named, by workload; `undefined` for one that was named itself too. */
  private readonly leads = new Map<Peer, readonly Port[] | undefined>();

  private known: readonly Note[] | undefined;

  /** @throws Refusal for names that nothing has, or that several workloads have */
  constructor(
    readonly cluster: Cluster,
    { from, to, port }: QuestionOptions,
  ) {
    const named = new NamedPeers(cluster, port);
    this.namedFrom = named.named(from, '--from');
    this.namedTo = named.named(to, '--to');
    named.check();
    this.from = peersOf(this.namedFrom);
    this.to = peersOf(this.namedTo);
    this.port = port;
    for (const { peers, service } of this.namedTo ?? []) {
      for (const peer of peers) {
        const isWhole = service === undefined || (this.leads.has(peer) && this.leads.get(peer) === undefined);
        const before = this.leads.get(peer) ?? [];
        this.leads.set(peer, isWhole ? undefined : [...before, ...portsAt(service, peer, port)]);
      }
    }
  }

  /** What the answer rests on: of the whole cluster, and of what was asked for. */
  notes(): readonly Note[] {
    const { cluster, from, to, port } = this;
    this.known ??= [...cluster.notes, ...cluster.notesOn({ from, to, port: this.hasServices ? undefined : port })];
    return this.known;
  }

  /** Whether everything is asked for. */
  get isWhole(): boolean {
    return this.from === undefined && this.to === undefined && this.port === undefined;
  }

  /** All connections that were asked for; one of a workload to itself only where nothing else is. */
  connections(): Iterable<Connection> {
    return { [Symbol.iterator]: () => this.list() };
  }

  /** The same source by source, where no Service tells which of its ports are meant. */
  rows(): Iterable<ConnectionRow> | undefined {
    const { cluster, from, to, port } = this;
    return this.hasServices || this.itself !== undefined ? undefined : cluster.rows({ from, to, port });
  }

  /** The workload that is asked about with itself, and nothing else. */
  private get itself(): Workload | undefined {
    const [source, target] = [this.from?.[0], this.to?.[0]];
    const isOne = this.from?.length === 1 && this.to?.length === 1 && source === target;
    return isOne && source !== undefined && !isExternal(source) ? source : undefined;
  }

  private *list(): Generator<Connection> {
    const { cluster, from, to, port, itself: source } = this;
    if (source !== undefined) {
      const { ports, allowed } = cluster.explain(source, source, port);
      yield* this.clipped([{ from: source, to: source, ports: allowed ? ports : [] }]);
      return;
    }
    yield* this.clipped(cluster.connections({ from, to, port: this.hasServices ? undefined : port }));
  }

  private get hasServices(): boolean {
    return [...this.leads.values()].some((ports) => ports !== undefined);
  }

  /** Connections without the ports to which a Service that was named does not lead. */
  private *clipped<Row extends Connection | UnseenConnection>(rows: Iterable<Row>): Generator<Row> {
    const { port } = this;
    for (const row of rows) {
      const leads = 'pods' in row.to ? undefined : this.leads.get(row.to);
      const ports =
        leads === undefined
          ? port === undefined || includesPort(row.ports, port)
            ? row.ports
            : []
          : clip(row.ports, leads);
      if (ports === 'all' || ports.length > 0) {
        yield ports === row.ports ? row : { ...row, ports };
      }
    }
  }

  /** Pods that no manifest shows are none of the peers that somebody names: who names both ends does not ask for them. */
  unseen(unmet: boolean): Iterable<UnseenConnection> {
    const { cluster, from, to, port } = this;
    const workloads = (peers: readonly Peer[] | undefined) => peers?.filter((peer) => !isExternal(peer));
    const filter = { from: workloads(from), to: workloads(to), port: this.hasServices ? undefined : port };
    const rows = () => this.clipped(cluster.unseen(filter, unmet));
    return {
      *[Symbol.iterator]() {
        for (const row of rows()) {
          if (row.from !== NODE && row.to !== NODE) {
            yield row;
          }
        }
      },
    };
  }

  /** Pairs of which nobody knows, among those that were asked for. */
  doubtful(): DoubtfulPairs {
    const { cluster, from, to, port } = this;
    const others = [...cluster.workloads, ...cluster.externals];
    const own = (peers: readonly Peer[]) => peers.filter((peer) => peer !== NODE);
    const pairs = cluster.doubtful({ from: from ?? own(others), to: to ?? own(others), port }, MOST_PAIRS);
    // As in the list of connections, a workload and itself are told only where nothing else is asked for.
    const isItself = from?.length === 1 && to?.length === 1;
    return (
      pairs?.filter((pair) => (isItself || pair.from !== pair.to) && !(isExternal(pair.from) && isExternal(pair.to))) ??
      'many'
    );
  }

  /** Ports of Services that are open among what was asked for, and lead to ports of pods that are not. */
  inVain(): Iterable<OpenInVain> {
    const { cluster } = this;
    return {
      [Symbol.iterator]: () => openInVain(cluster, this.isWhole ? cluster.groups() : this.singles())[Symbol.iterator](),
    };
  }

  private *singles(): Generator<ConnectionGroup> {
    for (const { from, to, ports } of this.connections()) {
      yield { from: [from], to: [to], ports };
    }
  }

  /** An exposure is a way to its workload, and comes from its controller. */
  exposures(): readonly Exposure[] {
    const { port } = this;
    const [from, to] = [this.from, this.to].map((peers) => peers && new Set(peers.map(peerText)));
    return this.cluster
      .exposures()
      .filter(
        (exposure) =>
          (to === undefined || (exposure.to !== null && to.has(peerText(exposure.to)))) &&
          (from === undefined || this.comesFrom(exposure, from)) &&
          (port === undefined || (port.port === exposure.port && port.protocol === exposure.protocol)),
      );
  }

  private comesFrom({ via, controller: { workload } }: Exposure, from: ReadonlySet<string>): boolean {
    return workload === undefined
      ? via.kind === 'Service' && (this.from ?? []).some(isExternal)
      : from.has(peerText(workload));
  }

  /** Why what is open is open; between named peers, also why the rest is closed, and of what is closed to all. */
  *explanations(): Generator<Explanation> {
    const { cluster, from, to, port } = this;
    if (from !== undefined && to !== undefined) {
      yield* this.between(from, to);
      return;
    }
    let isNone = true;
    for (const connection of this.connections()) {
      isNone = false;
      yield cluster.explain(connection.from, connection.to, port);
    }
    if (isNone && !this.isWhole) {
      yield* this.closed();
    }
  }

  /** Why those are closed that were named, to or from everybody; of very many, to or from some. */
  *closed(): Generator<Explanation> {
    const { cluster, from, to } = this;
    const others = [
      ...cluster.workloads.filter((one) => one !== NODE).slice(0, MOST_EXPLAINED),
      ...cluster.externals.slice(0, MOST_EXPLAINED),
    ];
    if (from !== undefined || to !== undefined) {
      yield* this.between(from ?? others, to ?? others);
    }
  }

  private *between(from: readonly Peer[], to: readonly Peer[]): Generator<Explanation> {
    const isSingle = from.length === 1 && to.length === 1;
    for (const source of from) {
      for (const target of to) {
        if ((source !== target || isSingle) && !(isExternal(source) && isExternal(target))) {
          const asked = this.leads.get(target) ?? [this.port];
          yield* asked.map((port) => this.cluster.explain(source, target, port));
        }
      }
    }
  }
}

/** Of so many pairs, each is asked whether manifests can tell it. */
const MOST_PAIRS = 250_000;

/** So many workloads, and so many ranges of addresses, are asked why they are not connected. */
const MOST_EXPLAINED = 300;

function peersOf(named: readonly Named[] | undefined): readonly Peer[] | undefined {
  return named && [...new Set(named.flatMap(({ peers }) => peers))];
}

/** Those of some single ports that are among others, in their order. */
function clip(ports: Ports, single: readonly Port[]): Ports {
  return single
    .filter((port) => includesPort(ports, port))
    .sort((a, b) => (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : a.port - b.port))
    .reduce<{ protocol: Port['protocol']; from: number; to: number }[]>((ranges, { protocol, port }) => {
      const last = ranges.at(-1);
      if (last !== undefined && last.protocol === protocol && port <= last.to + 1) {
        last.to = Math.max(last.to, port);
      } else {
        ranges.push({ protocol, from: port, to: port });
      }
      return ranges;
    }, []);
}
