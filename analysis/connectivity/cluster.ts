import { judged, type Problem } from '../manifest';
import { type Alternative, alternativesOf } from './alternatives';
import { blockNotes } from './block-notes';
import type { Wanted } from './connections';
import { Doubts, type Other } from './doubts';
import type { End } from './end';
import type { Reading } from './engine/decide';
import { Engine } from './engine/engine';
import { NONE, type PortSet } from './engine/port-sets';
import { Explainer } from './explain';
import type { Explanation } from './explanation';
import { Controllers } from './exposure/controllers';
import { exposuresOf } from './exposure/exposures';
import { inEveryWay } from './exposure/in-every-way';
import { Listing } from './listing';
import type { Pod, PodOwner } from './model';
import { overlapping, peersNamed, stranger } from './names';
import { type External, isExternal, type Peer, peerText, type Workload } from './peer';
import { includesPort, type Port, type Ports } from './ports';
import { inputOf, type Model, readModel } from './read/read';
import { leadsOf, type ServiceLead } from './services';
import type {
  ClusterInput,
  ClusterOptions,
  ClusterProblemCode,
  Connection,
  ConnectionFilter,
  ConnectionGroup,
  ConnectionRow,
  Doubt,
  DoubtfulPair,
  Exposure,
  Note,
  UnseenConnection,
  UnseenOpening,
} from './types';
import { type OpenBetween, Unseen, type UnseenWay } from './unseen/unseen';

/**
 * The workloads and policies of some manifests, compiled for questions.
 *
 * Everything follows the NetworkPolicy API to the letter; what manifests cannot tell is assumed and said so in `notes`.
 * An `ipBlock` matches addresses outside of the cluster and no pod but those on the network of their node, unless
 * `ipBlocks` says otherwise.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @example
 * const cluster = Cluster.from(readManifests(text, 'shop.yaml'));
 * for (const { from, to, ports } of cluster.connections()) {
 *   console.log(`${peerText(from)} → ${peerText(to)}: ${portsText(ports)}`);
 * }
 */
export class Cluster {
  /** Everything in the manifests that is wrong. Answers are right only where there is nothing. */
  readonly problems: readonly Problem<ClusterProblemCode>[];
  /** What is not as an API server takes it, and what is assumed of it. Some only where the input is read as `tolerant`. */
  readonly warnings: readonly Problem<ClusterProblemCode>[];
  /** What the answers rest on. */
  readonly notes: readonly Note[];
  /** All workloads, by namespace, name and kind. */
  readonly workloads: readonly Workload[];
  /**
   * The addresses outside, IPv4 before IPv6. Every address is in exactly one range, and two neighbours differ for at
   * least one workload.
   */
  readonly externals: readonly External[];

  private readonly places = new Map<string, number>();
  private readonly placed = new WeakMap<Peer, number>();
  private readonly engine: Engine;
  /** @internal */
  readonly listing: Listing;
  private readonly explainer: Explainer;
  private readonly controllers: Controllers;
  private doubted: Doubts | undefined;
  private ofUnseen: Unseen | undefined;

  private constructor(
    private readonly model: Model,
    private readonly given: ClusterInput,
    private readonly options: ClusterOptions,
    reading: Reading = 'plain',
  ) {
    const { controller, input } = options;
    this.workloads = model.owners.map(({ workload }) => workload);
    this.engine = new Engine({ ...model, reading });
    this.listing = new Listing(this.engine, this.workloads, model.sets);
    this.externals = this.listing.externals;
    this.explainer = new Explainer(model);
    for (const [place, peer] of [...this.workloads, ...this.externals].entries()) {
      this.places.set(peerText(peer), place);
    }
    const { problems, warnings } = judged(model.problems, input);
    this.problems = problems;
    this.warnings = warnings;
    this.controllers = new Controllers(model, controller);
    this.notes = [...model.notes, ...this.controllers.notesOn(model.backends)];
  }

  /**
   * Compiles manifests.
   *
   * @param input what `readManifests` or `manifestsOf` gave, or Kubernetes objects as they are
   * @param options what manifests alone cannot say
   * @throws RangeError for a controller that is not among the workloads, and for nodes that are no addresses
   */
  static from(input: ClusterInput | readonly object[], options: ClusterOptions = {}): Cluster {
    const given = inputOf(input);
    return new Cluster(readModel(given, options), given, options);
  }

  /** @internal What is compiled, for who compares two clusters as a whole. */
  get compiled() {
    const { engine, given, listing, model, options } = this;
    const between: OpenBetween = (from, to) => listing.between(from, to);
    this.ofUnseen ??= new Unseen(model, engine);
    return { engine, given, model, options, sets: model.sets, unseen: this.ofUnseen, between };
  }

  /**
   * The peers that a text names: workloads by `name`, `namespace/name`, `kind/name` or `namespace/kind/name`, or the
   * ranges in which an address such as `10.1.2.3` or a block such as `10.0.0.0/8` lies. Empty where nothing has that
   * name.
   */
  find(text: string): readonly Peer[] {
    return peersNamed(text, this);
  }

  /**
   * The ports on which `from` may connect to `to`; none for a workload and itself, and for two ends outside.
   *
   * @throws RangeError for a peer that is not of this cluster
   */
  ports(from: Peer, to: Peer): Ports {
    return this.model.sets.portsOf(this.listing.between(this.placeOf(from), this.placeOf(to)));
  }

  /**
   * What the ports between two peers hang on that manifests cannot tell, with the ports that are open if it is so: which
   * network plugin there is, and the addresses of nodes. Empty where they hang on nothing.
   *
   * @throws RangeError for a peer that is not of this cluster
   */
  doubts(from: Peer, to: Peer): readonly Doubt[] {
    return this.doubting().of(from, to);
  }

  /**
   * Pairs of peers whose ports hang on what manifests cannot tell, by `from` and `to` as in `connections`.
   *
   * @param most so many pairs are looked at; none, where there are more
   * @throws RangeError for a peer that is not of this cluster
   */
  doubtful({ from, to, port }: ConnectionFilter = {}, most = 1_000_000): readonly DoubtfulPair[] | undefined {
    const [sources, targets] = [from ?? this.workloads, to ?? this.workloads];
    const doubts = this.doubting();
    return doubts.isEmpty || sources.length * targets.length <= most
      ? doubts.pairs({ sources, targets, port })
      : undefined;
  }

  /**
   * What answers about some pairs rest on beside `notes`: policies whose addresses match pods under some network plugins and
   * not under others, where that makes a difference to a pair that is asked about.
   *
   * @param filter which pairs, as in `connections`
   * @param most so many pairs are compared; of more, all policies are told that may make a difference
   * @throws RangeError for a peer that is not of this cluster
   */
  notesOn({ from, to, port }: ConnectionFilter = {}, most = 100_000): readonly Note[] {
    const { sure, doubtful } = this.model.heldPods;
    if (this.options.ipBlocks !== undefined || !(sure || doubtful)) {
      return [];
    }
    const workloads = (peers: readonly Peer[] | undefined) =>
      peers === undefined ? this.workloads : peers.filter((one): one is Workload => !isExternal(one));
    const [sources, targets] = [workloads(from), workloads(to)];
    return sources.length * targets.length > most
      ? blockNotes(this.model, undefined)
      : this.doubting().notes({ sources, targets, port }, from?.length === 1 && to?.length === 1);
  }

  /** What is open between two peers, or between the pods of one. */
  private between(from: Peer, to: Peer): Ports {
    const [source, target] = [this.placeOf(from), this.placeOf(to)];
    return source === target && !isExternal(from)
      ? this.model.sets.portsOf(this.engine.between(source, target))
      : this.ports(from, to);
  }

  /** All the ways to understand the manifests otherwise, each compiled when it is asked first. */
  private doubting(): Doubts {
    const otherOf = (alternative: Alternative): Other => {
      const { options, reading } = alternative;
      let known: Cluster | undefined;
      const cluster = () => {
        known ??= new Cluster(readModel(this.given, options), this.given, options, reading);
        return known;
      };
      const between = (from: Peer, to: Peer) =>
        cluster()
          .alike(from)
          .flatMap((source) =>
            cluster()
              .alike(to)
              .map((target) => cluster().between(source, target)),
          );
      return { ...alternative, between, model: () => cluster().model };
    };
    const podsOf = (peer: Peer) => (isExternal(peer) ? [] : this.podsOf(peer));
    const { model, options, explainer } = this;
    const between = (from: Peer, to: Peer) => this.between(from, to);
    const known = { between, podsOf, explainer, unknownOf: model.unknownOf };
    this.doubted ??= new Doubts(known, alternativesOf(model, options).map(otherOf), model.ofNodes);
    return this.doubted;
  }

  /** The peers of this cluster that have something of one of another, of the same manifests. */
  private alike(peer: Peer): readonly Peer[] {
    return !isExternal(peer) || this.places.has(peerText(peer)) ? [peer] : overlapping(peer, this.externals);
  }

  /**
   * Whether `from` may connect to `to`, and which policies and rules decide. Where several manifests tell of the pods of
   * a workload, and these differ, pods that are allowed what is asked are explained before pods that are not. A workload
   * and itself are two of its pods.
   *
   * @param port the port in question; any, where it is left out
   * @throws RangeError for a peer that is not of this cluster, and two ends outside
   */
  explain(from: Peer, to: Peer, port?: Port): Explanation {
    const [source, target] = [this.placeOf(from), this.placeOf(to)];
    if (isExternal(from) && isExternal(to)) {
      throw new RangeError(`${peerText(from)} to ${peerText(to)}: give two peers, at least one of them a workload`);
    }
    const { sets } = this.model;
    const pairs = this.endsOf(source).flatMap((one) =>
      this.endsOf(target).map((other) => ({ one, other, verdicts: this.explainer.verdicts(one, other, port) })),
    );
    const all = pairs.reduce((ports, { verdicts }) => sets.union(ports, verdicts.ports), NONE);
    const { one, other, verdicts } = (pairs.find(({ verdicts: { ports } }) => this.allowed(ports, port)) ??
      pairs[0]) as (typeof pairs)[number];
    const { egress, ingress } = this.explainer.withMisses(one, other, port, verdicts);
    const services = this.explainer
      .servicePorts(other, port, sets.portsOf(all))
      .map((service) => ({ ...service, allowed: this.allowed(all, service.target) }));
    return {
      from,
      to,
      port,
      allowed: this.allowed(all, port),
      ports: sets.portsOf(all),
      ...(services.length === 0 ? {} : { services }),
      egress,
      ingress,
    };
  }

  /**
   * Whether policies say nothing of a workload's pods in a direction, or let everything through: who is not restricted
   * itself may connect to it, or it to them.
   *
   * @throws RangeError for a peer that is not of this cluster
   */
  isOpen(workload: Workload, direction: 'ingress' | 'egress'): boolean {
    return this.explainer.isOpen(this.podsOf(workload), direction);
  }

  /**
   * Whether a policy selects pods of a workload in a direction.
   *
   * @throws RangeError for a peer that is not of this cluster
   */
  isIsolated(workload: Workload, direction: 'ingress' | 'egress'): boolean {
    return this.explainer.isIsolated(this.podsOf(workload), direction);
  }

  /**
   * All connections, one after the other, nothing kept: by `from`, then `to`, in the order of `workloads` and then of
   * `externals`. A workload's connection to itself and pairs without an open port are left out.
   *
   * @throws RangeError for a peer that is not of this cluster
   */
  connections(filter: ConnectionFilter = {}): Iterable<Connection> {
    const wanted = this.wanted(filter);
    return { [Symbol.iterator]: () => this.listing.connections(wanted) };
  }

  /**
   * The same connections source by source, for who goes through millions of them: sources without any are left out.
   *
   * @throws RangeError for a peer that is not of this cluster
   */
  rows(filter: ConnectionFilter = {}): Iterable<ConnectionRow> {
    const wanted = this.wanted(filter);
    return { [Symbol.iterator]: () => this.listing.rows(wanted) };
  }

  /**
   * The same connections in groups of peers that no policy tells apart: a cluster that is wide open is one group, however
   * many workloads it has.
   */
  groups(): Iterable<ConnectionGroup> {
    return { [Symbol.iterator]: () => this.listing.groups() };
  }

  /**
   * Everything that may connect to a peer and everything that it may connect to.
   *
   * @throws RangeError for a peer that is not of this cluster
   */
  peersOf(peer: Peer): { readonly incoming: readonly Connection[]; readonly outgoing: readonly Connection[] } {
    return { incoming: [...this.connections({ to: [peer] })], outgoing: [...this.connections({ from: [peer] })] };
  }

  /**
   * What Ingresses and HTTPRoutes expose: one row for each workload that a Service behind a rule selects, Ingresses first,
   * in the order of the manifests and their rules.
   *
   * @param attached only ways of routes that a Gateway takes, and that may use their backends
   * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
   * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproute
   */
  exposures(attached = false): readonly Exposure[] {
    const { model, options } = this;
    const rows = exposuresOf(model, this.controllers, this.explainer, attached);
    return inEveryWay(rows, model, options, (otherwise) => {
      const other = readModel(this.given, otherwise);
      return exposuresOf(other, new Controllers(other, options.controller), new Explainer(other), attached);
    });
  }

  /** The Services among the manifests, and the pods and ports to which each leads. */
  services(): readonly ServiceLead[] {
    return leadsOf(this.model.services, this.model.owners);
  }

  /**
   * What pods may do that are not among the manifests: a row for each different pair of selectors that opens something at a
   * workload that a broader row of the same workload does not open already. Policies of namespaces that manifests do not
   * show are not counted in: they may close it.
   *
   * @param filter with `from`, only what these workloads may do; with `to`, only what may be done to these; neither with both
   * @param unmet only rows which no pod of the manifests meets that has all their ports; what is open to any pod, and to
   *   addresses outside as well, is left out too
   */
  *unseen({ from, to, port }: ConnectionFilter = {}, unmet = false): Generator<UnseenConnection> {
    const open: OpenBetween = (source, target) =>
      (source === target ? this.engine : this.listing).between(source, target);
    for (const { row } of this.unseenWays({ from, to }, unmet ? open : undefined)) {
      if (port === undefined || includesPort(row.ports, port)) {
        yield row;
      }
    }
  }

  /**
   * Those of these rows of which no connection between two different peers tells: no other workload of the manifests that
   * has one of these pods has all their ports, nor have all addresses outside where any pod is meant. Each with the rules
   * that open it.
   *
   * @param filter with `from`, only what these workloads may do; with `to`, only what may be done to these; neither with both
   */
  *untold({ from, to }: Pick<ConnectionFilter, 'from' | 'to'> = {}): Generator<UnseenOpening> {
    for (const { row, rules } of this.unseenWays({ from, to }, (one, other) => this.listing.between(one, other))) {
      yield { ...row, rules: rules() };
    }
  }

  private unseenWays(filter: ConnectionFilter, open?: OpenBetween): Generator<UnseenWay> {
    return this.compiled.unseen.connections(this.wanted(filter), open);
  }

  private wanted({ from, to, port }: ConnectionFilter): Wanted {
    const places = (peers?: readonly Peer[]) => peers && new Set(peers.map((peer) => this.placeOf(peer)));
    return { from: places(from), to: places(to), port };
  }

  private placeOf(peer: Peer): number {
    // Who compares pairs asks for the same few peers again and again; a text takes longer to be made than to be found.
    const place = this.placed.get(peer) ?? this.places.get(peerText(peer)) ?? stranger(peer);
    this.placed.set(peer, place);
    return place;
  }

  private podsOf(workload: Workload): readonly Pod[] {
    return (this.model.owners[this.placeOf(workload)] as PodOwner).pods;
  }

  private endsOf(place: number): readonly End[] {
    const pods = this.model.owners[place]?.pods;
    return pods ?? [this.engine.externals[place - this.workloads.length] as End];
  }

  private allowed(ports: PortSet, port: Port | undefined): boolean {
    return port === undefined ? ports !== NONE : includesPort(this.model.sets.portsOf(ports), port);
  }
}
