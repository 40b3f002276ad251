import type { INamespace } from './namespace';

/**
 * A Service that something else made, with what a route or a NetworkPolicy has to know of it.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 */
export interface ExistingService {
  /** The name of the Service. */
  readonly name: string;

  /** The port of the Service, from 1 to 65535. */
  readonly port: number;

  /** The port of the Pods, which is the one that a NetworkPolicy names. */
  readonly targetPort: number;

  /** Labels that the Service's Pods carry, at least one. */
  readonly podLabels: { readonly [key: string]: string };

  /**
   * The namespace of the Service.
   *
   * @default - the namespace of the chart
   */
  readonly namespace?: INamespace;
}
