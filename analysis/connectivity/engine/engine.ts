import type { AddressRange } from '../addresses';
import type { Direction, NamespaceLabels, PodOwner, Policy } from '../model';
import type { OrderedPolicy } from '../tiers';
import { archetypesOf } from './archetypes';
import type { Reading } from './decide';
import { Ends, type GroupRow } from './ends';
import { Ordered } from './ordered';
import { keysOf, PeerGroups } from './peer-groups';
import { NONE, type PortSet, type PortSets } from './port-sets';
import { NO_NAMES, PortSpecs } from './port-specs';
import { OPEN, Profiles } from './profiles';
import { NO_PROGRAM, Programs } from './programs';
import { type Row, Rows } from './rows';
import {
  ALL_CLOSED,
  ALL_OPEN,
  combineSegments,
  type Openings,
  Partition,
  type Segments,
  segmentsOf,
  uniteSegments,
} from './segments';
import { selectionsOf } from './selections';
import { groupsIn, programGroupsIn, type Side, sideOf } from './side';

/** What is compiled. Workloads are their places in `owners`. */
export interface EngineInput {
  readonly owners: readonly PodOwner[];
  readonly policies: readonly Policy[];
  /** In the order in which they are asked. */
  readonly ordered: readonly OrderedPolicy[];
  readonly namespaces: NamespaceLabels;
  readonly sets: PortSets;
  /** What is taken of rules of which manifests cannot tell whether they match; `plain` where it is left out. */
  readonly reading?: Reading;
}

/** What the policies that select each pod come to, by pod. */
interface Profiled {
  readonly profiles: Profiles;
  readonly ordered: Ordered;
  readonly programs: Programs;
  readonly program: Int32Array;
  readonly pod: Int32Array;
  readonly address: Int32Array;
}

/** What finds rows, and what their sets of ports are numbers of. */
export interface Found {
  readonly rows: Rows;
  readonly sets: PortSets;
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

  /** What finds rows for all who ask. */
  readonly found: Found;
  /** The same again, without the sets of ports that were found since policies were compiled; what this gave before is used up. */
  readonly again: (before: Found) => Found;
  /** How much room the sets of ports of policies take. */
  readonly room: number;

  constructor({ owners, policies, ordered, namespaces, sets, reading = 'plain' }: EngineInput) {
    const specs = new PortSpecs(sets);
    const { pods, ofOwner } = archetypesOf(owners, policies, ordered);
    const groups = new PeerGroups({ pods, namespaces }, keysOf(policies, ordered));
    const selecting = policies.map((policy) => groups.selected(policy));
    const subjects = ordered.map((policy) => groups.subjects(policy));
    const profiled = (direction: Direction): Profiled => {
      const additive = selectionsOf(selecting, (index) => policies[index]?.[direction] !== undefined, pods.length);
      const tiered = selectionsOf(subjects, (index) => ordered[index]?.[direction] !== undefined, pods.length);
      const programs = new Programs(direction, ordered, groups, specs, tiered.bundles);
      const program = Int32Array.from(tiered.ofPod, (own, pod) => programs.of(own, additive.ofPod[pod]?.length !== 0));
      const bundles = additive.bundles.map((own) => own.map((index) => policies[index] as Policy));
      const profiles = new Profiles(direction, groups, specs, reading, bundles);
      const ids = additive.ofPod.map((own, pod) =>
        program[pod] === NO_PROGRAM ? profiles.of(own) : profiles.ofRules(own),
      );
      return {
        profiles,
        programs,
        ordered: new Ordered(programs, groups.members, specs, sets, reading),
        program,
        pod: Int32Array.from(ids, ({ pod }) => pod),
        address: Int32Array.from(ids, ({ address }) => address),
      };
    };
    const egress = profiled('egress');
    const ingress = profiled('ingress');
    const tables = Int32Array.from(pods, ({ namedPorts }) => specs.internTable(namedPorts));
    const noNames = new Int32Array(pods.length).fill(NO_NAMES);
    const side = (own: Profiled, other: Profiled, names: Int32Array): Side => {
      const programGroups = programGroupsIn(other.program, other.programs.list);
      return sideOf({
        profiles: own.pod,
        profileList: own.profiles.pods,
        programs: own.program,
        tables: names,
        groups: new Set([...groupsIn(other.pod, other.profiles.pods), ...programGroups]),
        programGroups,
        members: groups.members,
        signature: (holding, missing) => other.ordered.signature(holding, missing),
      });
    };
    const sources = side(egress, ingress, noNames);
    const targets = side(ingress, egress, tables);
    const found = (all: PortSets, own: PortSpecs, tiers: { readonly egress: Ordered; readonly ingress: Ordered }) => ({
      sets: all,
      rows: new Rows(sources, targets, own, all, tiers),
    });
    this.found = found(sets, specs, { egress: egress.ordered, ingress: ingress.ordered });
    this.sources = new Ends(sources, ofOwner);
    this.targets = new Ends(targets, ofOwner);

    const outside = new Outside(specs, sets);
    const outgoing = ofOwner.map((own) => outside.of(own, egress, noNames));
    const incoming = ofOwner.map((own) => outside.of(own, ingress, tables));
    const partition = new Partition([...outgoing, ...incoming]);
    this.externals = partition.ranges;
    this.outgoing = outgoing.map((segments) => partition.openings(segments));
    this.incoming = incoming.map((segments) => partition.openings(segments));
    const [ofPolicies, named] = [sets.size, specs.size];
    this.room = sets.room;
    this.again = (before) => {
      const all = sets.first(ofPolicies, before === this.found ? undefined : before.sets);
      const own = specs.first(named, all);
      return found(all, own, { egress: egress.ordered.with(own, all), ingress: ingress.ordered.with(own, all) });
    };
  }

  /** The groups of targets to which a group of sources may connect, and on which ports: good until the next one is asked. */
  targetsOf(source: number, { rows, sets } = this.found): GroupRow {
    const classes = this.sources.classesOf[source] as readonly number[];
    const own = classes.map((one): Row => {
      const row = rows.of(one);
      return classes.length === 1 ? row : { classes: row.classes.slice(), ports: row.ports.slice() };
    });
    return this.targets.gather(own, sets);
  }

  /** The ports on which one workload may connect to another. */
  between(source: number, target: number): PortSet {
    const { rows, sets } = this.found;
    let ports: PortSet = NONE;
    for (const from of this.sources.classesOf[this.sources.groupOf[source] as number] as readonly number[]) {
      for (const to of this.targets.classesOf[this.targets.groupOf[target] as number] as readonly number[]) {
        ports = sets.union(ports, rows.between(from, to));
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

  of(pods: readonly number[], profiled: Profiled, tables: Int32Array): Segments {
    let united: Segments | undefined;
    for (const pod of pods) {
      const segments = this.ofPod(pod, profiled, tables[pod] as number);
      united = united === undefined ? segments : uniteSegments(united, segments, this.sets);
    }
    return united ?? ALL_CLOSED;
  }

  private ofPod(pod: number, { address, program, profiles, ordered }: Profiled, table: number): Segments {
    const additive = this.additive(address[pod] as number, profiles, table);
    const own = program[pod] as number;
    if (own === NO_PROGRAM) {
      return additive;
    }
    const key = `${profiles.direction} ${address[pod]} ${table} ${own}`;
    let segments = this.known.get(key);
    if (segments === undefined) {
      const { fixed, gate } = ordered.decideOutside(own, table);
      segments = combineSegments([fixed, gate, additive], ([open, gated, allowed]) =>
        this.sets.union(open as PortSet, this.sets.intersection(gated as PortSet, allowed as PortSet)),
      );
      this.known.set(key, segments);
    }
    return segments;
  }

  private additive(profile: number, { direction, addresses }: Profiles, table: number): Segments {
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
