import type { Manifest } from '../../manifest';
import { hasFields } from '../../manifest/fields/fields';
import { isNear } from '../../manifest/near';
import { isMapping, shown } from '../../manifest/value';
import type { Pod, PodOwner } from '../model';
import type { Workload, WorkloadKind } from '../peer';
import { Field, type Problems } from './field';
import { addedLabels, isOwned, isOwner, isWorkload, templatePath } from './owners';
import { type PodContext, readPod } from './pod';

/** The pod of a manifest, or the template of one; undefined where there is none. */
function templateOf(manifest: Manifest): unknown {
  return templatePath(manifest).reduce(
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
    owners.set(workloadKey(workloadOf(manifest)), manifest);
  }
  const lent = new Set(manifests.filter((manifest) => takesOver(manifest, owners)).flatMap(referenceKey));
  const found = new Map<string, { workload: Workload; pods: Pod[]; retired: Pod[] }>();
  for (const manifest of manifests) {
    if (!isWorkload(manifest) || lent.has(workloadKey(workloadOf(manifest)))) {
      continue;
    }
    const pods = readTemplate(manifest, owners, context, problems);
    const workload = highestOwner(manifest, owners);
    const id = workloadKey(workload);
    const entry = found.get(id) ?? { workload, pods: [], retired: [] };
    found.set(id, entry);
    (isRetired(manifest, workload) ? entry.retired : entry.pods).push(...pods);
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

/** A text that two workloads share only if they are the same. */
export function workloadKey({
  namespace = 'default',
  kind,
  name,
}: Pick<Manifest, 'namespace' | 'kind' | 'name'>): string {
  return `${namespace}/${kind}/${name}`;
}

/** What keeps its former versions, as a Deployment its ReplicaSets, scales them to nothing. Their labels are history. */
function isRetired({ kind, object: { spec } }: Manifest, workload: Workload): boolean {
  const isVersion = kind === 'ReplicaSet' || kind === 'ReplicationController' || kind === 'Deployment';
  return workload.kind !== kind && isVersion && isMapping(spec) && spec.replicas === 0;
}

function highestOwner(manifest: Manifest, owners: ReadonlyMap<string, Manifest>): Workload {
  let workload = workloadOf(manifest);
  const passed = new Set<string>();
  for (let known: Manifest | undefined = manifest; known !== undefined && !passed.has(workloadKey(workload)); ) {
    passed.add(workloadKey(workload));
    const owner = controllingOwner(known);
    if (owner === undefined) {
      break;
    }
    workload = owner;
    known = owners.get(workloadKey(owner));
  }
  return workload;
}

/** The workload that owns the pods of a manifest, as it says itself. */
export function controllingOwner(manifest: Manifest): Workload | undefined {
  const { metadata } = manifest.object;
  const references = isMapping(metadata) ? metadata.ownerReferences : undefined;
  if (!isOwned(manifest.kind) || !Array.isArray(references)) {
    return undefined;
  }
  for (const reference of references) {
    if (isMapping(reference) && reference.controller === true) {
      const { kind, name } = reference;
      if (typeof kind === 'string' && typeof name === 'string') {
        return isOwner(kind)
          ? { namespace: manifest.namespace ?? 'default', kind: kind as WorkloadKind, name }
          : undefined;
      }
    }
  }
  return undefined;
}

/** The pods that a manifest tells of; several only where its controller marks some of them with labels of their own. */
function readTemplate(
  manifest: Manifest,
  owners: ReadonlyMap<string, Manifest>,
  context: PodContext,
  problems: Problems,
): readonly Pod[] {
  const reference = workloadRef(manifest);
  const from = reference === undefined ? manifest : owners.get(workloadKey(reference));
  if (from === undefined) {
    return [];
  }
  const template = Field.of(from, problems).mappingAt(...templatePath(from));
  if (!template.isGiven) {
    template.wrong('bad-template', 'give a template of the pods, with their labels');
  }
  checkSelector(from, template, problems);
  if (!hasFields(from.group, from.kind)) {
    checkTemplate(template);
  }
  return isMapping(template.value)
    ? addedLabels(manifest).map((labels) => readPod(template, manifest.namespace ?? 'default', labels, context))
    : [];
}

/**
 * The workload whose template a Rollout takes instead of one of its own.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/migrating/#reference-deployment-from-rollout
 */
export function workloadRef({ kind, namespace = 'default', object: { spec } }: Manifest): Workload | undefined {
  const reference = kind === 'Rollout' && isMapping(spec) ? spec.workloadRef : undefined;
  return isMapping(reference) && typeof reference.kind === 'string' && typeof reference.name === 'string'
    ? { namespace, kind: reference.kind as WorkloadKind, name: reference.name }
    : undefined;
}

/** Whether a Rollout runs all Pods of the workload whose template it takes, which has none then. */
function takesOver(rollout: Manifest, owners: ReadonlyMap<string, Manifest>): boolean {
  const { spec } = rollout.object;
  const reference = workloadRef(rollout);
  const lender = reference === undefined ? undefined : owners.get(workloadKey(reference))?.object.spec;
  const scaleDown = isMapping(spec) && isMapping(spec.workloadRef) ? spec.workloadRef.scaleDown : undefined;
  return scaleDown === 'onsuccess' || scaleDown === 'progressively' || (isMapping(lender) && lender.replicas === 0);
}

function referenceKey(rollout: Manifest): string[] {
  const reference = workloadRef(rollout);
  return reference === undefined ? [] : [workloadKey(reference)];
}

/** What an answer rests on in a template. */
const TEMPLATE = {
  metadata: ['labels', 'annotations', 'name', 'namespace', 'generateName', 'creationTimestamp'],
  spec: ['containers', 'initContainers', 'hostNetwork', 'serviceAccountName', 'nodeName', 'networks', 'volumes'],
};

/** Reports what stands in a template under a name that is nearly right, for kinds of which not all fields are known. */
function checkTemplate(template: Field): void {
  for (const [holder, known] of [
    [template, ['metadata', 'spec']] as const,
    [template.get('metadata'), TEMPLATE.metadata] as const,
    [template.get('spec'), TEMPLATE.spec] as const,
  ]) {
    for (const [key, member] of isMapping(holder.value) ? holder.members() : []) {
      const meant = known.includes(key as never) ? undefined : known.find((name) => isNear(name, key));
      if (meant !== undefined) {
        member.report('unknown-field', `${member.place} is no field of this kind; did you mean ${meant}?`, 'tolerable');
      }
    }
  }
}

const SELECTING = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

/** An API server refuses a workload that does not select the pods of its own template. */
function checkSelector(manifest: Manifest, template: Field, problems: Problems): void {
  const selector = Field.of(manifest, problems).get('spec').get('selector');
  const wanted = selector.get('matchLabels');
  if (manifest.group !== 'apps' || !SELECTING.includes(manifest.kind) || !isMapping(wanted.value)) {
    return;
  }
  const labels = template.get('metadata').get('labels').value;
  for (const [key, member] of wanted.members()) {
    const found = isMapping(labels) ? labels[key] : undefined;
    if (found !== member.value) {
      const advice = `the template has ${found === undefined ? 'no such label' : shown(found)}, and an API server refuses a selector that does not fit it`;
      member.wrong('bad-selector', advice, 'tolerable');
    }
  }
}
