import type { INamespace } from '../namespace';
import type { CalicoHelmValues } from './helm-values';

/**
 * Who writes the Installation and the APIServer. Never both: two owners would undo each other's changes.
 *
 * @see https://docs.tigera.io/calico/3.27/getting-started/kubernetes/helm
 */
export enum CalicoCustomResources {
  /** The Helm chart, out of its values. */
  FROM_CHART = 'from-chart',
  /** The construct, as manifests; the chart is told to leave them out. */
  AS_MANIFESTS = 'as-manifests',
}

/** Settings of the Application that installs the chart. */
export interface CalicoApplicationProps {
  /**
   * Its name, which is the name of the Helm release as well.
   *
   * @default "calico"
   */
  readonly name?: string;

  /**
   * Its project. It has to allow the chart's repository, the namespace tigera-operator, and the chart's kinds of the
   * cluster (`CustomResourceDefinition`, `ClusterRole`, `ClusterRoleBinding`, `Installation`, `APIServer`).
   *
   * @default "default"
   */
  readonly project?: string;

  /**
   * The namespace that Argo CD runs in.
   *
   * @default { name: "argocd" }
   */
  readonly namespace?: INamespace;

  /**
   * The URL of the API server of the cluster to install to.
   *
   * @default "https://kubernetes.default.svc", the cluster that Argo CD runs on
   */
  readonly destinationServer?: string;

  /**
   * When it is deployed among the other applications of a root Application: lower waves go first.
   *
   * @default 0
   */
  readonly wave?: number;
}

/**
 * How the Helm chart gets onto the cluster.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
 */
export class CalicoApplication {
  /** Not by an Application of the construct: by `ArgoCdApps`, which takes `argoCdApp`, or by hand with Helm. */
  public static readonly NONE = new CalicoApplication(undefined);

  /** By an Application of Argo CD of its own, beside the other objects. */
  public static of(props: CalicoApplicationProps = {}): CalicoApplication {
    return new CalicoApplication(props);
  }

  private constructor(
    /** The settings of the Application, where there is one. */
    public readonly props: CalicoApplicationProps | undefined,
  ) {}
}

/** Settings of `Calico`. */
export interface CalicoProps {
  /**
   * The values of the Helm chart.
   *
   * @default - the chart's own
   */
  readonly values?: CalicoHelmValues;

  /**
   * Who writes the Installation and the APIServer.
   *
   * @default CalicoCustomResources.FROM_CHART
   */
  readonly customResources?: CalicoCustomResources;

  /**
   * How the chart gets onto the cluster.
   *
   * @default CalicoApplication.of()
   */
  readonly application?: CalicoApplication;
}
