import { keyOf } from '../../routing/gateway-api/choose';
import { GATEWAY_GROUP } from '../../routing/gateway-api/objects';
import type { NotServedReason } from '../../routing/problems';
import type { Facts } from '../facts/facts';
import { fieldOf, numberOf, textOf } from '../facts/fields';
import type { GatewayNote } from '../facts/gateway-note';
import { gatewayFacts } from '../facts/gateways';
import { nearParents } from '../facts/near-parents';
import { ROUTES } from '../facts/routes';
import { defineRule, type Found } from '../rule';

/** What the findings of `route-not-attached` hold. */
export interface RouteNotAttached {
  /** Why nobody serves the route, or one of its backends. */
  readonly reason: Exclude<NotServedReason, 'mesh' | 'parent-unread'> | 'taken' | 'no-grant' | 'no-weight';
  /** The parent that it names, `Gateway infra/web`, or the object that it may not refer to. */
  readonly of: string;
  /** The namespace and the kind of the route. */
  readonly namespace: string;
  readonly kind: string;
  /** What the listeners say, in words; empty where nothing more is to be said. */
  readonly why: string;
  /** Parents that are there, and that may be meant: `infra/web`. */
  readonly candidates: readonly string[];
}

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
      const found = notAttached(facts, note);
      if (found !== undefined) {
        yield found;
      }
    }
    yield* unusedBackends(facts);
  },
});

function notAttached(facts: Facts, note: GatewayNote): Found<RouteNotAttached> | undefined {
  const { manifest, path, message, gateway } = note;
  const reason = note.code === 'claimed-twice' ? 'taken' : note.code === 'not-served' ? note.reason : undefined;
  if (reason === undefined || reason === 'mesh' || reason === 'parent-unread') {
    return undefined;
  }
  const { namespace = 'default', kind } = manifest;
  const isMissing = reason === 'parent-missing';
  const of = gateway === undefined ? message : `Gateway ${gateway}`;
  const near = isMissing ? nearParents(facts, message) : [];
  // Services of a mesh mostly stand in other manifests.
  if (isMissing && near.length === 0 && message.startsWith('Service ')) {
    return undefined;
  }
  const isOpen = reason === 'namespace-unknown';
  return {
    manifest,
    path,
    args: { reason, of, namespace, kind, why: isMissing ? '' : message, candidates: near.map(keyOf) },
    related: near.slice(0, 1).map((one) => ({ role: 'nearest', manifest: one, path: ['metadata', 'name'] })),
    // Namespaces and Gateways may stand in other manifests.
    ...(near.length > 0 ? { severity: 'warning' } : isOpen || isMissing ? { severity: 'info' } : {}),
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
        const args = { reason: 'no-weight', of: '', namespace, kind, why: '', candidates: [] } as const;
        yield { manifest, path: [...rule.path, 'backendRefs'], args };
      }
      for (const ref of refs) {
        const [group = '', of = 'Service'] = [textOf(ref.get('group')), textOf(ref.get('kind'))];
        const [name = '', other = namespace] = [textOf(ref.get('name')), textOf(ref.get('namespace'))];
        if (!grants.allow(kind, namespace, { group, kind: of, namespace: other, name, at: ref.path })) {
          const what = `${of} ${other}/${name}`;
          const args = { reason: 'no-grant', of: what, namespace, kind, why: '', candidates: [] } as const;
          // Who owns the other namespace writes the grant, maybe elsewhere.
          const isThere = facts.namespaces.names.includes(other);
          yield { manifest, path: ref.path, args, ...(isThere ? {} : { severity: 'info' }) };
        }
      }
    }
  }
}
