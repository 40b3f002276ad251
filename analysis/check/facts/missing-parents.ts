import type { Manifest } from '../../manifest';
import { keyOf } from '../../routing/gateway-api/choose';
import { parentsOfSets } from '../../routing/gateway-api/listener-sets';
import { type AttachedRoute, GATEWAY_GROUP } from '../../routing/gateway-api/objects';
import { whyUnread } from '../../routing/gateway-api/other-parents';
import type { GatewayNote } from './gateway-note';

/**
 * The parents of a route that are no Gateways of the manifests. Of a ListenerSet whose Gateway is missing, that is told there.
 *
 * @param gateways those of the manifests: `namespace/name`
 * @param services those of the manifests: `Service namespace/name`
 */
export function withoutGateway(
  { manifest, parents, others = [] }: AttachedRoute,
  gateways: ReadonlySet<string>,
  services: ReadonlySet<string>,
): GatewayNote[] {
  const noted = { manifest, code: 'not-served', gateway: undefined } as const;
  if (parents.length === 0 && others.length === 0) {
    return [{ ...noted, path: ['spec', 'parentRefs'], message: '', reason: 'no-parent' }];
  }
  return [
    ...parents
      .filter(({ key, set }) => set === undefined && !gateways.has(key))
      .map(({ key, at }): GatewayNote => missing(`Gateway ${key}`, { ...noted, path: at })),
    ...others.map((parent): GatewayNote => {
      const { name, isMissing, isService, at } = parent;
      if (isMissing || (isService && !services.has(name))) {
        return missing(name, { ...noted, path: at });
      }
      const { what, reason } = whyUnread(parent);
      return { ...noted, path: at, message: what, reason };
    }),
  ];
}

/** The ListenerSets whose Gateway is not among the manifests. */
export function setsWithoutGateway(manifests: readonly Manifest[], gateways: ReadonlySet<string>): GatewayNote[] {
  const parents = parentsOfSets(manifests);
  return manifests
    .filter(({ kind, group }) => kind === 'ListenerSet' && group === GATEWAY_GROUP)
    .flatMap((manifest): GatewayNote[] => {
      const gateway = parents.get(keyOf(manifest));
      const noted = { manifest, code: 'not-served', gateway: undefined, path: ['spec', 'parentRef'] } as const;
      if (gateway === undefined) {
        return [{ ...noted, message: 'names no Gateway as its parent', reason: 'parent-wrong' }];
      }
      return gateways.has(gateway) ? [] : [missing(`Gateway ${gateway}`, noted)];
    });
}

function missing(name: string, note: Omit<GatewayNote, 'message' | 'reason'>): GatewayNote {
  return { ...note, message: name, reason: 'parent-missing' };
}
