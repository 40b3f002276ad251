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
      return path === '' ? '' : `${path}${kept}`;
    }
  }
}

/** What an answer says of the request that backends see: once where all see the same. */
export function withUpstream(
  shared: readonly { readonly share: BackendShare; readonly seen: UpstreamRequest | undefined }[],
): Pick<BackendsAnswer, 'backends' | 'upstream'> {
  const [first, ...others] = shared.filter(({ share }) => share.error === undefined);
  if (first === undefined || others.every(({ seen }) => isSame(seen, first.seen))) {
    const backends = shared.map(({ share }): BackendShare => ({ ...share }));
    return first?.seen === undefined ? { backends } : { backends, upstream: first.seen };
  }
  const own = shared.map(({ share, seen }) =>
    seen === undefined || share.error !== undefined ? { ...share } : { ...share, upstream: seen },
  );
  return { backends: own };
}

function isSame(one: UpstreamRequest | undefined, other: UpstreamRequest | undefined): boolean {
  return one === other || (one !== undefined && one.path === other?.path && one.host === other.host);
}
