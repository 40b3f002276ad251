import type { Manifest } from '../../manifest';
import type { Attacher } from '../../routing/gateway-api/attach';
import { gatewaysOf, keyOf } from '../../routing/gateway-api/choose';
import { Grants } from '../../routing/gateway-api/grants';
import { ListenerSets, parentsOfSets } from '../../routing/gateway-api/listener-sets';
import { type AttachedRoute, GATEWAY_GROUP, type ObjectRef } from '../../routing/gateway-api/objects';
import { openGateway } from '../../routing/gateway-api/read';
import { readGateway } from '../../routing/gateway-api/read-gateway';
import { isOtherRoute, readOtherRoute } from '../../routing/gateway-api/read-other-route';
import { readHttpRoute } from '../../routing/gateway-api/read-route';
import { Surroundings } from '../../routing/gateway-api/surroundings';
import { Findings } from '../../routing/problems';
import { gatewayBalancer } from '../exposure/balancers';
import { likelyImplementationOf } from '../exposure/implementations';
import type { Backend, RouteKind, ServingGateway } from '../model';
import type { Problems } from './field';

/** A route of whatever kind, and the ways that it makes to backends. */
interface Route extends AttachedRoute {
  readonly ways: readonly { readonly path: string | null; readonly ref: Ref }[];
}

type Ref = ObjectRef & { readonly port: number | undefined };

/** A Gateway of the manifests. `why` holds why it does not take a route, where it was asked. */
interface Opened {
  readonly serving: ServingGateway;
  readonly attacher: Attacher;
  readonly findings: Findings;
}

/**
 * Reads the ways from routes of the Gateway API to Services: one for each Gateway, host, path and backend. A route whose
 * Gateway is not among the manifests is taken as attached to it; hosts that no listener of a Gateway takes are refused.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/
 */
export function readRoutes(manifests: readonly Manifest[], problems: Problems): readonly Backend[] {
  const findings = new Findings();
  const grants = new Grants(manifests, findings);
  const all = gatewaysOf(manifests);
  const keys = new Set(all.map(keyOf));
  const sets = parentsOfSets(manifests);
  const added = new ListenerSets(manifests, findings);
  const surroundings = new Surroundings(manifests);
  const classes = manifests.filter(({ kind, group }) => kind === 'GatewayClass' && group === GATEWAY_GROUP);
  const gateways = new Map<string, Opened>();
  for (const manifest of all) {
    const gateway = added.addTo(readGateway(manifest, findings));
    // What is noted there is for who asks for routes.
    const own = new Findings();
    const { attacher } = openGateway(gateway, keys, grants, surroundings, own);
    const { namespace, name, className } = gateway;
    const implementation = likelyImplementationOf(className, classes);
    const serving = { namespace, name, implementation, balancer: gatewayBalancer(className, classes) };
    gateways.set(gateway.key, { serving, attacher, findings: own });
  }
  const backends = manifests
    .flatMap((manifest): Route[] => {
      if (manifest.group === GATEWAY_GROUP && manifest.kind === 'HTTPRoute') {
        const route = readHttpRoute(manifest, findings, sets);
        const ways = route.rules.flatMap(({ matches, backends: refs }) =>
          matches.flatMap(({ path }) => refs.map((ref) => ({ path, ref }))),
        );
        return [{ ...route, ways }];
      }
      if (isOtherRoute(manifest)) {
        const route = readOtherRoute(manifest, findings, sets);
        const ways = route.rules.flatMap(({ paths, backends: refs }) =>
          paths.flatMap((path) => refs.map((ref) => ({ path, ref }))),
        );
        return [{ ...route, ways }];
      }
      return [];
    })
    .flatMap((route) => {
      const named = [...new Set(route.parents.map(({ key }) => key))];
      return named.length === 0
        ? backendsOf(route, undefined, grants)
        : named.flatMap((key) => backendsOf(route, gateways.get(key) ?? key, grants));
    });
  problems.push(...findings.problems.map((problem) => ({ ...problem, code: 'bad-route' as const })));
  return backends;
}

function unknownGateway(key: string): ServingGateway {
  const [namespace, name] = key.split('/') as [string, string];
  return { namespace, name, implementation: undefined };
}

/** The hosts of a route at a Gateway, and why it is not served there, or nobody knows whether it is. */
function hostsAt(
  route: Route,
  gateway: Opened | string | undefined,
): readonly { readonly host: string | null; readonly refused?: string; readonly unsure?: string }[] {
  const hosts = route.hostnames.length === 0 ? [null] : route.hostnames;
  if (gateway === undefined) {
    const service = route.others?.find(({ isService }) => isService);
    const refused =
      service === undefined
        ? `${route.manifest.kind} is attached to no Gateway`
        : `${route.manifest.kind} is for requests of pods to the ${service.name}, which come through no Gateway`;
    return hosts.map((host) => ({ host, refused }));
  }
  if (typeof gateway === 'string') {
    return hosts.map((host) => ({ host }));
  }
  const { attacher, findings, serving } = gateway;
  const before = findings.notes.length;
  const key = `${serving.namespace}/${serving.name}`;
  const here = { ...route, parents: route.parents.filter((parent) => parent.key === key) };
  const attachments = [...attacher.attachmentsOf(here).values()].flat();
  const prefix = `${route.manifest.kind} ${route.namespace}/${route.name}: `;
  const reasons = findings.notes.slice(before).map(({ message }) => message.replace(prefix, ''));
  return hosts.map((host) => {
    if (attachments.some(({ written }) => written === (host ?? ''))) {
      return { host };
    }
    const unsure = attacher.unsure.get(route.manifest);
    if (unsure !== undefined) {
      return { host, unsure: `whether the Gateway takes it is not known: ${unsure}` };
    }
    const why = attachments.length > 0 ? 'none of its listeners has this hostname' : reasons.join('; ');
    return { host, refused: `Gateway ${key} does not take it: ${why}` };
  });
}

function backendsOf(route: Route, gateway: Opened | string | undefined, grants: Grants): Backend[] {
  const { manifest, namespace, name, ways } = route;
  const via = { kind: manifest.kind as RouteKind, namespace, name };
  const serving =
    gateway === undefined ? undefined : typeof gateway === 'string' ? unknownGateway(gateway) : gateway.serving;
  const found = new Map<string, Backend>();
  for (const { host, refused, unsure } of hostsAt(route, gateway)) {
    for (const { path, ref } of ways.filter((way) => isService(way.ref))) {
      const key = `${host} ${path} ${ref.namespace}/${ref.name}:${ref.port}`;
      const ungranted = `no ReferenceGrant in ${ref.namespace} lets ${via.kind}s of ${namespace} refer to Service ${ref.name}`;
      found.set(
        key,
        found.get(key) ?? {
          via,
          source: manifest.source,
          ...(serving === undefined ? {} : { gateway: serving }),
          host,
          path,
          namespace: ref.namespace,
          service: ref.name,
          port: ref.port as number,
          protocol: via.kind === 'UDPRoute' ? 'UDP' : 'TCP',
          ...(unsure === undefined ? {} : { unsure }),
          refused: refused ?? (grants.allow(via.kind, namespace, ref) ? undefined : ungranted),
        },
      );
    }
  }
  return [...found.values()];
}

function isService({ group, kind }: Ref): boolean {
  return group === '' && kind === 'Service';
}
