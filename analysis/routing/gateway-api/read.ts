import { implementationOf } from '../../connectivity/exposure/implementations';
import type { Manifest } from '../../manifest';
import { listIn } from '../../manifest/lists';
import type { RoutingModel } from '../model';
import type { Findings } from '../problems';
import { servicesOf } from '../service';
import { Attacher, type Attachment } from './attach';
import { Backends } from './backends';
import { Certificates } from './certificates';
import { chosenGateway, gatewaysOf, keyOf } from './choose';
import { Grants } from './grants';
import { type Claim, Hosts } from './hosts';
import { type Port, portsOf } from './listeners';
import { CompiledMatch } from './matches';
import { GATEWAY_GROUP, type Gateway, type GatewayListener, type HttpRoute } from './objects';
import { inOrder } from './precedence';
import { readGateway } from './read-gateway';
import { readHttpRoute } from './read-route';

/**
 * Reads what a Gateway makes of the HTTPRoutes that are attached to it, as the specification of the Gateway API says.
 *
 * @param wanted the Gateway to serve, `namespace/name`; needed where the manifests have several
 * @see https://gateway-api.sigs.k8s.io/reference/spec/
 */
export function readGatewayApi(
  manifests: readonly Manifest[],
  wanted: string | undefined,
  findings: Findings,
): RoutingModel {
  const all = gatewaysOf(manifests);
  const grants = new Grants(manifests, findings);
  const gateways = new Map(all.map((manifest) => [manifest, readGateway(manifest, findings)]));
  const routes = manifests
    .filter(({ kind, group }) => kind === 'HTTPRoute' && group === GATEWAY_GROUP)
    .map((manifest) => readHttpRoute(manifest, findings));
  const gateway = gateways.get(chosenGateway(all, wanted, findings) as Manifest);
  if (gateway === undefined) {
    if (all.length === 0) {
      for (const { manifest } of routes) {
        findings.note(manifest, ['spec', 'parentRefs'], 'not-served', 'its Gateway is not among the manifests');
      }
    }
    return { listeners: [] };
  }
  return modelOf(gateway, new Set(all.map(keyOf)), routes, grants, manifests, findings);
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

function modelOf(
  gateway: Gateway,
  all: ReadonlySet<string>,
  routes: readonly HttpRoute[],
  grants: Grants,
  manifests: readonly Manifest[],
  findings: Findings,
): RoutingModel {
  const { ports, attacher } = openGateway(gateway, all, grants, manifests, findings);
  const isEnvoy = implementationOf(gateway.className, manifests)?.isEnvoy ?? false;
  const backends = new Backends(servicesOf(manifests, findings), grants);
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
  const hosts = new Hosts(isEnvoy, findings);
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
    const sending = backends.sendingOf(rule, route.namespace);
    return rule.matches.map((match) => new CompiledMatch(route, rule, match, sending, isEnvoy));
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
  for (const { host, written } of attachments) {
    listIn(own, host).push({ written, matches });
  }
}
