import { decide, UNDECIDED } from '../engine/decide';
import { ALL, NONE, type PortSet } from '../engine/port-sets';
import { tiersOf } from '../engine/programs';
import type { RuleRef } from '../explanation';
import { type Direction, isDoubtful, isHeld, type Pod, type PodPeer, type Policy, type Rule } from '../model';
import type { Model } from '../read/read';
import { refOfRule } from '../refs';
import type { Selecting } from '../selecting';
import type { OrderedPolicy, OrderedRule } from '../tiers';
import { ANY, isNarrower, isWithin, mayBeWithin, type Pair, pairOf } from './pair';

/** Pods that no manifest shows, and the ports that one end lets them have. */
export interface Opening {
  readonly pair: Pair;
  readonly ports: PortSet;
}

type PortsOf = (rule: Rule) => PortSet;

/** A rule, or part of one, as it is asked in its order. */
interface Step {
  readonly rule: OrderedRule;
  readonly action: OrderedRule['action'];
  readonly own: string;
  readonly isNamed: boolean;
}

/** Whom a rule means. */
type Meant = Pick<Rule, 'everybody' | 'pods' | 'block'>;

/** What the policies of pods in one direction let pods have that no manifest shows. */
export class UnseenSide {
  private readonly known = new Map<string, readonly Opening[]>();
  private readonly ids = new Map<object, number>();

  constructor(
    private readonly direction: Direction,
    private readonly model: Pick<Model, 'namespaces' | 'sets' | 'anyPod'>,
    private readonly selecting: Selecting,
  ) {}

  /** Of egress, named ports are those of pods that nobody knows: any pod may call any port so. */
  of(pod: Pod): readonly Opening[] {
    const policies = this.selecting.policies(pod, this.direction);
    const ordered = this.selecting.others(pod, this.direction);
    const names = this.direction === 'egress' ? '' : [...pod.namedPorts].map((entry) => entry.join(' ')).join(',');
    const key = `${[...policies, ...ordered].map((policy) => this.idOf(policy)).join(' ')}|${names}`;
    let openings = this.known.get(key);
    if (openings === undefined) {
      openings = this.compute(policies, ordered, this.portsAt(pod));
      this.known.set(key, openings);
    }
    return openings;
  }

  /** The rules by which pods of a pair have some of these ports; none where no rule has a say. */
  rules({ pair, ports }: Opening, pod: Pod): readonly RuleRef[] {
    const { sets } = this.model;
    const { direction } = this;
    const portsOf = this.portsAt(pod);
    const openedBy = (policy: Policy | OrderedPolicy, meant: readonly Rule[]): readonly RuleRef[] =>
      meant.flatMap((rule) => {
        const open = sets.intersection(portsOf(rule), ports);
        return open === NONE ? [] : [{ ...refOfRule(rule, policy, direction), ports: sets.portsOf(open) }];
      });
    return [
      ...this.selecting.others(pod, direction).flatMap((policy) =>
        openedBy(
          policy,
          (policy[direction] ?? []).filter(
            (rule) => rule.action === 'allow' && this.matches(pair, rule, policy.namespace ?? '') !== false,
          ),
        ),
      ),
      ...this.selecting.policies(pod, direction).flatMap((policy) =>
        openedBy(
          policy,
          (policy[direction] ?? []).filter((rule) => this.mayBeMeant(pair, rule, policy.namespace)),
        ),
      ),
    ];
  }

  private compute(
    policies: readonly Policy[],
    ordered: readonly OrderedPolicy[],
    portsOf: PortsOf,
  ): readonly Opening[] {
    const { namespaces, anyPod } = this.model;
    const pairs = new Map<string, Pair>();
    const add = (pair: Pair | undefined) => pair && pairs.set(pair.key, pair);
    const candidates = (rule: Meant, own: string) => {
      if (rule.everybody || isHeld(rule, anyPod) || isDoubtful(rule, anyPod)) {
        add(ANY);
      }
      for (const peer of rule.pods) {
        add(pairOf(peer, own, namespaces));
      }
    };
    if (policies.length === 0) {
      add(ANY);
    }
    for (const policy of policies) {
      for (const rule of policy[this.direction] ?? []) {
        candidates(rule, policy.namespace);
      }
    }
    for (const policy of ordered) {
      for (const rule of policy[this.direction] ?? []) {
        if (rule.action !== 'deny') {
          candidates(rule, policy.namespace ?? '');
          candidates({ everybody: false, pods: [], ...rule.doubtful }, policy.namespace ?? '');
        }
      }
    }
    return this.broadest(
      [...pairs.values()].map((pair) => ({ pair, ports: this.ports(pair, policies, ordered, portsOf) })),
    );
  }

  /** Without pairs of which a broader one has as many ports. */
  broadest(openings: readonly Opening[]): readonly Opening[] {
    const { sets } = this.model;
    const isMore = (one: Opening, other: Opening) =>
      sets.difference(other.ports, one.ports) === NONE && isNarrower(other.pair, one.pair);
    return openings.filter(
      (opening, place) =>
        opening.ports !== NONE &&
        !openings.some(
          (other, at) => at !== place && isMore(other, opening) && (at < place || !isMore(opening, other)),
        ),
    );
  }

  /** All ports that some pod of a pair may have with a pod, whether a rule names such pods or not. */
  portsWith(pair: Pair, pod: Pod): PortSet {
    const { selecting, direction } = this;
    return this.ports(pair, selecting.policies(pod, direction), selecting.others(pod, direction), this.portsAt(pod));
  }

  /** All ports that some pod of a pair may have. */
  ports(pair: Pair, policies: readonly Policy[], ordered: readonly OrderedPolicy[], portsOf: PortsOf): PortSet {
    const { sets } = this.model;
    const allowing = policies.flatMap((policy) =>
      (policy[this.direction] ?? []).filter((rule) => this.mayBeMeant(pair, rule, policy.namespace)),
    );
    const { fixed, gate } =
      ordered.length === 0
        ? UNDECIDED
        : decide(
            {
              tiers: tiersOf(ordered, policies.length > 0, (policy) =>
                (policy[this.direction] ?? []).flatMap((rule) => this.stepsOf(rule, policy.namespace ?? '')),
              ),
            },
            {
              matches: ({ rule, own, isNamed }) => {
                const match = this.matches(pair, rule, own);
                return match && isNamed ? undefined : match;
              },
              portsOf: ({ rule }) => (rule.action === 'deny' ? this.sure(rule, portsOf) : portsOf(rule)),
            },
            sets,
            'most',
          );
    return sets.union(
      fixed,
      sets.intersection(gate, policies.length === 0 ? ALL : sets.unionOf(allowing.map(portsOf))),
    );
  }

  /**
   * A rule, what it says of numbers apart from what it says of names: of these, nobody knows which port a pod means, and so
   * whether a port is passed on.
   */
  private stepsOf(rule: OrderedRule, own: string): readonly Step[] {
    const { action, ports } = rule;
    if (this.direction === 'ingress' || action !== 'pass' || ports.names.length === 0) {
      return [{ rule, action, own, isNamed: false }];
    }
    return [
      { rule: { ...rule, ports: { ...ports, names: [] } }, action, own, isNamed: false },
      { rule: { ...rule, ports: { ...ports, numbers: NONE } }, action, own, isNamed: true },
    ];
  }

  /** Of a name, nobody knows which port a pod means by it: a denial closes none for sure. */
  private sure(rule: Rule, portsOf: PortsOf): PortSet {
    return this.direction === 'egress' ? rule.ports.numbers : portsOf(rule);
  }

  /** What denies has to match all pods of a pair; what passes on may match some of them. */
  private matches(pair: Pair, rule: OrderedRule, own: string): boolean | undefined {
    if (this.isMeant(pair, rule, own)) {
      return true;
    }
    const { doubtful } = rule;
    const isUnsure =
      this.mayBeMeant(pair, rule, own) || (doubtful !== undefined && this.mayBeMeant(pair, doubtful, own));
    const mayBe = (peers: readonly PodPeer[]) =>
      peers.some((peer) => mayBeWithin(pair, peer, own, this.model.namespaces));
    if (rule.action === 'pass') {
      return isUnsure || mayBe(rule.pods) || mayBe(doubtful?.pods ?? []) ? undefined : false;
    }
    return rule.action === 'allow' && isUnsure ? undefined : false;
  }

  private isMeant(pair: Pair, rule: Meant, own: string): boolean {
    const { anyPod, namespaces } = this.model;
    return rule.everybody || isHeld(rule, anyPod) || rule.pods.some((peer) => isWithin(pair, peer, own, namespaces));
  }

  /** Addresses may mean any pod: nobody knows which ones pods have that nobody has written down. */
  private mayBeMeant(pair: Pair, rule: Meant, own: string): boolean {
    return isDoubtful(rule, this.model.anyPod) || this.isMeant(pair, rule, own);
  }

  private portsAt(receiver: Pod): PortsOf {
    const { sets } = this.model;
    return ({ ports }) =>
      this.direction === 'egress'
        ? ports.names.length > 0
          ? sets.unionOf([ports.numbers, ...ports.names.map((name) => this.protocolOf(name))])
          : ports.numbers
        : ports.names.reduce((open, name) => sets.union(open, receiver.namedPorts.get(name) ?? NONE), ports.numbers);
  }

  private protocolOf(name: string): PortSet {
    const [protocol] = name.split('/') as ['TCP' | 'UDP' | 'SCTP'];
    return this.model.sets.range(protocol, 1, 65_535);
  }

  private idOf(policy: object): number {
    const id = this.ids.get(policy) ?? this.ids.size;
    this.ids.set(policy, id);
    return id;
  }
}
