import {
  type Cluster,
  type Exposure,
  type Peer,
  type Ports,
  peerText,
  portsText,
  type Workload,
} from '../../analysis/connectivity';
import { listIn } from '../../analysis/manifest/lists';
import { unseenLines } from '../connections/unseen';
import { addressesLabel } from './addresses';
import { collapsed } from './collapse';
import type { Openness } from './marks';
import type { Change, Graph, Line, Mark } from './model';
import { Nodes } from './nodes';
import { only } from './only';
import { changeOf, pairsOf, type Side, sideOf } from './pairs';
import { commonPorts, portsKey, portsLabel } from './ports';
import { reasonsOf } from './reasons';
import type { View } from './view';

/** More boxes than a person can read. */
export const MOST_NODES = 60;

/** The reasons of so many lines are looked up: each costs a question of its own. */
const MOST_REASONS = 2000;

/** What pods may do that no manifest shows is looked up of so many workloads. */
const MOST_UNSEEN = 200;

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

  constructor(
    private readonly after: Side,
    private readonly before: Side | undefined,
    about: readonly Peer[] | undefined,
    private readonly namespaces: ReadonlySet<string>,
    private readonly mostReasons: number,
  ) {
    this.about = about && new Set(about.map(peerText));
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
      this.connect(this.workload(peerText(from)), this.workload(peerText(to)), before, after, from, to);
    }
    for (const key of shown) {
      this.outside(key, 'in');
      this.outside(key, 'out');
    }
    for (const { exposure, change } of exposures) {
      this.expose(exposure, change);
    }
    const { islands, nodes } = this.nodes;
    return { islands, nodes, lines: this.lines, isChange: this.before !== undefined, unseen: this.unseen() };
  }

  /** What pods may do that no manifest shows, to or from what is shown. */
  private unseen(): readonly string[] {
    const { cluster } = this.after;
    const own = cluster.workloads.filter((one) => this.about?.has(peerText(one)) ?? true);
    if (this.mostReasons === 0 || own.length === 0) {
      return [];
    }
    return own.length > MOST_UNSEEN
      ? ['of so many workloads, connections tells it']
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

  private connect(from: number, to: number, before: Ports, after: Ports, source: Peer, target: Peer): void {
    const change = changeOf(before, after);
    const ports = after.length === 0 ? before : after;
    const side = after.length === 0 ? (this.before as Side) : this.after;
    const isOther = change === 'wider' || change === 'narrower' || change === 'changed';
    const was = isOther ? ` (was ${portsText(before)})` : '';
    this.lines.push({
      kind: 'connection',
      from,
      to,
      label: isOther ? `${portsLabel(before)} → ${portsLabel(ports)}` : portsLabel(ports),
      ports: `${portsText(ports)}${was}`,
      open: ports,
      change: this.before === undefined ? 'kept' : change,
      blocked: false,
      undecided: false,
      count: 1,
      reasons:
        this.lines.length < this.mostReasons
          ? reasonsOf(side.cluster, source, target)
          : this.mostReasons === 0
            ? []
            : [
                `no reason looked up: it is one of more than ${MOST_REASONS} lines; a picture of fewer workloads tells it`,
              ],
    });
  }

  /** Lines to and from addresses that are not what a mark says. */
  private outside(key: string, direction: 'in' | 'out'): void {
    const end = direction === 'in' ? 'from' : 'to';
    const lists = [this.after, this.before].map((side) => {
      const byLabel = new Map<string, { readonly ports: Ports; readonly peers: readonly Peer[] }>();
      for (const { places, ports } of side === undefined
        ? []
        : unmarked(side.marked[end].get(key) ?? NO_OPENNESS, side)) {
        const { externals } = (side as Side).cluster;
        byLabel.set(addressesLabel(places, externals), { ports, peers: places.map((at) => externals[at] as Peer) });
      }
      return byLabel;
    });
    const [now, then] = lists as [(typeof lists)[number], (typeof lists)[number]];
    for (const label of new Set([...now.keys(), ...then.keys()])) {
      const { peers } = (now.get(label) ?? then.get(label)) as { peers: readonly Peer[] };
      const other = this.nodes.addresses(label, direction, peers);
      const own = this.workload(key);
      const { workload } = this.workloads.get(key) as { workload: Workload };
      const [from, to] = direction === 'in' ? [other, own] : [own, other];
      const [source, target] = direction === 'in' ? [peers[0] as Peer, workload] : [workload, peers[0] as Peer];
      this.connect(from, to, then.get(label)?.ports ?? [], now.get(label)?.ports ?? [], source, target);
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

function marksOf({ everybody, ipv4, ipv6 }: Openness): Pick<Mark, 'scope' | 'ports'>[] {
  const rest = (ports: Ports) => ports.length > 0 && portsKey(ports) !== portsKey(everybody);
  const [four, six] = [rest(ipv4), rest(ipv6)];
  return [
    ...(everybody.length > 0 ? [{ scope: 'everybody' as const, ports: everybody }] : []),
    ...(four && six && portsKey(ipv4) === portsKey(ipv6) ? [{ scope: 'outside' as const, ports: ipv4 }] : []),
    ...(four && portsKey(ipv4) !== portsKey(ipv6) ? [{ scope: 'IPv4' as const, ports: ipv4 }] : []),
    ...(six && portsKey(ipv4) !== portsKey(ipv6) ? [{ scope: 'IPv6' as const, ports: ipv6 }] : []),
  ];
}

/** Marks of both sides: a mark of a scope tells what became of all that is open to that scope, by whichever mark before. */
function changedMarks(now: Openness, then: Openness): Mark[] {
  const openTo = ({ everybody, ipv4, ipv6 }: Openness, scope: Mark['scope']) =>
    scope === 'everybody' ? everybody : scope === 'outside' ? commonPorts(ipv4, ipv6) : scope === 'IPv4' ? ipv4 : ipv6;
  return [
    ...marksOf(now).map((mark): Mark => {
      const before = openTo(then, mark.scope);
      const change = changeOf(before, mark.ports);
      return { ...mark, change, ...(change === 'kept' || change === 'opened' ? {} : { before }) };
    }),
    ...marksOf(then)
      .filter(({ scope }) => openTo(now, scope).length === 0)
      .map((mark): Mark => ({ ...mark, change: 'closed' })),
  ];
}

/** The ranges on which more is open than on all of their family, by what is open. */
function unmarked(
  { ipv4, ipv6, ranges }: Openness,
  { cluster }: Side,
): { readonly places: readonly number[]; readonly ports: Ports }[] {
  const lists = new Map<string, { places: number[]; ports: Ports }>();
  const placesByPorts = new Map<string, number[]>();
  for (const [at, ports] of ranges) {
    const family = cluster.externals[at]?.ipRange.includes(':') ? ipv6 : ipv4;
    if (portsKey(ports) !== portsKey(family)) {
      const key = portsKey(ports);
      const places = listIn(placesByPorts, key);
      places.push(at);
      lists.set(key, { places, ports });
    }
  }
  return [...lists.values()].map(({ places, ports }) => ({ places: places.sort((a, b) => a - b), ports }));
}
