import type { ApiObject, Chart } from 'cdk8s';
import { isClusterKind } from '../cluster-kinds';
import { fileOf } from '../file-of';
import { orderedObjects } from '../object-order';
import type { ArgoCdApp, ArgoCdClusterResource } from './app';

/** What an app writes to, as far as it is known. */
export interface Contents {
  /** The namespaces, the app's own first. */
  readonly namespaces: readonly string[];
  readonly clusterResources: readonly ArgoCdClusterResource[];
  /** What keeps Argo CD from deploying it. */
  readonly problems: readonly string[];
}

/** Every file of an app, below the folder that manifests are written to. */
export function filesOf({ charts = [], files = [] }: ArgoCdApp): string[] {
  return [...charts.map(fileOf), ...files];
}

/** Reads the objects of an app's charts. They may still change until the app is synthesized. */
export function contentsOf(app: ArgoCdApp): Contents {
  const objects = (app.charts ?? []).flatMap(orderedObjects);
  const named = app.clusterResources ?? [];
  const ofCluster = (object: ApiObject) =>
    isClusterKind(groupOf(object), object.kind) ??
    named.some(({ group, kind }) => group === groupOf(object) && kind === object.kind);

  const inNamespaces = objects.filter((object) => !ofCluster(object));
  const found = inNamespaces.map((object) => object.metadata.namespace);
  // An object that names no namespace goes to `default` with kubectl, and has to go to the same with Argo CD.
  const own = app.namespace?.name ?? (found.includes(undefined) ? 'default' : (found[0] ?? 'default'));
  return {
    namespaces: [...new Set([own, ...found.map((name) => name ?? own), ...names(app.namespaces)])],
    clusterResources: [
      ...objects.filter(ofCluster).map((object) => ({ group: groupOf(object), kind: object.kind })),
      ...named.map(({ group, kind }) => ({ group, kind })),
    ],
    problems: [...(app.charts ?? []).flatMap(emptyFile), ...inNamespaces.flatMap(unknownScope)],
  };
}

function names(namespaces: ArgoCdApp['namespaces'] = []): string[] {
  return namespaces.map(({ name }) => name);
}

function groupOf({ apiVersion }: ApiObject): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

function emptyFile(chart: Chart): string[] {
  return orderedObjects(chart).length > 0
    ? []
    : [`chart ${chart.node.path} has no objects, so there is no file ${fileOf(chart)} to deploy`];
}

function unknownScope(object: ApiObject): string[] {
  return object.metadata.namespace !== undefined || isClusterKind(groupOf(object), object.kind) === false
    ? []
    : [
        `${object.kind} ${object.name} (${object.node.path}) has no namespace and its kind is not known here; ` +
          `give it a namespace, or name { group: "${groupOf(object)}", kind: "${object.kind}" } in clusterResources`,
      ];
}
