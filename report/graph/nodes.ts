import { type Peer, peerText, type Workload } from '../../analysis/connectivity';
import { shortKind } from './kinds';
import type { Change, GraphNode, Island, Mark } from './model';

/** Puts nodes and islands together, each once. */
export class Nodes {
  readonly nodes: GraphNode[] = [];
  readonly islands: Island[] = [];
  private readonly byKey = new Map<string, number>();
  private readonly islandByKey = new Map<string, number>();

  island(island: Island): number {
    const key = JSON.stringify([island.kind, island.title]);
    const at = this.islandByKey.get(key) ?? this.islands.push(island) - 1;
    this.islandByKey.set(key, at);
    return at;
  }

  namespace(name: string): number {
    return this.island({ kind: 'namespace', label: name, title: `Namespace ${name}` });
  }

  node(key: string, make: () => GraphNode): number {
    const at = this.byKey.get(key) ?? this.nodes.push(make()) - 1;
    this.byKey.set(key, at);
    return at;
  }

  /** The place of what was put in by a key. */
  placeOf(key: string): number | undefined {
    return this.byKey.get(key);
  }

  workload(
    workload: Workload,
    marks: { readonly from: readonly Mark[]; readonly to: readonly Mark[] },
    change: Change,
  ): number {
    const { namespace, kind, name } = workload;
    return this.node(workloadKey(workload), () => ({
      kind: 'workload',
      label: name,
      detail: shortKind(kind),
      title: `${kind} ${namespace}/${name}`,
      island: this.namespace(namespace),
      ...marks,
      change,
      peers: [workload],
    }));
  }

  addresses(label: string, direction: 'in' | 'out', peers: readonly Peer[]): number {
    const title = direction === 'in' ? 'From outside' : 'To outside';
    return this.node(`${direction} ${label}`, () => ({
      kind: 'addresses',
      label,
      detail: '',
      title: `addresses ${label}`,
      island: this.island({
        kind: direction === 'in' ? 'entry' : 'outside',
        label: title,
        title: `${title} of the cluster`,
      }),
      from: [],
      to: [],
      change: 'kept',
      peers,
    }));
  }
}

/** The key by which a workload is put in. */
export function workloadKey(workload: Workload): string {
  return `workload ${peerText(workload)}`;
}
