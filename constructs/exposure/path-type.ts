/**
 * How the path of a rule is compared with that of a request.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#pathmatchtype
 */
export enum PathType {
  /** The request's path begins with it, by whole elements between slashes. */
  PREFIX = 'Prefix',
  /** The request's path is it. */
  EXACT = 'Exact',
  /**
   * As the controller does; ingress-nginx takes it as the beginning of the request's path, within an element too. Not for a
   * Gateway.
   */
  IMPLEMENTATION_SPECIFIC = 'ImplementationSpecific',
  /** The request's path matches this regular expression from beginning to end. Only for a Gateway, where its implementation can. */
  REGULAR_EXPRESSION = 'RegularExpression',
}
