import { listIn } from '../../manifest/lists';
import { without } from '../addresses';
import { type End, isPod, portsAt } from '../end';
import { ALL } from '../engine/port-sets';
import {
  type Direction,
  isDoubtful,
  isHeld,
  isPeer,
  NAME_LABEL,
  type Pod,
  type Policy,
  type Rule,
  selects,
} from '../model';
import type { Port } from '../ports';
import type { Model } from '../read/read';
import { pathOf, placeOf, refOf } from '../refs';
import type { OrderedPolicy, OrderedRule } from '../tiers';
import { plainPeer } from '../unseen/pair';
import { labelFaults } from './labels';
import type { Fault, Miss } from './miss';
import { namespaceFaults } from './namespaces';
import { portFaults } from './ports';
import { distance } from './requirements';
import { selectionFaults } from './selection';
import { ServicePorts } from './services';

/** What is closed at one end of a connection. */
export interface ClosedEnd {
  readonly direction: Direction;
  readonly end: Pod;
  readonly peer: End;
  readonly port: Port | undefined;
}

/** A miss, and how much would have to change. */
interface Found {
  /** Left out for one of a policy that does not select the end yet. */
  readonly rule?: Rule;
  readonly miss: Miss;
  readonly weight: number;
}

/** Policies that select a closed end. */
export interface Candidates {
  /** NetworkPolicies, where what was asked for comes to them. */
  readonly additive: readonly Policy[];
  /** Others, in the order in which they are asked. */
  readonly ordered: readonly OrderedPolicy[];
  /** Whether the end would be open if a rule matched what was asked for. */
  opens(rule: Rule): boolean;
}

/** So much nearer is a rule that names the port that was asked for. */
const NAMES_PORT = 2.5;

/** Finds the rules that nearly open what is closed. */
export class Misses {
  readonly services: ServicePorts;
  private idle: readonly Policy[] | undefined;

  constructor(
    private readonly model: Pick<Model, 'policies' | 'namespaces' | 'sets' | 'owners' | 'services' | 'blocksMatchPods'>,
  ) {
    this.services = new ServicePorts(model.services);
  }

  /**
   * The rule that needs the least to open a closed end: other ports before other labels, and other labels before other
   * addresses. `undefined` where no rule comes near.
   */
  nearest(closed: ClosedEnd, { additive, ordered, opens }: Candidates): Miss | undefined {
    const { direction } = closed;
    const own = [...additive, ...ordered].flatMap((policy) =>
      [...(policy[direction] ?? [])]
        .filter(({ action, doubtful }: Partial<OrderedRule>) => action !== 'deny' && doubtful === undefined)
        .flatMap((rule) => this.ofRule(policy, rule, closed)),
    );
    const idle = additive.length === 0 ? [] : this.selectingNothing().flatMap((policy) => this.ofIdle(policy, closed));
    // Where policies are asked in order, a rule may come too late, or leave it to one that denies.
    const isOpening = ({ rule }: Found) => ordered.length === 0 || rule === undefined || opens(rule);
    return [...own, ...idle].sort((a, b) => a.weight - b.weight).find(isOpening)?.miss;
  }

  private ofRule(policy: Policy | OrderedPolicy, rule: Rule | OrderedRule, closed: ClosedEnd): readonly Found[] {
    const { sets } = this.model;
    const { direction, end, peer, port } = closed;
    const receiver = direction === 'ingress' ? end : peer;
    const open = portsAt(rule, receiver, sets);
    const ports = portFaults(rule.ports, {
      sets,
      open,
      port,
      receiver: isPod(receiver) && !receiver.onNode ? receiver : undefined,
      services: this.services,
    });
    // A rule that names just the port that was asked for is about this connection more than one that opens all.
    const isAbout = port !== undefined && ports.length === 0 && open !== ALL;
    return this.peerFaults(policy, rule, peer)
      .map(({ item, faults }) => ({ item, faults: [...faults, ...ports] }))
      .filter(({ faults }) => faults.length > 0)
      .map(({ item, faults }) => ({
        rule,
        miss: this.miss(policy, rule, direction, item, faults),
        weight: faults.reduce((sum, fault) => sum + weightOf(fault), isAbout ? -NAMES_PORT : 0),
      }));
  }

  /** What keeps each peer of a rule from matching; no fault for one that matches. */
  private peerFaults(
    policy: Policy | OrderedPolicy,
    rule: Rule | OrderedRule,
    peer: End,
  ): readonly { readonly item?: number | undefined; readonly faults: readonly Fault[] }[] {
    const { everybody, pods, blocks = [] } = rule;
    if (everybody) {
      return [{ faults: [] }];
    }
    if ('nodes' in rule && rule.nodes === 'all' && isPod(peer) && peer.onNode) {
      return [{ faults: [] }];
    }
    if (isPod(peer) && isHeld(rule, peer)) {
      return [{ item: blocks.length === 1 ? blocks[0]?.item : undefined, faults: [] }];
    }
    const ofBlocks = blocks.map(({ item, cidr, except, addresses }) => {
      const isInside = !isPod(peer) && without(peer, addresses).length === 0;
      const kind = isPod(peer) ? this.kindOf(rule, peer) : 'ip-block';
      return { item, faults: isInside ? [] : [{ kind, cidr, except } as const] };
    });
    if (!isPod(peer)) {
      return ofBlocks;
    }
    const own = policy.namespace ?? '';
    const ofPods = pods.map((one) => {
      const meant = 'kind' in policy ? plainPeer(one) : one;
      return {
        item: one.item,
        faults: isPeer(one, own, peer, this.model.namespaces)
          ? []
          : [
              ...(peer.onNode ? [{ kind: 'host-network' } as const] : []),
              ...namespaceFaults(meant, own, peer, this.model.namespaces),
              ...labelFaults(meant, peer),
            ],
      };
    });
    return [...ofPods, ...ofBlocks];
  }

  /** Why a block does not match a pod. */
  private kindOf(rule: Rule, pod: Pod): 'block-for-nodes' | 'block-for-pods' | 'ip-block' | 'unknown-address' {
    if (pod.onNode || !this.model.blocksMatchPods) {
      return pod.onNode ? 'block-for-nodes' : 'block-for-pods';
    }
    return isDoubtful(rule, pod) ? 'unknown-address' : 'ip-block';
  }

  /** A policy that selects nothing, of which a rule would open the connection. */
  private ofIdle(policy: Policy, closed: ClosedEnd): readonly Found[] {
    const { direction, end, peer, port } = closed;
    const { sets } = this.model;
    const receiver = direction === 'ingress' ? end : peer;
    const faults = selectionFaults(policy, end);
    // In another namespace, only one that means just these labels is meant for this pod.
    if (policy.namespace !== end.namespace && (policy.selector.length === 0 || faults.length > 1)) {
      return [];
    }
    return (policy[direction] ?? []).flatMap((rule) => {
      const isOpen =
        portFaults(rule.ports, {
          sets,
          open: portsAt(rule, receiver, sets),
          port,
          receiver: isPod(receiver) && !receiver.onNode ? receiver : undefined,
          services: this.services,
        }).length === 0;
      const asThere = { ...policy, namespace: end.namespace };
      const match = this.peerFaults(asThere, rule, peer).find((found) => found.faults.length === 0);
      return isOpen && match !== undefined
        ? [
            {
              miss: this.miss(policy, rule, direction, match.item, faults),
              weight: faults.reduce((sum, fault) => sum + weightOf(fault), 0),
            },
          ]
        : [];
    });
  }

  private miss(
    policy: Policy | OrderedPolicy,
    rule: Rule | OrderedRule,
    direction: Direction,
    item: number | undefined,
    faults: readonly Fault[],
  ): Miss {
    const path = pathOf(rule, direction);
    const list = 'place' in rule ? rule.place?.peers : undefined;
    const peers = list ?? (direction === 'ingress' ? 'from' : 'to');
    return {
      policy: refOf(policy),
      direction,
      index: rule.index,
      ...placeOf(rule),
      ...(item === undefined ? {} : { item }),
      ...(list === undefined ? {} : { peers: list }),
      line: policy.source.lineOf(item === undefined ? path : [...path, peers, item]),
      faults,
    };
  }

  private selectingNothing(): readonly Policy[] {
    if (this.idle === undefined) {
      const pods = new Map<string, Pod[]>();
      for (const pod of this.model.owners.flatMap((owner) => owner.pods)) {
        listIn(pods, pod.namespace).push(pod);
      }
      this.idle = this.model.policies.filter(
        (policy) => !(pods.get(policy.namespace) ?? []).some((pod) => selects(policy, pod)),
      );
    }
    return this.idle;
  }
}

/** How much has to change: the less, the nearer. */
function weightOf(fault: Fault): number {
  switch (fault.kind) {
    case 'service-port':
    case 'port-name':
      return 1;
    case 'ports':
      return 1.5;
    case 'namespace-label':
      // Who names another namespace means another one, and has not mistyped a label.
      return fault.key === NAME_LABEL ? 3 : distance([fault]);
    case 'policy-label':
    case 'pod-label':
    case 'namespace-unknown':
      return distance([fault]);
    case 'own-namespace':
    case 'policy-namespace':
    case 'host-network':
      return 2;
    case 'ip-block':
    case 'block-for-nodes':
    case 'unknown-address':
      return 4;
    case 'block-for-pods':
      return 7;
  }
}
