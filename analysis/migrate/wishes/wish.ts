/** What annotations ask for besides where requests go; an HTTPRoute of the core has no words for it. */
export interface Wishes {
  'external-auth': ExternalAuth;
  'basic-auth': BasicAuth;
  'rate-limit': RateLimit;
  'body-size': BodySize;
  timeouts: Timeouts;
  affinity: Affinity;
  'backend-protocol': BackendProtocol;
  addresses: Addresses;
  cors: Cors;
}

/** A family of annotations that together say one thing. */
export type Family = keyof Wishes;

/** A server that is asked about each request first. */
export interface ExternalAuth {
  readonly url: string;
  /** Its Service, where the URL is one of the cluster and has no query. */
  readonly service: { readonly namespace: string; readonly name: string; readonly port: number } | undefined;
  /** The path of the URL, with its query. */
  readonly path: string;
  /** Headers of its answer that go on to the backend. */
  readonly responseHeaders: readonly string[];
}

/** Names and passwords. */
export interface BasicAuth {
  /** The Secret with lines as htpasswd writes them, under the key `auth`. */
  readonly secret: { readonly namespace: string; readonly name: string };
  readonly realm: string;
}

/** How much a client, which is an address, may send. */
export interface RateLimit {
  readonly perSecond: number | undefined;
  readonly perMinute: number | undefined;
  readonly connections: number | undefined;
  /** How many times the rate may come at once. */
  readonly burst: number;
}

/** The largest body of a request. */
export interface BodySize {
  /** 0 for no limit. */
  readonly bytes: number;
}

/** In seconds; `undefined` where it is not given. */
export interface Timeouts {
  readonly connect: number | undefined;
  /** Between two reads from the backend. */
  readonly read: number | undefined;
  /** Between two writes to the backend. */
  readonly send: number | undefined;
}

/** A cookie that keeps a client with a pod. */
export interface Affinity {
  readonly cookie: string;
  readonly path: string | undefined;
  /** In seconds; `undefined` for as long as the browser runs. */
  readonly maxAge: number | undefined;
}

/** How backends are spoken to. */
export interface BackendProtocol {
  readonly protocol: 'HTTPS' | 'GRPC' | 'GRPCS';
}

/** The addresses of clients that may come in, and of those that may not. */
export interface Addresses {
  /** Empty for all. */
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
}

/** What browsers may read from other origins. */
export interface Cors {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly credentials: boolean;
  /** In seconds. */
  readonly maxAge: number;
}

/** A wish of an Ingress with the annotations that say it, without prefix; or why it cannot be taken over by any target. */
export type Wish = {
  readonly [Name in Family]: {
    readonly family: Name;
    readonly names: readonly string[];
    readonly value: Wishes[Name] | { readonly why: string };
  };
}[Family];
