import type { Route, VirtualHost } from '../model';
import type { Findings } from '../problems';
import { checkLocations, checkNames } from './check-configuration';
import type { Ingress } from './ingress';
import { nginxLocations } from './locations';
import type { Certificate, RouteCompiler } from './route-compiler';
import {
  hasCertificate,
  type Named,
  sortedServers,
  virtualHosts,
  type WwwRedirect,
  wwwRedirects,
} from './server-names';
import { DEFAULT_SERVER, type Server } from './servers';
import type { Settings } from './settings';
import { wwwDecisions } from './www-redirects';

/** The virtual hosts of servers, under all of their names. */
export function hostsOf(
  servers: ReadonlyMap<string, Server>,
  compiler: RouteCompiler,
  settings: Settings,
  findings: Findings,
): readonly VirtualHost[] {
  let fallback: readonly Route[] = [];
  const named: Named[] = wwwRedirects(servers).map((redirect) => ({
    text: redirect.from,
    isWildcardHost: false,
    tls: certificateFor(redirect.from, redirect.server, servers) === true,
    routes: [wwwRoute(redirect, settings)],
  }));
  for (const server of sortedServers(servers)) {
    const locations = nginxLocations(server);
    checkNames(server, findings);
    checkLocations(locations, settings, findings);
    if (server.host === DEFAULT_SERVER) {
      fallback = compiler.routes(server, locations, false);
    }
    const made = new Map<Certificate, readonly Route[]>();
    const add = (text: string, isWildcardHost: boolean, certificate: Certificate) => {
      const routes = made.get(certificate) ?? compiler.routes(server, locations, certificate);
      made.set(certificate, routes);
      named.push({ text, isWildcardHost, tls: certificate === true, routes });
    };
    if (server.host !== DEFAULT_SERVER) {
      add(server.host, server.host.startsWith('*.'), hasCertificate(server.host, servers));
    }
    for (const alias of server.aliases) {
      add(alias, false, certificateFor(alias, server, servers));
    }
  }
  return virtualHosts(named, fallback);
}

/** Whether the certificate of a server is good for another name too, as far as its TLS section says. */
function certificateFor(name: string, { host, tls }: Server, servers: ReadonlyMap<string, Server>): Certificate {
  const hosts = tls?.tls.flatMap((entry) => entry.hosts) ?? [];
  if (hasCertificate(name, servers) || hosts.includes(name) || hosts.includes(name.replace(/^[^.]+\./, '*.'))) {
    return true;
  }
  return tls === undefined || host === DEFAULT_SERVER ? false : 'unknown';
}

function wwwRoute({ server }: WwwRedirect, settings: Settings): Route {
  const { namespace, name, manifest } = server.fromToWww as Ingress;
  const host = server.host === DEFAULT_SERVER ? null : server.host;
  return {
    path: { kind: 'prefix', path: '/' },
    conditions: [],
    decisions: wwwDecisions(server.host, settings),
    rule: {
      ref: { kind: 'Ingress', namespace, name, host, path: '/', pathType: 'Prefix' },
      source: manifest.source,
      at: ['metadata', 'annotations'],
    },
    notes: [],
  };
}
