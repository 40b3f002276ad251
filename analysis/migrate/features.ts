import { speaksOf } from '../routing/gateway-api/conformance';
import type { RuleChain } from './rules';
import type { Target } from './targets';

/** Statuses of redirects that are extended features. */
const STATUSES = [303, 307, 308];

/** What rules take of a target that its conformance report lacks, in words. */
export function lackingIn(chain: RuleChain, target: Target): readonly string[] {
  const needed = new Set(chain.flatMap(({ filters = [] }) => filters.flatMap((filter) => featuresOf(filter))));
  return [...needed]
    .filter((feature) => !target.conformance.features.has(feature) && speaksOf(target.conformance, feature))
    .map((feature) => `it takes ${feature}, which the ${reportText(target)} lacks`);
}

/** What rules take of a target of which its conformance report says nothing, in words. */
export function untoldIn(chain: RuleChain, target: Target): readonly string[] {
  const statuses = new Set(chain.flatMap(({ filters = [] }) => filters.flatMap((filter) => statusOf(filter) ?? [])));
  return [...statuses]
    .filter((status) => !speaksOf(target.conformance, featureOf(status)))
    .map(
      (status) =>
        `the redirect with status ${status} is an extended feature, of which the ${reportText(target)} says nothing`,
    );
}

function reportText({ implementation, conformance: { release, gatewayApi } }: Target): string {
  return `conformance report of ${implementation} ${release} (for Gateway API ${gatewayApi})`;
}

function featureOf(status: number): string {
  return `HTTPRoute${status}RedirectStatusCode`;
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

function featuresOf(filter: Filter): string[] {
  const { type, urlRewrite, requestRedirect } = filter;
  const status = statusOf(filter);
  return [
    ...(urlRewrite?.hostname === undefined ? [] : ['HTTPRouteHostRewrite']),
    ...(urlRewrite?.path === undefined ? [] : ['HTTPRoutePathRewrite']),
    ...(requestRedirect?.scheme === undefined ? [] : ['HTTPRouteSchemeRedirect']),
    ...(requestRedirect?.port === undefined ? [] : ['HTTPRoutePortRedirect']),
    ...(requestRedirect?.path === undefined ? [] : ['HTTPRoutePathRedirect']),
    ...(status === undefined ? [] : [featureOf(status)]),
    ...(type === 'CORS' ? ['HTTPRouteCORS'] : []),
  ];
}

function statusOf({ requestRedirect }: Filter): number | undefined {
  const status = requestRedirect?.statusCode;
  return status !== undefined && STATUSES.includes(status) ? status : undefined;
}
