import type { k8s } from 'cdk8s-plus-27';
import type { ContainerResources } from '../container-resources';
import type { CalicoInstallation } from './installation';

/** The server of the API projectcalico.org/v3, by which kubectl reads and writes Calico's own objects. */
export interface CalicoApiServer {
  /**
   * Whether it is installed.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/** The image of the operator. */
export interface CalicoOperatorImage {
  /**
   * The registry.
   *
   * @default "quay.io"
   */
  readonly registry?: string;

  /**
   * The path and name.
   *
   * @default "tigera/operator"
   */
  readonly image?: string;

  /**
   * The tag.
   *
   * @default "v1.32.3"
   */
  readonly version?: string;
}

/** The image of calicoctl. */
export interface CalicoctlImage {
  /**
   * Registry, path and name.
   *
   * @default "docker.io/calico/ctl"
   */
  readonly image?: string;

  /**
   * The tag.
   *
   * @default "v3.27.0"
   */
  readonly tag?: string;
}

/**
 * The values of the Helm chart tigera-operator v3.27.0. Only what differs from the chart's own is written.
 *
 * The chart's `certs` and `imagePullSecrets` are not among them: they are private keys and passwords, which would
 * become public with the manifest. The operator makes its own certificates, and pull secrets that are on the cluster
 * are named in `installation.imagePullSecrets`.
 *
 * @see https://docs.tigera.io/calico/3.27/getting-started/kubernetes/helm
 */
export interface CalicoHelmValues {
  /**
   * How Calico is installed.
   *
   * @default - as the operator has it
   */
  readonly installation?: CalicoInstallation;

  /**
   * The server of Calico's API.
   *
   * @default - installed
   */
  readonly apiServer?: CalicoApiServer;

  /**
   * What the operator asks for and may use at most.
   *
   * @default - nothing, without limit
   */
  readonly resources?: ContainerResources;

  /**
   * Taints that the operator puts up with.
   *
   * @default - all, since it has to run before a node has a network
   */
  readonly tolerations?: k8s.Toleration[];

  /**
   * Labels of the nodes that the operator runs on, besides the chart's own `kubernetes.io/os: linux`.
   *
   * @default - any node that runs Linux
   */
  readonly nodeSelector?: { readonly [key: string]: string };

  /**
   * Annotations of the operator's Pod.
   *
   * @default - none
   */
  readonly podAnnotations?: { readonly [key: string]: string };

  /**
   * Labels of the operator's Pod besides the chart's own.
   *
   * @default - none
   */
  readonly podLabels?: { readonly [key: string]: string };

  /**
   * The image of the operator.
   *
   * @default - the release's own
   */
  readonly tigeraOperator?: CalicoOperatorImage;

  /**
   * The image of calicoctl.
   *
   * @default - the release's own
   */
  readonly calicoctl?: CalicoctlImage;

  /**
   * The kubelet's folder on a node, for Calico's CSI driver, or `None` for no driver.
   *
   * @default "/var/lib/kubelet"
   */
  readonly kubeletVolumePluginPath?: string;
}
