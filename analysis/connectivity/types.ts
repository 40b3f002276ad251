import type { InputDegree, Manifest, ManifestProblemCode, Problem } from '../manifest';
import type { RuleRef } from './explanation';
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
  /** A rule of an ordered policy with an action that its kind does not know. */
  | 'bad-action'
  | 'bad-priority'
  | 'bad-tier'
  | 'bad-subject'
  | 'bad-name'
  /** A Gateway, HTTPRoute or ReferenceGrant that an API server refuses. */
  | 'bad-route';

/** Something true of the input that an answer rests on and that manifests alone cannot settle. */
export interface Note {
  /**
   * - `host-network`: pods on the network of their node, and what is assumed of them;
   * - `foreign-policy`: a policy of another maker, or what else decides about the network, that is not taken into account;
   * - `undecided`: a rule of which manifests cannot tell whom it matches: domain names, labels of nodes;
   * - `equal-priority`: two policies of which nobody knows which one is asked first, where it matters;
   * - `fail-closed`: a rule with a peer that is not known, which lets nobody through;
   * - `generated-label`: a NetworkPolicy that selects by a label that no template has, such as `pod-template-hash`;
   * - `unknown-node`: a policy of which nobody knows whether an ipBlock holds nodes, whose pods use their network;
   * - `unknown-pod`: a policy of which nobody knows whether an ipBlock holds pods, since no manifest tells their addresses;
   * - `ip-blocks`: a policy whose ipBlock matches pods too, or not, as the network plugin has it;
   * - `missing-pods`: a custom resource whose pods a policy or Service means, and no manifest shows;
   * - `unknown-class`: an Ingress of a class of which nothing says who serves it.
   */
  readonly code:
    | 'host-network'
    | 'foreign-policy'
    | 'undecided'
    | 'equal-priority'
    | 'fail-closed'
    | 'generated-label'
    | 'unknown-node'
    | 'unknown-pod'
    | 'ip-blocks'
    | 'missing-pods'
    | 'unknown-class';
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
   * selects them, and as a peer they are their node, which no selector matches, and an ipBlock if it holds the address of
   * the node), or `pod`, pods like all others.
   *
   * @default 'node'
   */
  readonly hostNetwork?: 'node' | 'pod';
  /**
   * Addresses of nodes, as CIDRs or single addresses, beside those of Node objects among the manifests.
   *
   * @default - none
   */
  readonly nodes?: readonly string[] | undefined;
  /**
   * Addresses of pods, as CIDRs or single addresses: what those may have of which no manifest tells one. They matter where an
   * `ipBlock` matches pods.
   *
   * @default - private addresses, and global ones of IPv6
   */
  readonly pods?: readonly string[] | undefined;
  /**
   * What `ipBlock` matches: addresses `outside` of the cluster alone, as Cilium has it and Kubernetes advises to assume, or
   * addresses `everywhere`, those of pods too: by `status.podIP` where a manifest has it, and all pods by a block that holds
   * all of IPv4 or IPv6, as nearly all other network plugins have it.
   *
   * @default 'outside'
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
   */
  readonly ipBlocks?: 'outside' | 'everywhere' | undefined;
  /**
   * What policies of other makers that are not evaluated do to an answer: what they may open or close is in `doubt`, or they
   * are said to change nothing, and `ignore`d.
   *
   * @default 'doubt'
   */
  readonly otherPolicies?: 'doubt' | 'ignore' | undefined;
  /**
   * Whether `NODE` is one of the workloads: any node, of which no more is known than `nodes` says.
   *
   * @default false
   */
  readonly node?: boolean;
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

/** Ports that are open or not by what manifests cannot tell. */
export interface Doubt {
  /**
   * - `ip-blocks`: what the network plugin takes an ipBlock to match; see `ipBlocks` of `ClusterOptions`;
   * - `nodes`: addresses of nodes; see `nodes`;
   * - `pods`: addresses of pods; see `pods`;
   * - `labels`: labels of a namespace, or to Calico of a service account, that is not among the manifests; add it to them;
   * - `policies`: rules that cannot be evaluated, such as those by domain names, and policies of equal priority;
   * - `other-policies`: policies of other makers, which are not evaluated; see `otherPolicies`.
   */
  readonly hangsOn: readonly ('ip-blocks' | 'nodes' | 'pods' | 'labels' | 'policies' | 'other-policies')[];
  /** What is open if it is so. */
  readonly ports: Ports;
  /** The objects of whose labels it hangs, where it does, e.g. `Namespace shop`. */
  readonly missing?: readonly string[];
  /** The policies of other makers, where it hangs on them, e.g. `AuthorizationPolicy shop/web`. */
  readonly policies?: readonly string[];
}

/** Two peers of whose ports manifests cannot tell. */
export interface DoubtfulPair {
  readonly from: Peer;
  readonly to: Peer;
  readonly doubts: readonly Doubt[];
}

/** All connections of one source, in the order of `connections`. */
export interface ConnectionRow {
  readonly from: Peer;
  readonly parts: readonly ConnectionPart[];
}

/** Some of them: the same object for sources of which the same is true, so that it has to be looked at once. */
export interface ConnectionPart {
  readonly to: readonly Peer[];
  /** By place in `to`. */
  readonly ports: readonly Ports[];
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

/**
 * Labels as the API selects them; `{}` for any.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

/** Pods by their labels and those of their namespace, which has its name as `kubernetes.io/metadata.name`. */
export interface UnseenPods {
  readonly namespaceSelector: LabelSelector;
  readonly podSelector: LabelSelector;
}

/** Pods that need not be among the manifests. */
export interface UnseenPeer {
  readonly pods: UnseenPods;
}

/** What pods that are not among the manifests may do to a workload, or a workload to them; one of both ends is a workload. */
export interface UnseenConnection {
  readonly from: Workload | UnseenPeer;
  readonly to: Workload | UnseenPeer;
  /** All ports that some of these pods may have; never empty. */
  readonly ports: Ports;
}

/** The same, with the rules that open it. */
export interface UnseenOpening extends UnseenConnection {
  /** Empty where no policy closes it. */
  readonly rules: readonly RuleRef[];
}

/** Who connects to the pods that are exposed. */
export interface Controller {
  /** `undefined` for what is outside of the cluster, and for what nobody knows. */
  readonly namespace: string | undefined;
  /** The workload of the manifests; `undefined` where there is none, or where a pod labelled as upstream does is assumed. */
  readonly workload: Workload | undefined;
  /** In words, e.g. `ingress-nginx/Deployment/ingress-nginx-controller` or `addresses outside of the cluster`. */
  readonly text: string;
}

/** What leads into the cluster. */
export interface Via {
  /** `Route` is that of OpenShift; a `Service` is of type LoadBalancer or NodePort, or has external addresses. */
  readonly kind: 'GRPCRoute' | 'HTTPRoute' | 'Ingress' | 'Route' | 'Service' | 'TCPRoute' | 'TLSRoute' | 'UDPRoute';
  readonly namespace: string;
  readonly name: string;
}

/** One way from outside over a Service to the pods of a workload, or to none. */
export interface Exposure {
  readonly via: Via;
  /** `null` for every host, and where there are no hosts. */
  readonly host: string | null;
  /** `null` where there are no paths: for a Service by itself and for routes of TLS, TCP and UDP. */
  readonly path: string | null;
  /** The name of the Service. */
  readonly service: string;
  /** The port of the Service, by number or name as it is asked for; `null` for one that is not there to be asked. */
  readonly servicePort: number | string | null;
  /** `null` where the way leads to no workload of the manifests; `why` says what is missing. */
  readonly to: Workload | null;
  /** The port of the pods; `null` where the Service leads to none of them. */
  readonly port: number | null;
  readonly protocol: Port['protocol'];
  readonly controller: Controller;
  /** Whether the policies let the controller through to that port; `null` where manifests cannot tell. */
  readonly reachable: boolean | null;
  /** The policy that stops it or that opens it, what is missing, or what cannot be told, in words. */
  readonly why: string;
}

/** Manifests as `readManifests` and `manifestsOf` give them. */
export interface ClusterInput {
  readonly manifests: readonly Manifest[];
  /** Problems that reading found; they become problems of the cluster. */
  readonly problems?: readonly Problem<ManifestProblemCode>[];
}
