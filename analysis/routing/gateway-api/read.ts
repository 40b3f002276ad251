import { likelyImplementationOf } from '../../connectivity/exposure/implementations';
import type { Manifest } from '../../manifest';
import { listIn } from '../../manifest/lists';
import type { RoutingModel } from '../model';
import type { Findings } from '../problems';
import { servicesOf } from '../service';
import { assumedGateway, assumptionText, missingGateways } from './assumed';
import { Attacher, type Attachment } from './attach';
import { Backends } from './backends';
import { Certificates } from './certificates';
import { chosenGateway, gatewaysOf, keyOf } from './choose';
import { Grants } from './grants';
import { type Claim, Hosts } from './hosts';
import { ListenerSets, parentsOfSets } from './listener-sets';
import { type Port, portsOf } from './listeners';
import { CompiledMatch } from './matches';
import { GATEWAY_GROUP, type Gateway, type GatewayListener, type HttpRoute } from './objects';
import { orderOf } from './orders';
import { inOrder } from './precedence';
import { readGateway } from './read-gateway';
import { readGrpcRoute } from './read-grpc-route';
import { readHttpRoute } from './read-route';

/** Which Gateway. */
export interface GatewayChoice {
  /** `namespace/name`; needed where there are several. */
  readonly gateway?: string | undefined;
  /** Whether a Gateway that is not among the manifests is taken as one that admits the routes which name it. */
  readonly assumeGateway?: boolean | undefined;
  /** Whether a Service that is not among the manifests is taken as there. */
  readonly assumeServices?: boolean | undefined;
}

/** What is read of a Gateway, and which one: `namespace/name`. */
export interface ReadGateway {
  readonly model: RoutingModel;
  readonly served: string | undefined;
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
    return { model: { listeners: [] }, served: undefined };
  }
  if (gateway.isAssumed) {
    const message = `the Gateway ${gateway.key} is not among the manifests; taken as one that admits it, with ${assumptionText(gateway)}`;
    for (const { manifest } of missing.get(gateway.key) ?? []) {
      findings.note(manifest, ['spec', 'parentRefs'], 'assumed', message);
    }
  }
  const model = modelOf(gateway, new Set(gateways.keys()), routes, { grants, manifests, findings, assumeServices });
  return { model, served: gateway.key };
}

/** The HTTPRoutes and GRPCRoutes of some manifests. */
export function httpRoutesOf(manifests: readonly Manifest[], findings: Findings): readonly HttpRoute[] {
  const sets = parentsOfSets(manifests);
  return manifests
    .filter(({ kind, group }) => (kind === 'HTTPRoute' || kind === 'GRPCRoute') && group === GATEWAY_GROUP)
    .map((manifest) => (manifest.kind === 'GRPCRoute' ? readGrpcRoute : readHttpRoute)(manifest, findings, sets));
}

/** The listeners of a Gateway that are served, and who attaches to them. */
export function openGateway(
  gateway: Gateway,
  all: ReadonlySet<string>,
  grants: Grants,
  manifests: readonly Manifest[],
  findings: Findings,
): { readonly ports: readonly Port[]; readonly attacher: Attacher } {
  const ports = portsOf(gateway, new Certificates(manifests, grants, findings), findings);
  return { ports, attacher: new Attacher(gateway, all, ports, manifests, findings) };
}

/** What everything is read with. */
export interface Reading {
  readonly grants: Grants;
  readonly manifests: readonly Manifest[];
  readonly findings: Findings;
  /** Whether a Service that is not among the manifests is taken as there. */
  readonly assumeServices?: boolean;
}

/**
 * What a Gateway makes of routes.
 *
 * @param all the Gateways that there are, `namespace/name`
 */
export function modelOf(
  gateway: Gateway,
  all: ReadonlySet<string>,
  routes: readonly HttpRoute[],
  { grants, manifests, findings, assumeServices }: Reading,
): RoutingModel {
  const { ports, attacher } = openGateway(gateway, all, grants, manifests, findings);
  const implementation = likelyImplementationOf(gateway.className, manifests);
  const isEnvoy = implementation?.isEnvoy ?? false;
  const backends = new Backends(servicesOf(manifests, findings), grants, assumeServices);
  const claims = new Map<GatewayListener, Map<string, Claim[]>>();
  for (const route of inOrder(routes)) {
    const attachments = attacher.attachmentsOf(route);
    if (attachments.size > 0) {
      const matches = matchesOf(route, backends, isEnvoy);
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

function matchesOf(route: HttpRoute, backends: Backends, isEnvoy: boolean): readonly CompiledMatch[] {
  return route.rules.flatMap((rule) => {
    const sending = backends.sendingOf(rule, route.namespace, route.manifest.kind);
    return rule.matches.map((match, index) => new CompiledMatch(route, rule, match, index, sending, isEnvoy));
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
