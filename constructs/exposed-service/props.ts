import type { ContainerOpts, DeploymentProps } from 'cdk8s-plus-27';
import type { IClusterService } from '../cluster-service';
import type { ContainerResources } from '../container-resources';
import type { ProgressiveDelivery } from '../delivery';
import type { ExistingService } from '../existing-service';
import type { Exposure } from '../exposure';
import type { INamespace } from '../namespace';
import type { IWorkload } from '../workload';
import type { PodSecurity } from './pod-security';
import type { PortProtocol, ServicePortProps } from './ports';

/**
 * Settings of `ExposedService`. Exactly one of `image`, `workload`, `service` and `existing` says what is exposed.
 */
export interface ExposedServiceProps {
  /**
   * The image that a Deployment is made of. It starts as it is; see `security` for stricter settings.
   *
   * @default - one of `workload`, `service` and `existing` is given
   */
  readonly image?: string;

  /**
   * A workload of cdk8s-plus, of any release from 27 up, that a Service is made for. The `labels` are added to its Pods.
   *
   * @default - one of `image`, `service` and `existing` is given
   */
  readonly workload?: IWorkload;

  /**
   * A Service of cdk8s-plus, of any release from 27 up. Its first port is the one that is exposed.
   *
   * @default - one of `image`, `workload` and `existing` is given
   */
  readonly service?: IClusterService;

  /**
   * A Service that something else made, such as that of an `OnlineBoutique`.
   *
   * @default - one of `image`, `workload` and `service` is given
   */
  readonly existing?: ExistingService;

  /**
   * From where the Service can be reached.
   *
   * @default Exposure.clusterInternal()
   */
  readonly exposure?: Exposure;

  /**
   * The name of Deployment and Service: a DNS label of at most 63 characters that begins with a letter.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * The namespace.
   *
   * @default - that of the `workload` or `service`, else that of the chart
   */
  readonly namespace?: INamespace;

  /**
   * The port that the Pods listen on, from 1 to 65535. To be given with `image`.
   *
   * @default - the one port that the containers of the `workload` name
   */
  readonly port?: number;

  /**
   * The port of the Service, from 1 to 65535.
   *
   * @default - the port of the Pods
   */
  readonly servicePort?: number;

  /**
   * The protocol of the port. UDP and SCTP are for node ports and load balancers, and within the cluster.
   *
   * @default PortProtocol.TCP
   */
  readonly protocol?: PortProtocol;

  /**
   * The name of the port, which the Service has to have where there are others.
   *
   * @default - none; with `ports` it has to be given
   */
  readonly portName?: string;

  /**
   * More ports, each with a name, and with an exposure of its own where it is reached by another host or path.
   *
   * @default - none
   */
  readonly ports?: ServicePortProps[];

  /**
   * Labels of the Pods, which Service and policies select them by; at least one.
   *
   * @default - `app` with the name; where the Pods of a `workload` have an `app` already, that
   */
  readonly labels?: { readonly [key: string]: string };

  /**
   * How many Pods, from 0.
   *
   * @default - not set: one, or as many as an autoscaler wants
   */
  readonly replicas?: number;

  /**
   * The command of the container, in place of that of the image.
   *
   * @default - that of the image
   */
  readonly command?: string[];

  /**
   * The arguments of the container's command.
   *
   * @default - those of the image
   */
  readonly args?: string[];

  /**
   * Environment variables of the container.
   *
   * @default - none
   */
  readonly env?: { readonly [name: string]: string };

  /**
   * What the container asks for and may use at most.
   *
   * @default - not set
   */
  readonly resources?: ContainerResources;

  /**
   * The path that answers an HTTP GET on `port` once the container can take requests.
   *
   * @default - none: the container takes requests as soon as it runs
   */
  readonly readinessPath?: string;

  /**
   * What the container may do.
   *
   * @default PodSecurity.AS_IMAGE
   */
  readonly security?: PodSecurity;

  /**
   * More about the container, in the words of cdk8s-plus-27: probes, variables from Secrets and ConfigMaps, mounts. What the
   * service says itself, such as ports, is refused here.
   *
   * @default - nothing more; see also `ExposedService.container`
   */
  readonly container?: ContainerOpts;

  /**
   * More about the Deployment and its Pods, in the words of cdk8s-plus-27: the ServiceAccount, volumes, the strategy. What the
   * service says itself, such as replicas, is refused here, and so are other values of its labels.
   *
   * @default - nothing more; see also `ExposedService.deployment`
   */
  readonly deployment?: DeploymentProps;

  /**
   * The controller that brings in each next version step by step, of a service that is made from an image, or of a Deployment as
   * its `workload`, and exposed by an Ingress or a Gateway.
   *
   * @default - none: the Deployment replaces its Pods one by one
   */
  readonly delivery?: ProgressiveDelivery;
}
