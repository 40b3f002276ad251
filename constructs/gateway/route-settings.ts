import { Duration } from 'cdk8s';
import type { HttpRouteSpecRules, HttpRouteSpecRulesFilters } from '../../imports/gateway.networking.k8s.io';
import {
  HttpRouteSpecRulesFiltersCorsAllowMethods as CorsMethod,
  HttpRouteSpecRulesFiltersType as FilterType,
} from '../../imports/gateway.networking.k8s.io';
import { type Check, fields, fieldsWith, listOf, pattern } from '../fields';
import { flag, type Problems, shown } from '../values';
import { GatewayFeature } from './feature';
import { type GatewayImplementation, lackProblems } from './implementation';

/**
 * How long a Gateway waits. At least one of the two is given.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-1742/
 */
export interface GatewayTimeouts {
  /**
   * How long a whole request may take, with all that is tried again; then the answer is 504.
   *
   * @default - what the implementation has
   */
  readonly request?: Duration;

  /**
   * How long one answer of a backend may take, at most as long as `request`.
   *
   * @default - what the implementation has
   */
  readonly backendRequest?: Duration;
}

/**
 * Which pages of other sites may ask from a browser, and for what. The Gateway answers what a browser asks before.
 *
 * @see https://gateway-api.sigs.k8s.io/geps/gep-1767/
 */
export interface GatewayCors {
  /**
   * The sites: "https://shop.example.com", "https://*.example.com", or "*" alone for all.
   */
  readonly allowOrigins: string[];

  /**
   * The methods, such as "PUT", or "*" alone for all. GET, HEAD and POST are always allowed.
   *
   * @default - none but those
   */
  readonly allowMethods?: string[];

  /**
   * The headers of requests, or "*" alone for all.
   *
   * @default - none but those that browsers always allow
   */
  readonly allowHeaders?: string[];

  /**
   * The headers of answers that the page may see.
   *
   * @default - none but those that browsers always show
   */
  readonly exposeHeaders?: string[];

  /**
   * Whether cookies and the like may come along; not with "*" among the sites, since any site could then act for whoever is
   * logged in.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * How long a browser keeps what it was told, in whole seconds from 1.
   *
   * @default - 5 seconds
   */
  readonly maxAge?: Duration;
}

const ORIGIN = /^(\*|https?:\/\/((\*\.)?([A-Za-z0-9-]+\.)*[A-Za-z0-9-]+|\*)(:\d{1,5})?)$/;
const HEADER = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;
const METHODS = Object.values(CorsMethod) as readonly string[];

/** A list in which "*" stands alone, and nothing twice. */
function listed(check: Check, example: string): Check {
  const entries = listOf(check, example);
  return (what, value) => {
    const problems = entries(what, value);
    const all = value as readonly string[];
    if (problems.length > 0) {
      return problems;
    }
    const [twice] = all.filter((one, at) => all.indexOf(one) !== at);
    return [
      ...(all.includes('*') && all.length > 1 ? [`${what} has "*" beside others; give it alone`] : []),
      ...(twice === undefined ? [] : [`${what} has ${shown(twice)} twice; leave one out`]),
      ...(all.length > 64 ? [`${what} has ${all.length} entries; give at most 64`] : []),
    ];
  };
}

const headers = listed(pattern(HEADER, 'give the name of a header, or "*"'), '["X-Request-Id"]');

const CORS = fieldsWith(['allowOrigins'], {
  allowOrigins: listed(
    pattern(ORIGIN, 'give a site with its scheme such as "https://shop.example.com", or "*"'),
    '["https://shop.example.com"]',
  ),
  allowMethods: listed(
    (what, value) =>
      METHODS.includes(value as string)
        ? []
        : [`${what} is ${shown(value)}; give one of ${METHODS.map(shown).join(', ')}`],
    '["PUT"]',
  ),
  allowHeaders: headers,
  exposeHeaders: headers,
  allowCredentials: flag,
  maxAge: duration(1000),
});

/** What is wrong with who may ask from pages of other sites. */
export const corsProblems: Check = (what, value) => {
  const problems = CORS(what, value);
  const { allowOrigins, allowCredentials } = Object(value) as GatewayCors;
  return problems.length === 0 && allowCredentials && allowOrigins.includes('*')
    ? [`${what}.allowCredentials is true, and any site is allowed; name the sites`]
    : problems;
};

const TIMEOUTS = fields({ request: duration(1), backendRequest: duration(1) });

/** What is wrong with how long is waited. */
export const timeoutProblems: Check = (what, value) => {
  const problems = TIMEOUTS(what, value);
  if (problems.length > 0) {
    return problems;
  }
  const { request, backendRequest } = value as GatewayTimeouts;
  if (request === undefined && backendRequest === undefined) {
    return [`${what} says nothing; give request or backendRequest`];
  }
  return request && backendRequest && backendRequest.toMilliseconds() > request.toMilliseconds()
    ? [
        `${what}.backendRequest is ${written(backendRequest)}; give at most what the whole request may take, ${written(request)}`,
      ]
    : [];
};

/** The longest that can be written: 99999 hours. */
const LONGEST = 99_999 * 3_600_000;

/** A time of some whole milliseconds, more than none. */
function duration(step: number): Check {
  return (what, value) => {
    if (!(value instanceof Duration)) {
      return [`${what} is ${shown(value)}; give a Duration of cdk8s such as Duration.seconds(10)`];
    }
    const milliseconds = value.toMilliseconds();
    const fits = milliseconds >= step && milliseconds % step === 0 && milliseconds <= LONGEST;
    const unit = step === 1 ? 'millisecond' : 'second';
    return fits ? [] : [`${what} is ${milliseconds} milliseconds; give whole ${unit}s, from 1, at most 99999 hours`];
  };
}

/** A time as the Gateway API has it, such as "1m30s". */
function written(given: Duration): string {
  const milliseconds = given.toMilliseconds();
  const units: [string, number][] = [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
  ];
  return units
    .map(([unit, size], at) => {
      const larger = units[at - 1]?.[1] ?? Number.POSITIVE_INFINITY;
      const count = Math.floor((milliseconds % larger) / size);
      return count === 0 ? '' : `${count}${unit}`;
    })
    .join('');
}

/** What a route asks of its Gateway besides where requests go. */
export interface RouteSettings {
  readonly timeouts?: GatewayTimeouts | undefined;
  readonly cors?: GatewayCors | undefined;
}

/** What the implementation of the Gateway does not have of it. */
export function settingsLacks(
  what: string,
  implementation: GatewayImplementation | undefined,
  { timeouts, cors }: RouteSettings,
): Problems {
  const lack = (key: string, given: unknown, feature: GatewayFeature) =>
    given === undefined ? [] : lackProblems(`${what}.${key}`, implementation, feature);
  return [
    ...lack('timeouts.request', timeouts?.request, GatewayFeature.REQUEST_TIMEOUT),
    ...lack('timeouts.backendRequest', timeouts?.backendRequest, GatewayFeature.BACKEND_TIMEOUT),
    ...lack('cors', cors, GatewayFeature.CORS),
  ];
}

/** A rule with what is asked besides. */
export function withSettings(rule: HttpRouteSpecRules, { timeouts, cors }: RouteSettings): HttpRouteSpecRules {
  return {
    ...rule,
    filters: cors === undefined ? rule.filters : [...(rule.filters ?? []), corsFilter(cors)],
    timeouts: timeouts && {
      request: timeouts.request && written(timeouts.request),
      backendRequest: timeouts.backendRequest && written(timeouts.backendRequest),
    },
  };
}

function corsFilter(cors: GatewayCors): HttpRouteSpecRulesFilters {
  return {
    type: FilterType.CORS,
    cors: {
      allowOrigins: [...cors.allowOrigins],
      allowMethods: cors.allowMethods && ([...cors.allowMethods] as CorsMethod[]),
      allowHeaders: cors.allowHeaders && [...cors.allowHeaders],
      exposeHeaders: cors.exposeHeaders && [...cors.exposeHeaders],
      allowCredentials: cors.allowCredentials,
      maxAge: cors.maxAge?.toSeconds() ?? 5,
    },
  };
}
