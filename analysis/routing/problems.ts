import type { Manifest, ManifestProblemCode, Path, Problem } from '../manifest';

/** What can be wrong with the manifests that routes are made from. */
export type RoutingProblemCode =
  | ManifestProblemCode
  | 'duplicate-object'
  /** Not of the form that its kind demands. */
  | 'bad-shape'
  | 'bad-host'
  | 'bad-path'
  | 'bad-path-type'
  | 'bad-backend'
  | 'bad-service'
  | 'bad-class'
  /** A value that the controller itself calls invalid; it goes on as if the annotation were missing or worse. */
  | 'bad-annotation'
  /** An annotation that looks like one of the controller's, and is none. */
  | 'unknown-annotation'
  /** A setting in the controller's ConfigMap that it cannot read, or that looks like one of its settings and is none. */
  | 'bad-setting'
  /** There is no ConfigMap of the name that was given. */
  | 'unknown-config-map'
  /** Together, the rules make a configuration that nginx refuses. */
  | 'bad-configuration'
  /** Ingresses of several controllers, and none was chosen. */
  | 'several-classes'
  | 'unknown-class'
  /** A listener of a Gateway that an API server refuses, by itself or beside others. */
  | 'bad-listener'
  | 'bad-parent'
  | 'bad-match'
  | 'bad-filter'
  | 'bad-grant'
  | 'bad-selector'
  | 'bad-label'
  | 'unknown-field'
  /** Several Gateways, and none was chosen. */
  | 'several-gateways'
  | 'unknown-gateway'
  /** Ingresses and Gateways, and none was chosen. */
  | 'several-targets'
  /** A step of a delivery that there is not, or that several have. */
  | 'unknown-step';

/** Something about the manifests that decides answers and that a reader may not expect. */
export interface RoutingNote {
  readonly code:
    | 'assumed'
    | 'not-served'
    | 'no-service'
    | 'no-effect'
    | 'claimed-twice'
    | 'canary-without-main'
    | 'second-canary'
    | 'no-secret'
    | 'redirect-loop'
    | 'shared-service';
  readonly file: string;
  /** From 1; 0 where there is no line. */
  readonly line: number;
  readonly message: string;
  /** Why a route is not served, where it is known. */
  readonly reason?: NotServedReason;
}

/** Why nobody serves a route of the Gateway API. */
export type NotServedReason =
  /** It names no parent, or one that is not among the manifests, or one of a kind that is not read. */
  | 'no-parent'
  | 'parent-missing'
  | 'parent-unread'
  /** The parent is of a kind that there is not, or a ListenerSet of no Gateway. */
  | 'parent-wrong'
  /** It is for requests between pods. */
  | 'mesh'
  /** No listener has the name or the port that it asks for. */
  | 'no-listener'
  /** The Gateway takes no listeners of the ListenerSet, or the ListenerSet has none. */
  | 'set-not-added'
  /** Of the listeners that it means: what keeps the one from taking it that comes nearest. */
  | 'protocol'
  | 'kind'
  | 'listener-not-served'
  | 'namespace'
  | 'namespace-selector'
  /** Whether a selector selects its namespace is not known: that is not among the manifests. */
  | 'namespace-unknown'
  | 'hostname'
  /** Another listener gets the requests for its hosts. */
  | 'other-listener';

/** Collects what is wrong and what is worth knowing. */
export class Findings {
  readonly problems: Problem<RoutingProblemCode>[] = [];
  readonly notes: RoutingNote[] = [];
  /** The Services, and backends of other kinds, to which something leads and that are not among the manifests: `KIND NAMESPACE/NAME`. */
  readonly missing = new Set<string>();

  /** Reports a mistake at a field of a manifest. */
  problem(manifest: Manifest, at: Path, code: RoutingProblemCode, message: string): void {
    this.problems.push({ code, ...placed(manifest, at, message) });
  }

  /** Reports what can still be understood: an error where the input is read strictly, a warning where it is not. */
  tolerable(manifest: Manifest, at: Path, code: RoutingProblemCode, message: string): void {
    this.problems.push({ code, severity: 'tolerable', ...placed(manifest, at, message) });
  }

  /** Notes something at a field of a manifest. */
  note(manifest: Manifest, at: Path, code: RoutingNote['code'], message: string, reason?: NotServedReason): void {
    this.notes.push({ code, ...placed(manifest, at, message), ...(reason === undefined ? {} : { reason }) });
  }
}

function placed(manifest: Manifest, at: Path, message: string) {
  const { source } = manifest;
  return { file: source.file, line: source.lineOf(at), message: `${nameOf(manifest)}: ${message}` };
}

/** A manifest as people call it, e.g. `Ingress shop/web`. */
export function nameOf({ kind, namespace, name }: Manifest): string {
  return `${kind} ${kind.endsWith('Class') ? '' : `${namespace ?? 'default'}/`}${name}`;
}
