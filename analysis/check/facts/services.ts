import { readLabels } from '../../connectivity/read/labels';
import type { Selector } from '../../connectivity/selector';
import type { Manifest, Path } from '../../manifest';
import { fieldOf, numberOf, textOf } from './fields';
import type { PodSelection } from './pods';
import type { WorkloadFacts } from './workloads';

/** A Service of the manifests. */
export interface ServiceFacts {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  /** `ClusterIP` where the manifest does not say. */
  readonly type: string;
  /** Whether `clusterIP` is `None`. */
  readonly headless: boolean;
  /** Undefined where it has none: endpoints are then made by somebody else. */
  readonly selector: Selector | undefined;
  readonly ports: readonly ServicePortFacts[];
  /** The workloads whose pods it selects. */
  readonly workloads: readonly WorkloadFacts[];
}

export interface ServicePortFacts {
  readonly name: string | undefined;
  readonly port: number;
  readonly protocol: string;
  /** The number or the name of the pods' port; the port itself where the manifest does not say. */
  readonly target: number | string;
  readonly path: Path;
}

/** The Services among manifests. */
export function servicesOf(manifests: readonly Manifest[], pods: PodSelection): readonly ServiceFacts[] {
  return manifests
    .filter(({ kind, group }) => kind === 'Service' && group === '')
    .map((manifest) => serviceFacts(manifest, pods));
}

function serviceFacts(manifest: Manifest, pods: PodSelection): ServiceFacts {
  const spec = fieldOf(manifest, 'spec');
  const namespace = manifest.namespace ?? 'default';
  const labels = readLabels(spec.get('selector'));
  const type = textOf(spec.get('type')) ?? 'ClusterIP';
  const selector: Selector | undefined =
    labels.size === 0 || type === 'ExternalName'
      ? undefined
      : [...labels].map(([key, value]) => ({ key, operator: 'In', values: new Set([value]) }));
  return {
    manifest,
    namespace,
    name: manifest.name,
    type,
    headless: spec.get('clusterIP').value === 'None',
    selector,
    ports: spec
      .get('ports')
      .mappings('')
      .map((port) => {
        const number = numberOf(port.get('port')) ?? 0;
        return {
          name: textOf(port.get('name')),
          port: number,
          protocol: textOf(port.get('protocol')) ?? 'TCP',
          target: numberOf(port.get('targetPort')) ?? textOf(port.get('targetPort')) ?? number,
          path: port.path,
        };
      }),
    workloads: selector === undefined ? [] : pods.select(selector, namespace),
  };
}

/** The numbers of the pods' ports to which a port of a Service leads at one workload; none where no container has its name. */
export function targetNumbers({ target, protocol }: ServicePortFacts, workload: WorkloadFacts): readonly number[] {
  return typeof target === 'number'
    ? [target]
    : workload.containers
        .flatMap(({ ports }) => ports)
        .filter((port) => port.name === target && port.protocol === protocol)
        .map(({ number }) => number);
}
