import type { InputDegree, Manifest, ManifestProblemCode, Problem } from '../manifest';
import type { Peer, Workload } from './peer';
import type { Port, Ports } from './ports';

/** What can be wrong with a manifest on which connectivity depends. */
export type ClusterProblemCode =
  | ManifestProblemCode
  | 'duplicate-object'
  | 'unknown-field'
  | 'bad-shape'
  | 'bad-label'
  | 'bad-template'
  | 'bad-selector'
  | 'bad-policy-type'
  | 'bad-peer'
  | 'bad-cidr'
  | 'bad-except'
  | 'bad-protocol'
  | 'bad-port'
  | 'bad-end-port'
  | 'bad-service'
  /** A Gateway, HTTPRoute or ReferenceGrant that an API server refuses. */
  | 'bad-route';

/** Something true of the input that an answer rests on and that manifests alone cannot settle. */
export interface Note {
  /**
   * - `host-network`: pods on the network of their node, and what is assumed of them;
   * - `foreign-policy`: a policy that is not a NetworkPolicy of Kubernetes, and is not taken into account;
   * - `generated-label`: a NetworkPolicy that selects by a label that no template has, such as `pod-template-hash`;
   * - `missing-pods`: a custom resource whose pods a policy or Service means, and no manifest shows;
   * - `unknown-class`: an Ingress of a class of which nothing says who serves it, and who is taken to.
   */
  readonly code: 'host-network' | 'foreign-policy' | 'generated-label' | 'missing-pods' | 'unknown-class';
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** What manifests alone cannot say. */
export interface ClusterOptions {
  /**
   * How strictly the manifests are read: whether what an API server refuses or drops, and what can still be understood, is
   * one of `problems` or of `warnings`.
   *
   * @default 'strict'
   */
  readonly input?: InputDegree;
  /**
   * What pods with `hostNetwork: true` are: `node`, outside of policy as nearly every network plugin has it (no policy
   * selects them, and as a peer they are their node, which no selector and no ipBlock matches), or `pod`, pods like all
   * others.
   *
   * @default 'node'
   */
  readonly hostNetwork?: 'node' | 'pod';
  /**
   * The workload that serves Ingresses and HTTPRoutes, as `NAMESPACE/NAME`.
   *
   * @default - the workload that runs ingress-nginx, else a pod in namespace `ingress-nginx` labelled as upstream does; for
   * HTTPRoutes, the pods that the class of their Gateway is known to run
   */
  readonly controller?: string;
}

/** One way in which something can connect to something else. */
export interface Connection {
  readonly from: Peer;
  readonly to: Peer;
  /** Never empty. */
  readonly ports: Ports;
}

/** Many connections at once: each of `from` to each of `to` but itself, on the same ports. */
export interface ConnectionGroup {
  readonly from: readonly Peer[];
  readonly to: readonly Peer[];
  readonly ports: Ports;
}

/** Which connections to list; what is left out restricts nothing. */
export interface ConnectionFilter {
  /** Peers of the cluster, as `workloads`, `externals` and `find` give them. */
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  /** Only connections that are open on this port; they are listed with all their ports. */
  readonly port?: Port;
}

/** Who connects to the pods that an Ingress or HTTPRoute exposes. */
export interface Controller {
  readonly namespace: string;
  /** The workload of the manifests; `undefined` where a pod labelled as upstream does is assumed. */
  readonly workload: Workload | undefined;
  /** In words, e.g. `ingress-nginx/Deployment/ingress-nginx-controller`. */
  readonly text: string;
}

/** One way from outside, over an Ingress or HTTPRoute and a Service, to the pods of a workload. */
export interface Exposure {
  readonly via: { readonly kind: 'Ingress' | 'HTTPRoute'; readonly namespace: string; readonly name: string };
  /** `null` for every host. */
  readonly host: string | null;
  readonly path: string;
  /** The name of the Service, in the namespace of `to`. */
  readonly service: string;
  readonly to: Workload;
  /** The port of the pods; `null` where the Service leads to none of them. */
  readonly port: number | null;
  readonly protocol: Port['protocol'];
  readonly controller: Controller;
  /** Whether the policies let the controller through to that port. */
  readonly reachable: boolean;
  /** The policy that stops it or that opens it, in words. */
  readonly why: string;
}

/** Manifests as `readManifests` and `manifestsOf` give them. */
export interface ClusterInput {
  readonly manifests: readonly Manifest[];
  /** Problems that reading found; they become problems of the cluster. */
  readonly problems?: readonly Problem<ManifestProblemCode>[];
}
