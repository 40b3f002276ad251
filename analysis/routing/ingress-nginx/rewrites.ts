import type { LocationPart, Rewrite, RouteOutcome } from '../model';
import { keepsCaptures, type Pattern, patternOf } from '../pattern';
import { bytesOf } from '../uri';
import { locationOf, partsOf } from './redirects';
import type { Location } from './servers';

/** What a location changes of its requests; or the redirect that its rewrite is. */
export type Rewriting = { readonly rewrite?: Rewrite } | { readonly redirect: RouteOutcome; readonly target: string };

/**
 * What `rewrite-target` and `upstream-vhost` do: nginx searches the path of the rule, whatever the case, in the resolved
 * path, puts the target together from its groups, and sends that on with the query behind it. A target that begins with
 * a scheme is a redirect.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite
 */
export function rewritingOf({ owner, path }: Location): Rewriting {
  const { rewriteTarget: target, upstreamVhost } = owner?.annotations ?? {};
  const host = upstreamVhost === undefined ? undefined : locationOf(upstreamVhost, true);
  const own = host === undefined ? {} : { host: host.parts };
  if (target === undefined || target === path) {
    return withOpen(own, unknownText(host?.unknown ?? []));
  }
  const pattern = patternOf(bytesOf(path), true);
  if (/^(?:https?:\/\/|\$scheme)/.test(target)) {
    return { redirect: redirectTo(target, pattern), target };
  }
  const to = partsOf(target, pattern);
  const rewrite: Rewrite = { ...own, path: { kind: 'captures', pattern, path: inBytes(to.parts) } };
  const usesGroups = to.parts.some((part) => 'group' in part);
  const why = [
    unknownText([...(host?.unknown ?? []), ...to.unknown]),
    usesGroups && !keepsCaptures(pattern)
      ? `which part of ${path} is captured where it repeats groups is known to nginx only`
      : undefined,
  ].find((one) => one !== undefined);
  return withOpen(rewrite, why);
}

function redirectTo(target: string, pattern: Pattern): RouteOutcome {
  const { parts } = partsOf(target, pattern);
  return { kind: 'redirect', status: 302, location: [...parts, { of: 'query-mark' }, { of: 'query' }] };
}

function withOpen(rewrite: Rewrite, open: string | undefined): Rewriting {
  if (open !== undefined) {
    return { rewrite: { ...rewrite, open } };
  }
  return Object.keys(rewrite).length === 0 ? {} : { rewrite };
}

function unknownText(names: readonly string[]): string | undefined {
  const [name] = names;
  return name === undefined ? undefined : `the variable ${name} of the rewrite is known to nginx only`;
}

function inBytes(parts: readonly LocationPart[]): readonly LocationPart[] {
  return parts.map((part) => ('text' in part ? { text: bytesOf(part.text) } : part));
}
