import type { Answer, RouteOutcome, UpstreamRequest } from '../routing';
import { fullName } from '../routing/backend-name';
import type { ParsedRequest } from '../routing/request';
import { escapedBytes, resolvedPath } from '../routing/uri';
import type { Difference } from './outcomes';

type Backends = RouteOutcome & { readonly kind: 'backends' };
type BackendsAnswer = Answer & { readonly outcome: 'backends' };

/** What tells apart how requests are changed on their way: the same text for the same changes. */
export function rewritesKey({ backends, rewrite }: Backends): string {
  const keys = backends.flatMap(({ weight, error, rewrite: own = rewrite, ...name }) =>
    weight === 0 || error !== undefined ? [] : [JSON.stringify([fullName(name), own ?? null])],
  );
  const [first] = keys.map((key) => JSON.stringify((JSON.parse(key) as unknown[])[1]));
  const isOne = keys.every((key) => JSON.stringify((JSON.parse(key) as unknown[])[1]) === first);
  return isOne ? (first ?? '') : [...new Set(keys)].sort().join(' ');
}

/**
 * Whether it counts how a path goes on that a client writes with needless escapes, dots or repeated slashes: as it was sent,
 * or resolved. Of Gateways, manifests do not tell.
 */
export type Spelling = 'exact' | 'any';

/** How what backends see differs. */
export function upstreamDifference(
  before: BackendsAnswer,
  after: BackendsAnswer,
  request: ParsedRequest,
  spelling: Spelling,
): Difference {
  const [one, other] = [before, after].map((answer) =>
    answer.backends
      .map(({ error, upstream = answer.upstream, ...name }) => ({
        key: fullName(name),
        upstream: error === undefined ? upstream : undefined,
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  ) as [Seen[], Seen[]];
  const texts = (all: readonly Seen[], shown: (path: string) => string) =>
    JSON.stringify(all.map(({ upstream }) => upstream && { path: shown(upstream.path), host: upstream.host }));
  // What cannot be told is no difference that anybody could see: it stays open elsewhere.
  if ([...one, ...other].some(({ upstream }) => upstream === undefined)) {
    return [];
  }
  const same = (path: string) => path;
  if (texts(one, same) === texts(other, same)) {
    return [];
  }
  const [sent = ''] = request.uri.split('?', 1);
  const isPlain = request.path !== undefined && escapedBytes(request.path) === sent;
  const isAlike = spelling === 'any' && !isPlain && texts(one, resolved) === texts(other, resolved);
  return isAlike ? [] : 'otherwise';
}

interface Seen {
  readonly key: string;
  readonly upstream: UpstreamRequest | undefined;
}

function resolved(path: string): string {
  const [bare = '', ...query] = path.split('?');
  return JSON.stringify([resolvedPath(bare) ?? bare, query]);
}
