import type { INamespace } from '../namespace';
import type { IPeer, Peer } from '../policy/peer';
import type { GatewayImplementation } from './implementation';
import type { GatewayListener } from './listener';
import type { Listeners } from './listeners';

/** A Gateway that services are exposed by: a `Gateway`, or what `Gateway.existing` gives. */
export interface IGateway {
  /** The name of the Gateway. */
  readonly name: string;

  /** The namespace of the Gateway; nothing when it is that of the chart. */
  readonly namespace?: INamespace;

  /** What serves it; nothing when it is not known, and only the core of the Gateway API can be counted on. */
  readonly implementation?: GatewayImplementation;

  /** The Pods that its requests come from; nothing when no NetworkPolicy can tell them. */
  readonly peer?: Peer;

  /** @internal */
  readonly _listeners: Listeners;

  /** @internal */
  readonly _admittedElsewhere: boolean;
}

/** Settings of a `Gateway`. At least one of `className` and `implementation` is given. */
export interface GatewayProps {
  /**
   * The GatewayClass.
   *
   * @default - the one that the `implementation` brings
   */
  readonly className?: string;

  /**
   * What serves the Gateway: which Pods closed namespaces let in, and what may be asked of it beyond the core of the Gateway
   * API.
   *
   * @default - not known: only the core is used, and closed namespaces refuse services that the Gateway exposes
   */
  readonly implementation?: GatewayImplementation;

  /**
   * What is listened for. `Exposure.gateway` with `tls` adds a listener for its host.
   *
   * @default [GatewayListener.http()]
   */
  readonly listeners?: GatewayListener[];

  /**
   * The name of the Gateway, at most 63 characters: its Pods carry it as a label.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * The namespace. Routes of other namespaces can only name a Gateway whose namespace the manifests name.
   *
   * @default - that of the chart
   */
  readonly namespace?: INamespace;

  /**
   * Annotations of the Gateway.
   *
   * @default - none
   */
  readonly annotations?: { readonly [key: string]: string };

  /**
   * Whether the GatewayClass is made too, once for all Gateways of the app. Most implementations bring theirs.
   *
   * @default false
   */
  readonly createClass?: boolean;

  /**
   * The Pods that the Gateway's requests come from, which closed namespaces let in.
   *
   * @default - those of the `implementation`
   */
  readonly controller?: IPeer;

  /**
   * Whether something else than the NetworkPolicies of this app opens closed namespaces to the Gateway, such as a
   * CiliumNetworkPolicy.
   *
   * @default false
   */
  readonly admittedElsewhere?: boolean;
}
