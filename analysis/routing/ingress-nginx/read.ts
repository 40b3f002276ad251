import type { Manifest } from '../../manifest';
import type { Route, RoutingModel, VirtualHost } from '../model';
import { readAnnotations } from './annotations';
import { Canaries } from './canaries';
import { decision } from './chain';
import { type Served, servedBy } from './classes';
import { controllersOf } from './controllers';
import type { Ingress } from './ingress';
import { inOrder, isOrderKnown } from './order';
import type { Findings } from './problems';
import { readIngress } from './read-ingress';
import { RouteCompiler } from './route-compiler';
import {
  hasCertificate,
  type Named,
  sortedServers,
  virtualHosts,
  type WwwRedirect,
  wwwRedirects,
} from './server-names';
import { DEFAULT_SERVER, type Location, type Server, serversOf } from './servers';
import { Services } from './services';
import type { Settings } from './settings';
import { noteSharedServices } from './shared-services';
import { type Annotated, upstreamsOf } from './upstreams';

/** What a reader makes of manifests. */
export interface ReadRoutes {
  readonly model: RoutingModel;
  /** What is true of every answer. */
  readonly notes: readonly string[];
}

/**
 * Reads what ingress-nginx makes of Ingresses, as its releases 1.8 to 1.15 do, with the settings of the controller where
 * that is among the manifests.
 *
 * @param wanted the class to serve; needed where the manifests are for several controllers
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/basic-usage/
 */
export function readIngressNginx(
  manifests: readonly Manifest[],
  wanted: string | undefined,
  findings: Findings,
): ReadRoutes {
  const ingresses = manifests
    .filter(({ kind, group }) => kind === 'Ingress' && group === 'networking.k8s.io')
    .map((manifest) => readIngress(manifest, findings));
  const served = servedBy(controllersOf(manifests), manifests, ingresses, wanted, findings);
  const { settings } = served;
  const notes = settings.unfollowed.map((name) => `${name} of the controller's ConfigMap may change the answer`);
  return { model: modelOf(served, new Services(manifests, settings.externalNames), findings), notes };
}

function modelOf({ settings, ingresses, assumed }: Served, services: Services, findings: Findings): RoutingModel {
  const annotated = inOrder(ingresses).flatMap((ingress): Annotated[] => {
    const annotations = readAnnotations(ingress.manifest, settings, findings);
    checkPaths(ingress, settings, findings);
    return annotations.isRefused ? [] : [{ ingress, annotations }];
  });
  const upstreams = upstreamsOf(annotated, services);
  noteSharedServices(annotated, upstreams, findings);
  const servers = serversOf(annotated, upstreams);
  new Canaries(upstreams, servers, findings).merge(annotated);
  const notesOf = (ingress: Ingress, { late }: Location) => [
    ...(assumed.has(ingress) ? [assumed.get(ingress) as string] : []),
    ...late
      .filter((other) => other !== ingress && !isOrderKnown(ingress, other))
      .map((other) => unknownOrder(ingress, other)),
  ];
  for (const server of servers.values()) {
    noteLate(server, findings);
  }
  const compiler = new RouteCompiler(upstreams, services, settings, notesOf, findings);
  return { listeners: [{ scheme: undefined, port: undefined, hosts: hostsOf(servers, compiler, settings) }] };
}

function unknownOrder(ingress: Ingress, other: Ingress): string {
  return `Ingress ${other.key} claims the same path; the older one wins, and Ingress ${ingress.key} is taken for it as if both were made in one second`;
}

function hostsOf(
  servers: ReadonlyMap<string, Server>,
  compiler: RouteCompiler,
  settings: Settings,
): readonly VirtualHost[] {
  const sorted = sortedServers(servers);
  const named: Named[] = wwwRedirects(servers).map((redirect) => ({
    text: redirect.from,
    isWildcardHost: false,
    tls: hasCertificate(redirect.from, servers) || coversAlias(redirect.server, redirect.from),
    routes: [wwwRoute(redirect, settings)],
  }));
  for (const server of sorted) {
    const variants = new Map<boolean, readonly Route[]>();
    const routes = (tls: boolean): readonly Route[] => {
      const known = variants.get(tls) ?? compiler.routes(server, tls);
      variants.set(tls, known);
      return known;
    };
    if (server.host !== DEFAULT_SERVER) {
      const isWildcardHost = server.host.startsWith('*.');
      const tls = hasCertificate(server.host, servers);
      named.push({ text: server.host, isWildcardHost, tls, routes: routes(tls) });
    }
    for (const alias of server.aliases) {
      const tls = hasCertificate(alias, servers) || coversAlias(server, alias);
      named.push({ text: alias, isWildcardHost: false, tls, routes: routes(tls) });
    }
  }
  const fallback = servers.get(DEFAULT_SERVER) as Server;
  return virtualHosts(named, compiler.routes(fallback, false));
}

/** Whether the certificate of a server is meant for an alias too, as far as its TLS section says. */
function coversAlias({ tls }: Server, alias: string): boolean {
  const hosts = tls?.tls.flatMap((entry) => entry.hosts) ?? [];
  return hosts.includes(alias) || hosts.includes(alias.replace(/^[^.]+\./, '*.'));
}

function wwwRoute({ server }: WwwRedirect, { redirectCode }: Settings): Route {
  const ingress = server.fromToWww as Ingress;
  const ref = {
    kind: 'Ingress',
    namespace: ingress.namespace,
    name: ingress.name,
    host: server.host === DEFAULT_SERVER ? null : server.host,
    path: '/',
    pathType: 'Prefix',
  };
  const location = [
    { of: 'scheme' as const },
    { text: `://${server.host}` },
    { of: 'uri-without-last-slash' as const },
  ];
  return {
    path: { kind: 'prefix', path: '/' },
    conditions: [],
    decisions: [decision([], { kind: 'redirect', status: redirectCode, location }, 'from-to-www-redirect')],
    rule: { ref, source: ingress.manifest.source, at: ['metadata', 'annotations'] },
    notes: [],
  };
}

function checkPaths({ manifest, rules }: Ingress, { strictPaths }: Settings, findings: Findings): void {
  for (const { path, pathType, backend, at } of rules.flatMap(({ paths }) => paths ?? [])) {
    if (backend.service === undefined) {
      findings.note(manifest, backend.at, 'no-effect', 'the backend is a resource; ingress-nginx serves Services only');
    }
    if (pathType !== 'ImplementationSpecific' && !/^\/[A-Za-z0-9._/-]*$/.test(path)) {
      const message = `the path ${JSON.stringify(path)} of type ${pathType} holds other than letters, digits and "-_./"`;
      const place = [...at, 'path'];
      if (strictPaths === true) {
        findings.problem(manifest, place, 'bad-path', `${message}; use pathType ImplementationSpecific`);
      } else if (strictPaths === undefined) {
        findings.note(manifest, place, 'assumed', `${message}, which releases from 1.12 refuse; taken as before`);
      }
    }
  }
}

function noteLate({ locations }: Server, findings: Findings): void {
  for (const { late, owner, written } of locations) {
    for (const ingress of late) {
      const whose = owner?.ingress === ingress ? 'this Ingress' : `Ingress ${owner?.ingress.key}`;
      const order =
        owner === undefined || isOrderKnown(owner.ingress, ingress) ? '' : ', taken as made at the same time';
      const message = `${written.host ?? 'every host'}${written.path} is taken by ${whose} already${order}; the controller's webhook would refuse it`;
      findings.note(ingress.manifest, ['spec', 'rules'], 'claimed-twice', message);
    }
  }
}
