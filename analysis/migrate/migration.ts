import type { NamedDifference, RouteDifference, RoutingComparison, Undecided } from '../diff';
import type { Problem } from '../manifest';
import type { ReadingOptions, RoutingNote, RoutingProblemCode } from '../routing';
import type { ObjectName } from './gateway';

/** Settings of `migrate`. */
export interface MigrateOptions extends ReadingOptions {
  /** The Gateway to write. */
  readonly gateway: ObjectName;
  /**
   * The name of its GatewayClass.
   *
   * @default - the only GatewayClass among the manifests, or else the name of the ingress class
   */
  readonly gatewayClass?: string;
  /**
   * The class of the Ingresses to take over.
   *
   * @default - the only one that the manifests use
   */
  readonly ingressClass?: string;
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
