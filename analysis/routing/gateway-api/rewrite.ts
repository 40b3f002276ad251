import type { Rewrite } from '../model';
import { sentUri } from '../uri';
import type { UrlRewrite } from './objects';

/**
 * What a filter changes of the request on its way to the backend; `undefined` for nothing.
 *
 * @param under the path of the rule's only match where it is a PathPrefix
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httpurlrewritefilter
 */
export function rewriteOf(filter: UrlRewrite | undefined, under: string): Rewrite | undefined {
  if (filter === undefined) {
    return undefined;
  }
  const { hostname, path, open } = filter;
  const rewrite: Rewrite = {
    ...(hostname === undefined ? {} : { host: [{ text: hostname }] }),
    ...(path === undefined
      ? {}
      : 'full' in path
        ? { path: { kind: 'full', path: sentUri(path.full.startsWith('/') ? path.full : `/${path.full}`) } }
        : { path: { kind: 'prefix', under, by: sentUri(path.prefix) } }),
    ...(open === undefined ? {} : { open }),
  };
  return Object.keys(rewrite).length === 0 ? undefined : rewrite;
}

/** What the filters of a backend change besides those of its rule, which come first. */
export function joined(rule: UrlRewrite | undefined, own: UrlRewrite | undefined): UrlRewrite | undefined {
  return own === undefined ? undefined : { ...rule, ...own };
}
