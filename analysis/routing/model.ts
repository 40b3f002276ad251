import type { Path, Source } from '../manifest';
import type { Pattern } from './pattern';

/**
 * Where requests go, as data: every condition that a controller or gateway tests can be read here, so that two models
 * can be compared for all requests at once.
 *
 * A request meets the first listener that takes its scheme and port, then the first host whose name matches, then the
 * first route whose path and conditions match, then the first decision whose conditions hold. What meets none is not
 * found.
 */
export interface RoutingModel {
  readonly listeners: readonly Listener[];
}

/** Where requests come in. */
export interface Listener {
  /** `undefined` for both. */
  readonly scheme: 'http' | 'https' | undefined;
  /** `undefined` for every port. */
  readonly port: number | undefined;
  /** In order of precedence. Several may share their routes. */
  readonly hosts: readonly VirtualHost[];
}

/** The routes of the hosts with a name. */
export interface VirtualHost {
  readonly name: HostName;
  /** The name of the Gateway's listener that serves these hosts; left out where there is no such thing. */
  readonly listener?: string;
  /** Whether there is a certificate for the name. */
  readonly tls: boolean;
  /** In order of precedence. */
  readonly routes: readonly Route[];
}

/** Which hosts a virtual host answers for; all in lower case, without port. */
export type HostName =
  | { readonly kind: 'exact'; readonly host: string }
  /** One label, of letters, digits, `_` and `-`, before a suffix such as `.example.com`. */
  | { readonly kind: 'label'; readonly suffix: string }
  /** One or more labels before a suffix such as `.example.com`. */
  | { readonly kind: 'suffix'; readonly suffix: string }
  /** A prefix such as `www.example.`, and one or more labels behind it. */
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'any' };

/** What happens to requests of a host that match. */
export interface Route {
  readonly path: PathMatch;
  /** What else has to hold, all of it. */
  readonly conditions: readonly Condition[];
  /** The first whose conditions hold decides; the last has none. */
  readonly decisions: readonly Decision[];
  /** What in the manifests made this route; `undefined` for what a controller adds by itself. */
  readonly rule: Rule | undefined;
  /** What manifests alone cannot decide of requests that take this route. */
  readonly notes: readonly string[];
  /**
   * What is done with these requests besides, such as timeouts: it says nothing of where they go, and two routes that differ in
   * it are not the same. Left out for nothing.
   */
  readonly settings?: readonly string[];
  /** The same of what is not read and of which answers say nothing; left out for nothing. */
  readonly unread?: readonly string[];
  /** Which of these requests another route may take instead; left out where there are none. */
  readonly contests?: readonly Contest[];
}

/** Requests for which it is not settled which of two routes comes first: those that another one takes as well. */
export interface Contest {
  readonly path: PathMatch;
  readonly conditions: readonly Condition[];
  /** What is open, in words. */
  readonly note: string;
}

/** Which paths match, after percent-decoding, `.` and `..` and repeated slashes are resolved. */
export type PathMatch =
  | { readonly kind: 'exact'; readonly path: string }
  /** Every path that begins with this text, whether or not it ends at a slash. */
  | { readonly kind: 'prefix'; readonly path: string }
  /** This path, and everything below it: `/shop` and `/shop/cart` but not `/shopping`. */
  | { readonly kind: 'elements'; readonly path: string }
  | { readonly kind: 'pattern'; readonly pattern: Pattern };

/** Something to test of a request besides host and path. Names of headers are in lower case. */
export type Condition =
  | { readonly kind: 'scheme'; readonly scheme: 'http' | 'https' }
  | { readonly kind: 'method'; readonly method: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: ValueMatch }
  | { readonly kind: 'query'; readonly name: string; readonly value: ValueMatch }
  | { readonly kind: 'cookie'; readonly name: string; readonly value: ValueMatch };

/** What a value has to be. Something that the request does not have never matches. */
export type ValueMatch =
  | { readonly is: 'equal'; readonly text: string }
  | { readonly is: 'like'; readonly pattern: Pattern }
  | { readonly is: 'given' };

/** One step of the chain that decides what happens to a request. */
export interface Decision {
  /** All have to hold. */
  readonly when: readonly Condition[];
  readonly outcome: RouteOutcome;
  /** Why, in words for readers, e.g. `canary-by-header: FOO is "bar"`. */
  readonly reason: string;
  /** The rule that decides, where it is not the one of the route: that of a canary. */
  readonly by: Rule | undefined;
  /** The rule to name in the answer, where it is not the one of the route. */
  readonly rule: Rule | undefined;
  /** Whether it repeats another one for requests with `X-Forwarded-*`, which tables leave out. */
  readonly forwarded?: true;
}

/** What happens to a request. */
export type RouteOutcome =
  | {
      readonly kind: 'backends';
      readonly backends: readonly WeightedBackend[];
      /** What is changed of the request on its way to all of them; left out where nothing is. */
      readonly rewrite?: Rewrite;
    }
  | { readonly kind: 'redirect'; readonly status: number; readonly location: readonly LocationPart[] }
  /** An answer of the controller itself, because a rule leads nowhere. */
  | { readonly kind: 'error'; readonly status: number; readonly why: string }
  | { readonly kind: 'not-found' };

/** A Service and its share of the requests: `weight` of the sum of all weights beside it. */
export interface WeightedBackend {
  readonly namespace: string;
  readonly service: string;
  /** The kind of a backend that is no Service, such as `Backend`; left out for a Service. */
  readonly kind?: string;
  /** The number of the Service's port; 0 where a backend that is no Service says it by itself. */
  readonly port: number;
  /** A whole number, at least 0. */
  readonly weight: number;
  /**
   * What this share of the requests is answered instead, since the backend cannot be used; beside others that can, as a
   * gateway does. Left out for a backend that gets its requests.
   */
  readonly error?: ShareError;
  /** What is changed of the request on its way to this one, instead of what the outcome says. */
  readonly rewrite?: Rewrite;
}

/** What is changed of a request before a backend sees it. */
export interface Rewrite {
  /** Left out where path and query go on as they were sent. */
  readonly path?: PathRewrite;
  /** The header Host; left out where it goes on as it was sent. */
  readonly host?: readonly LocationPart[];
  /** Why manifests cannot tell what the backend sees; left out where they can. */
  readonly open?: string;
}

/**
 * Another path for the backend:
 * - `full`: this one, whatever was asked for;
 * - `prefix`: `under` and the slashes around it give way to `by`; the rest is kept as it was sent;
 * - `captures`: put together from what groups of a regular expression captured in the resolved path, and escaped again.
 *
 * The query is kept.
 */
export type PathRewrite =
  | { readonly kind: 'full'; readonly path: string }
  | { readonly kind: 'prefix'; readonly under: string; readonly by: string }
  | {
      readonly kind: 'captures';
      readonly pattern: Pattern;
      readonly path: readonly LocationPart[];
    };

/** An answer that a share of the requests gets instead of a backend. */
export interface ShareError {
  readonly status: number;
  readonly why: string;
}

/**
 * A piece of the Location of a redirect: a text, something of the request, or its path with another beginning: `under`
 * and the slashes around it give way to `by`, so that `/foo/bar` under `/foo` by `/xyz` is `/xyz/bar`; or what a regular
 * expression captured.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httppathmodifier
 */
export type LocationPart =
  | { readonly text: string }
  | { readonly of: RequestPart }
  | { readonly under: string; readonly by: string }
  /** What a group of the regular expression captured in the resolved path; empty where it took no part. */
  | { readonly group: number; readonly pattern: Pattern };

/**
 * What a redirect can take over from the request:
 * - `scheme`, `method`, `port` (of the URL);
 * - `host`: in lower case, without port; `host-header`: as sent; `host-header-without-port`;
 * - `uri`: path and query as sent; `uri-without-last-slash`: the same, less a slash at the very end;
 * - `path`: resolved; `query`: without question mark; `query-mark`: `?` where there is a query;
 * - `forwarded-host`: the first of the header X-Forwarded-Host; `forwarded-host-without-port`; `forwarded-proto` and
 *   `forwarded-port`: those headers as sent.
 */
export type RequestPart =
  | 'scheme'
  | 'method'
  | 'port'
  | 'host'
  | 'host-header'
  | 'host-header-without-port'
  | 'uri'
  | 'uri-without-last-slash'
  | 'path'
  | 'query'
  | 'query-mark'
  | 'forwarded-host'
  | 'forwarded-host-without-port'
  | 'forwarded-proto'
  | 'forwarded-port';

/** A rule of a manifest as answers name it. */
export interface RouteRule {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** `null` for every host. */
  readonly host: string | null;
  readonly path: string;
  readonly pathType: string;
}

/** A rule, and where it stands. */
export interface Rule {
  readonly ref: RouteRule;
  readonly source: Source;
  /** The way from the object to the rule. */
  readonly at: Path;
}
