import {
  type Cluster,
  type Exposure,
  isExternal,
  type Peer,
  type Ports,
  peerText,
  portsText,
  type Workload,
} from '../../analysis/connectivity';
import { listIn } from '../../analysis/manifest/lists';
import { unseenLines } from '../connections/unseen';
import { portsWords } from '../ports';
import { addressesLabel } from './addresses';
import { collapsed } from './collapse';
import { doubtsOf, type GraphDoubts, outsideDoubts, type PairDoubt } from './doubts';
import type { Openness } from './marks';
import type { Change, Graph, Line, Mark } from './model';
import { changedMarks, marksOf, unmarked } from './node-marks';
import { Nodes } from './nodes';
import { only } from './only';
import { changeOf, pairsOf, portsOn, type Side, sideOf } from './pairs';
import { portsLabel } from './ports';
import { reasonsOf } from './reasons';
import type { View } from './view';

/** More boxes than a person can read. */
export const MOST_NODES = 60;

/** The reasons of so many lines are looked up: each costs a question of its own. */
const MOST_REASONS = 2000;

/** What pods may do that no manifest shows is looked up of so many workloads. */
const MOST_UNSEEN = 200;

/** Where there are too many pairs to ask of each whether manifests can tell it. */
const UNLOOKED =
  'of so many pairs it was not looked which manifests cannot tell; --focus, --namespace or connections --from and --to do';

const NO_OPENNESS: Openness = { everybody: [], ipv4: [], ipv6: [], ranges: new Map() };

/** What a cluster has open, as a picture shows it. */
export function graphOf(cluster: Cluster, view: View = {}): Graph {
  const { about, namespaces, before, most = MOST_NODES, isBare = false } = view;
  const builder = new Builder(
    sideOf(cluster),
    before && sideOf(before),
    about,
    new Set(namespaces),
    isBare ? 0 : MOST_REASONS,
  );
  const graph = only(builder.graph(), view);
  const workloads = graph.nodes.filter(({ kind }) => kind === 'workload');
  return workloads.length > most ? collapsed(graph) : graph;
}

class Builder {
  private readonly nodes = new Nodes();
  private readonly lines: Line[] = [];
  private readonly about: ReadonlySet<string> | undefined;
  private readonly workloads: ReadonlyMap<string, { readonly workload: Workload; readonly change: Change }>;
  /** What manifests cannot tell of both sides: of what is shown first. */
  private readonly doubts: readonly [GraphDoubts, GraphDoubts];

  constructor(
    private readonly after: Side,
    private readonly before: Side | undefined,
    about: readonly Peer[] | undefined,
    private readonly namespaces: ReadonlySet<string>,
    private readonly mostReasons: number,
  ) {
    this.about = about && new Set(about.map(peerText));
    this.doubts = [doubtsOf(after.cluster, this.about), doubtsOf(before?.cluster, this.about)];
    const [now, then] = [after, before].map(
      (side) => new Map((side?.cluster.workloads ?? []).map((one) => [peerText(one), one])),
    );
    const all = [...new Map([...(then ?? []), ...(now ?? [])])].sort(([a], [b]) => (a < b ? -1 : 1));
    this.workloads = new Map(
      all.map(([key, workload]) => {
        const change = before === undefined ? 'kept' : !now?.has(key) ? 'closed' : then?.has(key) ? 'kept' : 'opened';
        return [key, { workload, change }] as const;
      }),
    );
  }

  graph(): Graph {
    const { about } = this;
    const exposures = this.exposures();
    const pairs = [...pairsOf(this.after, this.before, about)];
    const drawn = new Set(pairs.map(({ from, to }) => `${peerText(from)} ${peerText(to)}`));
    for (const { from, to } of this.doubts.flatMap(({ all }) => all)) {
      const key = `${peerText(from)} ${peerText(to)}`;
      if (!isExternal(from) && !isExternal(to) && !drawn.has(key)) {
        drawn.add(key);
        pairs.push({ from, to, before: this.portsBefore(from, to), after: portsOn(this.after, from, to) });
      }
    }
    const shown = new Set<string>();
    for (const key of this.workloads.keys()) {
      if (about === undefined || about.has(key)) {
        shown.add(key);
      }
    }
    for (const { from, to } of pairs) {
      shown.add(peerText(from)).add(peerText(to));
    }
    for (const { exposure } of exposures) {
      if (exposure.to !== null) {
        shown.add(peerText(exposure.to));
      }
    }
    for (const key of this.workloads.keys()) {
      if (shown.has(key)) {
        this.workload(key);
      }
    }
    for (const { from, to, before, after } of pairs) {
      const doubts = this.doubtsOf(`${peerText(from)} ${peerText(to)}`);
      this.connect(this.workload(peerText(from)), this.workload(peerText(to)), before, after, from, to, doubts);
    }
    const rims = (['from', 'to'] as const).map((end) =>
      this.doubts.map((side) => outsideDoubts(side, isExternal, end)),
    );
    for (const key of shown) {
      for (const [at, direction] of (['in', 'out'] as const).entries()) {
        const doubts = (rims[at] ?? []).map((side) => side.get(key) ?? []);
        this.outside(key, direction, doubts);
      }
    }
    for (const { exposure, change } of exposures) {
      this.expose(exposure, change);
    }
    const { islands, nodes } = this.nodes;
    const isWhole = this.doubts.every((side) => side.isWhole);
    return {
      islands,
      nodes,
      lines: this.lines,
      isChange: this.before !== undefined,
      unseen: this.unseen(),
      ...(isWhole ? {} : { notes: [UNLOOKED] }),
      ...(this.about === undefined ? {} : { isPart: true }),
    };
  }

  /** What pods may do that no manifest shows, to or from what is shown. */
  private unseen(): readonly string[] {
    const { cluster } = this.after;
    const own = cluster.workloads.filter((one) => this.about?.has(peerText(one)) ?? true);
    if (this.mostReasons === 0 || own.length === 0) {
      return [];
    }
    return own.length > MOST_UNSEEN
      ? ['of so many workloads it is not told here; --namespace, --focus and connections tell it']
      : [...unseenLines(cluster.unseen({ to: own }, true)), ...unseenLines(cluster.unseen({ from: own }, true))];
  }

  private workload(key: string): number {
    const { workload, change } = this.workloads.get(key) as { workload: Workload; change: Change };
    return this.nodes.workload(workload, { from: this.marks(key, 'from'), to: this.marks(key, 'to') }, change);
  }

  private marks(key: string, end: 'from' | 'to'): Mark[] {
    const [now, then] = [this.after, this.before].map((side) => side?.marked[end].get(key) ?? NO_OPENNESS) as [
      Openness,
      Openness,
    ];
    return this.before === undefined
      ? marksOf(now).map((mark) => ({ ...mark, change: 'kept' }))
      : changedMarks(now, then);
  }

  private portsBefore(from: Workload, to: Workload): Ports {
    return this.before === undefined ? portsOn(this.after, from, to) : portsOn(this.before, from, to);
  }

  /** What cannot be told of a pair, now and before a change. */
  private doubtsOf(key: string): readonly (PairDoubt | undefined)[] {
    return this.doubts.map(({ byPair }) => byPair.get(key));
  }

  private connect(
    from: number,
    to: number,
    before: Ports,
    after: Ports,
    source: Peer,
    target: Peer,
    [doubt, doubtBefore]: readonly (PairDoubt | undefined)[] = [],
  ): void {
    const change = changeOf(before, after);
    const known = after.length === 0 ? before : after;
    const isUnknown = known.length === 0;
    const ports = isUnknown ? ((doubt ?? doubtBefore)?.ports ?? []) : known;
    const side = after.length === 0 && before.length > 0 ? (this.before as Side) : this.after;
    const isOther = change === 'wider' || change === 'narrower' || change === 'changed';
    const was = isOther ? ` (was ${portsText(before)})` : '';
    this.lines.push({
      kind: 'connection',
      from,
      to,
      label: isOther ? `${portsLabel(before)} → ${portsLabel(ports)}` : portsLabel(ports),
      ports: isUnknown ? `may be open: ${portsWords(ports)}` : `${portsText(ports)}${was}`,
      open: ports,
      change: this.before === undefined ? 'kept' : change,
      blocked: false,
      undecided: doubt !== undefined || doubtBefore !== undefined,
      count: 1,
      reasons: [
        ...(doubt?.texts ?? []).map((text) => `cannot be told: ${text}`),
        ...(doubtBefore?.texts ?? []).map((text) => `cannot be told of before: ${text}`),
        ...this.reasons(side.cluster, source, target),
      ],
    });
  }

  private reasons(cluster: Cluster, source: Peer, target: Peer): readonly string[] {
    return this.lines.length < this.mostReasons
      ? reasonsOf(cluster, source, target)
      : this.mostReasons === 0
        ? []
        : [`no reason looked up: it is one of more than ${MOST_REASONS} lines; a picture of fewer workloads tells it`];
  }

  /** Lines to and from addresses that are not what a mark says, and to and from those of which manifests cannot tell. */
  private outside(key: string, direction: 'in' | 'out', doubts: readonly (readonly PairDoubt[])[]): void {
    const end = direction === 'in' ? 'from' : 'to';
    const unsure = new Set(doubts.flatMap((list) => list.map((doubt) => peerText(doubt[end]))));
    const lists = [this.after, this.before].map((side) => {
      const byLabel = new Map<string, { readonly ports: Ports; readonly peers: readonly Peer[] }>();
      for (const { places, ports } of side === undefined
        ? []
        : unmarked(side.marked[end].get(key) ?? NO_OPENNESS, side)) {
        const { externals } = (side as Side).cluster;
        const sure = places.filter((at) => !unsure.has(peerText(externals[at] as Peer)));
        if (sure.length > 0) {
          byLabel.set(addressesLabel(sure, externals), { ports, peers: sure.map((at) => externals[at] as Peer) });
        }
      }
      return byLabel;
    });
    const [now, then] = lists as [(typeof lists)[number], (typeof lists)[number]];
    for (const label of new Set([...now.keys(), ...then.keys()])) {
      const { peers } = (now.get(label) ?? then.get(label)) as { peers: readonly Peer[] };
      this.rim(key, direction, label, peers, then.get(label)?.ports ?? [], now.get(label)?.ports ?? []);
    }
    for (const [at, side] of [this.after, this.before].entries()) {
      if (side !== undefined) {
        this.unsure(key, direction, doubts[at] ?? [], side);
      }
    }
  }

  private rim(
    key: string,
    direction: 'in' | 'out',
    label: string,
    peers: readonly Peer[],
    before: Ports,
    after: Ports,
    doubts: readonly (PairDoubt | undefined)[] = [],
  ): void {
    const other = this.nodes.addresses(label, direction, peers);
    const own = this.workload(key);
    const { workload } = this.workloads.get(key) as { workload: Workload };
    const [from, to] = direction === 'in' ? [other, own] : [own, other];
    const [source, target] = direction === 'in' ? [peers[0] as Peer, workload] : [workload, peers[0] as Peer];
    this.connect(from, to, before, after, source, target, doubts);
  }

  /** Addresses of which the same cannot be told, as one line. */
  private unsure(key: string, direction: 'in' | 'out', list: readonly PairDoubt[], side: Side): void {
    const { cluster } = side;
    const groups = new Map<string, PairDoubt[]>();
    for (const doubt of list) {
      const known = portsText(cluster.ports(doubt.from, doubt.to));
      listIn(groups, JSON.stringify([known, portsText(doubt.ports), doubt.texts])).push(doubt);
    }
    for (const group of groups.values()) {
      const [first] = group as [PairDoubt];
      const peers = group.map(({ from, to }) => (direction === 'in' ? from : to));
      const places = peers.map((peer) => cluster.externals.indexOf(peer as (typeof cluster.externals)[number]));
      const known = cluster.ports(first.from, first.to);
      const label = addressesLabel(
        places.sort((a, b) => a - b),
        cluster.externals,
      );
      const isNow = side === this.after;
      const before = this.before === undefined || !isNow ? known : portsOutside(this.before, first);
      const after = isNow ? known : portsOutside(this.after, first);
      this.rim(key, direction, label, peers, before, after, isNow ? [first, undefined] : [undefined, first]);
    }
  }

  private exposures(): { readonly exposure: Exposure; readonly change: Change }[] {
    const keyOf = ({ via, host, path, service, to, port, reachable }: Exposure) =>
      JSON.stringify([via, host, path, service, to, port, reachable]);
    const of = (side: Side | undefined) =>
      new Map(
        (side?.cluster.exposures() ?? []).flatMap((exposure) => {
          const { to, via } = exposure;
          const wanted =
            this.about === undefined ||
            (to === null ? this.namespaces.has(via.namespace) : this.about.has(peerText(to)));
          return wanted ? [[keyOf(exposure), exposure] as const] : [];
        }),
      );
    const [now, then] = [of(this.after), of(this.before)];
    return [
      ...[...now].map(([key, exposure]) => {
        const change: Change = this.before === undefined || then.has(key) ? 'kept' : 'opened';
        return { exposure, change };
      }),
      ...[...then].filter(([key]) => !now.has(key)).map(([, exposure]) => ({ exposure, change: 'closed' as const })),
    ];
  }

  private expose(exposure: Exposure, change: Change): void {
    const { via, host, path, service, to, port, protocol, controller, reachable, why } = exposure;
    const who = controller.text.replace(/ \(assumed\)$/, '');
    const name = via.kind === 'Service' ? `${via.name}` : (host ?? 'any host');
    const island = this.nodes.island({
      kind: 'entry',
      label: who.split('/').at(-1) ?? who,
      title: `through ${controller.text}`,
    });
    const from = this.nodes.node(`host ${who} ${via.kind === 'Service'} ${name}`, () => ({
      kind: 'host',
      label: name,
      detail: via.kind === 'Service' ? 'Service' : via.kind === 'Ingress' ? 'ing' : via.kind,
      title: `${via.kind} ${via.namespace}/${via.name}: ${name}`,
      island,
      from: [],
      to: [],
      change,
      peers: controller.workload === undefined ? [] : [controller.workload],
    }));
    this.lines.push({
      kind: 'exposure',
      from,
      to: to === null ? this.service(exposure) : this.workload(peerText(to)),
      label:
        path !== null && path !== '/'
          ? path
          : port === null
            ? ''
            : protocol === 'TCP'
              ? `${port}`
              : `${protocol} ${port}`,
      ports: `${host ?? ''}${path ?? ''} by ${via.kind} ${via.namespace}/${via.name}, Service ${service}, to ${port === null ? 'no port' : `${protocol} ${port}`}`,
      open: port === null ? [] : [{ protocol, from: port, to: port }],
      change,
      blocked: reachable === false,
      undecided: reachable === null,
      count: 1,
      reasons: [reachable === null ? `cannot be told: ${why}` : why],
    });
  }

  /** The Service of an exposure that leads to no workload of the manifests. */
  private service({ service, via }: Exposure): number {
    const { namespace } = via;
    return this.nodes.node(`service ${namespace}/${service}`, () => ({
      kind: 'service',
      label: service,
      detail: 'no pods',
      title: `Service ${namespace}/${service}: no workload of the manifests is behind it`,
      island: this.nodes.namespace(namespace),
      from: [],
      to: [],
      change: 'kept',
      peers: [],
    }));
  }
}

/** What is open between a workload and addresses on the other side of a change; nothing where that side does not divide them so. */
function portsOutside({ cluster }: Side, { from, to }: PairDoubt): Ports {
  const known = new Map([...cluster.workloads, ...cluster.externals].map((peer) => [peerText(peer), peer]));
  const [one, other] = [known.get(peerText(from)), known.get(peerText(to))];
  return one === undefined || other === undefined ? [] : cluster.ports(one, other);
}
