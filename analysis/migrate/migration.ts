import type { NamedDifference, RouteDifference, RoutingComparison, Undecided } from '../diff';
import type { Problem } from '../manifest';
import type { ForwardedTls, ReadingOptions, RoutingNote, RoutingProblemCode } from '../routing';
import type { ObjectName } from './gateway';

/** Settings of `migrate`. */
export interface MigrateOptions extends Omit<ReadingOptions, 'assumeServices'> {
  /** The Gateway to write. */
  readonly gateway: ObjectName;
  /**
   * The name of its GatewayClass.
   *
   * @default - the only GatewayClass among the manifests, or else `example`, which stands for one that is still to be named
   */
  readonly gatewayClass?: string;
  /**
   * The class of the Ingresses to take over.
   *
   * @default - the only one that the manifests use
   */
  readonly ingressClass?: string;
  /**
   * Whether a Service that is not among the manifests is taken as there, with the port number that is asked for. What is
   * taken so is among the remarks.
   *
   * @default true
   */
  readonly assumeServices?: boolean;
  /**
   * The Secret with the certificate for hosts of which no TLS section names one, as the argument `default-ssl-certificate` of
   * ingress-nginx does: they are served by HTTPS with it.
   *
   * @default - there is none
   */
  readonly defaultCertificate?: ObjectName;
  /**
   * Where TLS ends at a load balancer in front of the Gateway: who sends clients to HTTPS. The Gateway has a listener for HTTP
   * alone then, and certificates of TLS sections are the load balancer's.
   *
   * @default - TLS ends at the Gateway
   */
  readonly forwardedTls?: ForwardedTls;
  /**
   * Differences that do not keep an Ingress back. They are told.
   *
   * @default - `redirect-slash`: a redirect to HTTPS keeps the slash at the end that ingress-nginx drops; and
   * `controller-paths`: what ingress-nginx answers by itself, such as `/healthz`, goes where rules for every host say
   */
  readonly accept?: readonly NamedDifference[];
  /**
   * Whether to write what can be written of Ingresses that cannot be taken over faithfully.
   *
   * @default false
   */
  readonly allowDifferences?: boolean;
  /**
   * Whether the implementation knows regular expressions, and matches whole values, as those do that are built on Envoy.
   *
   * @default false
   */
  readonly allowRegularExpressions?: boolean;
}

/** The same, with what everything is written by. */
export interface MigrateSettings extends MigrateOptions {
  readonly gatewayClass: string;
}

/** Something about an Ingress. */
export interface Remark {
  /** `namespace/name` of the Ingress. */
  readonly ingress: string;
  readonly file: string;
  /** From 1; 0 where there is no line. */
  readonly line: number;
  readonly message: string;
}

/** An Ingress that cannot be taken over faithfully. */
export interface RefusedIngress {
  /** `namespace/name`. */
  readonly ingress: string;
  /** What cannot be said, annotation by annotation. */
  readonly reasons: readonly Remark[];
  /** Its requests that would go elsewhere. */
  readonly differences: readonly RouteDifference[];
  /** Whether it would be taken over with the difference `path-case` accepted. */
  readonly isByCase: boolean;
}

/** What came of a migration. */
export interface Migration {
  /** What is wrong with the manifests; nothing is written where there is something. */
  readonly problems: readonly Problem<RoutingProblemCode>[];
  /** What is not as an API server takes it, and what is assumed of it. Some only where the input is read as `tolerant`. */
  readonly warnings: readonly Problem<RoutingProblemCode>[];
  /** Gateway, ReferenceGrants and HTTPRoutes, with the defaults of an API server. */
  readonly objects: readonly object[];
  /** The GatewayClass of the Gateway. */
  readonly gatewayClass: string;
  /** The Ingresses that were taken over: `namespace/name`. */
  readonly migrated: readonly string[];
  /** The Ingresses that cannot be taken over faithfully, each with its reasons. */
  readonly refused: readonly RefusedIngress[];
  /** Ingresses of which nothing is written, since ingress-nginx serves nothing of them, with the reason where it is known. */
  readonly empty: readonly Remark[];
  /** What has to hold outside of the manifests for the proof to hold. */
  readonly premises: readonly string[];
  /** What is left out and changes nothing about where a request goes, and what was assumed. */
  readonly remarks: readonly Remark[];
  /** What routing finds that may surprise: Ingresses that are not served, canaries that do nothing, assumptions. */
  readonly notes: readonly RoutingNote[];
  /** The proof: Ingresses before, Gateway after. Requests of Ingresses that were left out are not among its differences. */
  readonly comparison: RoutingComparison;
  /** Requests that go elsewhere though the Ingress that took them was taken over, or though no Ingress did. */
  readonly differences: readonly RouteDifference[];
  /** What stays open of the requests of Ingresses that were taken over. */
  readonly undecided: readonly Undecided[];
}
