import type { Path } from '../../manifest';
import type { Ingress, IngressRule, PathType } from './ingress';
import { type Annotated, type Upstream, upstreamName } from './upstreams';

/** The server of requests whose host no other server has. */
export const DEFAULT_SERVER = '_';

/** The upstream of requests that no rule takes. */
export const DEFAULT_UPSTREAM = 'upstream-default-backend';

/** What nginx serves under one host. */
export interface Server {
  readonly host: string;
  /** In the order in which the controller meets them. */
  readonly locations: Location[];
  readonly byPath: Map<string, Location>;
  aliases: readonly string[];
  /** The Ingress that gave the aliases. */
  aliasIngress: Ingress | undefined;
  /** The Ingress whose TLS section gave the certificate; `undefined` without. */
  tls: Ingress | undefined;
  /** The Ingress that asks for redirects between a name and its `www.`. */
  fromToWww: Ingress | undefined;
  /** The Ingress for which every request is answered 403; `undefined` for none. */
  refusing: Annotated | undefined;
  /** Why nobody can say whether every request is. */
  readonly doubts: Set<string>;
}

/** One location of a server. */
export interface Location {
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix';
  /** Whether nothing but the server itself asked for it. */
  isDefault: boolean;
  upstream: string;
  /** Whose annotations count; `undefined` in the default server where no Ingress asked for anything. */
  owner: Annotated | undefined;
  /** As written in the manifest. */
  written: { readonly path: string; readonly pathType: PathType; readonly host: string | undefined; readonly at: Path };
  /** Ingresses that want the same path and come too late. */
  readonly late: Ingress[];
}

/** All servers with their locations, the canaries left aside. */
export function serversOf(
  ingresses: readonly Annotated[],
  upstreams: ReadonlyMap<string, Upstream>,
): Map<string, Server> {
  const servers = new Map([[DEFAULT_SERVER, serverOf(DEFAULT_SERVER, DEFAULT_UPSTREAM, undefined, undefined, [])]]);
  const mains = ingresses.filter(({ annotations }) => annotations.canary === undefined);
  for (const main of mains) {
    addServers(main, servers);
  }
  for (const { ingress, annotations } of mains) {
    for (const { host } of ingress.rules) {
      const server = servers.get(host ?? DEFAULT_SERVER) as Server;
      if (server.aliases.length === 0 && annotations.aliases.length > 0) {
        server.aliases = annotations.aliases;
        server.aliasIngress = ingress;
      }
      // A certificate that is missing or wrong is replaced by the controller's own, so any TLS section will do.
      server.tls ??= ingress.tls.length > 0 ? ingress : undefined;
    }
  }
  for (const annotated of ingresses) {
    for (const rule of annotated.ingress.rules) {
      const server = servers.get(rule.host ?? DEFAULT_SERVER) ?? (servers.get(DEFAULT_SERVER) as Server);
      addLocations(server, annotated, rule, upstreams);
      if (rule.paths !== undefined || server.host === DEFAULT_SERVER) {
        refuse(server, annotated);
      }
    }
  }
  for (const server of servers.values()) {
    server.aliases = server.aliases.filter((alias) => alias !== server.host && !servers.has(alias));
  }
  return servers;
}

function addServers(main: Annotated, servers: Map<string, Server>): void {
  const { defaultBackend, rules, namespace } = main.ingress;
  let fallback = DEFAULT_UPSTREAM;
  if (defaultBackend?.service !== undefined) {
    fallback = upstreamName(namespace, defaultBackend);
    const catchAll = servers.get(DEFAULT_SERVER)?.locations[0] as Location;
    if (rules.length === 0 && !catchAll.isDefault) {
      catchAll.late.push(main.ingress);
    } else if (rules.length === 0) {
      catchAll.isDefault = false;
      catchAll.upstream = fallback;
      catchAll.owner = withoutRedirects(main);
      catchAll.written = { path: '/', pathType: 'Prefix', host: undefined, at: ['spec', 'defaultBackend'] };
    }
  }
  for (const { host = DEFAULT_SERVER, at } of rules) {
    if (!servers.has(host)) {
      servers.set(host, serverOf(host, fallback, host === DEFAULT_SERVER ? undefined : host, main, at));
    }
  }
}

/** Of the Ingress behind the catch-all, redirects and rewrites are left aside. */
function withoutRedirects({ ingress, annotations }: Annotated): Annotated {
  return {
    ingress,
    annotations: {
      ...annotations,
      rewriteTarget: undefined,
      rewriteDoubt: undefined,
      useRegex: false,
      sslRedirect: false,
      forceSslRedirect: false,
      appRoot: undefined,
      redirect: undefined,
      fromToWww: false,
    },
  };
}

function serverOf(
  host: string,
  upstream: string,
  written: string | undefined,
  owner: Annotated | undefined,
  at: Path,
): Server {
  const root: Location = {
    path: '/',
    pathType: 'Prefix',
    isDefault: true,
    upstream,
    owner,
    written: { path: '/', pathType: 'Prefix', host: written, at },
    late: [],
  };
  return {
    host,
    locations: [root],
    byPath: new Map([['/', root]]),
    aliases: [],
    aliasIngress: undefined,
    tls: undefined,
    fromToWww: undefined,
    refusing: undefined,
    doubts: new Set(),
  };
}

function refuse(server: Server, annotated: Annotated): void {
  const { refused, doubt } = annotated.annotations.hostAccess;
  server.refusing ??= refused === undefined ? undefined : annotated;
  if (doubt !== undefined) {
    server.doubts.add(doubt);
  }
}

function addLocations(
  server: Server,
  annotated: Annotated,
  { host, paths }: IngressRule,
  upstreams: ReadonlyMap<string, Upstream>,
): void {
  const { ingress, annotations } = annotated;
  for (const { path: text, pathType, backend, at } of paths ?? []) {
    const upstream =
      backend.service === undefined ? undefined : upstreams.get(upstreamName(ingress.namespace, backend));
    // An upstream of a canary takes no requests by itself, whoever else asks for it.
    if (upstream === undefined || upstream.policy !== undefined) {
      continue;
    }
    upstream.sticky ??= annotations.affinity === undefined ? undefined : annotated;
    const path = text === '' ? '/' : text;
    const type = pathType === 'Exact' ? 'Exact' : 'Prefix';
    const first = server.byPath.get(path);
    const written = { path, pathType, host, at };
    if (first === undefined || first.pathType !== type) {
      const location = { path, pathType: type, isDefault: false, upstream: upstream.name, written } as const;
      server.locations.push({ ...location, owner: annotated, late: [] });
      if (first === undefined) {
        server.byPath.set(path, server.locations.at(-1) as Location);
      }
    } else if (first.isDefault) {
      Object.assign(first, { isDefault: false, upstream: upstream.name, owner: annotated, written });
    } else {
      if (annotations.canary === undefined) {
        first.late.push(ingress);
      }
      continue;
    }
    server.fromToWww ??= annotations.fromToWww ? ingress : undefined;
  }
}
