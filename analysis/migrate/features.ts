import type { RuleChain } from './rules';
import type { Target } from './targets';

/** Statuses that a report speaks of since the features are there, and the release of the Gateway API they are from. */
const STATUSES = [303, 307, 308];
const STATUSES_SINCE = [1, 5] as const;

/** What rules take of a target that its conformance report lacks, in words. */
export function lackingIn(chain: RuleChain, target: Target): readonly string[] {
  const needed = new Set(chain.flatMap(({ filters = [] }) => filters.flatMap((filter) => featuresOf(filter, target))));
  return [...needed]
    .filter((feature) => !target.features.has(feature))
    .map((feature) => `it takes ${feature}, which the ${reportText(target)} lacks`);
}

/** What rules take of a target of which its conformance report says nothing, in words. */
export function untoldIn(chain: RuleChain, target: Target): readonly string[] {
  const statuses = new Set(chain.flatMap(({ filters = [] }) => filters.flatMap((filter) => statusOf(filter) ?? [])));
  return speaksOfStatuses(target)
    ? []
    : [...statuses].map(
        (status) =>
          `the redirect with status ${status} is an extended feature, of which the ${reportText(target)} says nothing`,
      );
}

function reportText({ implementation, report: { release, gatewayApi } }: Target): string {
  return `conformance report of ${implementation} ${release} (for Gateway API ${gatewayApi})`;
}

function speaksOfStatuses({ report: { gatewayApi } }: Target): boolean {
  const [major = 0, minor = 0] = gatewayApi.replace('v', '').split('.').map(Number);
  const [since, sinceMinor] = STATUSES_SINCE;
  return major > since || (major === since && minor >= sinceMinor);
}

interface Filter {
  readonly type?: string;
  readonly urlRewrite?: { readonly hostname?: string; readonly path?: object };
  readonly requestRedirect?: {
    readonly scheme?: string;
    readonly port?: number;
    readonly path?: object;
    readonly statusCode?: number;
  };
}

function featuresOf(filter: Filter, target: Target): string[] {
  const { type, urlRewrite, requestRedirect } = filter;
  const status = statusOf(filter);
  return [
    ...(urlRewrite?.hostname === undefined ? [] : ['HTTPRouteHostRewrite']),
    ...(urlRewrite?.path === undefined ? [] : ['HTTPRoutePathRewrite']),
    ...(requestRedirect?.scheme === undefined ? [] : ['HTTPRouteSchemeRedirect']),
    ...(requestRedirect?.port === undefined ? [] : ['HTTPRoutePortRedirect']),
    ...(requestRedirect?.path === undefined ? [] : ['HTTPRoutePathRedirect']),
    ...(status !== undefined && speaksOfStatuses(target) ? [`HTTPRoute${status}RedirectStatusCode`] : []),
    ...(type === 'CORS' ? ['HTTPRouteCORS'] : []),
  ];
}

function statusOf({ requestRedirect }: Filter): number | undefined {
  const status = requestRedirect?.statusCode;
  return status !== undefined && STATUSES.includes(status) ? status : undefined;
}
