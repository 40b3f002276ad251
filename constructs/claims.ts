import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Problems } from './values';

const BY_TREE = new WeakMap<IConstruct, Map<string, Set<IConstruct>>>();

/**
 * The constructs of this tree that have claimed this place, in their order; add to it to claim it. Those that need a place
 * for themselves so find out about each other, in whichever chart they are.
 */
export function claimsOn(at: IConstruct, place: readonly unknown[]): Set<IConstruct> {
  const { root } = at.node;
  const tree = BY_TREE.get(root) ?? new Map<string, Set<IConstruct>>();
  BY_TREE.set(root, tree);
  const key = JSON.stringify(place);
  const claims = tree.get(key) ?? new Set<IConstruct>();
  tree.set(key, claims);
  return claims;
}

/** What each but the first of those that claimed a place for themselves is told, such as "both take shop.example.com/". */
export function secondProblems(claims: ReadonlySet<IConstruct>, own: IConstruct, text: string): Problems {
  const [first] = claims;
  return first === undefined || first === own ? [] : [`${first.node.path} and ${own.node.path} ${text}`];
}

/** A Service, as a place that routes to it claim. */
export function servicePlace(at: IConstruct, name: string, namespace: string | undefined): readonly unknown[] {
  return [namespace ?? unnamed(at), name];
}

/** Two charts that name no namespace may be applied to different ones. */
function unnamed(at: IConstruct): object {
  return { of: Chart.of(at).node.path };
}
