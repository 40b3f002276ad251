import type { INamespace } from '../namespace';
import type { IPeer, Peer } from '../policy/peer';

/**
 * How the Service of a solver's Pod can be reached.
 *
 * @see https://cert-manager.io/docs/configuration/acme/http01/#servicetype
 */
export enum SolverServiceType {
  /** From inside the cluster, which is enough for a controller that runs there. */
  CLUSTER_IP = 'ClusterIP',
  /** By a port of every node, which load balancers outside of the cluster need. */
  NODE_PORT = 'NodePort',
}

/** Settings of `AcmeSolver.http01Ingress`. */
export interface Http01IngressProps {
  /**
   * The IngressClass of the Ingress by which the authority's request comes in.
   *
   * @default "nginx"
   */
  readonly className?: string;

  /**
   * How the Service of the Pod that answers can be reached.
   *
   * @default SolverServiceType.CLUSTER_IP
   */
  readonly serviceType?: SolverServiceType;

  /**
   * The controller, which a closed namespace lets in to the Pod that answers.
   *
   * @default - that of the exposure that wants the certificate, else ingress-nginx in the namespace "ingress-nginx"
   */
  readonly controller?: IPeer;
}

/** A Gateway by its name. */
export interface IAcmeGateway {
  /** The name of the Gateway. */
  readonly name: string;
  /** Its namespace; left out, that of the certificate. */
  readonly namespace?: INamespace;
  /** Its Pods, if the manifests know them. */
  readonly peer?: Peer;
}

/** Settings of `AcmeSolver.http01Gateway`. */
export interface Http01GatewayProps {
  /** The Gateway by which the authority's request comes in: it listens for HTTP on port 80. */
  readonly gateway: IAcmeGateway;

  /**
   * The name of the Gateway's listener.
   *
   * @default - every listener that the host fits
   */
  readonly sectionName?: string;

  /**
   * How the Service of the Pod that answers can be reached.
   *
   * @default SolverServiceType.CLUSTER_IP
   */
  readonly serviceType?: SolverServiceType;

  /**
   * The Pods of the Gateway, which a closed namespace lets in to the Pod that answers.
   *
   * @default - those that the Gateway names as its own; without any a closed namespace is refused
   */
  readonly controller?: IPeer;
}

/** Settings of `AcmeSolver.dns01Route53`. */
export interface Dns01Route53Props {
  /**
   * The ID of the hosted zone.
   *
   * @default - the zone that fits the host is looked up
   */
  readonly hostedZoneId?: string;

  /**
   * The region.
   *
   * @default - that of cert-manager's Pod
   */
  readonly region?: string;

  /**
   * The ARN of a role that cert-manager takes on.
   *
   * @default - that of cert-manager's Pod
   */
  readonly role?: string;
}

/** Settings of `AcmeSolver.dns01Cloudflare`. */
export interface Dns01CloudflareProps {
  /**
   * The Secret with an API token that may edit the zone. It is in the namespace of the issuer; for a ClusterIssuer in that of
   * cert-manager.
   */
  readonly apiTokenSecret: string;

  /**
   * The key in the Secret.
   *
   * @default "api-token"
   */
  readonly apiTokenKey?: string;
}
