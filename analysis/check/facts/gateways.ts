import type { Manifest, Path } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { gatewaysOf, keyOf } from '../../routing/gateway-api/choose';
import { Grants } from '../../routing/gateway-api/grants';
import { ListenerSets, parentsOfSets } from '../../routing/gateway-api/listener-sets';
import type { AttachedRoute } from '../../routing/gateway-api/objects';
import { httpRoutesOf, openGateway } from '../../routing/gateway-api/read';
import { readGateway } from '../../routing/gateway-api/read-gateway';
import { isOtherRoute, readOtherRoute } from '../../routing/gateway-api/read-other-route';
import { Surroundings } from '../../routing/gateway-api/surroundings';
import { Findings, type NotServedReason, type RoutingNote } from '../../routing/problems';
import type { Facts } from './facts';

/** Something that the Gateway API's reader notes, with its manifest. */
export interface GatewayNote {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly code: RoutingNote['code'];
  /** In the words of routing answers; only the parent where this is not among the manifests. */
  readonly message: string;
  readonly reason: NotServedReason | undefined;
  /** The Gateway that was asked, `namespace/name`; undefined where it is not among the manifests. */
  readonly gateway: string | undefined;
}

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
export function gatewayFacts({ manifests }: Facts): GatewayFacts {
  const reading = new PlacedFindings();
  const grants = new Grants(manifests, reading);
  const gateways = gatewaysOf(manifests);
  const sets = new ListenerSets(manifests, reading);
  const surroundings = new Surroundings(manifests);
  const keys = new Set(gateways.map(keyOf));
  const all = attachedRoutes(manifests);
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
    for (const route of byParent.get(key) ?? []) {
      // Its other parents are asked in their turn.
      attacher.attachmentsOf({ ...route, parents: route.parents.filter((parent) => parent.key === key), others: [] });
    }
    routes.push(...own.placed);
  }
  return {
    grants,
    listeners: [...reading.placed, ...listeners],
    routes: [...routes, ...all.flatMap((route) => withoutGateway(route, keys))],
  };
}

/** The routes of all kinds. What is wrong with their form is told by who reads routes. */
function attachedRoutes(manifests: readonly Manifest[]): readonly AttachedRoute[] {
  const findings = new Findings();
  const sets = parentsOfSets(manifests);
  const others = manifests.filter((manifest) => isOtherRoute(manifest) && manifest.kind !== 'GRPCRoute');
  return [...httpRoutesOf(manifests, findings), ...others.map((manifest) => readOtherRoute(manifest, findings, sets))];
}

/** The parents of a route that are no Gateways of the manifests. */
function withoutGateway({ manifest, parents, others = [] }: AttachedRoute, known: ReadonlySet<string>): GatewayNote[] {
  const noted = { manifest, code: 'not-served', gateway: undefined } as const;
  if (parents.length === 0 && others.length === 0) {
    return [{ ...noted, path: ['spec', 'parentRefs'], message: '', reason: 'no-parent' }];
  }
  return [
    ...parents.flatMap(({ key, at }): GatewayNote[] =>
      known.has(key) ? [] : [{ ...noted, path: at, message: `Gateway ${key}`, reason: 'parent-missing' }],
    ),
    ...others.flatMap(({ name, isService, isMissing, at }): GatewayNote[] =>
      isMissing && !isService ? [{ ...noted, path: at, message: name, reason: 'parent-missing' }] : [],
    ),
  ];
}
