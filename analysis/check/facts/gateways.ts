import type { Manifest, Path } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { gatewaysOf, keyOf } from '../../routing/gateway-api/choose';
import { Grants } from '../../routing/gateway-api/grants';
import { ListenerSets, parentsOfSets } from '../../routing/gateway-api/listener-sets';
import type { AttachedRoute } from '../../routing/gateway-api/objects';
import { httpRoutesOf, openGateway } from '../../routing/gateway-api/read';
import { readGateway } from '../../routing/gateway-api/read-gateway';
import { isOtherRoute, readOtherRoute } from '../../routing/gateway-api/read-other-route';
import { takersOf } from '../../routing/gateway-api/streams';
import { Surroundings } from '../../routing/gateway-api/surroundings';
import { Findings, type NotServedReason, type RoutingNote } from '../../routing/problems';
import type { Facts } from './facts';
import type { GatewayNote } from './gateway-note';
import { setsWithoutGateway, withoutGateway } from './missing-parents';

/** What becomes of routes and listeners at the Gateways of the manifests. */
export interface GatewayFacts {
  /** References of routes to a parent that does not take them. */
  readonly routes: readonly GatewayNote[];
  /** Listeners and ListenerSets that are not served, or whose certificate nobody sees. */
  readonly listeners: readonly GatewayNote[];
  readonly grants: Grants;
}

/** Collects notes with the manifests that they are about. */
class PlacedFindings extends Findings {
  readonly placed: GatewayNote[] = [];

  constructor(private readonly gateway?: string) {
    super();
  }

  override note(
    manifest: Manifest,
    path: Path,
    code: RoutingNote['code'],
    message: string,
    reason?: NotServedReason,
  ): void {
    this.placed.push({ manifest, path, code, message, reason, gateway: this.gateway });
  }
}

/** Asks every Gateway of the manifests for the routes that name it, for `facts.once`. */
export function gatewayFacts(facts: Facts): GatewayFacts {
  const { manifests } = facts;
  const reading = new PlacedFindings();
  const grants = new Grants(manifests, reading);
  const gateways = gatewaysOf(manifests);
  const sets = new ListenerSets(manifests, reading);
  const surroundings = new Surroundings(manifests);
  const keys = new Set(gateways.map(keyOf));
  const all = attachedRoutes(manifests);
  const services = new Set(facts.of('/Service').map((manifest) => `Service ${keyOf(manifest)}`));
  const byParent = new Map<string, AttachedRoute[]>();
  for (const route of all) {
    for (const key of new Set(route.parents.map((parent) => parent.key))) {
      listIn(byParent, key).push(route);
    }
  }
  const routes: GatewayNote[] = [];
  const listeners: GatewayNote[] = [];
  for (const manifest of gateways) {
    const key = keyOf(manifest);
    const own = new PlacedFindings(key);
    const gateway = sets.addTo(readGateway(manifest, own));
    const { attacher } = openGateway(gateway, keys, grants, surroundings, own);
    listeners.push(...own.placed.splice(0));
    const asked = byParent.get(key) ?? [];
    for (const route of asked.filter((one) => !isStream(one))) {
      // Its other parents are asked in their turn.
      attacher.attachmentsOf({ ...route, parents: route.parents.filter((parent) => parent.key === key), others: [] });
    }
    takersOf(gateway, asked.filter(isStream), attacher, own);
    routes.push(...own.placed);
  }
  return {
    grants,
    listeners: [...reading.placed, ...listeners, ...setsWithoutGateway(manifests, keys)],
    routes: [...routes, ...all.flatMap((route) => withoutGateway(route, keys, services))],
  };
}

/** Whether Gateways see connections of a route, and no requests. */
function isStream({ manifest }: AttachedRoute): boolean {
  return manifest.kind !== 'HTTPRoute' && manifest.kind !== 'GRPCRoute';
}

/** The routes of all kinds. What is wrong with their form is told by who reads routes. */
function attachedRoutes(manifests: readonly Manifest[]): readonly AttachedRoute[] {
  const findings = new Findings();
  const sets = parentsOfSets(manifests);
  const others = manifests.filter((manifest) => isOtherRoute(manifest) && manifest.kind !== 'GRPCRoute');
  return [...httpRoutesOf(manifests, findings), ...others.map((manifest) => readOtherRoute(manifest, findings, sets))];
}
