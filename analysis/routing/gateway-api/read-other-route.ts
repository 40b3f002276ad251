import type { Manifest } from '../../manifest';
import { Cursor } from '../cursor';
import type { Findings } from '../problems';
import type { ParentsOfSets } from './listener-sets';
import { type AttachedRoute, GATEWAY_GROUP, type ObjectRef } from './objects';
import { readAllParents } from './read-route';
import { readHostnames, readRef } from './values';

/** The kinds of routes that are no HTTPRoute. */
export const OTHER_ROUTES = ['GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const;
export type OtherRouteKind = (typeof OTHER_ROUTES)[number];

/** One rule of such a route. */
export interface OtherRule {
  /** The paths that the methods of a GRPCRoute come to, `/` for all; `null` where there are no paths. */
  readonly paths: readonly (string | null)[];
  readonly backends: readonly (ObjectRef & { readonly port: number | undefined; readonly weight: number })[];
}

/** A route that is no HTTPRoute, as far as it says where it leads. */
export interface OtherRoute extends AttachedRoute {
  readonly rules: readonly OtherRule[];
}

/** Whether a manifest is a route of these kinds. */
export function isOtherRoute({ group, kind }: Manifest): boolean {
  return group === GATEWAY_GROUP && OTHER_ROUTES.includes(kind as OtherRouteKind);
}

/**
 * Reads a GRPCRoute, TLSRoute, TCPRoute or UDPRoute.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#grpcroute
 */
export function readOtherRoute(manifest: Manifest, findings: Findings, sets: ParentsOfSets): OtherRoute {
  const { namespace = 'default', name, kind } = manifest;
  const spec = Cursor.of(manifest, findings, 'spec').mapping();
  const isV1 = manifest.object.apiVersion === `${GATEWAY_GROUP}/v1`;
  const names = spec.get('hostnames');
  const hostnames = readHostnames(names, kind === 'TLSRoute' && isV1 ? 1024 : 16);
  if (kind === 'TLSRoute' && isV1 && names.count === 0) {
    names.refused('bad-shape', 'holds no hostname; give at least one');
  }
  const isStream = kind !== 'GRPCRoute';
  const rules = spec
    .get('rules')
    .items(16)
    .map((item): OtherRule => {
      const rule = item.mapping();
      const refs = rule.get('backendRefs');
      if (isStream && refs.count === 0) {
        refs.refused('bad-backend', 'holds no backend; give at least one');
      }
      return {
        paths: isStream ? [null] : pathsOf(rule),
        backends: refs.items(16).flatMap((ref) => {
          const read = readRef(ref, { kind: 'Service', namespace });
          const portField = ref.get('port');
          const port = portField.whole('bad-backend', 1, 65535);
          if (read?.group === '' && read.kind === 'Service' && !portField.isGiven) {
            portField.wrong('bad-backend', 'is missing; give the number of a port of the Service');
            return [];
          }
          const weight = ref.get('weight').whole('bad-backend', 0, 1_000_000) ?? 1;
          return read === undefined ? [] : [{ ...read, port, weight }];
        }),
      };
    });
  if (isStream && (rules.length === 0 || (isV1 && rules.length > 1))) {
    const most = isV1 ? 'one' : 'at least one';
    spec
      .get('rules')
      .refused('bad-shape', `holds ${rules.length === 0 ? 'no rule' : `${rules.length} rules`}; give ${most}`);
  }
  return {
    manifest,
    namespace,
    name,
    ...readAllParents(manifest, findings, sets),
    hostnames,
    rules,
  };
}

/** A method of gRPC is a path of HTTP: `/service/method`. */
function pathsOf(rule: Cursor): readonly string[] {
  const items = rule.get('matches').items(64);
  const paths = items.map((item) => {
    const method = item.mapping().get('method').mapping();
    const [service, name] = [method.get('service').text(), method.get('method').text()];
    return service === undefined && name === undefined ? '/' : `/${service ?? '*'}/${name ?? ''}`;
  });
  return paths.length === 0 ? ['/'] : [...new Set(paths)];
}
