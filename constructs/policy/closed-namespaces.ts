import type { Construct, IConstruct } from 'constructs';
import { Replay } from '../replay';

/** What is closed about a namespace. */
export interface Closure {
  /** Whether connections out of the namespace are closed as well as those into it. */
  readonly egress: boolean;
  /** Whoever closes it. */
  readonly scope: Construct;
  /** The addresses of the API server; nothing when they are not known. */
  readonly apiServer?: readonly string[] | undefined;
}

const BY_TREE = new WeakMap<IConstruct, Map<string, Replay<Closure>>>();

/**
 * What this tree of constructs closes about a namespace, also when it does so later. Services and namespaces so find
 * each other by the name of the namespace, in whichever order and chart they are made.
 */
export function closuresOf(at: IConstruct, namespace: string): Replay<Closure> {
  const { root } = at.node;
  const tree = BY_TREE.get(root) ?? new Map<string, Replay<Closure>>();
  BY_TREE.set(root, tree);
  const closures = tree.get(namespace) ?? new Replay<Closure>();
  tree.set(namespace, closures);
  return closures;
}
