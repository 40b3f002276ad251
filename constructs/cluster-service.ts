import type { ApiObjectMetadataDefinition } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * A port of a Service, as cdk8s-plus has it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services
 */
export interface ClusterServicePort {
  /** The port of the Service, from 1 to 65535. */
  readonly port: number;

  /**
   * The port of the Pods.
   *
   * @default - the port of the Service
   */
  readonly targetPort?: number;

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

/**
 * A Service of `cdk8s-plus-27` or of any release of cdk8s-plus after it.
 *
 * @see https://cdk8s.io/docs/latest/plus/service/
 */
export interface IClusterService extends IConstruct {
  /** The name of the Service. */
  readonly name: string;

  /** The metadata of the Service. */
  readonly metadata: ApiObjectMetadataDefinition;

  /** Its ports. */
  readonly ports: ClusterServicePort[];
}
