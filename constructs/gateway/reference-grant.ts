import type { Construct } from 'constructs';
import { ReferenceGrant } from '../../imports/gateway.networking.k8s.io';
import { madeOnce } from '../certificates/made-once';

/** A reference to an object of another namespace. */
export interface CrossReference {
  readonly from: {
    readonly kind: 'Gateway' | 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'ListenerSet';
    readonly namespace: string;
  };
  readonly to: { readonly kind: 'Secret' | 'Service'; readonly namespace: string; readonly name: string };
}

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

const PLURALS = {
  Gateway: 'gateways',
  HTTPRoute: 'routes',
  GRPCRoute: 'grpc-routes',
  TLSRoute: 'tls-routes',
  ListenerSet: 'listener-sets',
};

/**
 * Allows a reference, for this one object; once for all that want the same.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#referencegrant
 */
export function grantReference(scope: Construct, { from, to }: CrossReference): void {
  const name = `${to.kind.toLowerCase()}-${to.name}-for-${PLURALS[from.kind]}-of-${from.namespace}`;
  const { namespace } = to;
  madeOnce(scope, { kind: 'ReferenceGrant', name, place: { namespace }, meaning: [from, to] }, () => {
    new ReferenceGrant(scope, name, {
      metadata: { name, namespace },
      spec: {
        from: [{ group: GATEWAY_GROUP, kind: from.kind, namespace: from.namespace }],
        to: [{ group: '', kind: to.kind, name: to.name }],
      },
    });
  });
}
