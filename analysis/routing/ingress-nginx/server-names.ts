import type { HostName, VirtualHost } from '../model';
import { patternOf } from '../pattern';
import { bytesOf } from '../uri';
import { DEFAULT_SERVER, type Server } from './servers';

/** A name under which nginx looks for a server, and what it finds. */
export interface Named {
  /** As it is written for nginx, but for `*.` of an Ingress, which is one label. */
  readonly text: string;
  readonly isWildcardHost: boolean;
  readonly tls: boolean;
  readonly routes: VirtualHost['routes'];
}

/** A redirect between a name and its `www.`. */
export interface WwwRedirect {
  readonly from: string;
  readonly server: Server;
}

/** The redirects that servers ask for, where nobody has the other name. */
export function wwwRedirects(servers: ReadonlyMap<string, Server>): readonly WwwRedirect[] {
  return sortedServers(servers).flatMap((server) => {
    if (server.fromToWww === undefined) {
      return [];
    }
    const from = wwwOf(server.host);
    return servers.has(from) ? [] : [{ from, server }];
  });
}

/** The other name of a host: with `www.`, or without. */
export function wwwOf(host: string): string {
  return host.startsWith('www.') ? host.slice(4) : `www.${host}`;
}

/** Servers in the order in which they are written for nginx. */
export function sortedServers(servers: ReadonlyMap<string, Server>): readonly Server[] {
  return [...servers.values()]
    .map((server) => ({ server, key: bytesOf(server.host) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ server }) => server);
}

/**
 * Virtual hosts in the order in which nginx looks: exact names, the longest `*.` of an alias, the longest `.*`, then
 * regular expressions, which the wildcard hosts of Ingresses are. Of two with the same name the first is it.
 *
 * @see https://nginx.org/en/docs/http/server_names.html
 */
export function virtualHosts(named: readonly Named[], fallback: VirtualHost['routes']): readonly VirtualHost[] {
  const exact = new Map<string, VirtualHost>();
  const suffixes = new Map<string, VirtualHost>();
  const prefixes = new Map<string, VirtualHost>();
  const patterns: VirtualHost[] = [];
  const put = (map: Map<string, VirtualHost>, key: string, name: HostName, { routes, tls }: Named) => {
    if (!map.has(key)) {
      map.set(key, { name, tls, routes });
    }
  };
  for (const entry of named) {
    const { text, isWildcardHost, tls, routes } = entry;
    const lower = text.toLowerCase();
    if (isWildcardHost) {
      patterns.push({ name: { kind: 'label', suffix: text.slice(1) }, tls, routes });
    } else if (text.startsWith('~')) {
      const pattern = patternOf(text.slice(1), /[A-Z]/.test(text));
      patterns.push({ name: { kind: 'pattern', pattern }, tls, routes });
    } else if (/^\*?\./.test(lower)) {
      const suffix = lower.replace(/^\*/, '');
      put(suffixes, suffix, { kind: 'suffix', suffix }, entry);
      if (lower.startsWith('.')) {
        put(exact, lower.slice(1), { kind: 'exact', host: lower.slice(1) }, entry);
      }
    } else if (lower.endsWith('.*')) {
      put(prefixes, lower, { kind: 'prefix', prefix: lower.slice(0, -1) }, entry);
    } else {
      put(exact, lower, { kind: 'exact', host: lower }, entry);
    }
  }
  const longest = (map: ReadonlyMap<string, VirtualHost>) =>
    [...map].sort(([a], [b]) => b.length - a.length).map(([, host]) => host);
  return [
    ...exact.values(),
    ...longest(suffixes),
    ...longest(prefixes),
    ...patterns,
    { name: { kind: 'any' }, tls: false, routes: fallback },
  ];
}

/** Whether the controller has a certificate for a name: one of its own, or of the wildcard host above it. */
export function hasCertificate(name: string, servers: ReadonlyMap<string, Server>): boolean {
  if (name === DEFAULT_SERVER) {
    return false;
  }
  const wildcard = name.replace(/^[^.]+\./, '*.');
  return servers.get(name)?.tls !== undefined || servers.get(wildcard)?.tls !== undefined;
}
