/**
 * A plain evaluator: walks through what the controller of ingress-nginx does, step by step and without any index, anew
 * for each request. It shares no code with the engine.
 */

export interface PlainPath {
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific';
  readonly service: string;
  readonly port: number | string;
}

export interface PlainCanary {
  readonly weight: number;
  readonly total: number;
  readonly header: string;
  readonly value: string;
  /** A regular expression that means the same in every language. */
  readonly pattern: string;
  readonly cookie: string;
}

export interface PlainIngress {
  readonly namespace: string;
  readonly name: string;
  /** Seconds; `undefined` for one that is yet to be made. */
  readonly created: number | undefined;
  readonly canary: PlainCanary | undefined;
  readonly sslRedirect: boolean;
  readonly forceSsl: boolean;
  readonly keepSlash: boolean;
  readonly useRegex: boolean;
  readonly rewriteTarget: string;
  readonly redirectTo: string;
  readonly appRoot: string;
  readonly fromToWww: boolean;
  readonly aliases: readonly string[];
  readonly tls: boolean;
  readonly defaultBackend: { readonly service: string; readonly port: number | string } | undefined;
  readonly rules: readonly { readonly host: string | undefined; readonly paths: readonly PlainPath[] }[];
  /** An annotation whose value the controller cannot use, if any. */
  readonly garbled?: PlainGarbled | undefined;
}

/** A value that counts as not given, that drops the Ingress from 1.12 on, or for which all is answered 503. */
export interface PlainGarbled {
  readonly name: string;
  readonly value: string;
  readonly failure: 'absent' | 'drops' | 'denies';
}

/** What a controller is told. */
export interface PlainController {
  /** Of the release 1.x. */
  readonly release: number;
  readonly forwardedHeaders: boolean;
}

export interface PlainService {
  readonly namespace: string;
  readonly name: string;
  readonly ports: readonly {
    readonly name: string;
    readonly port: number;
    readonly target: number | string;
    readonly udp?: boolean;
  }[];
}

export interface PlainWorld {
  readonly ingresses: readonly PlainIngress[];
  readonly services: readonly PlainService[];
  /** Left out where none is among the manifests. */
  readonly controller?: PlainController | undefined;
}

const ASSUMED: PlainController = { release: 15, forwardedHeaders: false };

export interface PlainRequest {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  /** Path and query as sent. */
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Location {
  path: string;
  exact: boolean;
  isDefault: boolean;
  backend: string;
  owner: PlainIngress | undefined;
  /** Host, path and path type as written. */
  written: { host: string | null; path: string; pathType: string };
}

interface Server {
  host: string;
  locations: Location[];
  aliases: string[];
  cert: boolean;
  www: PlainIngress | undefined;
}

interface Upstream {
  name: string;
  by: PlainIngress;
  service: string;
  port: number | string;
  others: string[];
}

const NOBODY = 'upstream-default-backend';

function keyOf(ingress: PlainIngress): string {
  return `${ingress.namespace}/${ingress.name}`;
}

function sorted(ingresses: readonly PlainIngress[]): PlainIngress[] {
  const age = (ingress: PlainIngress) => ingress.created ?? 9e15;
  return [...ingresses].sort((a, b) => {
    if (age(a) !== age(b)) {
      return age(a) - age(b);
    }
    return keyOf(a) > keyOf(b) ? -1 : 1;
  });
}

/** What the controller builds: upstreams and servers. */
export interface PlainConfig {
  readonly upstreams: readonly Upstream[];
  readonly servers: readonly Server[];
}

export function plainConfig(world: PlainWorld): PlainConfig {
  const { release } = world.controller ?? ASSUMED;
  const order = sorted(world.ingresses.filter(({ garbled }) => release < 12 || garbled?.failure !== 'drops'));
  const upstreams: Upstream[] = [];
  for (const ingress of order) {
    const add = (service: string, port: number | string, again: boolean) => {
      const name = `${ingress.namespace}-${service}-${port}`;
      const at = upstreams.findIndex((upstream) => upstream.name === name);
      const upstream: Upstream = { name, by: ingress, service, port, others: [] };
      if (at < 0) {
        upstreams.push(upstream);
      } else if (again) {
        upstreams[at] = upstream;
      }
    };
    if (ingress.defaultBackend !== undefined) {
      add(ingress.defaultBackend.service, ingress.defaultBackend.port, true);
    }
    for (const rule of ingress.rules) {
      for (const path of rule.paths) {
        add(path.service, path.port, false);
      }
    }
  }
  const servers = buildServers(order, upstreams);
  mergeCanaries(order, upstreams, servers);
  return { upstreams, servers };
}

function rootOf(host: string | null, backend: string, owner: PlainIngress | undefined): Location {
  const written = { host, path: '/', pathType: 'Prefix' };
  return { path: '/', exact: false, isDefault: true, backend, owner, written };
}

function buildServers(order: PlainIngress[], upstreams: Upstream[]): Server[] {
  const make = (host: string, root: Location): Server => ({
    host,
    locations: [root],
    aliases: [],
    cert: false,
    www: undefined,
  });
  const servers = [make('_', rootOf(null, NOBODY, undefined))];
  const find = (host: string | undefined) => servers.find((server) => server.host === (host ?? '_'));
  for (const ingress of order) {
    if (ingress.canary !== undefined) {
      continue;
    }
    let backend = NOBODY;
    if (ingress.defaultBackend !== undefined) {
      backend = `${ingress.namespace}-${ingress.defaultBackend.service}-${ingress.defaultBackend.port}`;
      const root = servers[0]?.locations[0] as Location;
      if (root.isDefault && ingress.rules.length === 0) {
        root.isDefault = false;
        root.backend = backend;
        // Redirects and rewrites of such an Ingress are not taken over.
        root.owner = {
          ...ingress,
          sslRedirect: false,
          forceSsl: false,
          useRegex: false,
          rewriteTarget: '',
          redirectTo: '',
          appRoot: '',
        };
      }
    }
    for (const rule of ingress.rules) {
      if (find(rule.host) === undefined) {
        servers.push(make(rule.host as string, rootOf(rule.host as string, backend, ingress)));
      }
    }
  }
  for (const ingress of order) {
    if (ingress.canary === undefined) {
      for (const rule of ingress.rules) {
        const server = find(rule.host) as Server;
        if (server.aliases.length === 0) {
          server.aliases = [...ingress.aliases].sort();
        }
        server.cert ||= ingress.tls;
      }
    }
  }
  for (const ingress of order) {
    for (const rule of ingress.rules) {
      const server = find(rule.host) ?? (servers[0] as Server);
      for (const path of rule.paths) {
        const name = `${ingress.namespace}-${path.service}-${path.port}`;
        if (upstreams.find((upstream) => upstream.name === name)?.by.canary !== undefined) {
          continue;
        }
        const text = path.path === '' ? '/' : path.path;
        const exact = path.pathType === 'Exact';
        const written = { host: rule.host ?? null, path: text, pathType: path.pathType };
        const same = server.locations.find((location) => location.path === text);
        if (same === undefined || same.exact !== exact) {
          server.locations.push({ path: text, exact, isDefault: false, backend: name, owner: ingress, written });
          server.www ??= ingress.fromToWww ? ingress : undefined;
        } else if (same.isDefault) {
          Object.assign(same, { isDefault: false, backend: name, owner: ingress, written });
          server.www ??= ingress.fromToWww ? ingress : undefined;
        }
      }
    }
  }
  for (const server of servers) {
    server.aliases = server.aliases.filter((alias) => find(alias) === undefined);
  }
  return servers;
}

function mergeCanaries(order: PlainIngress[], upstreams: Upstream[], servers: Server[]): void {
  if (order.every((ingress) => ingress.canary !== undefined)) {
    return;
  }
  const get = (name: string) => upstreams.find((upstream) => upstream.name === name);
  const join = (name: string, locations: Location[], fits: (location: Location) => boolean) => {
    const canary = get(name);
    if (canary === undefined) {
      return;
    }
    let merged = false;
    for (const location of locations) {
      const main = get(location.backend);
      if (main === undefined) {
        continue;
      }
      if (main === canary) {
        return;
      }
      if (main.by.canary === undefined && fits(location)) {
        merged = true;
        if (!main.others.includes(name)) {
          main.others.push(name);
        }
      }
    }
    if (!merged) {
      upstreams.splice(upstreams.indexOf(canary), 1);
    }
  };
  for (const ingress of order) {
    if (ingress.canary === undefined) {
      continue;
    }
    if (ingress.defaultBackend !== undefined) {
      const name = `${ingress.namespace}-${ingress.defaultBackend.service}-${ingress.defaultBackend.port}`;
      join(name, servers[0]?.locations as Location[], () => true);
    }
    for (const rule of ingress.rules) {
      for (const path of rule.paths) {
        const server = servers.find(({ host }) => host === (rule.host ?? '_'));
        if (server !== undefined) {
          const text = path.path === '' ? '/' : path.path;
          const exact = path.pathType === 'Exact';
          const name = `${ingress.namespace}-${path.service}-${path.port}`;
          join(name, server.locations, (location) => location.path === text && location.exact === exact);
        }
      }
    }
  }
}

/** A location as nginx reads it. */
export interface PlainNginxLocation {
  readonly kind: '=' | '^' | '~*';
  readonly path: string;
  readonly location: Location;
}

export function plainLocations(server: Server): PlainNginxLocation[] {
  const byText = [...server.locations].sort((a, b) => (a.path < b.path ? 1 : a.path > b.path ? -1 : 0));
  const longestFirst = byText.sort((a, b) => b.path.length - a.path.length);
  const rewrites = (location: Location, path: string) =>
    (location.owner?.rewriteTarget ?? '') !== '' && location.owner?.rewriteTarget !== path;
  const out: { exact: boolean; path: string; location: Location }[] = [];
  for (const location of longestFirst) {
    const { path, exact, owner } = location;
    const plain = path === '/' || exact || rewrites(location, path) || owner?.useRegex === true;
    if (plain) {
      out.push({ exact, path, location });
      continue;
    }
    out.push({ exact: false, path: path.endsWith('/') ? path : `${path}/`, location });
    if (!longestFirst.some((other) => other.exact && other.path === path)) {
      out.push({ exact: true, path, location });
    }
  }
  const regex = out.some(({ location, path }) => rewrites(location, path) || location.owner?.useRegex === true);
  return out.map(({ exact, path, location }) => ({
    kind: regex ? '~*' : exact ? '=' : '^',
    path: regex ? `^${path}` : path,
    location,
  }));
}

/** Servers in the order of the configuration, with their names; redirects to and from `www.` stand first. */
export function plainServers({
  servers,
}: PlainConfig): { names: string[]; server: Server | undefined; www: Server | undefined }[] {
  const byHost = [...servers].sort((a, b) => (a.host < b.host ? -1 : 1));
  const redirects = byHost.flatMap((server) => {
    if (server.www === undefined) {
      return [];
    }
    const from = server.host.startsWith('www.') ? server.host.slice(4) : `www.${server.host}`;
    return servers.some(({ host }) => host === from) ? [] : [{ names: [from], server: undefined, www: server }];
  });
  return [
    ...redirects,
    ...byHost.map((server) => ({ names: [server.host, ...server.aliases], server, www: undefined })),
  ];
}

function serverOf(config: PlainConfig, host: string): { server: Server | undefined; www: Server | undefined } {
  const all = plainServers(config);
  const exact = all.find(({ names }) => names.includes(host));
  if (exact !== undefined) {
    return exact;
  }
  // A wildcard of an alias takes any number of labels, one of an Ingress exactly one.
  const aliases = all.flatMap((entry) =>
    entry.names.filter((name) => name.startsWith('*.') && name !== entry.server?.host).map((name) => ({ entry, name })),
  );
  const wide = aliases
    .filter(({ name }) => host.endsWith(name.slice(1)) && host.length > name.length - 1)
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (wide !== undefined) {
    return wide.entry;
  }
  const wildcard = all.find(
    ({ server }) =>
      server?.host.startsWith('*.') &&
      host.endsWith(server.host.slice(1)) &&
      /^[A-Za-z0-9_-]+$/.test(host.slice(0, -(server.host.length - 1))),
  );
  return wildcard ?? { server: config.servers.find((server) => server.host === '_'), www: undefined };
}

/** The path as nginx compares it; undefined where it refuses it. */
export function plainPath(raw: string): string | undefined {
  let text = '';
  for (let at = 0; at < raw.length; at++) {
    if (raw[at] === '%') {
      const code = Number.parseInt(raw.slice(at + 1, at + 3), 16);
      if (!/^[0-9a-f]{2}$/i.test(raw.slice(at + 1, at + 3)) || code === 0) {
        return undefined;
      }
      text += String.fromCharCode(code);
      at += 2;
    } else {
      text += raw[at];
    }
  }
  const directory = /(^|\/)\.{0,2}$/.test(text);
  const out: string[] = [];
  for (const part of text.split('/')) {
    if (part === '..') {
      if (out.length === 0) {
        return undefined;
      }
      out.pop();
    } else if (part !== '' && part !== '.') {
      out.push(part);
    }
  }
  return out.length === 0 ? '/' : `/${out.join('/')}${directory ? '/' : ''}`;
}

/** The location that nginx takes, or the slash that it adds. */
export function plainLocation(
  locations: readonly PlainNginxLocation[],
  path: string,
): { location: Location; slash: string | undefined } | undefined {
  const exact = locations.find((one) => one.kind === '=' && one.path === path);
  if (exact !== undefined) {
    return { location: exact.location, slash: undefined };
  }
  const slash = locations.find((one) => one.kind !== '~*' && one.path === `${path}/`);
  if (slash !== undefined && !locations.some((one) => one.kind !== '~*' && one.path === path)) {
    return { location: slash.location, slash: slash.path };
  }
  const regex = locations.find((one) => one.kind === '~*' && new RegExp(one.path, 'i').test(path));
  if (regex !== undefined) {
    return { location: regex.location, slash: undefined };
  }
  const prefixes = locations.filter((one) => one.kind === '^' && path.startsWith(one.path));
  const longest = prefixes.sort((a, b) => b.path.length - a.path.length)[0];
  return longest === undefined ? undefined : { location: longest.location, slash: undefined };
}

/** An answer as the contract has it, without reasons and notes. */
export function plainAnswer(world: PlainWorld, request: PlainRequest): unknown {
  return plainAnswerOf(world, plainConfig(world), request);
}

export function plainAnswerOf(world: PlainWorld, config: PlainConfig, request: PlainRequest): unknown {
  const [raw = '', query] = [request.uri.split('?')[0], request.uri.split('?').slice(1).join('?')];
  const path = plainPath(raw);
  if (path === undefined) {
    return { outcome: 'error', status: 400 };
  }
  const host = request.host.toLowerCase();
  const { server, www } = serverOf(config, host);
  const cut = request.uri.endsWith('/') ? request.uri.slice(0, -1) : request.uri;
  if (server === undefined) {
    const target = www as Server;
    const rule = ruleOf(target.www as PlainIngress, {
      host: target.host === '_' ? null : target.host,
      path: '/',
      pathType: 'Prefix',
    });
    return { outcome: 'redirect', status: 308, location: `${wwwOrigin(world, request, target.host)}${cut}`, rule };
  }
  const locations = plainLocations(server);
  if (path === '/') {
    const rooted = locations.find(({ location }) => (location.owner?.appRoot ?? '') !== '')?.location;
    if (rooted !== undefined) {
      const location = `${request.scheme}://${request.host}${rooted.owner?.appRoot}`;
      const written = { host: rooted.written.host, path: '/', pathType: 'Exact' };
      return { outcome: 'redirect', status: 302, location, rule: ruleOf(rooted.owner as PlainIngress, written) };
    }
  }
  const isDefaultServer = server.host === '_';
  const found = plainLocation(locations, path);
  const isOwn = (prefix: string) => {
    const others = locations.filter((one) => one.kind === '^' && path.startsWith(one.path));
    return (
      isDefaultServer &&
      path.startsWith(prefix) &&
      !locations.some((one) => one.kind === '=' && one.path === path) &&
      !locations.some((one) => one.kind !== '~*' && one.path === `${path}/`) &&
      !locations.some((one) => one.kind === '~*' && new RegExp(one.path, 'i').test(path)) &&
      others.every((one) => one.path.length < prefix.length)
    );
  };
  if (isOwn('/healthz')) {
    return { outcome: 'error', status: 200 };
  }
  if (isOwn('/nginx_status')) {
    return { outcome: 'error', status: 403 };
  }
  if (found === undefined) {
    return { outcome: 'not-found' };
  }
  const { location, slash } = found;
  if (slash !== undefined) {
    const target = `${request.scheme}://${host}${slash}${query === '' ? '' : `?${query}`}`;
    return {
      outcome: 'redirect',
      status: 301,
      location: target,
      rule: ruleOf(location.owner as PlainIngress, location.written),
    };
  }
  return answerAt(world, config, request, { location, host, cut });
}

/** A header of a request whose name is in lower case. */
function headerOf({ headers }: PlainRequest, name: string): string | undefined {
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name);
  return found?.[1];
}

function wwwOrigin({ controller = ASSUMED }: PlainWorld, request: PlainRequest, host: string): string {
  const { release, forwardedHeaders } = controller;
  let { scheme }: { scheme: string } = request;
  let port = scheme === 'http' ? '80' : '443';
  if (forwardedHeaders) {
    scheme = headerOf(request, 'x-forwarded-proto') ?? scheme;
    port = headerOf(request, 'x-forwarded-port') ?? port;
  }
  return release >= 12 ? `${scheme}://${host}:${port}` : `${scheme}://${host}`;
}

interface At {
  location: Location;
  host: string;
  cut: string;
}

/** What nginx passes on: the regular expression of the path, in any case, and the groups `$1` to `$9` of the target. */
function plainUpstream({ path, owner }: Location, { uri, host }: PlainRequest): { path: string; host: string } {
  const target = owner?.rewriteTarget ?? '';
  if (target === '' || target === path) {
    return { path: uri, host };
  }
  const [raw = '', ...behind] = uri.split('?');
  const groups = new RegExp(path, 'i').exec(plainPath(raw) ?? '') ?? [];
  let out = '';
  for (let at = 0; at < target.length; at++) {
    const digit = target[at] === '$' ? Number(target[at + 1]) : 0;
    out += digit >= 1 ? (groups[digit] ?? '') : target[at];
    at += digit >= 1 ? 1 : 0;
  }
  let sent = '';
  for (const sign of out) {
    const isPlain = sign > ' ' && sign < '\x7f' && !'"#%<>?\\^`{|}'.includes(sign);
    sent += isPlain ? sign : `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  }
  const query = behind.join('?');
  return { path: query === '' ? sent : `${sent}?${query}`, host };
}

function answerAt(world: PlainWorld, { upstreams, servers }: PlainConfig, request: PlainRequest, at: At): unknown {
  const { location, host, cut } = at;
  const { owner } = location;
  const rule = owner === undefined ? undefined : ruleOf(owner, location.written);
  if (owner?.garbled?.failure === 'denies') {
    return { outcome: 'error', status: 503, rule };
  }
  if (owner !== undefined && owner.redirectTo !== '') {
    return { outcome: 'redirect', status: 301, location: owner.redirectTo, rule };
  }
  const above = host.replace(/^[^.]+\./, '*.');
  const covered = servers.some((one) => [host, above].includes(one.host) && one.cert);
  const secure = owner !== undefined && (owner.forceSsl || (owner.sslRedirect && covered));
  let { scheme }: { scheme: string } = request;
  let sentHost = request.host;
  if (world.controller?.forwardedHeaders) {
    scheme = headerOf(request, 'x-forwarded-proto') ?? scheme;
    sentHost = headerOf(request, 'x-forwarded-host')?.split(',')[0] ?? sentHost;
  }
  if (scheme === 'http' && secure && !location.path.startsWith('/.well-known/acme-challenge')) {
    return {
      outcome: 'redirect',
      status: 308,
      location: `https://${sentHost.split(':')[0]}${owner.keepSlash ? request.uri : cut}`,
      rule,
    };
  }
  if (location.backend === NOBODY) {
    return { outcome: 'not-found' };
  }
  const main = upstreams.find(({ name }) => name === location.backend);
  const mainPort = main === undefined ? undefined : portOf(world, main);
  if (main === undefined || mainPort === undefined) {
    return { outcome: 'error', status: 503, rule };
  }
  const upstream = { ...plainUpstream(location, request), host: sentHost };
  const canary = upstreams.find(({ name }) => name === main.others[0]);
  const canaryPort = canary === undefined ? undefined : portOf(world, canary);
  const one = { namespace: main.by.namespace, service: main.service, port: mainPort };
  if (canary?.by.canary === undefined || canaryPort === undefined) {
    return { outcome: 'backends', rule, backends: [{ ...one, probability: 1 }], upstream };
  }
  const other = { namespace: canary.by.namespace, service: canary.service, port: canaryPort };
  const policy = canary.by.canary;
  const total = Math.max(100, policy.total);
  const share = decided(policy, request) ?? Math.max(0, Math.min(policy.weight, total)) / total;
  const rest =
    decided(policy, request) === undefined ? (total - Math.max(0, Math.min(policy.weight, total))) / total : 1 - share;
  const same = one.namespace === other.namespace && one.service === other.service && one.port === other.port;
  const backends = same
    ? [{ ...one, probability: 1 }]
    : [
        { ...one, probability: rest },
        { ...other, probability: share },
      ].filter(({ probability }) => probability > 0);
  return { outcome: 'backends', rule, backends, upstream };
}

/** 1 for the canary, 0 for the main backend, undefined for the weight to decide. */
function decided(policy: PlainCanary, { headers }: PlainRequest): number | undefined {
  const name = policy.header.toLowerCase().split('_').join('-');
  // nginx knows a header with a dot in its name no more than one with "_".
  const given = Object.keys(headers).find((key) => key.toLowerCase() === name && /^[a-z0-9-]+$/.test(name));
  if (given !== undefined) {
    const value = headers[given] as string;
    if (policy.value !== '') {
      if (value === policy.value) {
        return 1;
      }
    } else if (policy.pattern !== '') {
      if (new RegExp(policy.pattern).test(value)) {
        return 1;
      }
    } else if (value === 'always' || value === 'never') {
      return value === 'always' ? 1 : 0;
    }
  }
  const cookies = (headers.Cookie ?? '').split('; ').map((pair) => pair.split('='));
  const cookie = cookies.find(
    ([key]) => policy.cookie !== '' && key?.toLowerCase() === policy.cookie.toLowerCase(),
  )?.[1];
  return cookie === 'always' ? 1 : cookie === 'never' ? 0 : undefined;
}

function portOf({ services }: PlainWorld, upstream: Upstream): number | undefined {
  const wanted = String(upstream.port);
  const ports =
    services.find(({ namespace, name }) => namespace === upstream.by.namespace && name === upstream.service)?.ports ??
    [];
  for (const one of ports) {
    if ([one.name, String(one.port), String(one.target)].includes(wanted)) {
      // Endpoints are those of TCP: of this port by its name, or of its number where TCP has any port at all.
      const others = ports.filter(({ udp }) => udp !== true);
      const found = others.includes(one) || (typeof one.target === 'number' && others.length > 0);
      return found ? one.port : undefined;
    }
  }
  return undefined;
}

function ruleOf(ingress: PlainIngress, written: Location['written']): unknown {
  return { kind: 'Ingress', namespace: ingress.namespace, name: ingress.name, ...written };
}
