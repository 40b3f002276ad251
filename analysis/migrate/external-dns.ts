/** The prefixes of annotations of external-dns: since 0.22, and before. */
const PREFIX = /^external-dns\.(?:alpha\.)?kubernetes\.io\/(.+)$/;

const SOURCE = 'external-dns with --source=gateway-httproute';

/** What is for Services, Pods and Gateways of Istio. */
const NOT_OF_ROUTES: ReadonlySet<string> = new Set(['access', 'endpoints-type', 'ingress', 'internal-hostname']);

/**
 * What becomes of an annotation of external-dns; `undefined` for others.
 *
 * None is written: an HTTPRoute that external-dns reads leads the names to the Gateway at once, beside the Ingress or in its
 * place. That is a step of its own, for when the Gateway serves what it should.
 *
 * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/sources/gateway-api/
 * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/annotations/annotations/
 */
export function externalDnsRemark(key: string, value: string): string | undefined {
  const [, name] = PREFIX.exec(key) ?? [];
  if (name === undefined) {
    return undefined;
  }
  if (NOT_OF_ROUTES.has(name)) {
    return 'external-dns reads it neither of an Ingress nor of an HTTPRoute';
  }
  // A number or a yes is no annotation.
  const quoted = JSON.stringify(value);
  const entry = `${key}: ${quoted}`;
  if (name === 'target') {
    return `${SOURCE} reads it from the Gateway alone, for all of its routes; put ${entry} there when names are to lead to the Gateway`;
  }
  if (name === 'ingress-hostname-source') {
    const own = key.replace('ingress-hostname-source', 'gateway-hostname-source');
    return `for an HTTPRoute it is ${own}; put ${own}: ${quoted} there when its names are to lead to the Gateway`;
  }
  return `${SOURCE} reads it from the HTTPRoute; put ${entry} there when its names are to lead to the Gateway`;
}
