import { listIn } from '../manifest/lists';
import type { AddressRange } from './addresses';
import { ALL, NONE, type PortSet } from './engine/port-sets';
import type { PolicyRef, RuleRef, Verdict } from './explanation';
import { type Direction, isPeer, type NamespaceLabels, type Pod, type Policy, type Rule } from './model';
import { PolicyIndex } from './policy-index';
import { includesPort, type Port } from './ports';
import type { Model } from './read/read';

/** One end of a connection: a pod, or addresses outside. */
export type End = Pod | AddressRange;

/** What each of two ends says, and what both allow. */
export interface Verdicts {
  readonly egress: Verdict;
  readonly ingress: Verdict;
  readonly ports: PortSet;
}

/** Asks the policies of two ends one by one: what the engine has compiled does not know any more who wrote it. */
export class Explainer {
  private readonly policiesIn: ReadonlyMap<string, PolicyIndex>;

  constructor(private readonly model: Pick<Model, 'policies' | 'namespaces' | 'sets'>) {
    const byNamespace = new Map<string, Policy[]>();
    for (const policy of model.policies) {
      listIn(byNamespace, policy.namespace).push(policy);
    }
    this.policiesIn = new Map(
      [...byNamespace].map(([namespace, own]) => [
        namespace,
        new PolicyIndex(own.sort((a, b) => (a.name < b.name ? -1 : 1))),
      ]),
    );
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
    const policies = pod.onNode
      ? []
      : (this.policiesIn.get(pod.namespace)?.selecting(pod) ?? []).filter(({ ingress }) => ingress !== undefined);
    return policies.length === 0
      ? undefined
      : policies.flatMap(({ namespace, name, ingress = [] }) =>
          ingress
            .filter((rule) => includesPort(this.model.sets.portsOf(this.portsOf(rule, pod)), port))
            .map((rule) => ({ rule, policy: `NetworkPolicy ${namespace}/${name}` })),
        );
  }

  private verdict(
    direction: Direction,
    end: End,
    peer: End,
    receiver: End,
    port: Port | undefined,
  ): { readonly verdict: Verdict; readonly ports: PortSet } {
    const unrestricted = (outcome: Verdict['outcome']) => ({
      verdict: { outcome, policies: [], rules: [], ports: 'all' as const },
      ports: ALL,
    });
    if (!isPod(end)) {
      return unrestricted('outside');
    }
    if (end.onNode) {
      return unrestricted('host-network');
    }
    const policies = (this.policiesIn.get(end.namespace)?.selecting(end) ?? []).filter(
      (policy) => policy[direction] !== undefined,
    );
    if (policies.length === 0) {
      return unrestricted('not-selected');
    }
    const { sets, namespaces } = this.model;
    let ports: PortSet = NONE;
    const rules: RuleRef[] = [];
    for (const policy of policies) {
      for (const rule of policy[direction] as readonly Rule[]) {
        const open = allows(rule, policy, peer, namespaces) ? this.portsOf(rule, receiver) : NONE;
        ports = sets.union(ports, open);
        if (open !== NONE && (port === undefined || includesPort(sets.portsOf(open), port))) {
          rules.push({
            policy: refOf(policy),
            direction,
            index: rule.index,
            line: policy.source.lineOf(['spec', direction, rule.index]),
            ports: sets.portsOf(open),
          });
        }
      }
    }
    const outcome = rules.length > 0 ? 'allowed' : 'denied';
    return { verdict: { outcome, policies: policies.map(refOf), rules, ports: sets.portsOf(ports) }, ports };
  }

  private portsOf({ ports }: Rule, receiver: End): PortSet {
    const { sets } = this.model;
    return isPod(receiver) && !receiver.onNode
      ? ports.names.reduce((open, name) => sets.union(open, receiver.namedPorts.get(name) ?? NONE), ports.numbers)
      : ports.numbers;
  }
}

/** Whether an end is a pod. */
export function isPod(end: End): end is Pod {
  return 'labels' in end;
}

function allows(rule: Rule, policy: Policy, peer: End, namespaces: NamespaceLabels): boolean {
  return (
    rule.everybody ||
    (isPod(peer)
      ? rule.pods.some((pods) => isPeer(pods, policy.namespace, peer, namespaces))
      : rule.addresses.some(({ start, end }) => start < peer.end && peer.start < end))
  );
}

function refOf({ namespace, name, source }: Policy): PolicyRef {
  return { namespace, name, file: source.file, line: source.line };
}
