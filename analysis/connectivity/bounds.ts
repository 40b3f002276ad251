import { ADDRESSES_END, type AddressRange, IPV6_START, without } from './addresses';
import { type End, isPod, portsAt } from './end';
import { decide, type Reading, UNDECIDED } from './engine/decide';
import { ALL, type PortSet } from './engine/port-sets';
import { tiersOf } from './engine/programs';
import { policyText } from './explanation';
import { type Direction, isDoubtful, isHeld, isPeer, type Rule } from './model';
import type { Model } from './read/read';
import type { Selecting } from './selecting';
import type { OrderedRule } from './tiers';

/** What is open for sure, and what may be. */
export interface Bound {
  readonly least: PortSet;
  readonly most: PortSet;
}

/** Somebody of whom nothing is known. */
export const SOMEBODY = 'somebody';

type Other = End | typeof SOMEBODY;

const FAMILIES: readonly AddressRange[] = [
  { start: 0n, end: IPV6_START },
  { start: IPV6_START, end: ADDRESSES_END },
];

/** Asks policies about ends of which manifests do not tell everything. */
export class Bounds {
  constructor(
    private readonly model: Pick<Model, 'namespaces' | 'sets'>,
    private readonly selecting: Selecting,
  ) {}

  /** What both ends let through. */
  between(from: Other, to: End): Bound {
    const ends = [this.at('ingress', to, from, to), ...(from === SOMEBODY ? [] : [this.at('egress', from, to, to)])];
    const all = (some: readonly PortSet[]) =>
      some.reduce((one, other) => this.model.sets.intersection(one, other), ALL);
    return { least: all(ends.map(({ least }) => least)), most: all(ends.map(({ most }) => most)) };
  }

  /** Policies beside NetworkPolicies that have a say about who may connect to a pod, in words. */
  othersOf(end: End): readonly string[] {
    return isPod(end) ? [...new Set(this.selecting.all(end, 'ingress').map(policyText))] : [];
  }

  /** All policies that have a say about who may connect to a pod, in words. */
  allOf(end: End): readonly string[] {
    const policies = isPod(end) ? this.selecting.policies(end, 'ingress') : [];
    return [
      ...this.othersOf(end),
      ...policies.map(({ namespace, name }) => policyText({ kind: 'NetworkPolicy', namespace, name })),
    ];
  }

  /** All addresses, cut wherever a policy of a pod may tell them apart. */
  cuts(end: End): readonly AddressRange[] {
    const policies = isPod(end)
      ? [...this.selecting.policies(end, 'ingress'), ...this.selecting.all(end, 'ingress')]
      : [];
    const rules: readonly (Rule | OrderedRule)[] = policies.flatMap(({ ingress = [] }) => [...ingress]);
    const ranges = rules.flatMap((rule) => [...rule.addresses, ...(doubtfulOf(rule)?.addresses ?? [])]);
    const bounds = [0n, IPV6_START, ADDRESSES_END, ...ranges.flatMap(({ start, end: last }) => [start, last])];
    const sorted = [...new Set(bounds)].sort((a, b) => (a < b ? -1 : 1));
    return sorted.slice(0, -1).map((start, index) => ({ start, end: sorted[index + 1] as bigint }));
  }

  private at(direction: Direction, end: End, other: Other, receiver: End): Bound {
    if (!isPod(end)) {
      return { least: ALL, most: ALL };
    }
    const { sets } = this.model;
    const policies = this.selecting.policies(end, direction);
    const ordered = this.selecting.all(end, direction);
    const rules = policies.flatMap((policy) =>
      (policy[direction] ?? []).map((rule) => ({ rule, match: this.matches(rule, policy.namespace, other) })),
    );
    const tiers = tiersOf(ordered, policies.length > 0, (policy) =>
      (policy[direction] ?? []).map((rule) => ({
        action: rule.action,
        match: this.matches(rule, policy.namespace ?? '', other),
        ports: portsAt(rule, receiver, sets),
      })),
    );
    const read = (reading: Reading) => {
      const meant = rules.filter(({ match }) => match ?? reading === 'most');
      const allowed = sets.unionOf(meant.map(({ rule }) => portsAt(rule, receiver, sets)));
      const { fixed, gate } =
        ordered.length === 0
          ? UNDECIDED
          : decide({ tiers }, { matches: ({ match }) => match, portsOf: ({ ports }) => ports }, sets, reading);
      return sets.union(fixed, sets.intersection(gate, policies.length === 0 ? ALL : allowed));
    };
    return { least: read('least'), most: read('most') };
  }

  /** Whether a rule matches; `undefined` where nobody knows. */
  private matches(rule: Rule | OrderedRule, own: string, other: Other): boolean | undefined {
    if (rule.everybody) {
      return true;
    }
    const { pods, addresses } = rule;
    const nodes = 'nodes' in rule ? rule.nodes : undefined;
    const doubtful = doubtfulOf(rule);
    if (other === SOMEBODY) {
      return pods.length + addresses.length > 0 || nodes !== undefined || doubtful !== undefined ? undefined : false;
    }
    if (!isPod(other)) {
      const isMet = (ranges: readonly AddressRange[]) =>
        ranges.some(({ start, end }) => start < other.end && other.start < end);
      return isMet(addresses) || (doubtful !== undefined && (doubtful.everybody || isMet(doubtful.addresses)))
        ? isMet(addresses) || undefined
        : false;
    }
    if (other.isProxy && 'proxies' in rule && rule.proxies !== undefined) {
      return rule.proxies || doubtful?.everybody ? (rule.proxies && doubtful === undefined) || undefined : false;
    }
    const isMeant = (peers: Rule['pods']) => peers.some((peer) => isPeer(peer, own, other, this.model.namespaces));
    if (
      isMeant(pods) ||
      isHeld(rule, other) ||
      (other.onNode && (nodes === 'all' || (!isOfCilium(rule) && holdsAll(addresses))))
    ) {
      return true;
    }
    const isUnsure =
      isDoubtful(rule, other) ||
      (doubtful !== undefined && (isHeld(doubtful, other) || isDoubtful(doubtful, other))) ||
      (other.onNode && nodes === 'some') ||
      (doubtful !== undefined && (doubtful.everybody || isMeant(doubtful.pods)));
    return isUnsure ? undefined : false;
  }
}

function doubtfulOf(rule: Rule | OrderedRule): OrderedRule['doubtful'] {
  return 'doubtful' in rule ? rule.doubtful : undefined;
}

/** Whether a rule is one of Cilium, to which addresses are never nodes. */
function isOfCilium(rule: Rule | OrderedRule): boolean {
  return 'proxies' in rule && rule.proxies !== undefined;
}

function holdsAll(block: readonly AddressRange[]): boolean {
  return FAMILIES.some((family) => without(family, block).length === 0);
}
