import type { Manifest } from '../../manifest';
import type { Attacher } from '../../routing/gateway-api/attach';
import { gatewaysOf, keyOf } from '../../routing/gateway-api/choose';
import { Grants } from '../../routing/gateway-api/grants';
import { type BackendRef, GATEWAY_GROUP, type HttpRoute } from '../../routing/gateway-api/objects';
import { openGateway } from '../../routing/gateway-api/read';
import { readGateway } from '../../routing/gateway-api/read-gateway';
import { readHttpRoute } from '../../routing/gateway-api/read-route';
import { Findings } from '../../routing/problems';
import { likelyImplementationOf } from '../exposure/implementations';
import type { Backend, ServingGateway } from '../model';
import type { Problems } from './field';

/**
 * Reads the ways from HTTPRoutes to Services: one for each Gateway, host, path and backend. A route whose Gateway is not
 * among the manifests is taken as attached to it; one that a Gateway does not take leads nowhere.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproute
 */
export function readHttpRoutes(manifests: readonly Manifest[], problems: Problems): readonly Backend[] {
  const findings = new Findings();
  const grants = new Grants(manifests, findings);
  const all = gatewaysOf(manifests);
  const keys = new Set(all.map(keyOf));
  const gateways = new Map<string, { readonly serving: ServingGateway; readonly attacher: Attacher }>();
  for (const manifest of all) {
    const gateway = readGateway(manifest, findings);
    // What is noted there is for who asks for routes.
    const { attacher } = openGateway(gateway, keys, grants, manifests, new Findings());
    const { namespace, name, className } = gateway;
    const serving = { namespace, name, implementation: likelyImplementationOf(className, manifests) };
    gateways.set(gateway.key, { serving, attacher });
  }
  const backends = manifests
    .filter(({ kind, group }) => kind === 'HTTPRoute' && group === GATEWAY_GROUP)
    .map((manifest) => readHttpRoute(manifest, findings))
    .flatMap((route) =>
      [...new Set(route.parents.map(({ key }) => key))].flatMap((key) => {
        const known = gateways.get(key);
        const hosts = known === undefined ? hostsOf(route) : attachedHosts(route, known.attacher);
        return backendsOf(route, hosts, known?.serving ?? unknownGateway(key), grants);
      }),
    );
  problems.push(...findings.problems.map((problem) => ({ ...problem, code: 'bad-route' as const })));
  return backends;
}

function unknownGateway(key: string): ServingGateway {
  const [namespace, name] = key.split('/') as [string, string];
  return { namespace, name, implementation: undefined };
}

function hostsOf({ hostnames }: HttpRoute): readonly (string | null)[] {
  return hostnames.length === 0 ? [null] : hostnames;
}

/** The hostnames of a route that at least one listener takes, in their order. */
function attachedHosts(route: HttpRoute, attacher: Attacher): readonly (string | null)[] {
  const attachments = [...attacher.attachmentsOf(route).values()].flat();
  return hostsOf(route).filter((host) => attachments.some(({ written }) => written === (host ?? '')));
}

function backendsOf(
  { manifest, namespace, name, rules }: HttpRoute,
  hosts: readonly (string | null)[],
  gateway: ServingGateway,
  grants: Grants,
): Backend[] {
  const via = { kind: 'HTTPRoute' as const, namespace, name };
  const found = new Map<string, Backend>();
  for (const host of hosts) {
    for (const { matches, backends } of rules) {
      for (const { path } of matches) {
        for (const ref of backends.filter(isService)) {
          const key = `${host} ${path} ${ref.namespace}/${ref.name}:${ref.port}`;
          found.set(
            key,
            found.get(key) ?? {
              via,
              source: manifest.source,
              gateway,
              host,
              path,
              namespace: ref.namespace,
              service: ref.name,
              port: ref.port as number,
              refused: grants.allow('HTTPRoute', namespace, ref)
                ? undefined
                : `no ReferenceGrant in ${ref.namespace} lets HTTPRoutes of ${namespace} refer to Service ${ref.name}`,
            },
          );
        }
      }
    }
  }
  return [...found.values()];
}

function isService({ group, kind }: BackendRef): boolean {
  return group === '' && kind === 'Service';
}
