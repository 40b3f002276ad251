import type { Workload, WorkloadKind } from '../../connectivity';
import type { Field } from '../../connectivity/read/field';
import { readLabels } from '../../connectivity/read/labels';
import { addedLabels, isWorkload, templatePath } from '../../connectivity/read/owners';
import { controllingOwner } from '../../connectivity/read/workloads';
import type { Manifest, Path } from '../../manifest';
import { fieldOf, numberOf, textOf } from './fields';

/** A workload of the manifests, and what its pods are made of. */
export interface WorkloadFacts {
  readonly manifest: Manifest;
  readonly workload: Workload;
  readonly namespace: string;
  /** The labels of its pods, with those that its controller is known to give. */
  readonly labels: ReadonlyMap<string, string>;
  /** Whether its pods share the network of their node. */
  readonly onNode: boolean;
  /** Where the template of its pods stands. */
  readonly template: Path;
  /** Containers, and init containers that keep running. */
  readonly containers: readonly ContainerFacts[];
  /** How many pods are wanted; 1 where the manifest does not say. */
  readonly replicas: number;
  /** `default` where the manifest names none. */
  readonly serviceAccount: string;
  readonly dnsPolicy: string | undefined;
}

/** A workload as people call it: `Deployment shop/web`. */
export function workloadText({ workload }: WorkloadFacts): string {
  return `${workload.kind} ${workload.namespace}/${workload.name}`;
}

export interface ContainerFacts {
  readonly name: string;
  readonly image: string;
  readonly path: Path;
  readonly ports: readonly ContainerPort[];
}

export interface ContainerPort {
  readonly name: string | undefined;
  readonly number: number;
  readonly protocol: string;
  readonly path: Path;
}

/** The workloads among manifests. Pods and ReplicaSets that a workload owns are told of by their owner. */
export function workloadsOf(manifests: readonly Manifest[]): readonly WorkloadFacts[] {
  return manifests
    .filter((manifest) => isWorkload(manifest) && controllingOwner(manifest) === undefined)
    .map(workloadFacts);
}

function workloadFacts(manifest: Manifest): WorkloadFacts {
  const namespace = manifest.namespace ?? 'default';
  const path = templatePath(manifest);
  const template = fieldOf(manifest, ...path);
  const spec = template.get('spec');
  const sidecars = spec
    .get('initContainers')
    .mappings('')
    .filter((container) => container.get('restartPolicy').value === 'Always');
  return {
    manifest,
    workload: { namespace, kind: manifest.kind as WorkloadKind, name: manifest.name },
    namespace,
    labels: new Map([
      ...readLabels(template.get('metadata').get('labels')),
      ...addedLabels(manifest).flatMap((labels) => [...labels]),
    ]),
    onNode: spec.get('hostNetwork').value === true,
    template: path,
    containers: [...spec.get('containers').mappings(''), ...sidecars].map(containerFacts),
    replicas: numberOf(fieldOf(manifest, 'spec', 'replicas')) ?? 1,
    serviceAccount: textOf(spec.get('serviceAccountName')) ?? 'default',
    dnsPolicy: textOf(spec.get('dnsPolicy')),
  };
}

function containerFacts(container: Field): ContainerFacts {
  return {
    name: textOf(container.get('name')) ?? '',
    image: textOf(container.get('image')) ?? '',
    path: container.path,
    ports: container
      .get('ports')
      .mappings('')
      .map((port) => ({
        name: textOf(port.get('name')),
        number: numberOf(port.get('containerPort')) ?? 0,
        protocol: textOf(port.get('protocol')) ?? 'TCP',
        path: port.path,
      })),
  };
}
