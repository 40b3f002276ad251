import { likelyImplementationOf } from '../../connectivity/exposure/implementations';
import type { Manifest } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { Endpoints } from '../endpoints';
import type { RoutingModel } from '../model';
import type { Findings } from '../problems';
import { type Assumption, assumptionOf, type Service, servicesOf } from '../service';
import { assumedGateway, assumptionText, missingGateways } from './assumed';
import { Attacher, type Attachment } from './attach';
import { Backends } from './backends';
import { Certificates } from './certificates';
import { chosenGateway, gatewaysOf, keyOf } from './choose';
import { Grants } from './grants';
import { type Claim, Hosts } from './hosts';
import { ListenerSets, type ParentsOfSets, parentsOfSets } from './listener-sets';
import { type Port, portsOf } from './listeners';
import { CompiledMatch, type ExpressionReading } from './matches';
import { GATEWAY_GROUP, type Gateway, type GatewayListener, type HttpRoute } from './objects';
import { orderOf } from './orders';
import { inOrder } from './precedence';
import { readGateway } from './read-gateway';
import { readGrpcRoute } from './read-grpc-route';
import { isOtherRoute, type OtherRoute, readOtherRoute } from './read-other-route';
import { readHttpRoute } from './read-route';
import { type StreamRoute, streamsOf } from './streams';
import { Surroundings } from './surroundings';

/** Which Gateway. */
export interface GatewayChoice {
  /** `namespace/name`; needed where there are several. */
  readonly gateway?: string | undefined;
  /** Whether a Gateway that is not among the manifests is taken as one that admits the routes which name it. */
  readonly assumeGateway?: boolean | undefined;
  /** Whether a Service that is not among the manifests is taken as there. */
  readonly assumeServices?: boolean | ReadonlySet<string> | undefined;
}

/** What is read of a Gateway, and which one. */
export interface ReadGateway {
  readonly model: RoutingModel;
  readonly served: Gateway | undefined;
  /** Where connections go of which the Gateway sees no requests. */
  readonly streams: readonly StreamRoute[];
  /** Routes that the Gateway may take, for all that manifests tell, and what is not known. */
  readonly unsure: ReadonlyMap<Manifest, string>;
}

/**
 * Reads what a Gateway makes of the HTTPRoutes that are attached to it, as the specification of the Gateway API says.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/
 */
export function readGatewayApi(
  manifests: readonly Manifest[],
  { gateway: wanted, assumeGateway = false, assumeServices = false }: GatewayChoice,
  findings: Findings,
): ReadGateway {
  const grants = new Grants(manifests, findings);
  const sets = new ListenerSets(manifests, findings);
  const gateways = new Map(
    gatewaysOf(manifests).map((manifest) => [keyOf(manifest), sets.addTo(readGateway(manifest, findings))]),
  );
  const routes = httpRoutesOf(manifests, findings);
  const missing = missingGateways(routes, new Set(gateways.keys()));
  for (const [key, own] of assumeGateway ? missing : []) {
    gateways.set(key, sets.addTo(assumedGateway(key, own)));
  }
  const key = chosenGateway([...gateways.keys()], [...missing.keys()], wanted, findings);
  const gateway = gateways.get(key ?? '');
  if (gateway === undefined) {
    return { model: { listeners: [] }, served: undefined, streams: [], unsure: new Map() };
  }
  if (gateway.isAssumed) {
    const message = `the Gateway ${gateway.key} is not among the manifests; taken as one that admits it, with ${assumptionText(gateway)}`;
    for (const { manifest } of missing.get(gateway.key) ?? []) {
      findings.note(manifest, ['spec', 'parentRefs'], 'assumed', message);
    }
  }
  const assumed = assumptionOf(assumeServices);
  const opened = openGateway(gateway, new Set(gateways.keys()), grants, new Surroundings(manifests), findings);
  const services = servicesOf(manifests, findings);
  const endpoints = new Endpoints(manifests);
  const reading = { grants, manifests, findings, assumed, services, endpoints };
  const model = modelOf(gateway, opened, routes, reading);
  const streams = streamsOf(gateway, streamRoutesOf(manifests, findings), {
    attacher: opened.attacher,
    services,
    endpoints,
    grants,
    findings,
    assumed,
  });
  return { model, served: gateway, streams, unsure: opened.attacher.unsure };
}

/** The TLSRoutes, TCPRoutes and UDPRoutes of some manifests. */
function streamRoutesOf(manifests: readonly Manifest[], findings: Findings): readonly OtherRoute[] {
  const sets = parentsOfSets(manifests);
  return manifests
    .filter((manifest) => isOtherRoute(manifest) && manifest.kind !== 'GRPCRoute')
    .map((manifest) => readOtherRoute(manifest, findings, sets));
}

/** The HTTPRoutes and GRPCRoutes of some manifests. */
export function httpRoutesOf(manifests: readonly Manifest[], findings: Findings): readonly HttpRoute[] {
  const sets = parentsOfSets(manifests);
  return manifests.filter(isHttpRoute).map((manifest) => readRoute(manifest, findings, sets));
}

/** Whether a manifest is a route that takes HTTP requests: an HTTPRoute or a GRPCRoute. */
export function isHttpRoute({ kind, group }: Manifest): boolean {
  return (kind === 'HTTPRoute' || kind === 'GRPCRoute') && group === GATEWAY_GROUP;
}

/** Reads such a route. */
export function readRoute(manifest: Manifest, findings: Findings, sets: ParentsOfSets): HttpRoute {
  return (manifest.kind === 'GRPCRoute' ? readGrpcRoute : readHttpRoute)(manifest, findings, sets);
}

/** A Gateway as it serves routes. */
export interface Opened {
  readonly ports: readonly Port[];
  readonly attacher: Attacher;
}

/** The listeners of a Gateway that are served, and who attaches to them. */
export function openGateway(
  gateway: Gateway,
  all: ReadonlySet<string>,
  grants: Grants,
  { secrets, labels }: Surroundings,
  findings: Findings,
): Opened {
  const ports = portsOf(gateway, new Certificates(secrets, grants, findings), findings);
  return { ports, attacher: new Attacher(gateway, all, ports, labels, findings) };
}

/** What everything is read with. */
export interface Reading {
  readonly grants: Grants;
  readonly manifests: readonly Manifest[];
  readonly findings: Findings;
  readonly services: ReadonlyMap<string, Service>;
  readonly endpoints: Endpoints;
  /** Whether a Service that is not among the manifests is taken as there. */
  readonly assumed?: Assumption;
}

const NONE: Assumption = () => false;

/** What a Gateway makes of routes. */
export function modelOf(
  gateway: Gateway,
  { ports, attacher }: Opened,
  routes: readonly HttpRoute[],
  { grants, manifests, findings, services, endpoints, assumed = NONE }: Reading,
): RoutingModel {
  const implementation = likelyImplementationOf(gateway.className, manifests);
  const reading = implementation === undefined ? 'unknown' : implementation.isEnvoy ? 'whole' : 'own';
  const backends = new Backends({
    services,
    endpoints,
    grants,
    others: new Set(
      manifests.map(({ group, kind, namespace = 'default', name }) => `${group}/${kind}/${namespace}/${name}`),
    ),
    implementation: implementation?.name,
    assumed,
    findings,
  });
  const claims = new Map<GatewayListener, Map<string, Claim[]>>();
  for (const route of inOrder(routes)) {
    const attachments = attacher.attachmentsOf(route);
    if (attachments.size > 0) {
      const matches = matchesOf(route, backends, reading);
      for (const [listener, hosts] of attachments) {
        claim(claims, listener, hosts, matches);
      }
    }
  }
  const hosts = new Hosts(orderOf(implementation?.name), findings);
  return {
    listeners: ports.map((port) => ({
      scheme: port.scheme,
      port: port.port,
      hosts: hosts.of(port, (listener) => claims.get(listener) ?? new Map()),
    })),
  };
}

function matchesOf(route: HttpRoute, backends: Backends, reading: ExpressionReading): readonly CompiledMatch[] {
  return route.rules.flatMap((rule) => {
    const sending = backends.sendingOf(rule, route.namespace, route.manifest.kind);
    return rule.matches.map((match, index) => new CompiledMatch(route, rule, match, index, sending, reading));
  });
}

function claim(
  claims: Map<GatewayListener, Map<string, Claim[]>>,
  listener: GatewayListener,
  attachments: readonly Attachment[],
  matches: readonly CompiledMatch[],
): void {
  const own = claims.get(listener) ?? new Map<string, Claim[]>();
  claims.set(listener, own);
  const longest = Math.max(...attachments.map(({ host }) => host.length));
  for (const { host, written } of attachments) {
    listIn(own, host).push({ written, longest, matches });
  }
}
