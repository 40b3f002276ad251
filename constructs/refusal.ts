import type { Construct } from 'constructs';
import { type Problems, shown } from './values';

/**
 * Refuses to make a construct whose values are wrong. To be called before the first child is made, and before the
 * construct itself joins the tree where that can be told, so that nothing half-made is left.
 *
 * @throws Error with the construct's path and every problem, when there is one.
 */
export function refuse(scope: Construct, id: string, problems: readonly string[]): void {
  refuseAs([scope.node.path, id].filter((part) => part !== '').join('/'), [...problems, ...idProblems(id)]);
}

/** What the library of constructs would not take, or fall over. */
function idProblems(id: unknown): Problems {
  if (typeof id !== 'string' || id === '') {
    return [`the id is ${shown(id)}; give text such as "shop"`];
  }
  return id in {} ? [`the id is ${shown(id)}; that is a word of JavaScript's own, give another`] : [];
}

/**
 * Refuses what a construct that stands already is asked to do.
 *
 * @throws Error with the construct's path and every problem, when there is one.
 */
export function refuseOn(construct: Construct, problems: readonly string[]): void {
  refuseAs(construct.node.path, problems);
}

/**
 * Refuses what has no construct yet.
 *
 * @param path what is refused
 * @throws Error with every problem, when there is one.
 */
export function refuseAs(path: string, problems: readonly string[]): void {
  if (problems.length === 0) {
    return;
  }
  const [first, ...others] = new Set(problems);
  throw new Error(
    others.length === 0
      ? `${path}: ${first}`
      : `${path}:\n${[first, ...others].map((problem) => `  ${problem}`).join('\n')}`,
  );
}
