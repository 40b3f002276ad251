/**
 * A namespace by its name. A `DefaultDenyNamespace`, a `Namespace` of cdk8s-plus and a plain `{ name: 'shop' }` all fit.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
 */
export interface INamespace {
  /** The name of the namespace: a DNS label of at most 63 characters. */
  readonly name: string;
}
