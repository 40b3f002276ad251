import { isExternal, type Peer, peerText, portsText } from '../../analysis/connectivity';
import { peerLabel } from '../peers';
import type { ConnectionsAnswer } from './answer';
import { merged } from './merged';

/** A workload or a range of addresses. */
export interface PictureNode {
  readonly id: string;
  readonly label: string;
}

/** A namespace with its workloads. */
export interface PictureBox {
  readonly label: string;
  readonly nodes: readonly PictureNode[];
}

/** An arrow, or a range of addresses to draw before the first arrow that needs it. */
export type PicturePart =
  | { readonly address: PictureNode }
  | { readonly from: string; readonly to: string; readonly label: string };

/** What a picture of connections shows: a box for each namespace, then addresses and arrows in the order of the answer. */
export class Picture {
  readonly boxes: readonly PictureBox[];
  private readonly ids = new Map<string, string>();

  constructor(private readonly answer: ConnectionsAnswer) {
    const boxes = new Map<string, { label: string; nodes: PictureNode[] }>();
    for (const workload of answer.workloads) {
      const box = boxes.get(workload.namespace) ?? { label: workload.namespace, nodes: [] };
      boxes.set(workload.namespace, box);
      box.nodes.push({ id: this.add(workload), label: `${workload.kind}/${workload.name}` });
    }
    this.boxes = [...boxes.values()];
  }

  *parts(): Generator<PicturePart> {
    const { connections, externals } = this.answer;
    for (const { from, to, ports } of merged(connections, externals)) {
      for (const peer of [from, to]) {
        if (isExternal(peer) && !this.ids.has(peerText(peer))) {
          yield { address: { id: this.add(peer), label: peerLabel(peer) } };
        }
      }
      yield { from: this.id(from), to: this.id(to), label: portsText(ports) };
    }
  }

  private add(peer: Peer): string {
    const id = `n${this.ids.size}`;
    this.ids.set(peerText(peer), id);
    return id;
  }

  private id(peer: Peer): string {
    return this.ids.get(peerText(peer)) as string;
  }
}
