import type { GatewayObject, Grant, HttpRoute, Listener, Match, Rule, World } from './worlds';

// What a Gateway does with one request, read off the objects anew each time: slow, and word for word as the specification
// says. Nothing here is taken from the engine.

export interface PlainRequest {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Candidate {
  readonly route: HttpRoute;
  /** The hostname that matched; `undefined` for a route without hostnames. */
  readonly hostname: string | undefined;
  readonly rule: Rule;
  readonly match: Match;
  /** Where it stands in its route. */
  readonly place: number;
}

export function plainAnswer(world: World, request: PlainRequest): unknown {
  const listener = listenerFor(world, request);
  if (listener === undefined || listener.protocol === 'TLS') {
    return { outcome: 'not-found' };
  }
  const [first] = candidates(world, listener, request).sort(compare);
  return first === undefined ? { outcome: 'not-found' } : outcome(world, listener, first, request);
}

/** The listener with the most specific hostname among those that serve the port of the request. */
function listenerFor({ gateway, grants }: World, { scheme, port, host }: PlainRequest): Listener | undefined {
  const onPort = gateway.spec.listeners.filter((one) => one.port === port);
  const kinds = onPort.map(({ protocol }) => (protocol === 'TLS' ? 'HTTPS' : protocol));
  if (new Set(kinds).size > 1 || kinds[0] !== scheme.toUpperCase()) {
    return undefined;
  }
  return onPort
    .filter((one) => onPort.filter(({ hostname }) => hostname === one.hostname).length === 1)
    .filter((one) => hasCertificate(one, gateway, grants) && hostMatches(one.hostname, host))
    .sort((a, b) => labels(b.hostname) - labels(a.hostname))[0];
}

function hasCertificate({ protocol, tls }: Listener, gateway: GatewayObject, grants: readonly Grant[]): boolean {
  if (protocol !== 'HTTPS') {
    return true;
  }
  return (tls?.certificateRefs ?? []).some(({ namespace = gateway.metadata.namespace, name }) =>
    permitted(grants, 'Gateway', gateway.metadata.namespace, 'Secret', namespace, name),
  );
}

function permitted(
  grants: readonly Grant[],
  fromKind: string,
  from: string,
  kind: string,
  to: string,
  name: string,
): boolean {
  return (
    from === to ||
    grants.some(
      (grant) =>
        grant.metadata.namespace === to &&
        grant.spec.from.some((one) => one.kind === fromKind && one.namespace === from) &&
        grant.spec.to.some((one) => one.kind === kind && (one.name ?? name) === name),
    )
  );
}

/** More for a more specific hostname: an exact one before any with an asterisk. */
function labels(hostname: string | undefined): number {
  if (hostname === undefined) {
    return 0;
  }
  return hostname.split('.').length + (hostname.startsWith('*') ? 0 : 1000);
}

function hostMatches(hostname: string | undefined, host: string): boolean {
  if (hostname === undefined) {
    return true;
  }
  const [wanted, given] = [hostname.split('.').reverse(), host.split('.').reverse()];
  if (wanted.at(-1) !== '*') {
    return hostname === host;
  }
  wanted.pop();
  return given.length > wanted.length && wanted.every((label, index) => label === given[index]);
}

/** Everything that is attached to a listener and takes the request. */
function candidates(world: World, listener: Listener, request: PlainRequest): Candidate[] {
  return world.routes
    .filter((route) => isAttached(world, listener, route))
    .flatMap((route) => {
      const hostnames: readonly (string | undefined)[] = route.spec.hostnames ?? [undefined];
      return hostnames
        .filter((hostname) => hostMatches(hostname, request.host))
        .flatMap((hostname) => {
          const all = (route.spec.rules ?? [{}]).flatMap((rule) =>
            (rule.matches ?? [{}]).map((match) => ({ rule, match })),
          );
          return all
            .map(({ rule, match }, place) => ({ route, hostname, rule, match, place }))
            .filter(({ match }) => takes(match, request));
        });
    });
}

function isAttached({ gateway, namespaces }: World, listener: Listener, route: HttpRoute): boolean {
  const { namespace } = route.metadata;
  const named = route.spec.parentRefs.some(
    (parent) =>
      parent.name === gateway.metadata.name &&
      (parent.namespace ?? namespace) === gateway.metadata.namespace &&
      (parent.sectionName === undefined || parent.sectionName === listener.name) &&
      (parent.port === undefined || parent.port === listener.port),
  );
  const { namespaces: allowed = {}, kinds = [] } = listener.allowedRoutes ?? {};
  const from = allowed.from ?? 'Same';
  const own: Readonly<Record<string, string>> = {
    ...namespaces.find(({ metadata }) => metadata.name === namespace)?.metadata.labels,
    'kubernetes.io/metadata.name': namespace,
  };
  const isFrom =
    from === 'All' ||
    (from === 'Same' && namespace === gateway.metadata.namespace) ||
    (from === 'Selector' &&
      Object.entries(allowed.selector?.matchLabels ?? {}).every(([key, value]) => own[key] === value));
  return named && isFrom && (kinds.length === 0 || kinds.some(({ kind }) => kind === 'HTTPRoute'));
}

function takes({ path, method, headers = [], queryParams = [] }: Match, request: PlainRequest): boolean {
  const sent = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const isFirst = (list: readonly { readonly name: string }[], index: number, key: (name: string) => string) =>
    list.findIndex(({ name }) => key(name) === key(list[index]?.name ?? '')) === index;
  return (
    pathMatches(path?.type ?? 'PathPrefix', path?.value ?? '/', request.path) &&
    (method === undefined || method === request.method) &&
    headers.every(
      ({ name, type, value }, index) =>
        !isFirst(headers, index, (text) => text.toLowerCase()) ||
        valueMatches(type, value, sent.get(name.toLowerCase())),
    ) &&
    queryParams.every(
      ({ name, type, value }, index) =>
        !isFirst(queryParams, index, (text) => text) ||
        valueMatches(type, value, request.query.find(([key]) => key === name)?.[1]),
    )
  );
}

function valueMatches(type: string | undefined, value: string, given: string | undefined): boolean {
  if (given === undefined) {
    return false;
  }
  return type === 'RegularExpression' ? whole(value).test(given) : value === given;
}

function whole(source: string): RegExp {
  return new RegExp(`^(?:${source})$`);
}

function pathMatches(type: string, value: string, path: string): boolean {
  if (type === 'Exact') {
    return path === value;
  }
  if (type === 'RegularExpression') {
    return whole(value).test(path);
  }
  return elements(value).every((element, index) => element === elements(path, true)[index]);
}

/** The elements of a path; an empty last one does not count where it is a prefix. */
function elements(path: string, keepsLast = false): string[] {
  const all = path.split('/').slice(1);
  return all.at(-1) === '' && !keepsLast ? all.slice(0, -1) : all;
}

/** Whose match comes first. */
function compare(a: Candidate, b: Candidate): number {
  const criteria: ((candidate: Candidate) => number)[] = [
    ({ hostname = '' }) => (hostname.startsWith('*') ? 0 : hostname.length),
    ({ hostname = '' }) => hostname.length,
    ({ match }) => (match.path?.type === 'Exact' ? 1 : 0),
    ({ match }) => (match.path?.type === 'RegularExpression' ? 1 : 0),
    ({ match }) => lengthOf(match),
    ({ match }) => (match.method === undefined ? 0 : 1),
    ({ match }) => new Set(match.headers?.map(({ name }) => name.toLowerCase())).size,
    ({ match }) => new Set(match.queryParams?.map(({ name }) => name)).size,
    ({ route }) => -Date.parse(route.metadata.creationTimestamp ?? '2999-01-01T00:00:00Z'),
  ];
  for (const criterion of criteria) {
    const difference = criterion(b) - criterion(a);
    if (difference !== 0) {
      return difference;
    }
  }
  const key = ({ route }: Candidate) => `${route.metadata.namespace}/${route.metadata.name}`;
  return key(a) === key(b) ? a.place - b.place : key(a) < key(b) ? -1 : 1;
}

function lengthOf({ path }: Match): number {
  const value = path?.value ?? '/';
  return path?.type === 'Exact'
    ? 0
    : path?.type === 'RegularExpression' || !value.endsWith('/')
      ? value.length
      : value.length - 1;
}

function outcome(world: World, listener: Listener, found: Candidate, request: PlainRequest): unknown {
  const { route, rule: from, match, hostname = null } = found;
  const rule = {
    kind: 'HTTPRoute',
    namespace: route.metadata.namespace,
    name: route.metadata.name,
    host: hostname,
    path: match.path?.value ?? '/',
    pathType: match.path?.type ?? 'PathPrefix',
  };
  const redirect = from.filters?.find(({ type }) => type === 'RequestRedirect')?.requestRedirect;
  if (redirect !== undefined) {
    const scheme = redirect.scheme ?? request.scheme;
    const usual = { http: 80, https: 443 }[scheme];
    const port = redirect.port ?? (redirect.scheme === undefined ? listener.port : usual);
    const sent = request.query.map(([name, value]) => `${name}=${value}`).join('&');
    const location = `${scheme}://${redirect.hostname ?? request.host}${port === usual ? '' : `:${port}`}${redirectPath(
      redirect.path,
      match.path?.value ?? '/',
      request.path,
    )}${sent === '' ? '' : `?${sent}`}`;
    return { outcome: 'redirect', status: redirect.statusCode ?? 302, location, rule };
  }
  const refs = from.backendRefs ?? [];
  const total = refs.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const shares = new Map<
    string,
    { service: string; namespace: string; port: number; weight: number; works: boolean }
  >();
  for (const { name, namespace = route.metadata.namespace, port, weight = 1 } of refs) {
    const service = world.services.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
    const works =
      permitted(world.grants, 'HTTPRoute', route.metadata.namespace, 'Service', namespace, name) &&
      (service?.spec.ports.some((one) => one.port === port) ?? false);
    const key = `${namespace} ${name} ${port}`;
    const before = shares.get(key)?.weight ?? 0;
    shares.set(key, { service: name, namespace, port, weight: before + weight, works });
  }
  const used = [...shares.values()].filter(({ weight }) => weight > 0);
  if (used.every(({ works }) => !works)) {
    return { outcome: 'error', status: 500, rule };
  }
  return {
    outcome: 'backends',
    rule,
    upstream: upstreamOf(found, request),
    backends: used.map(({ works, weight, service, namespace, port }) => ({
      namespace,
      service,
      port,
      probability: weight / total,
      ...(works ? {} : { error: 500 }),
    })),
  };
}

/** The request as the backend sees it: a rewrite changes host and path, and leaves the query. */
function upstreamOf({ rule: { filters = [] }, match }: Candidate, request: PlainRequest): unknown {
  const { hostname, path } = filters.find(({ type }) => type === 'URLRewrite')?.urlRewrite ?? {};
  const sent = request.query.map(([name, value]) => `${name}=${value}`).join('&');
  const rewritten = redirectPath(path, match.path?.value ?? '/', request.path);
  return { host: hostname ?? request.host, path: `${rewritten}${sent === '' ? '' : `?${sent}`}` };
}

function redirectPath(
  modifier:
    | { readonly type: string; readonly replaceFullPath?: string; readonly replacePrefixMatch?: string }
    | undefined,
  prefix: string,
  path: string,
): string {
  if (modifier === undefined) {
    return path;
  }
  if (modifier.replaceFullPath !== undefined) {
    return modifier.replaceFullPath;
  }
  const kept = elements(path, true).slice(elements(prefix).length);
  return `/${[...elements(modifier.replacePrefixMatch || '/'), ...kept].join('/')}`;
}
