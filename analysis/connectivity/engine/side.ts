import { listIn } from '../../manifest/lists';
import { Classes } from './classes';
import type { IdSet, Ids } from './id-set';
import { Memberships } from './memberships';
import type { SignatureId } from './ordered';
import type { SpecId, TableId } from './port-specs';
import { OPEN, type PodProfile } from './profiles';
import { NO_PROGRAM, type Program } from './programs';

/** Pods as one end of connections: in classes of those that no policy can tell apart in this role. */
export interface Side {
  /** The class of each pod. */
  readonly classOf: Int32Array;
  /** By class: the number of what the policies of its pods allow in this role. */
  readonly profileOf: readonly number[];
  /** What these numbers stand for. */
  readonly profiles: readonly PodProfile[];
  /** The classes of each profile. */
  readonly withProfile: ReadonlyMap<number, Ids>;
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
  /** The sets of peers the classes are in, as far as the other side has rules for them. */
  readonly memberships: Memberships;
  /** By set of peers: the profiles that have a rule for it, and the ports of that rule. */
  readonly rulesFor: ReadonlyMap<number, readonly RuleFor[]>;
}

/** What a profile opens to the peers of a set. */
export interface RuleFor {
  readonly profile: number;
  readonly ports: SpecId;
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
  readonly members: readonly IdSet[];
  signature(holding: Ids, missing: Ids): SignatureId;
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
  const keys = Array.from(profiles, (profile, pod) => `${profile} ${programs[pod]} ${tables[pod]}`);
  const classes = new Classes(keys, profiles.length);
  for (const group of groups) {
    classes.split(members[group] as IdSet);
  }
  const { classOf } = classes;
  const first = classes.representatives();
  const profileOf = first.map((pod) => profiles[pod] as number);
  const memberships = new Memberships(classOf, first.length, groups, members);
  const programOf = first.map((pod) => programs[pod] as number);
  const ofPrograms = (own: Ids) => (programGroups.size === 0 ? [] : own.filter((group) => programGroups.has(group)));
  const signatureOf = memberships.holding.map((own, id) =>
    input.signature(ofPrograms(own), ofPrograms(memberships.missing[id] as Ids)),
  );
  const withProgram = placesOf(programOf);
  withProgram.delete(NO_PROGRAM);
  const withProfile = placesOf(profileOf);
  return {
    classOf,
    programOf,
    withProgram,
    signatureOf,
    withSignature: placesOf(signatureOf),
    profileOf,
    profiles: profileList,
    withProfile,
    tableOf: first.map((pod) => tables[pod] as TableId),
    memberships,
    rulesFor: rulesByGroup(withProfile.keys(), profileList),
  };
}

function placesOf(values: readonly number[]): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (const [place, value] of values.entries()) {
    listIn(places, value).push(place);
  }
  return places;
}

function rulesByGroup(profiles: Iterable<number>, profileList: readonly PodProfile[]): Side['rulesFor'] {
  const rules = new Map<number, RuleFor[]>();
  for (const profile of profiles) {
    for (const { group, ports } of profile === OPEN ? [] : (profileList[profile]?.peers ?? [])) {
      listIn(rules, group).push({ profile, ports });
    }
  }
  return rules;
}
