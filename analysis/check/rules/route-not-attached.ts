import { GATEWAY_GROUP } from '../../routing/gateway-api/objects';
import type { NotServedReason } from '../../routing/problems';
import type { Facts } from '../facts/facts';
import { fieldOf, numberOf, textOf } from '../facts/fields';
import { type GatewayNote, gatewayFacts } from '../facts/gateways';
import { defineRule, type Found } from '../rule';

/** What the findings of `route-not-attached` hold. */
export interface RouteNotAttached {
  /** Why nobody serves the route, or one of its backends. */
  readonly reason: Exclude<NotServedReason, 'mesh' | 'parent-unread'> | 'no-grant' | 'no-weight';
  /** The parent that it names, `Gateway infra/web`, or the object that it may not refer to. */
  readonly of: string;
  /** The namespace and the kind of the route. */
  readonly namespace: string;
  readonly kind: string;
  /** What the listeners say, in words; empty where nothing more is to be said. */
  readonly why: string;
}

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/**
 * A route that no listener of its Gateway takes, or whose backends it may not use.
 *
 * @see https://gateway-api.sigs.k8s.io/concepts/api-overview/#attaching-routes-to-gateways
 */
export const rule = defineRule({
  code: 'route-not-attached',
  severity: 'error',
  reads: [...ROUTES, 'Gateway', 'ListenerSet', 'ReferenceGrant', 'Namespace'],
  *check(facts: Facts): Generator<Found<RouteNotAttached>> {
    for (const note of facts.once(gatewayFacts).routes) {
      const found = notAttached(note);
      if (found !== undefined) {
        yield found;
      }
    }
    yield* unusedBackends(facts);
  },
});

function notAttached(note: GatewayNote): Found<RouteNotAttached> | undefined {
  const { manifest, path, message, reason, gateway } = note;
  if (note.code !== 'not-served' || reason === undefined || reason === 'mesh' || reason === 'parent-unread') {
    return undefined;
  }
  const { namespace = 'default', kind } = manifest;
  const of = gateway === undefined ? message : `Gateway ${gateway}`;
  // Namespaces and Gateways may stand in other manifests.
  const isOpen = reason === 'parent-missing' || (reason === 'namespace-selector' && message.includes('not among'));
  return {
    manifest,
    path,
    args: { reason, of, namespace, kind, why: gateway === undefined ? '' : message },
    ...(isOpen ? { severity: 'info' } : {}),
  };
}

/** References to other namespaces that nothing there allows, and rules all of whose weights are 0. */
function* unusedBackends(facts: Facts): Generator<Found<RouteNotAttached>> {
  const { grants } = facts.once(gatewayFacts);
  for (const manifest of ROUTES.flatMap((kind) => facts.of(`${GATEWAY_GROUP}/${kind}`))) {
    const { namespace = 'default', kind } = manifest;
    for (const rule of fieldOf(manifest, 'spec', 'rules').mappings('')) {
      const refs = rule.get('backendRefs').mappings('');
      if (refs.length > 0 && refs.every((ref) => numberOf(ref.get('weight')) === 0)) {
        const args = { reason: 'no-weight', of: '', namespace, kind, why: '' } as const;
        yield { manifest, path: [...rule.path, 'backendRefs'], args };
      }
      for (const ref of refs) {
        const [group = '', of = 'Service'] = [textOf(ref.get('group')), textOf(ref.get('kind'))];
        const [name = '', other = namespace] = [textOf(ref.get('name')), textOf(ref.get('namespace'))];
        if (!grants.allow(kind, namespace, { group, kind: of, namespace: other, name, at: ref.path })) {
          const args = { reason: 'no-grant', of: `${of} ${other}/${name}`, namespace, kind, why: '' } as const;
          // Who owns the other namespace writes the grant, maybe elsewhere.
          const isThere = facts.namespaces.names.includes(other);
          yield { manifest, path: ref.path, args, ...(isThere ? {} : { severity: 'info' }) };
        }
      }
    }
  }
}
