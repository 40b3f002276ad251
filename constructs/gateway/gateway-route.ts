import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { HttpRouteSpecParentRefs, HttpRouteSpecRulesMatchesPath } from '../../imports/gateway.networking.k8s.io';
import { claimsOn, secondProblems } from '../claims';
import { PathType } from '../exposure/path-type';
import type { Peer } from '../policy/peer';
import { refuseOn } from '../refusal';
import { type Problems, shown } from '../values';
import { addBackendTls, type BackendTls } from './backend-tls';
import { grantCertificate } from './gateway';
import { addHttpRoute, parentRefs, type RouteBackend, RouteRules, redirectRule } from './http-route';
import { GatewayListener } from './listener';
import { type CertificatePlace, type Listeners, type ServedRoute, WEB } from './listeners';
import type { IGateway } from './props';
import { grantReference } from './reference-grant';
import { routePath } from './route-path';
import type { RouteSettings } from './route-settings';

/** A Service as a route leads to it; its namespace is nothing when no manifest names it. */
export interface ServicePlace {
  readonly name: string;
  readonly port: number;
  readonly portName?: string | undefined;
  readonly namespace: string | undefined;
}

/** What leads requests of a Gateway to a Service. */
interface Wanted {
  readonly gateway: IGateway;
  readonly host: string;
  readonly path: string;
  readonly pathType: PathType;
  readonly listener: string | undefined;
  /** The certificate that the Gateway is to have for the host. */
  readonly certificate: CertificatePlace | undefined;
  readonly httpsOnly: boolean;
  /** Whether somebody said that HTTP is served too. */
  readonly isHttpMeant: boolean;
  readonly routeName: string;
  /** That of the HTTPRoute; nothing when no manifest names it. */
  readonly namespace: string | undefined;
  readonly annotations: { readonly [key: string]: string } | undefined;
  readonly service: ServicePlace;
  /** Whether something else makes the HTTPRoute. */
  readonly isMadeElsewhere: boolean;
  readonly settings: RouteSettings;
  readonly backendTls: BackendTls | undefined;
}

/** An HTTPRoute that leads to a Service. */
export interface GatewayRoute {
  readonly kind: 'gateway';
  /** That of the HTTPRoute; nothing when no manifest names it. */
  readonly namespace: string | undefined;
  readonly gateway: IGateway;
  /** The Gateway's Pods; nothing when no policy can tell them. */
  readonly controller: Peer | undefined;
  /** Its rules, for a canary to divide. */
  readonly rules: RouteRules;
  readonly routeName: string;
  readonly host: string;
  readonly path: HttpRouteSpecRulesMatchesPath;
  /** The Gateway and its listeners, once everything is made. */
  readonly parents: () => HttpRouteSpecParentRefs[];
  /** Has another Service of the namespace spoken to as the first one is. */
  readonly alsoLeadsTo: (service: string) => void;
}

/** Leads requests of a Gateway to a Service, and those by HTTP to HTTPS where that is wanted. */
export function addGatewayRoute(scope: Construct, wanted: Wanted): GatewayRoute {
  const { gateway, host, path, pathType, routeName, namespace, annotations, service } = wanted;
  const { _listeners: listeners } = gateway;
  const match = routePath(path, pathType);
  const rules = new RouteRules(match, backendOf(scope, service, namespace), wanted.settings);
  const { backendTls } = wanted;
  const alsoLeadsTo = backendTls === undefined ? () => {} : addBackendTls(scope, service, backendTls);
  const sections = sectionsOf(scope, wanted);
  const claimed = placeOf(scope, listeners);
  const add = (name: string, from: ServedRoute['sections'], made: () => ReturnType<RouteRules['toJson']>) => {
    const { place } = listeners;
    const object = { name, namespace, annotations, gateway: place, sections: from, host, rules: made };
    const served: ServedRoute = { object: `HTTPRoute ${shown(name)}`, namespace, host, protocols: WEB, sections: from };
    listeners.serve(served);
    const id = `${name}-route`;
    const isElsewhere = wanted.isMadeElsewhere && name === routeName;
    return { served, object, made: isElsewhere ? new Construct(scope, id) : addHttpRoute(scope, id, object) };
  };
  const main = add(routeName, sections, () => rules.toJson());
  const served = [main.served];
  if (wanted.httpsOnly) {
    // With a certificate ingress-nginx redirects all of the host, also what no path is for; else what it is told to.
    const redirected = wanted.certificate ? routePath('/', PathType.PREFIX) : match;
    const redirects = claimsOn(scope, ['redirect', ...claimed, host, redirected]);
    if (redirects.size === 0) {
      const status = gateway.implementation?.redirect308 ? 308 : 301;
      const portOf = (name = '') => listeners.named(name)?._port ?? 443;
      const http = () => listeners.taking(host, 'HTTP').map(({ _name }) => _name);
      const rule = () => [redirectRule(redirected, status, portOf(sections()?.[0]))];
      const redirect = add(`${routeName}-redirect`, http, rule);
      redirects.add(redirect.made);
      served.push(redirect.served);
    }
  }
  const alike = claimsOn(scope, ['gateway-route', ...claimed, wanted.listener ?? null, host, path, pathType]);
  const httpsOnly = claimsOn(scope, ['https-only', ...claimed, host]);
  alike.add(main.made);
  claimsOn(scope, ['http-host', ...claimed, host]).add(main.made);
  if (wanted.httpsOnly) {
    httpsOnly.add(main.made);
  }
  scope.node.addValidation({
    validate: () => {
      const text = `both take ${host}${path}; the Gateway serves the older one, leave one out`;
      const twice = secondProblems(alike, main.made, text);
      const scheme = wanted.httpsOnly
        ? schemeProblems(listeners, wanted, sections())
        : plainProblems(wanted, httpsOnly);
      const found = served.map((route) => listeners.problemsOf(route, scope)).find((problems) => problems.length > 0);
      return [...scheme, ...(scheme.length > 0 ? [] : (found ?? [])), ...twice];
    },
  });
  const parents = () => parentRefs(main.object);
  const { peer: controller } = gateway;
  return { kind: 'gateway', namespace, gateway, controller, rules, routeName, host, path: match, parents, alsoLeadsTo };
}

/** A Service as a rule names it, which a ReferenceGrant allows where it is in another namespace. */
export function backendOf(
  scope: Construct,
  { name, port, namespace }: ServicePlace,
  from: string | undefined,
  kind: 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' = 'HTTPRoute',
): RouteBackend {
  if (namespace === from) {
    return { name, port };
  }
  if (namespace !== undefined && from !== undefined) {
    grantReference(scope, { from: { kind, namespace: from }, to: { kind: 'Service', namespace, name } });
  } else {
    refuseOn(scope, [
      `routeNamespace is ${shown(from)}, and the Service ${shown(name)} is in a namespace that no manifest names; give it one`,
    ]);
  }
  return { name, port, namespace };
}

/** The listeners that a route names, adding the one for its certificate. */
function sectionsOf(
  scope: Construct,
  { gateway, host, listener, certificate, httpsOnly }: Wanted,
): ServedRoute['sections'] {
  const { _listeners: listeners } = gateway;
  if (certificate) {
    const added = certificateListener(scope, listeners, host, listener, certificate);
    // Without the redirect the listeners for HTTP serve the route as well.
    return () => (httpsOnly ? [added] : [added, ...listeners.taking(host, 'HTTP').map(({ _name }) => _name)]);
  }
  if (listener !== undefined) {
    return () => [listener];
  }
  return () => (httpsOnly ? listeners.taking(host, 'HTTPS').map(({ _name }) => _name) : undefined);
}

/** What keeps a listener for HTTPS to a host from being there, as far as that doesn't depend on the certificate. */
export function certificateListenerProblems(listeners: Listeners, host: string, name: string | undefined): Problems {
  const there = listeners.ownHttps(host);
  if (!there) {
    return listeners.problemsOfAdding(GatewayListener.https({ hostname: host, name }));
  }
  const named = there.listener._name;
  return name === undefined || name === named
    ? []
    : [`the listener of ${listeners.text} for ${host} is ${shown(named)}, not ${shown(name)}; give that one`];
}

/** The name of the listener for HTTPS to a host, which is made unless there is one with the same certificate. */
export function certificateListener(
  scope: Construct,
  listeners: Listeners,
  host: string,
  name: string | undefined,
  certificate: CertificatePlace,
): string {
  // Another part of the same exposure may have added one since.
  refuseOn(scope, certificateListenerProblems(listeners, host, name));
  const there = listeners.ownHttps(host);
  if (there) {
    const isKnown = there.certificates.some(
      (one) => one.name === certificate.name && one.namespace === certificate.namespace,
    );
    refuseOn(
      scope,
      isKnown ? [] : [`${listeners.text} has another certificate for ${host}; give the same tls, or leave it out`],
    );
    return there.listener._name;
  }
  const made = GatewayListener.https({ hostname: host, name });
  listeners.add(made, [certificate]);
  grantCertificate(scope, listeners, certificate);
  return made._name;
}

/** What keeps a route from being HTTPS only. */
function schemeProblems(listeners: Listeners, { host, listener }: Wanted, sections: readonly string[] = []): Problems {
  const named = listener === undefined ? undefined : listeners.named(listener);
  if (named?._protocol === 'HTTP') {
    return [`listener ${shown(named._name)} of ${listeners.text} is for HTTP; httpsOnly needs one for HTTPS`];
  }
  if (sections.length === 0) {
    return [`no listener of ${listeners.text} is for HTTPS to ${host}; give tls, or add one by addListener`];
  }
  return listeners.taking(host, 'HTTP').length > 0
    ? []
    : [
        `no listener of ${listeners.text} is for HTTP to ${host}, so nothing can be redirected; add one, or give httpsOnly: false`,
      ];
}

/** What ingress-nginx redirects, since another path of the host has TLS, would be served as it is. */
function plainProblems({ host, listener, isHttpMeant }: Wanted, httpsOnly: ReadonlySet<IConstruct>): Problems {
  const [other] = httpsOnly;
  return other === undefined || isHttpMeant || listener !== undefined
    ? []
    : [
        `${host} is HTTPS only by ${other.node.path}, and this is served by HTTP as well; give httpsOnly: true, or false if that is meant`,
      ];
}

/**
 * The Gateway, as a place that routes claim. Of one that somebody else made only the name is known, which in another chart
 * may be that of another cluster's.
 */
export function placeOf(at: IConstruct, { place, isMadeHere }: Listeners): readonly unknown[] {
  const gateway = [...(place.kind === 'Gateway' ? [] : [place.kind]), place.namespace ?? null, place.name];
  return isMadeHere ? gateway : [...gateway, Chart.of(at).node.path];
}
