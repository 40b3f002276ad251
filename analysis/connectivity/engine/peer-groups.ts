import { listIn } from '../../manifest/lists';
import type { Held } from '../blocks';
import { labelsOfNamespace, type NamespaceLabels, type Pod, type PodPeer, type Policy } from '../model';
import { type Selector, selectorKey } from '../selector';
import type { OrderedPolicy, OrderedRule } from '../tiers';
import { IdSet, type Ids, unionOfRests, united } from './id-set';
import { type Among, LabelIndex } from './label-index';

/** Pods that selectors can speak of together, with the namespaces they are in. */
export interface Selectable {
  readonly pods: readonly Pod[];
  readonly namespaces: NamespaceLabels;
}

/** The pods of some namespaces. */
interface Area extends Among {
  readonly id: number;
}

/**
 * Every set of pods that a selector of a policy means, once: policies repeat each other, and a set that is known by a
 * number can be compared at no cost. Pods that count as their node are in no set but
 * those of blocks of addresses.
 */
export class PeerGroups {
  /** The pods of each set. */
  readonly members: IdSet[] = [];

  private readonly pods: LabelIndex;
  private readonly namespaceIndex: LabelIndex;
  private readonly namespaceIds = new Map<string, number>();
  private readonly namespaceOf: Int32Array;
  private readonly podsIn: number[][] = [];
  private readonly areas = new Map<string, Area>();
  private readonly areasByNamespaces = new Map<string, Area>();
  private readonly groups = new Map<string, number>();
  private readonly onNodes: Ids;
  /** The pods that are in the same blocks. */
  private readonly placed = new Map<Held, number[]>();
  /** By number of a block: those that it holds, and those of which nobody knows. */
  private readonly held = { sure: new Map<number, Held[]>(), doubtful: new Map<number, Held[]>() };

  /** @param keys the keys of labels that selectors ask for */
  constructor({ pods, namespaces }: Selectable, keys: LabelKeys) {
    this.onNodes = [...pods.keys()].filter((id) => pods[id]?.onNode);
    for (const [id, { held }] of pods.entries()) {
      if (held !== undefined) {
        listIn(this.placed, held).push(id);
      }
    }
    for (const how of ['sure', 'doubtful'] as const) {
      for (const held of this.placed.keys()) {
        for (const block of held[how]) {
          listIn(this.held[how], block).push(held);
        }
      }
    }
    this.pods = new LabelIndex(
      pods.map(({ labels }) => labels),
      keys.pods,
    );
    this.namespaceOf = new Int32Array(pods.length);
    for (const [id, { namespace, onNode }] of pods.entries()) {
      let namespaceId = this.namespaceIds.get(namespace);
      if (namespaceId === undefined) {
        namespaceId = this.podsIn.push([]) - 1;
        this.namespaceIds.set(namespace, namespaceId);
      }
      this.namespaceOf[id] = onNode ? -1 : namespaceId;
      if (!onNode) {
        this.podsIn[namespaceId]?.push(id);
      }
    }
    this.namespaceIndex = new LabelIndex(
      [...this.namespaceIds.keys()].map((name) => labelsOfNamespace(namespaces, name)),
      keys.namespaces,
    );
  }

  /** The pods that a policy selects; the same object for the same selector in the same namespace. */
  selected({ namespace, selector }: Policy): IdSet {
    return this.members[this.idOf({ namespaces: 'own', pods: selector }, namespace)] as IdSet;
  }

  /** The pods to which an ordered policy applies. */
  subjects({ namespace = '', subject }: OrderedPolicy): IdSet {
    const sets = subject.map((peer) => this.members[this.idOf(peer, namespace)] as IdSet);
    return sets.length === 1 ? (sets[0] as IdSet) : this.setOf(united(sets.map((set) => set.ids())));
  }

  /** The number of the set of pods that a peer of a policy means. */
  idOf(peer: PodPeer, ownNamespace: string): number {
    const area = peer.namespaces === 'own' ? this.ownArea(ownNamespace) : this.area(peer.namespaces);
    const key = `${area.id} ${selectorKey(peer.pods)}`;
    let id = this.groups.get(key);
    if (id === undefined) {
      id = this.members.push(this.pods.find(peer.pods, area)) - 1;
      this.groups.set(key, id);
    }
    return id;
  }

  /** The number of the set of pods that count as their node. */
  nodes(): number {
    let id = this.groups.get('nodes');
    if (id === undefined) {
      id = this.members.push(this.setOf(this.onNodes)) - 1;
      this.groups.set('nodes', id);
    }
    return id;
  }

  /** The number of the set of pods that a block of addresses holds, or of which nobody knows. */
  heldBy(block: number, how: 'sure' | 'doubtful'): number {
    const held = this.held[how].get(block) ?? [];
    const key = `held ${held.map((one) => one.id).join(' ')}`;
    let id = this.groups.get(key);
    if (id === undefined) {
      const pods = held.flatMap((one) => this.placed.get(one) as number[]);
      id = this.members.push(this.setOf(held.length === 1 ? pods : pods.sort((a, b) => a - b))) - 1;
      this.groups.set(key, id);
    }
    return id;
  }

  /** The number of the set of all pods that are in any of some sets, of which one at least is of nearly all pods. */
  union(groups: readonly number[]): number {
    const set = unionOfRests(groups.map((group) => this.members[group] as IdSet));
    const key = `union ${set.key}`;
    let id = this.groups.get(key);
    if (id === undefined) {
      id = this.members.push(set) - 1;
      this.groups.set(key, id);
    }
    return id;
  }

  private setOf(pods: Ids): IdSet {
    return IdSet.of(pods, this.namespaceOf.length);
  }

  private ownArea(namespace: string): Area {
    const id = this.namespaceIds.get(namespace);
    return this.areaOf(IdSet.of(id === undefined ? [] : [id], this.namespaceIds.size));
  }

  private area(selector: Selector): Area {
    const key = selectorKey(selector);
    let area = this.areas.get(key);
    if (area === undefined) {
      area = this.areaOf(this.namespaceIndex.find(selector));
      this.areas.set(key, area);
    }
    return area;
  }

  private areaOf(namespaces: IdSet): Area {
    const { key, listed, isRest } = namespaces;
    let area = this.areasByNamespaces.get(key);
    if (area === undefined) {
      const chosen = new Set(listed);
      const pods = united(listed.map((id) => this.podsIn[id] as number[]));
      area = {
        id: this.areasByNamespaces.size,
        set: isRest ? IdSet.allBut(united([pods, this.onNodes]), this.namespaceOf.length) : this.setOf(pods),
        has: (pod) => {
          const namespace = this.namespaceOf[pod] as number;
          return namespace >= 0 && chosen.has(namespace) !== isRest;
        },
      };
      this.areasByNamespaces.set(key, area);
    }
    return area;
  }
}

/** Keys of labels of pods, and of namespaces. */
export interface LabelKeys {
  readonly pods: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
}

/** The keys of labels that selectors of policies ask for. */
export function keysOf(policies: readonly Policy[], ordered: readonly OrderedPolicy[]): LabelKeys {
  const pods = new Set<string>();
  const namespaces = new Set<string>();
  const add = (keys: Set<string>, selector: Selector) => {
    for (const { key } of selector) {
      keys.add(key);
    }
  };
  const addPeer = (peer: PodPeer) => {
    add(pods, peer.pods);
    add(namespaces, peer.namespaces === 'own' ? [] : peer.namespaces);
  };
  for (const { selector } of policies) {
    add(pods, selector);
  }
  for (const { subject } of ordered) {
    subject.forEach(addPeer);
  }
  for (const { ingress = [], egress = [] } of [...policies, ...ordered]) {
    for (const rule of [...ingress, ...egress]) {
      rule.pods.forEach(addPeer);
      (rule as Partial<OrderedRule>).doubtful?.pods.forEach(addPeer);
    }
  }
  return { pods, namespaces };
}
