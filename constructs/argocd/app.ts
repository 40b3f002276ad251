import type { Chart } from 'cdk8s';
import type { INamespace } from '../namespace';

/**
 * A chart of a Helm repository.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
 */
export interface ArgoCdHelmChart {
  /** The repository, e.g. `https://charts.example.com`, or for an OCI registry its host and path without a scheme. */
  readonly repoUrl: string;

  /** The name of the chart. */
  readonly chart: string;

  /** The version of the chart. */
  readonly version: string;

  /**
   * Values as they would stand in a file of values. They become public with the manifest: no passwords, no keys.
   *
   * @default - the chart's own values
   */
  // biome-ignore lint/suspicious/noExplicitAny: the values are the chart's own
  readonly values?: { readonly [key: string]: any };
}

/** A kind of object that belongs to the cluster and not to a namespace. */
export interface ArgoCdClusterResource {
  /** The API group, e.g. `rbac.authorization.k8s.io`; empty for the core. */
  readonly group: string;

  /** The kind, e.g. `ClusterRole`. */
  readonly kind: string;
}

/**
 * One thing to deploy: charts of this app, other files of the repository, a Helm chart, or several of these at once.
 * More than one source needs Argo CD 2.6 or later.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#applications
 */
export interface ArgoCdApp {
  /** The name of the Application: a DNS label of at most 63 characters, its own among those of this Argo CD. */
  readonly name: string;

  /**
   * The charts of the same `NetworkingApp` whose files are deployed. What the project has to allow (namespaces, kinds
   * of the cluster) is read from them, also when more is added later.
   *
   * @default - none
   */
  readonly charts?: Chart[];

  /**
   * Files that this app does not write, as paths below `path`, e.g. `legacy/shop.yaml`.
   * What they need has to be named by `namespaces` and `clusterResources`.
   *
   * @default - none
   */
  readonly files?: string[];

  /**
   * A Helm chart. What it needs has to be named by `namespaces` and `clusterResources`.
   *
   * @default - none
   */
  readonly helmChart?: ArgoCdHelmChart;

  /**
   * When it is deployed among the others: lower waves go first.
   *
   * @default 0
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
   */
  readonly wave?: number;

  /**
   * The namespace of objects that name none themselves.
   *
   * @default - `default` where there is such an object, as with kubectl; else the namespace of the charts' first object
   */
  readonly namespace?: INamespace;

  /**
   * Namespaces that are written to besides those of the charts' objects.
   *
   * @default - none
   */
  readonly namespaces?: INamespace[];

  /**
   * Kinds of the cluster that are written besides those of the charts' objects.
   *
   * @default - none
   */
  readonly clusterResources?: ArgoCdClusterResource[];

  /**
   * Whether everything that was deployed is removed with the Application.
   * If not, it stays on the cluster without an owner.
   *
   * @default true
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/
   */
  readonly cascadingDelete?: boolean;

  /**
   * Whether the API server merges the manifests. Objects above 256 KiB, such as large CustomResourceDefinitions, can be
   * applied in no other way.
   *
   * @default false
   * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#server-side-apply
   */
  readonly serverSideApply?: boolean;
}
