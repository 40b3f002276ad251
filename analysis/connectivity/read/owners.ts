import type { Manifest } from '../../manifest';
import { isMapping } from '../../manifest/value';
import type { WorkloadKind } from '../peer';

type Labels = ReadonlyMap<string, string>;

/** A kind whose objects own pods, and what is known of these. */
interface OwnerKind {
  readonly groups: readonly string[];
  /** Where the template of the pods stands; a Pod is its own. */
  readonly template: readonly string[];
  /** Labels that its controller gives to the pods beside those of the template. */
  readonly labels?: (manifest: Manifest) => Labels;
  /** Labels that a part of the pods has in addition, one set for each part. */
  readonly variants?: (manifest: Manifest) => readonly Labels[];
}

const inSpec = (...groups: string[]): OwnerKind => ({ groups, template: ['spec', 'template'] });

/**
 * The kinds that own pods, those of Kubernetes and of others.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 * @see https://docs.openshift.com/container-platform/4.15/applications/deployments/what-deployments-are.html
 * @see https://openkruise.io/docs/
 * @see https://knative.dev/docs/serving/
 * @see https://kubevirt.io/user-guide/
 */
const KINDS = new Map<WorkloadKind, OwnerKind>([
  [
    'AdvancedCronJob',
    { groups: ['apps.kruise.io'], template: ['spec', 'template', 'jobTemplate', 'spec', 'template'] },
  ],
  ['BroadcastJob', inSpec('apps.kruise.io')],
  ['CloneSet', inSpec('apps.kruise.io')],
  ['CronJob', { groups: ['batch'], template: ['spec', 'jobTemplate', 'spec', 'template'] }],
  ['DaemonSet', inSpec('apps', 'apps.kruise.io')],
  ['Deployment', inSpec('apps')],
  [
    'DeploymentConfig',
    { ...inSpec('apps.openshift.io', ''), labels: ({ name }) => new Map([['deploymentconfig', name]]) },
  ],
  ['Job', { ...inSpec('batch'), labels: jobLabels }],
  ['Pod', { groups: [''], template: [] }],
  ['ReplicaSet', inSpec('apps')],
  ['ReplicationController', inSpec('')],
  ['Rollout', { ...inSpec('argoproj.io'), variants: rolloutVariants }],
  ['ScaledJob', { groups: ['keda.sh'], template: ['spec', 'jobTargetRef', 'template'] }],
  ['Service', { ...inSpec('serving.knative.dev'), labels: knativeLabels }],
  ['StatefulSet', inSpec('apps', 'apps.kruise.io')],
  ['VirtualMachine', { ...inSpec('kubevirt.io'), labels: launcherLabels }],
  ['VirtualMachineInstance', { groups: ['kubevirt.io'], template: [], labels: launcherLabels }],
  ['VirtualMachineInstanceReplicaSet', { ...inSpec('kubevirt.io'), labels: () => LAUNCHER }],
]);

/** Kinds that are folded into what owns them. */
const OWNED = new Set([
  'Configuration',
  'Deployment',
  'Job',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'Revision',
  'VirtualMachineInstance',
]);

/** What stands between a Knative Service and its Deployments in a dump of a cluster. It owns pods through these alone. */
const LINKS = new Map([
  ['Configuration', 'serving.knative.dev'],
  ['Revision', 'serving.knative.dev'],
]);

/** Whether a manifest is of a kind that owns pods. */
export function isWorkload({ kind, group }: Pick<Manifest, 'kind' | 'group'>): boolean {
  return KINDS.get(kind as WorkloadKind)?.groups.includes(group) ?? false;
}

/** Whether a manifest only leads from what owns pods to what made that. */
export function isLink({ kind, group }: Pick<Manifest, 'kind' | 'group'>): boolean {
  return LINKS.get(kind) === group;
}

/** Whether an object of a kind counts as what owns it. */
export function isOwned(kind: string): boolean {
  return OWNED.has(kind);
}

/**
 * Whether an owner reference to a kind leads to what owns pods. Its group does not matter: what was made as
 * `extensions/v1beta1` still says so. Deployments of a Knative Service are owned through its revisions.
 */
export function isOwner(kind: string): boolean {
  return KINDS.has(kind as WorkloadKind) || LINKS.has(kind);
}

/** Where a manifest that owns pods keeps their template. */
export function templatePath({ kind }: Manifest): readonly string[] {
  return KINDS.get(kind as WorkloadKind)?.template ?? [];
}

/** Labels that pods have beside those of their template, of each sort of pods that a workload has. */
export function addedLabels(manifest: Manifest): readonly Labels[] {
  const { labels, variants } = KINDS.get(manifest.kind as WorkloadKind) ?? {};
  const always = labels?.(manifest) ?? new Map();
  return (variants?.(manifest) ?? [new Map()]).map((own) => new Map([...always, ...own]));
}

/**
 * An API server adds the name of a Job to the labels of its pods.
 *
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#batch-kubernetes-io-job-name
 */
function jobLabels({ name, object }: Manifest): Labels {
  const { spec, metadata } = object;
  const isNamed = isMapping(metadata) && metadata.name === name;
  return isNamed && !(isMapping(spec) && spec.manualSelector === true)
    ? new Map([
        ['job-name', name],
        ['batch.kubernetes.io/job-name', name],
      ])
    : new Map();
}

/** @see https://github.com/knative/serving/blob/main/pkg/apis/serving/register.go */
function knativeLabels({ name }: Manifest): Labels {
  return new Map([
    ['serving.knative.dev/configuration', name],
    ['serving.knative.dev/service', name],
  ]);
}

const LAUNCHER: Labels = new Map([['kubevirt.io', 'virt-launcher']]);

/** The pod that runs a virtual machine is known by its name. */
function launcherLabels({ name }: Manifest): Labels {
  return new Map([...LAUNCHER, ['vm.kubevirt.io/name', name]]);
}

/**
 * While it moves from one version to the next, a Rollout marks the pods of either.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/ephemeral-metadata/
 */
function rolloutVariants({ object: { spec } }: Manifest): readonly Labels[] {
  const { canary, blueGreen } = mapping(mapping(spec).strategy);
  const parts = [
    mapping(canary).stableMetadata,
    mapping(canary).canaryMetadata,
    mapping(blueGreen).activeMetadata,
    mapping(blueGreen).previewMetadata,
  ]
    .map((metadata) => Object.entries(mapping(mapping(metadata).labels)))
    .filter((labels) => labels.length > 0)
    .map((labels) => new Map(labels.filter((entry): entry is [string, string] => typeof entry[1] === 'string')));
  return [new Map(), ...parts];
}

function mapping(value: unknown): Readonly<Record<string, unknown>> {
  return isMapping(value) ? value : {};
}
