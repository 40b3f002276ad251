import { type ApiObjectMetadataDefinition, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Problems, shown } from './values';

/**
 * A port that a container of a workload names, as cdk8s-plus has it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
 */
export interface WorkloadPort {
  /** The port, from 1 to 65535. */
  readonly number: number;

  /**
   * Its name.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * Its protocol: "TCP", "UDP" or "SCTP".
   *
   * @default - "TCP"
   */
  readonly protocol?: string;
}

/** A container of a workload, as cdk8s-plus has it. */
export interface IWorkloadContainer {
  /** The ports that it names. */
  readonly ports: WorkloadPort[];
}

/**
 * A workload of cdk8s-plus: a Deployment, StatefulSet, DaemonSet, Job, CronJob or Pod of `cdk8s-plus-27` or of any release after
 * it. What is asked of it here is the same in all of them.
 *
 * @see https://cdk8s.io/docs/latest/plus/
 */
export interface IWorkload extends IConstruct {
  /** The metadata of the workload. */
  readonly metadata: ApiObjectMetadataDefinition;

  /** The metadata of its Pods. */
  readonly podMetadata: ApiObjectMetadataDefinition;

  /** Its containers. */
  readonly containers: IWorkloadContainer[];

  /**
   * The labels by which it selects its Pods.
   *
   * @default - none: a Job or a Pod selects no Pods by labels of ours
   */
  readonly matchLabels?: { readonly [key: string]: string };
}

/** What is wrong with a workload of cdk8s-plus. */
export function workloadProblems(what: string, value: unknown): Problems {
  const { node, podMetadata, containers } = Object(value) as Partial<IWorkload>;
  return node && podMetadata && Array.isArray(containers)
    ? []
    : [`${what} is ${shown(value)}; give a workload of cdk8s-plus, such as a Deployment`];
}

/**
 * The labels that tell the Pods of a workload from others: those that it selects them by, or all that it gives them where it
 * selects none, as a Job does. They may be added to until the end.
 */
export function podLabelsOf(workload: IWorkload): Readonly<Record<string, string>> {
  const selected = workload.matchLabels ?? {};
  return Object.keys(selected).length > 0 ? selected : (workload.podMetadata.toJson()?.labels ?? {});
}

/** The value of a label of the Pods of a workload: the one that they have, else the one that they need to be selected. */
export function heldLabel({ podMetadata, matchLabels }: IWorkload, key: string): string | undefined {
  const wanted = matchLabels ?? {};
  return podMetadata.getLabel(key) ?? (Object.hasOwn(wanted, key) ? wanted[key] : undefined);
}

/** The namespace that the manifests name for what cdk8s-plus made. */
export function namespaceNameOf(made: Pick<IWorkload, 'metadata' | 'node'> & IConstruct): string | undefined {
  return made.metadata.namespace ?? Chart.of(made).namespace;
}
