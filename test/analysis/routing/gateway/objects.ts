import { type RouteRequest, Routes } from '../../../../analysis';

const API = 'gateway.networking.k8s.io/v1';

/** A listener of a Gateway; HTTP on port 80 for every host and namespace, but for what is given. */
export function listener(name: string, parts: Readonly<Record<string, unknown>> = {}): object {
  return { name, port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } }, ...parts };
}

/** An HTTPS listener with a certificate, on port 443. */
export function https(name: string, parts: Readonly<Record<string, unknown>> = {}): object {
  return listener(name, { port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name: 'tls' }] }, ...parts });
}

/** A Gateway `infra/web`. */
export function gateway(listeners: readonly object[], metadata: Readonly<Record<string, unknown>> = {}): object {
  return {
    apiVersion: API,
    kind: 'Gateway',
    metadata: { name: 'web', namespace: 'infra', ...metadata },
    spec: { gatewayClassName: 'any', listeners },
  };
}

export interface RouteParts {
  readonly parents?: readonly object[];
  readonly hostnames?: readonly string[];
  readonly namespace?: string;
  readonly created?: string;
}

/** An HTTPRoute of namespace `shop`, attached to all listeners of `infra/web`. */
export function httpRoute(name: string, rules: readonly object[], parts: RouteParts = {}): object {
  const { parents = [{ name: 'web', namespace: 'infra' }], hostnames, namespace = 'shop', created } = parts;
  return {
    apiVersion: API,
    kind: 'HTTPRoute',
    metadata: { name, namespace, ...(created === undefined ? {} : { creationTimestamp: created }) },
    spec: { parentRefs: parents, ...(hostnames === undefined ? {} : { hostnames }), rules },
  };
}

/** A rule that sends what matches to one Service. */
export function rule(to: string, ...matches: readonly object[]): object {
  return { ...(matches.length === 0 ? {} : { matches }), backendRefs: [{ name: to, port: 80 }] };
}

/** A match of a path. */
export function path(value: string, type = 'PathPrefix'): { readonly path: object } {
  return { path: { type, value } };
}

/** A rule that redirects. */
export function redirect(requestRedirect: object, ...matches: readonly object[]): object {
  return { ...(matches.length === 0 ? {} : { matches }), filters: [{ type: 'RequestRedirect', requestRedirect }] };
}

/** The Services of these tests, in namespaces `shop` and `team`. */
export const SERVICES = ['shop', 'team'].flatMap((namespace) =>
  ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  })),
);

/** What a Gateway with one listener makes of some objects. */
export function served(...objects: readonly object[]): Routes {
  return routesOf(gateway([listener('http')]), ...objects);
}

/** What a Gateway makes of some objects, and the Services of these tests. */
export function routesOf(...objects: readonly object[]): Routes {
  const routes = Routes.ofGateway([...objects, ...SERVICES]);
  expect(routes.problems).toEqual([]);
  return routes;
}

/** An answer in a word: `a`, `0.75 a, 0.25 500`, `302 https://…`, `404`, `500`. */
export function where(
  routes: Routes,
  url: string,
  headers: Readonly<Record<string, string>> = {},
  method?: RouteRequest['method'],
): string {
  const answer = routes.route({ url, headers, ...(method === undefined ? {} : { method }) });
  switch (answer.outcome) {
    case 'not-found':
      return '404';
    case 'error':
      return String(answer.status);
    case 'redirect':
      return `${answer.status} ${answer.location}`;
    case 'backends':
      return answer.backends
        .map(
          ({ service, probability, error }) =>
            `${probability === 1 ? '' : `${probability} `}${error?.status ?? service}`,
        )
        .join(', ');
  }
}

/** The codes and messages of the problems that some objects have. */
export function problemsOf(...objects: readonly object[]): string[] {
  return Routes.ofGateway([...objects, ...SERVICES]).problems.map(({ code, message }) => `${code} ${message}`);
}

/** The codes and messages of notes. */
export function notesOf({ notes }: Routes): string[] {
  return notes.map(({ code, message }) => `${code} ${message}`);
}
