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

/** What closes all namespaces but some. */
interface Closing {
  readonly closure: Closure;
  readonly except: ReadonlySet<string>;
}

interface Tree {
  readonly byName: Map<string, Replay<Closure>>;
  readonly all: Closing[];
}

const BY_TREE = new WeakMap<IConstruct, Tree>();

function treeOf(at: IConstruct): Tree {
  const { root } = at.node;
  const tree = BY_TREE.get(root) ?? { byName: new Map(), all: [] };
  BY_TREE.set(root, tree);
  return tree;
}

/**
 * What this tree of constructs closes about a namespace, also when it does so later. Services and namespaces so find
 * each other by the name of the namespace, in whichever order and chart they are made.
 */
export function closuresOf(at: IConstruct, namespace: string): Replay<Closure> {
  const { byName, all } = treeOf(at);
  const known = byName.get(namespace);
  if (known !== undefined) {
    return known;
  }
  const closures = new Replay<Closure>();
  byName.set(namespace, closures);
  for (const { closure, except } of all) {
    if (!except.has(namespace)) {
      closures.add(closure);
    }
  }
  return closures;
}

/** Closes every namespace but some, also those that nobody has named yet. */
export function closeAllBut(closure: Closure, except: ReadonlySet<string>): void {
  const { byName, all } = treeOf(closure.scope);
  all.push({ closure, except });
  for (const [namespace, closures] of byName) {
    if (!except.has(namespace)) {
      closures.add(closure);
    }
  }
}
