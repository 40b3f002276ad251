import type { IConstruct } from 'constructs';
import { groupOf } from '../analysis/manifest/kinds';
import { isMapping } from '../analysis/manifest/value';

/** A construct that is a Kubernetes object. */
export interface ObjectConstruct extends IConstruct {
  toJson(): unknown;
}

// cdk8s may be installed several times, or not at all; so classes are not asked.
const API_OBJECT = Symbol.for('cdk8s.ApiObject');
const CHART = Symbol.for('cdk8s.Chart');
const ALTERNATIVE = Symbol.for('cdk8s-networking.alternative');

/** Whether a value is a construct. */
export function isConstruct(value: unknown): value is IConstruct {
  return isMapping(value) && isMapping(value.node) && typeof value.node.findAll === 'function';
}

/** The Kubernetes objects at and below a construct. */
export function objectsBelow(construct: IConstruct): readonly ObjectConstruct[] {
  return construct.node.findAll().filter((one): one is ObjectConstruct => API_OBJECT in one);
}

/** The path of the chart of an object, where `NetworkingApp.alternative` says that it is applied in the place of another one. */
export function alternativeOf({ node }: IConstruct): string | undefined {
  return node.scopes.some((scope) => ALTERNATIVE in scope)
    ? node.scopes.findLast((scope) => CHART in scope)?.node.path
    : undefined;
}

/** Everything that validation has against constructs at and below one. */
export function validationProblems(
  construct: IConstruct,
): readonly { readonly file: string; readonly message: string }[] {
  return construct.node
    .findAll()
    .flatMap((one) =>
      one.node.validate().map((problem) => ({ file: one.node.path, message: withoutPath(problem, one) })),
    );
}

function withoutPath(problem: string, { node }: IConstruct): string {
  return problem.startsWith(`${node.path}: `) ? problem.slice(node.path.length + 2) : problem;
}

/** An object of a construct, as far as its name goes. */
export interface NamedObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The names of the objects of some kinds at and below a construct. */
export function namesBelow(
  construct: IConstruct,
  isOne: (kind: { readonly kind: string; readonly group: string }) => boolean,
): readonly NamedObject[] {
  return objectsBelow(construct).flatMap((one) => {
    const object = one.toJson();
    if (!isMapping(object) || !isMapping(object.metadata)) {
      return [];
    }
    const kind = String(object.kind);
    if (!isOne({ kind, group: groupOf(String(object.apiVersion)) })) {
      return [];
    }
    const { namespace = 'default', name } = object.metadata;
    return [{ kind, namespace: String(namespace), name: String(name) }];
  });
}
