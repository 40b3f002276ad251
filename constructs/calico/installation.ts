import type { k8s } from 'cdk8s-plus-27';
import type { ContainerResources } from '../container-resources';
import type { CalicoNetwork } from './network';

/**
 * Whose Kubernetes a cluster is.
 *
 * @see https://docs.tigera.io/calico/3.27/reference/installation/api
 */
export enum CalicoProvider {
  /** Azure Kubernetes Service. */
  AKS = 'AKS',
  /** Docker Enterprise. */
  DOCKER_ENTERPRISE = 'DockerEnterprise',
  /** Amazon Elastic Kubernetes Service. */
  EKS = 'EKS',
  /** Google Kubernetes Engine. */
  GKE = 'GKE',
  /** OpenShift. */
  OPEN_SHIFT = 'OpenShift',
  /** Rancher's RKE2. */
  RKE2 = 'RKE2',
}

/**
 * The plugin that gives Pods their network. With one that is not Calico's, Calico does network policy only.
 *
 * @see https://docs.tigera.io/calico/3.27/reference/installation/api
 */
export enum CalicoCniType {
  /** Calico's own. */
  CALICO = 'Calico',
  /** That of Google Kubernetes Engine. */
  GKE = 'GKE',
  /** Amazon's, where Pods have addresses of the VPC. */
  AMAZON_VPC = 'AmazonVPC',
  /** Azure's. */
  AZURE_VNET = 'AzureVNET',
}

/**
 * The plugin that hands out the addresses of Pods.
 *
 * @see https://docs.tigera.io/calico/3.27/reference/installation/api
 */
export enum CalicoIpamType {
  /** Calico's own, which takes them from the pools. */
  CALICO = 'Calico',
  /** From the range that Kubernetes gave the node. */
  HOST_LOCAL = 'HostLocal',
  /** Amazon's. */
  AMAZON_VPC = 'AmazonVPC',
  /** Azure's. */
  AZURE_VNET = 'AzureVNET',
}

/** Which plugins give Pods their network and addresses. */
export interface CalicoCni {
  /** The plugin for the network. */
  readonly type: CalicoCniType;

  /**
   * The plugin for addresses.
   *
   * @default - the one that belongs to `type`; `HOST_LOCAL` for GKE
   */
  readonly ipam?: CalicoIpamType;
}

/** What the containers of some components ask for and may use at most. */
export interface CalicoComponentResources {
  /**
   * Those of calico-node, on every node.
   *
   * @default - none
   */
  readonly node?: ContainerResources;

  /**
   * Those of Typha, which stands between the nodes and the API server.
   *
   * @default - none
   */
  readonly typha?: ContainerResources;

  /**
   * Those of the controllers.
   *
   * @default - none
   */
  readonly kubeControllers?: ContainerResources;
}

/** How calico-node is replaced, node after node. */
export interface CalicoNodeUpdateStrategy {
  /**
   * How many nodes may be without it at a time: a number from 1, or a share such as `10%`.
   */
  readonly maxUnavailable: k8s.IntOrString;
}

/**
 * How Calico is installed: the spec of the Installation, in the operator's own words.
 *
 * @see https://docs.tigera.io/calico/3.27/reference/installation/api
 */
export interface CalicoInstallation {
  /**
   * Whose Kubernetes the cluster is. To be given on every one of them: the operator finds it out as well, but then
   * writes it into the Installation, which Argo CD sees as a difference.
   *
   * @default - none of them
   */
  readonly kubernetesProvider?: CalicoProvider;

  /**
   * Where every image comes from instead of upstream's registries, e.g. `registry.example:5000`.
   *
   * @default - upstream's
   */
  readonly registry?: string;

  /**
   * The path between registry and name of every image, e.g. `mirror/calico`.
   *
   * @default - upstream's
   */
  readonly imagePath?: string;

  /**
   * What stands before the name of every image, e.g. `calico-`.
   *
   * @default - nothing
   */
  readonly imagePrefix?: string;

  /**
   * The names of Secrets in the namespace tigera-operator by which images are pulled.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Which plugins give Pods their network and addresses.
   *
   * @default - the provider's own on AKS, EKS and GKE, else Calico's
   */
  readonly cni?: CalicoCni;

  /**
   * The network that Calico makes.
   *
   * @default - as the operator has it
   */
  readonly calicoNetwork?: CalicoNetwork;

  /**
   * What the containers of some components ask for and may use at most.
   *
   * @default - nothing, without limit
   */
  readonly componentResources?: CalicoComponentResources;

  /**
   * Labels of the nodes that run what is not needed on every node.
   *
   * @default - any node that runs Linux
   */
  readonly controlPlaneNodeSelector?: { readonly [key: string]: string };

  /**
   * How many Pods each component has that can have several: 1 to 1000.
   *
   * @default 2
   */
  readonly controlPlaneReplicas?: number;

  /**
   * Taints that those components put up with.
   *
   * @default - those of control plane nodes
   */
  readonly controlPlaneTolerations?: k8s.Toleration[];

  /**
   * Whether only cryptography that is validated for FIPS 140-2 is used.
   *
   * @default false
   */
  readonly fipsMode?: boolean;

  /**
   * Where FlexVolume drivers stand on a node, or `None` for no driver.
   *
   * @default - as the provider has it
   */
  readonly flexVolumePath?: string;

  /**
   * The port of every node on which calico-node shows its metrics.
   *
   * @default - no metrics
   */
  readonly nodeMetricsPort?: number;

  /**
   * How calico-node is replaced.
   *
   * @default - one node at a time
   */
  readonly nodeUpdateStrategy?: CalicoNodeUpdateStrategy;

  /**
   * Whether calico-node runs without privileges, as far as it can.
   *
   * @default false
   */
  readonly nonPrivileged?: boolean;

  /**
   * The ranges of the cluster's Services, which nodes that run Windows need.
   *
   * @default - none
   */
  readonly serviceCidrs?: string[];

  /**
   * The port on which Typha shows its metrics.
   *
   * @default - no metrics
   */
  readonly typhaMetricsPort?: number;
}
