import { Bounds } from './bounds';
import { type End, isPod, portsAt } from './end';
import { ALL, NONE, type PortSet } from './engine/port-sets';
import type { PolicyRef, RuleRef, Verdict } from './explanation';
import { type ClosedEnd, Misses } from './misses/misses';
import type { ServicePortRef } from './misses/services';
import { type Direction, isHeld, isPeer, type NamespaceLabels, type Pod, type Policy, type Rule } from './model';
import { includesPort, type Port, type Ports } from './ports';
import type { Model } from './read/read';
import { refOf, refOfRule } from './refs';
import { Selecting } from './selecting';
import { type Asked, TierWalk } from './tier-walk';
import { isBehind, MIDDLE, type OrderedPolicy, type OrderedRule, type Tier } from './tiers';

/** What each of two ends says, and what both allow. */
export interface Verdicts {
  readonly egress: Verdict;
  readonly ingress: Verdict;
  readonly ports: PortSet;
}

/** Asks the policies of two ends one by one: what the engine has compiled does not know any more who wrote it. */
export class Explainer {
  /** What is open for sure and at most, where manifests do not tell everything. */
  readonly bounds: Bounds;
  private readonly selecting: Selecting;

  private readonly misses: Misses;

  constructor(
    private readonly model: Pick<
      Model,
      'policies' | 'ordered' | 'namespaces' | 'sets' | 'owners' | 'services' | 'blocksMatchPods'
    >,
  ) {
    this.misses = new Misses(model);
    this.selecting = new Selecting(model);
    this.bounds = new Bounds(model, this.selecting);
  }

  /** Why one end may or may not connect to the other. */
  verdicts(from: End, to: End, port: Port | undefined): Verdicts {
    const egress = this.verdict('egress', from, to, to, port);
    const ingress = this.verdict('ingress', to, from, to, port);
    return {
      egress: egress.verdict,
      ingress: ingress.verdict,
      ports: this.model.sets.intersection(egress.ports, ingress.ports),
    };
  }

  /**
   * The rules that let anybody at all to a port of a pod, with the names of their policies; `undefined` for a pod that no
   * policy isolates.
   */
  ingressRules(pod: Pod, port: Port): readonly { readonly rule: Rule; readonly policy: string }[] | undefined {
    const policies = this.selecting.policies(pod, 'ingress');
    return policies.length === 0
      ? undefined
      : policies.flatMap(({ namespace, name, ingress = [] }) =>
          ingress
            .filter((rule) => includesPort(this.model.sets.portsOf(portsAt(rule, pod, this.model.sets)), port))
            .map((rule) => ({ rule, policy: `NetworkPolicy ${namespace}/${name}` })),
        );
  }

  /** The same verdicts, each that denies with the rule that nearly allows. */
  withMisses(from: End, to: End, port: Port | undefined, { egress, ingress, ports }: Verdicts): Verdicts {
    return {
      egress: this.withMiss(egress, { direction: 'egress', end: from, peer: to, port }),
      ingress: this.withMiss(ingress, { direction: 'ingress', end: to, peer: from, port }),
      ports,
    };
  }

  /**
   * Where a number leads that Services of a pod have and the pod has not; of any port, where numbers lead that are open, and
   * not where they lead.
   */
  servicePorts(to: End, port: Port | undefined, open: Ports): readonly ServicePortRef[] {
    const { services } = this.misses;
    return !isPod(to) ? [] : port === undefined ? services.openInVain(to, open) : services.asked(to, port);
  }

  /** Policies of other tiers that select a pod in a direction, also those that are not evaluated. */
  orderedAt(pod: Pod, direction: Direction): readonly OrderedPolicy[] {
    return this.selecting.all(pod, direction);
  }

  /** Whether no policy says anything of the pods of a workload in a direction, or a rule of one lets everything through. */
  isOpen(pods: readonly Pod[], direction: Direction): boolean {
    const { selecting } = this;
    return pods.every(
      (pod) =>
        selecting.others(pod, direction).length === 0 &&
        (!selecting.isIsolated(pod, direction) || selecting.isWideOpen(pod, direction)),
    );
  }

  /** Whether a policy selects any of some pods in a direction. */
  isIsolated(pods: readonly Pod[], direction: Direction): boolean {
    const { selecting } = this;
    return pods.some((pod) => selecting.isIsolated(pod, direction) || selecting.others(pod, direction).length > 0);
  }

  private withMiss(verdict: Verdict, closed: Omit<ClosedEnd, 'end'> & { readonly end: End }): Verdict {
    const { end, direction, peer, port } = closed;
    if (!isPod(end) || verdict.outcome !== 'denied') {
      return verdict;
    }
    const isWithNone = verdict.isolating.some(({ tier }) => tier === MIDDLE.name);
    const receiver = direction === 'ingress' ? end : peer;
    const nearest = this.misses.nearest(
      { ...closed, end },
      {
        additive: isWithNone ? this.selecting.policies(end, direction) : [],
        ordered: this.selecting.others(end, direction),
        opens: (rule) => this.verdict(direction, end, peer, receiver, port, rule).verdict.outcome !== 'denied',
      },
    );
    return nearest === undefined ? verdict : { ...verdict, nearest };
  }

  /** @param mended a rule that is taken to match the other end, and the port that was asked for */
  private verdict(
    direction: Direction,
    end: End,
    peer: End,
    receiver: End,
    port: Port | undefined,
    mended?: Rule,
  ): { readonly verdict: Verdict; readonly ports: PortSet } {
    const unrestricted = (outcome: Verdict['outcome']) => ({
      verdict: { outcome, policies: [], rules: [], denies: [], isolating: [], ports: 'all' as const },
      ports: ALL,
    });
    if (!isPod(end)) {
      return unrestricted('outside');
    }
    if (end.onNode) {
      return unrestricted('host-network');
    }
    const { sets, namespaces } = this.model;
    const policies = this.selecting.policies(end, direction);
    const ordered = this.selecting.others(end, direction);
    if (policies.length === 0 && ordered.length === 0) {
      return unrestricted('not-selected');
    }
    // All addresses of a range are answered alike, but rules that are asked in order may tell them apart on the way.
    const other = isPod(peer) || ordered.length === 0 ? peer : { start: peer.start, end: peer.start + 1n };
    const walk = new TierWalk(sets);
    const portsOf = (rule: Rule, matches: boolean) => {
      const ports = portsAt(rule, receiver, sets);
      if (rule !== mended) {
        return matches ? ports : NONE;
      }
      return port === undefined
        ? ports === NONE
          ? ALL
          : ports
        : sets.union(ports, sets.range(port.protocol, port.port, port.port));
    };
    const allowing: Asked[] = policies.flatMap((policy) =>
      (policy[direction] as readonly Rule[]).map((rule) => ({
        ref: refOfRule(rule, policy, direction),
        ports: portsOf(rule, allows(rule, policy.namespace, other, namespaces)),
      })),
    );
    let before: Tier | undefined;
    let areAsked = policies.length === 0;
    const askNetworkPolicies = () => {
      before = walk.enter(MIDDLE, before);
      walk.askTogether(allowing);
      areAsked = true;
    };
    for (const policy of ordered) {
      if (!areAsked && isBehind(policy)) {
        askNetworkPolicies();
      }
      before = walk.enter(policy.tier, before);
      for (const rule of policy[direction] ?? []) {
        const matches = allows(rule, policy.namespace ?? '', other, namespaces) || matchesNode(rule, other);
        walk.ask({ ref: refOfRule(rule, policy, direction), ports: portsOf(rule, matches) }, rule.action);
      }
    }
    if (!areAsked) {
      askNetworkPolicies();
    }
    const ports = walk.leave(before);
    const isAsked = (some: PortSet) => (port === undefined ? some !== NONE : includesPort(sets.portsOf(some), port));
    const said = (asked: readonly Asked[]): RuleRef[] =>
      asked.filter((rule) => isAsked(rule.ports)).map((rule) => ({ ...rule.ref, ports: sets.portsOf(rule.ports) }));
    const rules = said(walk.allowed);
    const dropped = [...walk.dropped].filter(([, some]) => isAsked(some)).map(([tier]) => tier.name);
    const selecting = distinctRefs([
      ...ordered.filter((policy) => !isBehind(policy)),
      ...policies,
      ...ordered.filter(isBehind),
    ]);
    return {
      verdict: {
        outcome: !isAsked(ports) ? 'denied' : rules.length > 0 ? 'allowed' : 'unmatched',
        policies: selecting,
        rules,
        denies: said(walk.denied),
        isolating: selecting.filter(({ tier }) => dropped.includes(tier)),
        ports: sets.portsOf(ports),
      },
      ports,
    };
  }
}

function allows(rule: Rule, ownNamespace: string, peer: End, namespaces: NamespaceLabels): boolean {
  return (
    rule.everybody ||
    (isPod(peer)
      ? isHeld(rule, peer) || rule.pods.some((pods) => isPeer(pods, ownNamespace, peer, namespaces))
      : rule.addresses.some(({ start, end }) => start < peer.end && peer.start < end))
  );
}

function matchesNode({ nodes, proxies, doubtful }: OrderedRule, peer: End): boolean {
  if (!isPod(peer) || !peer.onNode) {
    return false;
  }
  return peer.isProxy && proxies !== undefined ? proxies && doubtful === undefined : nodes === 'all';
}

/** Policies, each once, also where it was taken apart. */
function distinctRefs(policies: readonly (Policy | OrderedPolicy)[]): readonly PolicyRef[] {
  return [...new Map(policies.map((policy) => [policy.source, refOf(policy)])).values()];
}
