import type { BackendShare, BackendsAnswer, UpstreamRequest } from './answer';
import { pathUnder, unescapedFor } from './location';
import type { Rewrite } from './model';
import type { ParsedRequest } from './request';
import { escapedBytes } from './uri';

/**
 * A request as a backend sees it; `undefined` where that cannot be told.
 *
 * An empty path is what nginx refuses with 500.
 */
export function upstreamOf(rewrite: Rewrite | undefined, request: ParsedRequest): UpstreamRequest | undefined {
  if (rewrite?.open !== undefined) {
    return undefined;
  }
  const host = rewrite?.host === undefined ? request.hostHeader : unescapedFor(rewrite.host, request);
  return { path: pathOf(rewrite?.path, request), host };
}

function pathOf(rewrite: Rewrite['path'], request: ParsedRequest): string {
  const { uri, query } = request;
  const kept = query === '' ? '' : `?${query}`;
  switch (rewrite?.kind) {
    case undefined:
      return uri;
    case 'full':
      return `${rewrite.path}${kept}`;
    case 'prefix':
      return `${pathUnder(rewrite, request)}${kept}`;
    case 'captures': {
      const path = escapedBytes(unescapedFor(rewrite.path, request));
      if (path === '') {
        return '';
      }
      const own = rewrite.query === undefined ? '' : unescapedFor(rewrite.query, request);
      const all = [own, rewrite.dropsQuery === true ? '' : query].filter((part) => part !== '').join('&');
      return all === '' ? path : `${path}?${all}`;
    }
  }
}

/** What an answer says of the request that backends see: once where all see the same. */
export function withUpstream(
  shares: readonly (BackendShare & { readonly seen: UpstreamRequest | undefined })[],
): Pick<BackendsAnswer, 'backends' | 'upstream'> {
  const bare = shares.map(({ seen: _, ...share }): BackendShare => share);
  const seen = shares.flatMap((share) => (share.error === undefined ? [JSON.stringify(share.seen ?? null)] : []));
  const [first] = seen;
  if (first === undefined || seen.every((one) => one === first)) {
    const upstream = first === undefined ? null : (JSON.parse(first) as UpstreamRequest | null);
    return upstream === null ? { backends: bare } : { backends: bare, upstream };
  }
  const own = shares.map(({ seen: upstream, ...share }) =>
    upstream === undefined || share.error !== undefined ? share : { ...share, upstream },
  );
  return { backends: own };
}
