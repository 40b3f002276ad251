import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isClusterKind } from '../cluster-kinds';
import { patchable } from '../patchable';
import { groupOf, shapeOf } from './kinds';
import { kept } from './shape';

/**
 * An object as an API server keeps it, so that what is written does not differ from it for ever: without nulls, empty lists
 * what can't be told from nothing, and a namespace of what belongs to the cluster; with amounts as it writes them, and with what it fills in within a value that it
 * keeps whole.
 */
// biome-ignore lint/suspicious/noExplicitAny: a Kubernetes object is what its kind says it is
export function keptObject(object: any): any {
  const [apiVersion, kind] = [String(object?.apiVersion), String(object?.kind)];
  const shape = shapeOf(apiVersion, kind);
  const held = shape === undefined ? object : kept(object, shape);
  // cdk8s gives the namespace of a chart to objects of the cluster too.
  return isClusterKind(groupOf(apiVersion), kind) ? withoutNamespace(held) : held;
}

// biome-ignore lint/suspicious/noExplicitAny: a Kubernetes object is what its kind says it is
function withoutNamespace(object: any): any {
  if (object.metadata?.namespace === undefined) {
    return object;
  }
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

const NORMALIZED = new WeakSet<ApiObject>();

/** Has every object below a construct written as an API server keeps it, also objects that are made later. */
export function keepBelow(construct: IConstruct): void {
  // Every app validates its constructs before it writes them.
  construct.node.addValidation({
    validate: () => {
      construct.node.findAll().filter(ApiObject.isApiObject).forEach(keepOne);
      return [];
    },
  });
}

function keepOne(object: ApiObject): void {
  if (!NORMALIZED.has(object)) {
    NORMALIZED.add(object);
    patchable(object);
    const written = object.toJson.bind(object);
    object.toJson = () => keptObject(written());
  }
}
