import { conformanceOf } from '../../routing/gateway-api/conformance';
import { corsFilter } from './cors-filter';
import { BACKEND_TLS, byHand, GRPC, impossible, said, type Target } from './target';

/**
 * Cilium: nothing of its own attaches to an HTTPRoute; what the core does not say takes a CiliumEnvoyConfig, or another place.
 *
 * @see https://docs.cilium.io/en/stable/network/servicemesh/gateway-api/gateway-api/
 */
export const CILIUM: Target = {
  name: 'cilium',
  implementation: 'Cilium',
  gatewayClass: 'cilium',
  conformance: conformanceOf('Cilium'),
  translators: {
    'external-auth': impossible('Cilium asks no other server; put one that does in front of the backend'),
    'basic-auth': impossible('Cilium knows no passwords; put a server that does in front of the backend'),
    'rate-limit': impossible('Cilium limits no rates of an HTTPRoute; the backend or the load balancer has to'),
    'body-size': ({ bytes }) =>
      bytes === 0
        ? said([], 'Envoy has no limit by itself')
        : { kind: 'impossible', what: 'Cilium has no limit; the backend has to' },
    timeouts: byHand('timeouts of an HTTPRoute are for the whole request; they are the nearest that Cilium has'),
    affinity: byHand('set sessionAffinity ClientIP at the Service, which keeps addresses together'),
    'backend-protocol': ({ protocol }) => ({ kind: 'hand', what: protocol === 'GRPC' ? GRPC : BACKEND_TLS }),
    addresses: byHand(
      'write a CiliumClusterwideNetworkPolicy with fromCIDR for the reserved:ingress endpoint; it holds for all Gateways',
    ),
    cors: corsFilter,
  },
};
