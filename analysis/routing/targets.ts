import type { Manifest } from '../manifest';
import { isMapping } from '../manifest/value';
import { gatewaysOf, keyOf } from './gateway-api/choose';
import { GATEWAY_GROUP } from './gateway-api/objects';

/** Who routes requests by some manifests: one of the two, or, in words, what there is to choose from. */
export type Target = 'ingress-nginx' | 'gateway' | { readonly choices: string };

/**
 * Whether manifests are for an ingress controller or for a Gateway.
 *
 * @param assumeGateway whether HTTPRoutes stand for a Gateway that is not among them
 */
export function targetOf(manifests: readonly Manifest[], assumeGateway = false): Target {
  const ingresses = manifests.filter(({ kind, group }) => kind === 'Ingress' && group === 'networking.k8s.io');
  const gateways = gatewaysOf(manifests);
  const isRoute = ({ kind, group }: Manifest) => ROUTES.has(kind) && group === GATEWAY_GROUP;
  const routes = manifests.filter(isRoute);
  if (ingresses.length === 0) {
    return gateways.length > 0 || routes.length > 0 ? 'gateway' : 'ingress-nginx';
  }
  if (gateways.length === 0 && !(assumeGateway && routes.length > 0)) {
    return 'ingress-nginx';
  }
  const classes = ingresses.map(classOf);
  const named = listed(classes.filter((name) => name !== undefined));
  const whose = named === '' ? 'without class' : `of the class ${named}`;
  const others =
    gateways.length === 0
      ? 'routes whose Gateways are not among the manifests'
      : `the Gateway${gateways.length > 1 ? 's' : ''} ${listed(gateways.map(keyOf))}`;
  return { choices: `Ingresses ${whose}, and ${others}` };
}

/** The kinds of routes of the Gateway API. */
const ROUTES = new Set(['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute']);

function classOf({ annotations, object: { spec } }: Manifest): string | undefined {
  const name = isMapping(spec) ? spec.ingressClassName : undefined;
  return typeof name === 'string' ? name : annotations.get('kubernetes.io/ingress.class');
}

function listed(names: readonly string[]): string {
  return [...new Set(names)]
    .sort()
    .map((name) => JSON.stringify(name))
    .join(', ');
}
