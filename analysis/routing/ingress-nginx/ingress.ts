import type { Manifest, Path } from '../../manifest';

/** An Ingress as an API server would accept it. */
export interface Ingress {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly name: string;
  /** `namespace/name`. */
  readonly key: string;
  readonly className: string | undefined;
  /** When the cluster made it, in milliseconds; `undefined` for one that is yet to be made. */
  readonly created: number | undefined;
  readonly defaultBackend: BackendRef | undefined;
  readonly rules: readonly IngressRule[];
  readonly tls: readonly IngressTls[];
}

export interface IngressRule {
  /** `undefined` for every host. */
  readonly host: string | undefined;
  /** `undefined` for a rule without `http`. */
  readonly paths: readonly IngressPath[] | undefined;
  readonly at: Path;
}

export interface IngressPath {
  /** As written; empty where it is left out. */
  readonly path: string;
  readonly pathType: PathType;
  readonly backend: BackendRef;
  readonly at: Path;
}

export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

/** A Service with its port, by number or by name; or a resource that is none, which ingress-nginx does not serve. */
export type BackendRef =
  | { readonly service: string; readonly port: number | string; readonly at: Path }
  | { readonly service: undefined; readonly at: Path };

export interface IngressTls {
  readonly hosts: readonly string[];
}
