import type { AddressRange } from '../addresses';
import type { Direction, NamespaceLabels, PodOwner, Policy } from '../model';
import { archetypesOf } from './archetypes';
import { Ends } from './ends';
import { PeerGroups } from './peer-groups';
import { NONE, type PortSet, type PortSets } from './port-sets';
import { NO_NAMES, PortSpecs } from './port-specs';
import { OPEN, Profiles } from './profiles';
import { type Row, Rows } from './rows';
import { ALL_CLOSED, ALL_OPEN, type Openings, Partition, type Segments, segmentsOf, uniteSegments } from './segments';
import { groupsIn, type Side, sideOf } from './side';

/** What is compiled. Workloads are their places in `owners`. */
export interface EngineInput {
  readonly owners: readonly PodOwner[];
  readonly policies: readonly Policy[];
  readonly namespaces: NamespaceLabels;
  readonly sets: PortSets;
}

/** What the policies that select each pod come to, by pod. */
interface Profiled {
  readonly profiles: Profiles;
  readonly pod: Int32Array;
  readonly address: Int32Array;
}

/** Policies and pods, compiled into sets, and the questions that are answered from these sets alone. */
export class Engine {
  readonly sources: Ends;
  readonly targets: Ends;
  /** Addresses outside, in the coarsest ranges that mean the same for every workload. */
  readonly externals: readonly AddressRange[];
  /** By workload: the ports on which it may connect to each of these ranges, and each range to it. */
  readonly outgoing: readonly Openings[];
  readonly incoming: readonly Openings[];

  private readonly sets: PortSets;
  private readonly rows: Rows;

  constructor({ owners, policies, namespaces, sets }: EngineInput) {
    this.sets = sets;
    const specs = new PortSpecs(sets);
    const { pods, ofOwner } = archetypesOf(owners, policies);
    const groups = new PeerGroups({ pods, namespaces }, policies);
    const selecting = policies.map((policy) => groups.selected(policy));
    const profiled = (direction: Direction): Profiled => {
      const byPod = pods.map((): number[] => []);
      for (const [index, selected] of selecting.entries()) {
        for (const pod of policies[index]?.[direction] === undefined ? [] : selected) {
          byPod[pod]?.push(index);
        }
      }
      const profiles = new Profiles(direction, groups, specs);
      const ids = byPod.map((own) => profiles.of(own, policies));
      return {
        profiles,
        pod: Int32Array.from(ids, ({ pod }) => pod),
        address: Int32Array.from(ids, ({ address }) => address),
      };
    };
    const egress = profiled('egress');
    const ingress = profiled('ingress');
    const tables = Int32Array.from(pods, ({ namedPorts }) => specs.internTable(namedPorts));
    const noNames = new Int32Array(pods.length).fill(NO_NAMES);
    const side = (own: Profiled, other: Profiled, names: Int32Array): Side =>
      sideOf({
        profiles: own.pod,
        profileList: own.profiles.pods,
        tables: names,
        groups: groupsIn(other.pod, other.profiles.pods),
        members: groups.members,
      });
    const sources = side(egress, ingress, noNames);
    const targets = side(ingress, egress, tables);
    this.rows = new Rows(sources, targets, specs, sets);
    this.sources = new Ends(sources, ofOwner);
    this.targets = new Ends(targets, ofOwner);

    const outside = new Outside(specs, sets);
    const outgoing = ofOwner.map((own) => outside.of(own, egress, noNames));
    const incoming = ofOwner.map((own) => outside.of(own, ingress, tables));
    const partition = new Partition([...outgoing, ...incoming]);
    this.externals = partition.ranges;
    this.outgoing = outgoing.map((segments) => partition.openings(segments));
    this.incoming = incoming.map((segments) => partition.openings(segments));
  }

  /** The groups of targets to which a group of sources may connect, and on which ports. */
  targetsOf(source: number): ReadonlyMap<number, PortSet> {
    const classes = this.sources.classesOf[source] as readonly number[];
    return this.targets.gather(
      classes.map((own): Row => this.rows.of(own)),
      this.sets,
    );
  }

  /** The ports on which one workload may connect to another. */
  between(source: number, target: number): PortSet {
    let ports: PortSet = NONE;
    for (const from of this.sources.classesOf[this.sources.groupOf[source] as number] as readonly number[]) {
      for (const to of this.targets.classesOf[this.targets.groupOf[target] as number] as readonly number[]) {
        ports = this.sets.union(ports, this.rows.between(from, to));
      }
    }
    return ports;
  }
}

/** What workloads may do with addresses outside, computed once for all that have the same pods. */
class Outside {
  private readonly known = new Map<string, Segments>();

  constructor(
    private readonly specs: PortSpecs,
    private readonly sets: PortSets,
  ) {}

  of(pods: readonly number[], { address, profiles }: Profiled, tables: Int32Array): Segments {
    let united: Segments | undefined;
    for (const pod of pods) {
      const segments = this.ofPod(address[pod] as number, profiles, tables[pod] as number);
      united = united === undefined ? segments : uniteSegments(united, segments, this.sets);
    }
    return united ?? ALL_CLOSED;
  }

  private ofPod(profile: number, { direction, addresses }: Profiles, table: number): Segments {
    if (profile === OPEN) {
      return ALL_OPEN;
    }
    const key = `${direction} ${profile} ${table}`;
    let segments = this.known.get(key);
    if (segments === undefined) {
      const { everybody, blocks } = addresses[profile] as Profiles['addresses'][number];
      segments = segmentsOf(
        this.specs.resolve(everybody, table),
        blocks.map(({ ranges, ports }) => ({ ranges, ports: this.specs.resolve(ports, table) })),
        this.sets,
      );
      this.known.set(key, segments);
    }
    return segments;
  }
}
