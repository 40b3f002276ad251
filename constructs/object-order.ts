import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * The objects of one chart in the order in which they are written: namespaces first, then as they were created,
 * except that an object comes after what it depends on.
 *
 * A dependency between constructs holds for all objects below them, as in cdk8s. A dependency on another chart does
 * not order anything here: the other chart is another file. The work grows with constructs plus dependencies.
 *
 * @throws Error when constructs of the chart depend on each other in a circle.
 */
export function orderedObjects(chart: Chart): ApiObject[] {
  const constructs = constructsOf(chart);
  const objects = constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
  const namespacesFirst = [
    ...objects.filter((object) => object.kind === 'Namespace'),
    ...objects.filter((object) => object.kind !== 'Namespace'),
  ];
  const dependencies = dependenciesWithin(constructs);
  return dependencies.size === 0 ? namespacesFirst : afterDependencies(namespacesFirst, dependencies);
}

/** Every construct whose nearest chart is this one, parents before children. */
function constructsOf(chart: Chart): IConstruct[] {
  const found: IConstruct[] = [];
  const open: IConstruct[] = [chart];
  for (let next = open.pop(); next; next = open.pop()) {
    found.push(next);
    open.push(...next.node.children.filter((child) => !Chart.isChart(child)).reverse());
  }
  return found;
}

function dependenciesWithin(constructs: readonly IConstruct[]): Map<IConstruct, IConstruct[]> {
  const inside = new Set(constructs);
  const dependencies = new Map<IConstruct, IConstruct[]>();
  for (const construct of constructs) {
    const targets = construct.node.dependencies.filter(
      (target) => inside.has(target) && !isWithin(target, construct) && !isWithin(construct, target),
    );
    if (targets.length > 0) {
      dependencies.set(construct, targets);
    }
  }
  return dependencies;
}

function isWithin(construct: IConstruct, ancestor: IConstruct): boolean {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
    if (at === ancestor) {
      return true;
    }
  }
  return false;
}

/** A construct begins before its children begin, and ends when they have ended: that keeps a dependency between two subtrees one edge. */
interface Step {
  readonly construct: IConstruct;
  readonly ends: boolean;
}

function afterDependencies(objects: readonly ApiObject[], dependencies: Map<IConstruct, IConstruct[]>): ApiObject[] {
  const ordered: ApiObject[] = [];
  const begun = new Map<IConstruct, 'open' | 'done'>();
  const ended = new Map<IConstruct, 'open' | 'done'>();
  const stateOf = (step: Step) => (step.ends ? ended : begun);

  const before = (step: Step): Step[] => {
    const { construct, ends } = step;
    if (ends) {
      const children = construct.node.children.filter((child) => !Chart.isChart(child));
      return [{ construct, ends: false }, ...children.map((child) => ({ construct: child, ends: true }))];
    }
    const parent = construct.node.scope;
    const targets = (dependencies.get(construct) ?? []).map((target) => ({ construct: target, ends: true }));
    return parent && !Chart.isChart(construct) ? [{ construct: parent, ends: false }, ...targets] : targets;
  };

  // A stack of its own, since a chain of dependencies may be longer than the call stack is deep.
  const visit = (first: Step) => {
    const path = [{ step: first, rest: before(first).reverse() }];
    stateOf(first).set(first.construct, 'open');
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.rest.pop();
      if (!next) {
        const { construct, ends } = top.step;
        stateOf(top.step).set(construct, 'done');
        if (!ends && ApiObject.isApiObject(construct)) {
          ordered.push(construct);
        }
        path.pop();
      } else if (!stateOf(next).has(next.construct)) {
        stateOf(next).set(next.construct, 'open');
        path.push({ step: next, rest: before(next).reverse() });
      } else if (stateOf(next).get(next.construct) === 'open') {
        const circle = path.map(({ step }) => step.construct).concat(next.construct);
        const paths = circle.slice(circle.indexOf(next.construct)).map((construct) => construct.node.path);
        throw new Error(`${paths[0]}: depends on itself: ${[...new Set(paths)].concat(paths[0] ?? '').join(' → ')}`);
      }
    }
  };
  for (const object of objects) {
    if (!begun.has(object)) {
      visit({ construct: object, ends: false });
    }
  }
  return ordered;
}
