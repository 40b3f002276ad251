import type { Manifest } from '../../manifest';
import { isMapping } from '../../manifest/value';
import type { Pod, PodOwner } from '../model';
import type { Workload, WorkloadKind } from '../peer';
import { Field, type Problems } from './field';
import { type PodContext, readPod } from './pod';

/** Where the kinds that own pods keep the template of their pods; a Pod is its own. */
const TEMPLATES = new Map<string, readonly string[]>([
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
  ['DaemonSet', ['spec', 'template']],
  ['Deployment', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['Pod', []],
  ['ReplicaSet', ['spec', 'template']],
  ['ReplicationController', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
]);

const GROUPS = new Map<string, string>([
  ['CronJob', 'batch'],
  ['Job', 'batch'],
  ['Pod', ''],
  ['ReplicationController', ''],
]);

/** Kinds that are folded into what owns them. */
const OWNED = ['Pod', 'ReplicaSet', 'Job'];

/** Whether a manifest is of a kind that owns pods. */
export function isWorkload({ kind, group }: Pick<Manifest, 'kind' | 'group'>): boolean {
  return TEMPLATES.has(kind) && group === (GROUPS.get(kind) ?? 'apps');
}

/** The pod of a manifest, or the template of one; undefined where there is none. */
function templateOf(manifest: Manifest): unknown {
  return (TEMPLATES.get(manifest.kind) ?? []).reduce(
    (value: unknown, key) => (isMapping(value) ? value[key] : undefined),
    manifest.object,
  );
}

/** Whether the pods of a workload share the network of their node. */
export function usesHostNetwork(manifest: Manifest): boolean {
  const template = templateOf(manifest);
  return isMapping(template) && isMapping(template.spec) && template.spec.hostNetwork === true;
}

/** Reads everything that owns pods, folds owned into owners, and orders the result by namespace, name and kind. */
export function readWorkloads(
  manifests: readonly Manifest[],
  context: PodContext,
  problems: Problems,
): readonly PodOwner[] {
  const owners = new Map<string, Manifest>();
  for (const manifest of manifests) {
    owners.set(key(workloadOf(manifest)), manifest);
  }
  const found = new Map<string, { workload: Workload; pods: Pod[]; retired: Pod[] }>();
  for (const manifest of manifests) {
    const pod = readTemplate(manifest, context, problems);
    const workload = highestOwner(manifest, owners);
    const id = key(workload);
    const entry = found.get(id) ?? { workload, pods: [], retired: [] };
    found.set(id, entry);
    if (pod !== undefined) {
      (isRetired(manifest, workload) ? entry.retired : entry.pods).push(pod);
    }
  }
  return [...found.values()]
    .map(({ workload, pods, retired }) => ({ workload, pods: pods.length > 0 ? pods : retired }))
    .filter(({ pods }) => pods.length > 0)
    .sort((a, b) => compareWorkloads(a.workload, b.workload));
}

/** Orders workloads by namespace, name and kind. */
export function compareWorkloads(a: Workload, b: Workload): number {
  return compare(a.namespace, b.namespace) || compare(a.name, b.name) || compare(a.kind, b.kind);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function workloadOf({ namespace = 'default', kind, name }: Manifest): Workload {
  return { namespace, kind: kind as WorkloadKind, name };
}

function key({ namespace, kind, name }: Workload): string {
  return `${namespace}/${kind}/${name}`;
}

/** A Deployment keeps the ReplicaSets of former versions, scaled to nothing. Their labels are history. */
function isRetired(manifest: Manifest, workload: Workload): boolean {
  const { spec } = manifest.object;
  return workload.kind !== manifest.kind && manifest.kind === 'ReplicaSet' && isMapping(spec) && spec.replicas === 0;
}

function highestOwner(manifest: Manifest, owners: ReadonlyMap<string, Manifest>): Workload {
  let workload = workloadOf(manifest);
  const passed = new Set<string>();
  for (let known: Manifest | undefined = manifest; known !== undefined && !passed.has(key(workload)); ) {
    passed.add(key(workload));
    const owner = controllingOwner(known);
    if (owner === undefined) {
      break;
    }
    workload = owner;
    known = owners.get(key(owner));
  }
  return workload;
}

function controllingOwner(manifest: Manifest): Workload | undefined {
  const { metadata } = manifest.object;
  const references = isMapping(metadata) ? metadata.ownerReferences : undefined;
  if (!OWNED.includes(manifest.kind) || !Array.isArray(references)) {
    return undefined;
  }
  for (const reference of references) {
    if (isMapping(reference) && reference.controller === true) {
      const { apiVersion, kind, name } = reference;
      if (typeof apiVersion === 'string' && typeof kind === 'string' && typeof name === 'string') {
        const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.lastIndexOf('/')) : '';
        return isWorkload({ kind, group })
          ? { namespace: manifest.namespace ?? 'default', kind: kind as WorkloadKind, name }
          : undefined;
      }
    }
  }
  return undefined;
}

function readTemplate(manifest: Manifest, context: PodContext, problems: Problems): Pod | undefined {
  const path = TEMPLATES.get(manifest.kind) ?? [];
  const template = Field.of(manifest, problems).mappingAt(...path);
  if (!template.isGiven) {
    template.wrong('bad-template', 'give a template of the pods, with their labels');
  }
  return isMapping(template.value)
    ? readPod(template, manifest.namespace ?? 'default', jobLabels(manifest), context)
    : undefined;
}

/**
 * An API server adds the name of a Job to the labels of its pods.
 *
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#batch-kubernetes-io-job-name
 */
function jobLabels({ kind, name, object }: Manifest): ReadonlyMap<string, string> {
  const { spec, metadata } = object;
  const isNamed = isMapping(metadata) && metadata.name === name;
  return kind === 'Job' && isNamed && !(isMapping(spec) && spec.manualSelector === true)
    ? new Map([
        ['job-name', name],
        ['batch.kubernetes.io/job-name', name],
      ])
    : new Map();
}
