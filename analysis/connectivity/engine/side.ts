import { listIn } from '../../manifest/lists';
import type { Ids } from './label-index';
import type { SignatureId } from './ordered';
import { NONE } from './port-sets';
import type { SpecId, TableId } from './port-specs';
import { OPEN, type PodProfile } from './profiles';
import { NO_PROGRAM, type Program } from './programs';

/** Pods as one end of connections: in classes of those that no policy can tell apart in this role. */
export interface Side {
  /** The class of each pod. */
  readonly classOf: Int32Array;
  /** By class: what the policies of its pods allow in this role. */
  readonly profileOf: readonly PodProfile[];
  /** By class: what ordered policies of its pods say in this role. */
  readonly programOf: readonly number[];
  /** The classes of each program, but for those without one. */
  readonly withProgram: ReadonlyMap<number, Ids>;
  /** By class: the sets of peers it is in, as far as programs of the other side speak of them. */
  readonly signatureOf: readonly SignatureId[];
  /** The classes of each of these signatures. */
  readonly withSignature: ReadonlyMap<SignatureId, Ids>;
  /** By class: the named ports of its pods. */
  readonly tableOf: readonly TableId[];
  /** By class: the sets of peers it is in, as far as the other side has rules for them, in ascending order. */
  readonly groupsOf: readonly (readonly number[])[];
  /** By set of peers: the classes in it, as far as the other side has rules for it. */
  readonly classesIn: ReadonlyMap<number, Ids>;
  /** The classes that are open to somebody without regard to who it is. */
  readonly openToAll: Ids;
  /** By set of peers: the classes that have a rule for it, and the ports of that rule. */
  readonly rulesFor: ReadonlyMap<number, readonly { readonly classes: Ids; readonly ports: SpecId }[]>;
}

/** What decides about the classes of a side. */
export interface SideInput {
  /** By pod: the number of its profile in this role. */
  readonly profiles: Int32Array;
  readonly profileList: readonly PodProfile[];
  /** By pod: the number of its program in this role. */
  readonly programs: Int32Array;
  /** By pod: the number of its named ports; zeros where they do not matter. */
  readonly tables: Int32Array;
  /** The sets of peers that rules of the other side speak of. */
  readonly groups: ReadonlySet<number>;
  /** Those of them that programs of the other side speak of. */
  readonly programGroups: ReadonlySet<number>;
  readonly members: readonly Ids[];
  signature(groups: readonly number[]): SignatureId;
}

/** The sets of peers that the profiles of some pods speak of. */
export function groupsIn(profiles: Int32Array, list: readonly PodProfile[]): ReadonlySet<number> {
  return new Set([...new Set(profiles)].flatMap((id) => (list[id] as PodProfile).peers.map(({ group }) => group)));
}

/** The sets of peers that the programs of some pods speak of. */
export function programGroupsIn(programs: Int32Array, list: readonly Program[]): ReadonlySet<number> {
  return new Set([...new Set(programs)].flatMap((id) => [...(list[id] as Program).groups]));
}

/** Divides pods into classes and prepares the ways in which they are looked up. */
export function sideOf(input: SideInput): Side {
  const { profiles, profileList, programs, tables, groups, programGroups, members } = input;
  const classes = new Classes(profiles, programs, tables);
  for (const group of groups) {
    classes.split(members[group] as Ids);
  }
  const { classOf } = classes;
  const first = classes.representatives();
  const profileIds = first.map((pod) => profiles[pod] as number);
  const groupsOf: number[][] = first.map(() => []);
  const classesIn = new Map<number, Ids>();
  for (const group of [...groups].sort((a, b) => a - b)) {
    const inside = [...new Set((members[group] as Ids).map((pod) => classOf[pod] as number))];
    classesIn.set(group, inside);
    for (const id of inside) {
      groupsOf[id]?.push(group);
    }
  }
  const programOf = first.map((pod) => programs[pod] as number);
  const signatureOf = groupsOf.map((own) =>
    input.signature(programGroups.size === 0 ? [] : own.filter((group) => programGroups.has(group))),
  );
  const withProgram = placesOf(programOf);
  withProgram.delete(NO_PROGRAM);
  return {
    classOf,
    programOf,
    withProgram,
    signatureOf,
    withSignature: placesOf(signatureOf),
    profileOf: profileIds.map((id) => profileList[id] as PodProfile),
    tableOf: first.map((pod) => tables[pod] as TableId),
    groupsOf,
    classesIn,
    openToAll: [...profileIds.keys()].filter((id) => profileList[profileIds[id] as number]?.everybody !== NONE),
    rulesFor: rulesByGroup(profileIds, profileList),
  };
}

function placesOf(values: readonly number[]): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (const [place, value] of values.entries()) {
    listIn(places, value).push(place);
  }
  return places;
}

function rulesByGroup(profileIds: readonly number[], profileList: readonly PodProfile[]): Side['rulesFor'] {
  const byProfile = new Map<number, number[]>();
  for (const [id, profile] of profileIds.entries()) {
    if (profile !== OPEN) {
      listIn(byProfile, profile).push(id);
    }
  }
  const rules = new Map<number, { classes: Ids; ports: SpecId }[]>();
  for (const [profile, classes] of byProfile) {
    for (const { group, ports } of profileList[profile]?.peers ?? []) {
      listIn(rules, group).push({ classes, ports });
    }
  }
  return rules;
}

/** A partition of pods that is refined set by set. A step costs no more than the set has members. */
class Classes {
  readonly classOf: Int32Array;
  private readonly sizes: number[] = [];

  constructor(profiles: Int32Array, programs: Int32Array, tables: Int32Array) {
    this.classOf = new Int32Array(profiles.length);
    const ids = new Map<string, number>();
    for (let pod = 0; pod < profiles.length; pod++) {
      const key = `${profiles[pod]} ${programs[pod]} ${tables[pod]}`;
      const id = ids.get(key) ?? this.sizes.push(0) - 1;
      ids.set(key, id);
      this.move(pod, id);
    }
  }

  /** Separates the members of a set from all others. */
  split(members: Ids): void {
    const inside = new Map<number, number>();
    for (const pod of members) {
      const id = this.classOf[pod] as number;
      inside.set(id, (inside.get(id) ?? 0) + 1);
    }
    const parts = new Map<number, number>();
    for (const [id, count] of inside) {
      const size = this.sizes[id] as number;
      if (count < size) {
        this.sizes[id] = size - count;
        parts.set(id, this.sizes.push(0) - 1);
      }
    }
    for (const pod of parts.size > 0 ? members : []) {
      const part = parts.get(this.classOf[pod] as number);
      if (part !== undefined) {
        this.move(pod, part);
      }
    }
  }

  /** A pod of each class. */
  representatives(): number[] {
    const pods = new Array<number>(this.sizes.length);
    for (const [pod, id] of this.classOf.entries()) {
      pods[id] = pod;
    }
    return pods;
  }

  private move(pod: number, id: number): void {
    this.classOf[pod] = id;
    this.sizes[id] = (this.sizes[id] as number) + 1;
  }
}
