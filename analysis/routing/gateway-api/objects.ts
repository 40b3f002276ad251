import type { Selector } from '../../connectivity/selector';
import type { Manifest, Path } from '../../manifest';
import type { Condition, PathMatch } from '../model';

/** A Gateway as an API server would accept it. */
export interface Gateway {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  /** `namespace/name`. */
  readonly key: string;
  readonly className: string;
  /** Its own, then those of ListenerSets. */
  readonly listeners: readonly GatewayListener[];
  /** Which namespaces its ListenerSets may be in. */
  readonly allowed: 'None' | 'Same' | 'All' | Selector;
  /** Whether it is not among the manifests, and taken as there. */
  readonly isAssumed: boolean;
  /** ListenerSets that may add listeners, for all that manifests tell, and what is not known; left out where there are none. */
  readonly unsureSets?: ReadonlyMap<string, string>;
}

/** The ListenerSet of a listener. */
export interface ListenerOwner {
  readonly manifest: Manifest;
  readonly namespace: string;
  /** `namespace/name`. */
  readonly key: string;
}

export interface GatewayListener {
  readonly name: string;
  /** The ListenerSet that adds it; left out for a listener of the Gateway itself. */
  readonly owner?: ListenerOwner;
  /** The section names that mean this listener, where it is assumed and its own name is not known. */
  readonly sections?: ReadonlySet<string>;
  readonly port: number;
  /** In capitals: `HTTP`, `HTTPS`, `TLS`, `TCP`, `UDP`, or what an implementation calls its own. */
  readonly protocol: string;
  /** In lower case; empty for every host. */
  readonly hostname: string;
  readonly tls: ListenerTls | undefined;
  /** Which namespaces its routes may be in. */
  readonly from: 'Same' | 'All' | Selector;
  /** The kinds of routes that may attach; `undefined` for all that its protocol has. */
  readonly kinds: readonly string[] | undefined;
  readonly at: Path;
}

export interface ListenerTls {
  readonly mode: 'Terminate' | 'Passthrough';
  readonly certificates: readonly ObjectRef[];
}

/** A reference to an object, with its defaults filled in. */
export interface ObjectRef {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly at: Path;
}

/** A route of whatever kind, as far as it says where it attaches. */
export interface AttachedRoute {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  readonly parents: readonly ParentRef[];
  /** What else it names as a parent. */
  readonly others?: readonly OtherParent[];
  /** Empty for every host. */
  readonly hostnames: readonly string[];
}

/** An HTTPRoute, or a GRPCRoute as what it takes of HTTP, as an API server would accept it. */
export interface HttpRoute extends AttachedRoute {
  /** `namespace/name`. */
  readonly key: string;
  /** When the cluster made it, in milliseconds; `undefined` for one that is yet to be made. */
  readonly created: number | undefined;
  readonly rules: readonly HttpRule[];
}

/** A reference to what a route attaches to. */
export interface ParentRef {
  readonly kind: 'Gateway';
  /** `namespace/name`. */
  readonly key: string;
  /** The ListenerSet by which it names the Gateway: `namespace/name`; left out for the Gateway itself. */
  readonly set?: string;
  readonly sectionName: string | undefined;
  readonly port: number | undefined;
  readonly at: Path;
}

/** A parent that is no Gateway and no ListenerSet of one, such as a Service of a mesh. */
export interface OtherParent {
  /** E.g. `Service shop/web`. */
  readonly name: string;
  readonly isService: boolean;
  /** Whether it is of a kind that is read, and not among the manifests. */
  readonly isMissing: boolean;
  /** Why nobody serves what is attached to it, behind its name; `undefined` where somebody may. */
  readonly wrong: string | undefined;
  readonly at: Path;
}

export interface HttpRule {
  /** From 0. */
  readonly index: number;
  readonly matches: readonly HttpMatch[];
  readonly redirect: RequestRedirect | undefined;
  readonly rewrite: UrlRewrite | undefined;
  readonly backends: readonly BackendRef[];
  /** What filters and other fields do that says nothing of where requests go. */
  readonly settings: readonly string[];
  readonly at: Path;
}

export interface HttpMatch {
  /** As written. */
  readonly path: string;
  readonly pathType: PathType;
  readonly match: PathMatch;
  /** Method, headers and query parameters, in this order. */
  readonly conditions: readonly Condition[];
  /** How many characters of service and method a GRPCRoute asks for; left out for an HTTPRoute. */
  readonly grpc?: { readonly service: number; readonly method: number };
  /** Its regular expressions, which mean what the implementation makes of them. */
  readonly expressions: readonly string[];
  readonly at: Path;
}

export type PathType = 'Exact' | 'PathPrefix' | 'RegularExpression';

export interface RequestRedirect {
  readonly scheme: 'http' | 'https' | undefined;
  readonly hostname: string | undefined;
  readonly path: PathModifier | undefined;
  readonly port: number | undefined;
  readonly status: number;
}

/** What filters change of the request on its way to the backend; what is left out stays. */
export interface UrlRewrite {
  readonly hostname?: string;
  readonly path?: PathModifier;
  /** Why nobody can tell what the backend sees. */
  readonly open?: string;
}

export type PathModifier = { readonly full: string } | { readonly prefix: string };

/** A backend with its weight. */
export interface BackendRef extends ObjectRef {
  /** `undefined` where it is left out, which only what is no Service may do. */
  readonly port: number | undefined;
  readonly weight: number;
  /** What filters of its own change of the request. */
  readonly rewrite: UrlRewrite | undefined;
  /** What filters of its own do. */
  readonly settings: readonly string[];
}

/** A ReferenceGrant. */
export interface Grant {
  /** Where the objects are that may be referred to. */
  readonly namespace: string;
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name: string | undefined }[];
}

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';
