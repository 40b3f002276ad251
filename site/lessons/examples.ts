import type { Pieces } from './lesson';

/** Manifests to look at. */
export interface Example {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly pieces: Pieces;
}

const STEPS = ['5-frontend-policy', '4-backend-policy', '3-allow-ui', '2-default-deny', '1-open'];
const SHOP = ['dist:online-boutique', 'dist:frontend-canary'];

/** The first is what who comes without a link sees. */
export const EXAMPLES: readonly [Example, ...Example[]] = [
  {
    id: 'stars',
    title: 'The Stars demo',
    about: 'Three namespaces, four pods, and the policies between them.',
    pieces: STEPS.map((step) => `dist:stars/${step}`),
  },
  {
    id: 'shop',
    title: 'A shop with a canary',
    about: 'Online Boutique behind ingress-nginx; 5 % of the requests go to the next version.',
    pieces: ['dist:frontend-ingress', 'dist:canary', ...SHOP],
  },
  {
    id: 'gateway',
    title: 'The same by the Gateway API',
    about: 'A Gateway and its HTTPRoutes in the place of the Ingresses.',
    pieces: ['dist:gateway-api/gateway', 'dist:gateway-api/shop', ...SHOP],
  },
  {
    id: 'cluster',
    title: 'Policies of the whole cluster',
    about: 'ClusterNetworkPolicies that close the shop by default.',
    pieces: ['dist:cluster-policy/baseline', 'dist:cluster-policy/admin', 'dist:online-boutique'],
  },
];
