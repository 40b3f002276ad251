import type { INamespace } from '../namespace';
import type { GatewayFeature } from './feature';

/** Pods that requests of a Gateway come from. */
export interface GatewayPods {
  /** Labels that these Pods carry and others of their namespace don't; at least one. */
  readonly labels: { readonly [key: string]: string };

  /**
   * The namespace of the Pods.
   *
   * @default - that of the Gateway
   */
  readonly namespace?: INamespace;
}

/** Settings of `GatewayImplementation.of`. */
export interface GatewayImplementationProps {
  /** The controller that GatewayClasses name, such as "example.com/gateway-controller". */
  readonly controllerName: string;

  /**
   * The GatewayClass that it brings, or that is made for it.
   *
   * @default - none: each Gateway names its class
   */
  readonly className?: string;

  /**
   * The Pods that requests come from, which closed namespaces let in.
   *
   * @default - not known: closed namespaces refuse such Gateways
   */
  readonly pods?: GatewayPods;

  /**
   * Whether paths and headers may be compared with regular expressions.
   *
   * @default false
   */
  readonly regularExpressions?: boolean;

  /**
   * Whether redirects may have the status 308, which keeps the method of the request.
   *
   * @default false
   */
  readonly redirect308?: boolean;

  /**
   * What it has that not all have.
   *
   * @default - nothing: what takes more than the core of the Gateway API is refused
   */
  readonly features?: GatewayFeature[];
}
