import type { HostName, Listener, VirtualHost } from '../routing';
import { HostIndex, hostText } from '../routing/host-index';
import { textClasses } from './regular/classes';
import {
  bytesIn,
  EMPTY,
  literal,
  NOTHING,
  one,
  or,
  type Regular,
  repeated,
  sequence,
  then,
} from './regular/expression';
import { textsOf } from './regular/parse';

/** Hosts that neither side tells apart. */
export interface HostClass {
  /** One of them. */
  readonly host: string;
  /** Others, where there are: what is true of one by chance, since it stands in a Location, is not true of these. */
  readonly others: string[];
  /** All of them in words, e.g. `*.example.com`; `null` for those that no rule names. */
  readonly text: string | null;
  /** The name of which they are, e.g. `*.example.com`; `null` for those that no rule names. */
  readonly name: string | null;
  /** Whether it is this host alone. */
  readonly isExact: boolean;
  /** Whether a wildcard takes them on one side that takes one label alone on the other. */
  readonly isByLabels: boolean;
  readonly before: VirtualHost | undefined;
  readonly after: VirtualHost | undefined;
}

export interface HostClasses {
  readonly classes: readonly HostClass[];
  /** What could not be told apart completely, in words. */
  readonly undecided: readonly string[];
}

/** More combinations of beginnings and endings than anybody writes. */
const MOST_COMBINATIONS = 20_000;

/**
 * Splits all hosts into the classes that two listeners tell apart.
 *
 * @param isAlike whether two hosts have the same routes
 */
export function hostClasses(
  before: Listener | undefined,
  after: Listener | undefined,
  isAlike: (before: VirtualHost, after: VirtualHost) => boolean,
): HostClasses {
  const [one, other] = [before?.hosts ?? [], after?.hosts ?? []];
  const names = [...one, ...other].map(({ name }) => name);
  const { hosts, undecided } = candidates(names);
  const [beforeIndex, afterIndex] = [new HostIndex(one), new HostIndex(other)];
  const exact = new Set(names.flatMap((name) => (name.kind === 'exact' ? [name.host] : [])));
  const classes = new Map<string, HostClass>();
  const places = new Map([...one, ...other].map((host, place) => [host, place]));
  for (const host of hosts) {
    const found = [beforeIndex.find(host).host, afterIndex.find(host).host] as const;
    const isExact = exact.has(host);
    const key = `${isExact} ${isExact ? host : found.map((virtual) => (virtual && places.get(virtual)) ?? '').join(' ')}`;
    const known = classes.get(key);
    if (known === undefined) {
      const name = isExact ? host : nameOf(found);
      const text = name === null || isExact ? name : describe(host, name);
      const isByLabels = !isExact && (isDeeper(found[0], found[1], other) || isDeeper(found[1], found[0], one));
      classes.set(key, { host, others: [], text, name, isExact, isByLabels, before: found[0], after: found[1] });
    } else if (known.others.length < 2) {
      known.others.push(host);
    }
  }
  return { classes: [...classes.values()], undecided: areAlike(one, other, isAlike) ? [] : undecided };
}

/** Whether hosts but for exact ones are the same, in the same order: then it does not matter what their patterns mean. */
function areAlike(
  before: readonly VirtualHost[],
  after: readonly VirtualHost[],
  isAlike: (before: VirtualHost, after: VirtualHost) => boolean,
): boolean {
  const [one, other] = [before, after].map((hosts) => hosts.filter(({ name }) => name.kind !== 'exact')) as [
    VirtualHost[],
    VirtualHost[],
  ];
  return (
    one.length === other.length &&
    one.every((host, index) => {
      const counterpart = other[index] as VirtualHost;
      return JSON.stringify(host.name) === JSON.stringify(counterpart.name) && isAlike(host, counterpart);
    })
  );
}

/** The longer of the names that two sides have for hosts. */
function nameOf(found: readonly (VirtualHost | undefined)[]): string | null {
  const texts = found.flatMap((virtual) => (virtual && hostText(virtual.name)) ?? []);
  return [...new Set(texts)].sort((a, b) => b.length - a.length)[0] ?? null;
}

/** Whether a host takes several labels where one of the other side takes one label alone before the same name. */
function isDeeper(
  host: VirtualHost | undefined,
  counterpart: VirtualHost | undefined,
  others: readonly VirtualHost[],
): boolean {
  const name = host?.name;
  if (name?.kind !== 'suffix') {
    return false;
  }
  const isNarrow = (one: VirtualHost | undefined) => one?.name.kind === 'label' && one.name.suffix === name.suffix;
  return !isNarrow(counterpart) && others.some(isNarrow);
}

function describe(host: string, first: string): string {
  // Where one side takes names of several labels and the other one does not, the asterisk alone would say too much.
  const labels = first.startsWith('*.') ? host.slice(0, host.length - first.length + 1).split('.').length : 1;
  return labels > 1 ? `${first} (of several labels)` : first;
}

/** Examples of hosts, at least one of each class that names without patterns make. */
function candidates(names: readonly HostName[]): { readonly hosts: readonly string[]; readonly undecided: string[] } {
  const exact = new Set<string>();
  const suffixes = new Set<string>();
  const prefixes = new Set<string>();
  const patterns: HostName[] = [];
  for (const name of names) {
    if (name.kind === 'exact') {
      exact.add(name.host);
    } else if (name.kind === 'label' || name.kind === 'suffix') {
      suffixes.add(name.suffix);
    } else if (name.kind === 'prefix') {
      prefixes.add(name.prefix);
    } else if (name.kind === 'pattern') {
      patterns.push(name);
    }
  }
  const hosts = new Set([...exact].filter((host) => host !== ''));
  const isFree = (host: string) => !exact.has(host) && !suffixes.has(`.${host}`);
  // Of each class two, if possible.
  for (const suffix of suffixes) {
    for (const label of freeOf(LABELS, (text) => isFree(text + suffix))) {
      hosts.add(label + suffix);
      for (const second of freeOf(LABELS, (text) => isFree(`${text}.${label}${suffix}`))) {
        hosts.add(`${second}.${label}${suffix}`);
      }
    }
  }
  const undecided: string[] = [];
  if (prefixes.size * (suffixes.size + 1) > MOST_COMBINATIONS) {
    undecided.push(`hosts that begin with ${[...prefixes][0]} and end with a name that a wildcard has`);
  } else {
    for (const prefix of prefixes) {
      for (const suffix of ['', ...suffixes]) {
        for (const host of joined(prefix, suffix)) {
          hosts.add(host);
        }
      }
    }
  }
  for (const host of freeOf(LABELS, (text) => isFree(`${text}.example`))) {
    hosts.add(`${host}.example`);
  }
  if (patterns.length > 0) {
    addPatterned(names, hosts, undecided);
  }
  return { hosts: [...hosts], undecided };
}

const LABELS = ['other', 'another', 'any', 'some'];

/** The first two texts that are free, made up where these do not do. */
function freeOf(texts: readonly string[], isFree: (text: string) => boolean): readonly string[] {
  const free = texts.filter(isFree).slice(0, 2);
  for (let count = 0; free.length < 2; count++) {
    const text = `other-${count}`;
    if (isFree(text)) {
      free.push(text);
    }
  }
  return free;
}

/** Names that begin with one text and end with another, which may overlap. */
function joined(prefix: string, suffix: string): string[] {
  const found = [`${prefix}x${suffix}`, `${prefix}x.y${suffix}`];
  for (let length = 1; length < Math.min(prefix.length, suffix.length + 1); length++) {
    if (suffix !== '' && prefix.endsWith(suffix.slice(0, length))) {
      found.push(prefix + suffix.slice(length));
    }
  }
  return found;
}

const LABEL = one(bytesIn('abcdefghijklmnopqrstuvwxyz0123456789-_'));
const SOME_LABELS = sequence(LABEL, repeated(LABEL), repeated(sequence(literal('.'), LABEL, repeated(LABEL))));

function addPatterned(names: readonly HostName[], hosts: Set<string>, undecided: string[]): void {
  const sets = names.map(setOf);
  const { classes, isComplete } = textClasses(
    SOME_LABELS,
    sets.map((set) => set ?? NOTHING),
  );
  for (const { text } of classes) {
    hosts.add(text);
  }
  for (const [index, name] of names.entries()) {
    if (name.kind === 'pattern' && (!isComplete || sets[index] === undefined)) {
      undecided.push(`which hosts match the regular expression ${name.pattern.source}`);
    }
  }
}

function setOf(name: HostName): Regular | undefined {
  switch (name.kind) {
    case 'exact':
      return literal(name.host);
    case 'label':
      return sequence(LABEL, repeated(LABEL), literal(name.suffix));
    case 'suffix':
      return then(SOME_LABELS, literal(name.suffix));
    case 'prefix':
      return then(literal(name.prefix), SOME_LABELS);
    case 'pattern':
      return textsOf(name.pattern);
    case 'any':
      return or(EMPTY, SOME_LABELS);
  }
}
