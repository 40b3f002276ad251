import type { AcceptedName, RouteDifference, RoutingComparison, SettingDifference, Undecided } from '../diff';
import type { Problem } from '../manifest';
import type { ForwardedTls, IngressNginxOptions, ReadingOptions, RoutingNote, RoutingProblemCode } from '../routing';
import type { ObjectName } from './gateway';
import type { TargetName } from './targets';

/** Settings of `migrate`. */
export interface MigrateOptions
  extends Omit<ReadingOptions, 'assumeServices'>,
    Pick<IngressNginxOptions, 'ingressClass' | 'controllerVersion' | 'configMap'> {
  /** The Gateway to write. */
  readonly gateway: ObjectName;
  /**
   * The name of its GatewayClass.
   *
   * @default - the only GatewayClass among the manifests, or else `example`, which stands for one that is still to be named
   */
  readonly gatewayClass?: string;
  /**
   * The implementation that the Gateway is for: what its conformance report lacks is refused, and what annotations ask for
   * besides where requests go is said by objects of its own.
   *
   * @default - any: what the Gateway API says, and nothing else
   */
  readonly target?: TargetName;
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
   * @default - what the arguments of the controller say where it is among the manifests, else none
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
  readonly accept?: readonly AcceptedName[];
  /**
   * Whether to write what can be written of Ingresses that cannot be taken over faithfully.
   *
   * @default false
   */
  readonly allowDifferences?: boolean;
  /**
   * Whether Ingresses in which something is wrong are left out, and told in `mistaken`, so that the others are taken over; else
   * nothing is written.
   *
   * @default false
   */
  readonly leavesOutMistakes?: boolean;
  /**
   * Whether the implementation knows regular expressions, and matches whole values, as those do that are built on Envoy.
   *
   * @default false
   */
  readonly allowRegularExpressions?: boolean;
}

/** The same, with what everything is written by. */
export interface MigrateSettings extends Omit<MigrateOptions, 'target'> {
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

/** What becomes of an annotation of an Ingress. */
export interface SettingFate {
  /** `namespace/name` of the Ingress. */
  readonly ingress: string;
  readonly file: string;
  /** From 1; 0 where there is no line. */
  readonly line: number;
  /** The annotation. */
  readonly key: string;
  /** All annotations that say it together, this one among them. */
  readonly keys: readonly string[];
  readonly value: string;
  /**
   * What it becomes:
   * - `exact`: it is in the routes, and the proof is about it;
   * - `extension`: the target has objects or filters for it;
   * - `hand`: there is something to do by hand;
   * - `impossible`: it cannot be said;
   * - `nothing`: it says nothing.
   */
  readonly kind: 'exact' | 'extension' | 'hand' | 'impossible' | 'nothing';
  /** Why, or what to do; empty where there is nothing to say. */
  readonly why: string;
  /** The targets that have something of their own for it, where none was given. */
  readonly targets: readonly TargetName[];
  /** Whether the Ingress is left out because of it. */
  readonly keepsBack: boolean;
}

/** A path of which nothing is taken over, since ingress-nginx serves nothing of it. */
export interface UnservedPath extends Remark {
  /** Host and path, e.g. `a.example.com/files`. */
  readonly path: string;
}

/** What annotations of an Ingress became that no proof is about. */
export interface WrittenSetting extends Remark {
  /** The annotations, whole keys. */
  readonly annotations: readonly string[];
  /** The objects that say it, e.g. `SecurityPolicy shop/web`; none where filters of the HTTPRoute do, or nothing needs to. */
  readonly objects: readonly string[];
  /** What is not the same, or has to be done besides. */
  readonly caveats: readonly string[];
}

/** An Ingress that cannot be taken over faithfully. */
export interface RefusedIngress {
  /** `namespace/name`. */
  readonly ingress: string;
  /** What cannot be said, annotation by annotation. */
  readonly reasons: readonly Remark[];
  /** Its requests that would go elsewhere. */
  readonly differences: readonly RouteDifference[];
  /** What it would be taken over with, were it accepted; empty where no name of a difference does. */
  readonly acceptable: readonly AcceptedName[];
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
  /** The Ingresses that were asked about. */
  readonly ingresses: readonly Omit<Remark, 'message'>[];
  /** The Ingresses that were taken over: `namespace/name`. */
  readonly migrated: readonly string[];
  /** The Ingresses that cannot be taken over faithfully, each with its reasons. */
  readonly refused: readonly RefusedIngress[];
  /** What becomes of each annotation. */
  readonly settings: readonly SettingFate[];
  /** What is said by objects and filters of the target, which the proof does not read: written, and not proven. */
  readonly written: readonly WrittenSetting[];
  /**
   * What is wrong with Ingresses that were left out for it, where that was asked for. One whose name cannot be read is `?`, and is not among
   * `ingresses`.
   */
  readonly mistaken: readonly Remark[];
  /** Ingresses of which nothing is written, since ingress-nginx serves nothing of them, with the reason where it is known. */
  readonly empty: readonly Remark[];
  /** Paths of other Ingresses whose backends are resources, of which nothing is taken over. */
  readonly unserved: readonly UnservedPath[];
  /** What has to hold outside of the manifests for the proof to hold. */
  readonly premises: readonly string[];
  /** What is left out and changes nothing about where a request goes, and what was assumed. */
  readonly remarks: readonly Remark[];
  /** What routing finds that may surprise: Ingresses that are not served, canaries that do nothing, assumptions. */
  readonly notes: readonly RoutingNote[];
  /** The proof: Ingresses before, Gateway after. Requests of Ingresses that were left out are not among its differences. */
  readonly comparison: RoutingComparison;
  /**
   * What may change what becomes of requests in ways that are not evaluated, and is not the same: those settings of the comparison
   * that neither `settings` nor `written` tell of.
   */
  readonly untold: readonly SettingDifference[];
  /** Requests that go elsewhere though the Ingress that took them was taken over, or though no Ingress did. */
  readonly differences: readonly RouteDifference[];
  /** What stays open of the requests of Ingresses that were taken over, but for annotations of which `settings` and `written` tell. */
  readonly undecided: readonly Undecided[];
}
