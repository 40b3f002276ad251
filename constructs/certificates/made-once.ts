import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { refuseOn } from '../refusal';

/** An object that several constructs may want, and of which there is to be one. */
export interface Wanted {
  readonly kind: string;
  readonly name: string;
  /** Its namespace, or that it belongs to the cluster; nothing when no manifest names the namespace. */
  readonly place: { readonly namespace: string | undefined } | 'cluster';
  /** What it says, as far as that can differ. */
  readonly meaning: unknown;
}

interface Made {
  readonly by: string;
  readonly meaning: string;
}

const BY_TREE = new WeakMap<IConstruct, Map<string, Made>>();

/**
 * Makes an object unless something in this tree has made the same one, and says whether it did.
 *
 * @throws Error when there is one of the same name that says something else.
 */
export function madeOnce(scope: Construct, wanted: Wanted, make: () => void): boolean {
  const { kind, name, place } = wanted;
  const { root } = scope.node;
  const made = BY_TREE.get(root) ?? new Map<string, Made>();
  BY_TREE.set(root, made);
  const key = JSON.stringify([kind, name, place === 'cluster' ? place : (place.namespace ?? { of: fileOf(scope) })]);
  const meaning = JSON.stringify(wanted.meaning);
  const before = made.get(key);
  if (before === undefined) {
    made.set(key, { by: scope.node.path, meaning });
    make();
    return true;
  }
  if (before.meaning !== meaning) {
    refuseOn(scope, [
      `the ${kind} "${name}" is made by ${before.by} already and says something else; give this one another name`,
    ]);
  }
  return false;
}

/** Two charts that name no namespace may be applied to different ones. */
function fileOf(scope: Construct): string {
  return Chart.of(scope).node.path;
}
