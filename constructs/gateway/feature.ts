/**
 * What not every implementation of the Gateway API has, by the name that conformance reports have for it.
 *
 * @see https://gateway-api.sigs.k8s.io/concepts/conformance/
 */
export enum GatewayFeature {
  /** How long a request may take. */
  REQUEST_TIMEOUT = 'HTTPRouteRequestTimeout',
  /** How long an answer of a backend may take. */
  BACKEND_TIMEOUT = 'HTTPRouteBackendTimeout',
  /** Who may call from pages of other sites. */
  CORS = 'HTTPRouteCORS',
  /** TLS from the Gateway to a backend, by a BackendTLSPolicy. */
  BACKEND_TLS = 'BackendTLSPolicy',
  /** Routes of gRPC calls, by their services and methods. */
  GRPC_ROUTE = 'GRPCRoute',
  /** Routes of TLS connections that are not decrypted, as the Gateway API has them since 1.5. */
  TLS_ROUTE = 'TLSRoute',
  /** Listeners that are added to a Gateway from elsewhere. */
  LISTENER_SET = 'ListenerSet',
}

/** What the conformance report of a release says. */
export interface Report {
  readonly release: string;
  readonly gatewayApi: string;
  readonly features: readonly GatewayFeature[];
}
