import type { RouteRule, ShareError } from './model';

/** A request to ask about. */
export interface RouteRequest {
  /** Absolute, with `http` or `https`; taken as it would be sent, dots and escapes unresolved. */
  readonly url: string;
  /** @default 'GET' */
  readonly method?: string;
  /**
   * Names in any case. `Host` stands in for the host of the URL.
   *
   * @default - none
   */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where a request goes: the JSON of `route`. */
export type Answer = BackendsAnswer | RedirectAnswer | NotFoundAnswer | ErrorAnswer;

interface Noted {
  /** What could not be decided from manifests alone; left out where there is nothing. */
  readonly notes?: readonly string[];
}

/** The request is passed on. */
export interface BackendsAnswer extends Noted {
  readonly outcome: 'backends';
  readonly rule: RouteRule;
  /** The probabilities add up to 1; none is 0. */
  readonly backends: readonly BackendShare[];
  /**
   * The request as the backends see it; left out where that cannot be decided, and where they do not all see the same:
   * each share then has its own.
   */
  readonly upstream?: UpstreamRequest;
}

/** A request as a backend sees it, rewrites applied. */
export interface UpstreamRequest {
  /** Path and query. */
  readonly path: string;
  /** The header Host. */
  readonly host: string;
}

/** A Service, or another backend, that a request may be sent to. */
export interface BackendShare {
  readonly namespace: string;
  readonly service: string;
  /** The kind of a backend that is no Service, such as `Backend`, `service` being its name; left out for a Service. */
  readonly kind?: string;
  /** The number of the Service's port; 0 where a backend that is no Service says it by itself. */
  readonly port: number;
  /** The share that the weights give it, e.g. 0.95. */
  readonly probability: number;
  /** What this share is answered instead, since the backend cannot be used; left out where it can. */
  readonly error?: ShareError;
  /** The request as this backend sees it, where not all see the same. */
  readonly upstream?: UpstreamRequest;
}

/** The client is sent elsewhere. */
export interface RedirectAnswer extends Noted {
  readonly outcome: 'redirect';
  readonly status: number;
  readonly location: string;
  readonly rule: RouteRule;
}

/** No rule is for this request. */
export interface NotFoundAnswer extends Noted {
  readonly outcome: 'not-found';
}

/** The controller or gateway answers by itself. */
export interface ErrorAnswer extends Noted {
  readonly outcome: 'error';
  readonly status: number;
  readonly why: string;
  /** Left out where no rule of a manifest is to blame. */
  readonly rule?: RouteRule;
}

/** An answer and how it came about. */
export interface RouteExplanation {
  readonly answer: Answer;
  /** The host, the path and the decision, a sentence each. */
  readonly because: readonly string[];
  /**
   * The rule that takes the request, also where the answer has none since it is not found; `undefined` where none takes it.
   */
  readonly rule: RouteRule | undefined;
  /** Where the rule that decided stands; `undefined` where none did. */
  readonly place: { readonly file: string; readonly line: number } | undefined;
}

/** One row of the table of all routes: a path of a host. */
export interface RouteRow {
  /** A name, `*.` and a name, or a regular expression behind `~`; `null` for every host. */
  readonly host: string | null;
  /** As written in the rule; empty for connections that a Gateway passes on without seeing requests. */
  readonly path: string;
  /** That of the path; for such connections `TLS`, `TCP` or `UDP`. */
  readonly pathType: string;
  /** The Gateway's listener, with its port, e.g. `https:443`; `undefined` where there is no such thing. */
  readonly listener: string | undefined;
  /** What else a request must have, e.g. `method GET and header foo is "bar"`; `undefined` where nothing. */
  readonly when: string | undefined;
  /** Whether there is a certificate for the host. */
  readonly tls: boolean;
  /** The status with which HTTP is redirected to HTTPS; `undefined` where it is not. */
  readonly httpsRedirect: number | undefined;
  /** Where requests go that no rule of a canary takes; empty for a redirect or an error. */
  readonly backends: readonly BackendShare[];
  /** Instead of backends; what stands in braces is taken from the request. */
  readonly redirect: { readonly status: number; readonly location: string } | undefined;
  /** Instead of backends: the rule leads nowhere. The status is 0 for connections, which have none. */
  readonly error: { readonly status: number; readonly why: string } | undefined;
  /** The rules of the canary but for the weight, in their order, e.g. `header foo is "bar"` to `frontend-canary:80`. */
  readonly canary: readonly { readonly when: string; readonly to: string }[];
  readonly rule: RouteRule;
  /** What manifests alone cannot decide of requests that take this route. */
  readonly notes: readonly string[];
}
