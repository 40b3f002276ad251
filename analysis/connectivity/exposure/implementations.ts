import type { Manifest } from '../../manifest';
import { isMapping } from '../../manifest/value';

/** A Gateway, as far as it says whose it is. */
export interface GatewayName {
  readonly namespace: string;
  readonly name: string;
}

/** The pods from which requests of a Gateway come; on a node, no policy sees them. */
export interface GatewayPods {
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly onNode: boolean;
}

/** Software that serves Gateways, as its own manifests install it. */
export interface Implementation {
  readonly name: string;
  /** What its GatewayClasses name as their controller. */
  readonly controllerName: string;
  /** What its GatewayClass is called by itself. */
  readonly classNames: readonly string[];
  /** Whether requests pass Envoy, which matches regular expressions whole and keeps hostnames apart. */
  readonly isEnvoy: boolean;
  readonly podsOf: (gateway: GatewayName) => GatewayPods;
}

/** Pods beside their Gateway, with its name: what GEP-1762 asks of all who run pods for each Gateway. */
export function besideGateway({ namespace, name }: GatewayName): GatewayPods {
  return { namespace, labels: new Map([['gateway.networking.k8s.io/gateway-name', name]]), onNode: false };
}

function fixed(namespace: string, labels: Readonly<Record<string, string>>): Implementation['podsOf'] {
  return () => ({ namespace, labels: new Map(Object.entries(labels)), onNode: false });
}

/**
 * @see https://gateway-api.sigs.k8s.io/geps/gep-1762/
 * @see https://gateway.envoyproxy.io/docs/
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/
 * @see https://docs.nginx.com/nginx-gateway-fabric/overview/gateway-architecture/
 * @see https://docs.cilium.io/en/stable/network/servicemesh/gateway-api/gateway-api/
 * @see https://doc.traefik.io/traefik/providers/kubernetes-gateway/
 * @see https://projectcontour.io/docs/main/guides/gateway-api/
 * @see https://kgateway.dev/docs/
 */
export const IMPLEMENTATIONS: readonly Implementation[] = [
  {
    name: 'Envoy Gateway',
    controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
    classNames: ['eg', 'envoy', 'envoy-gateway'],
    isEnvoy: true,
    podsOf: ({ namespace, name }) => ({
      namespace: 'envoy-gateway-system',
      labels: new Map([
        ['app.kubernetes.io/component', 'proxy'],
        ['app.kubernetes.io/managed-by', 'envoy-gateway'],
        ['app.kubernetes.io/name', 'envoy'],
        ['gateway.envoyproxy.io/owning-gateway-name', name],
        ['gateway.envoyproxy.io/owning-gateway-namespace', namespace],
      ]),
      onNode: false,
    }),
  },
  {
    name: 'Istio',
    controllerName: 'istio.io/gateway-controller',
    classNames: ['istio'],
    isEnvoy: true,
    podsOf: besideGateway,
  },
  {
    name: 'NGINX Gateway Fabric',
    controllerName: 'gateway.nginx.org/nginx-gateway-controller',
    classNames: ['nginx'],
    isEnvoy: false,
    podsOf: besideGateway,
  },
  {
    name: 'kgateway',
    controllerName: 'kgateway.dev/kgateway',
    classNames: ['kgateway'],
    isEnvoy: true,
    podsOf: besideGateway,
  },
  {
    name: 'Cilium',
    controllerName: 'io.cilium/gateway-controller',
    classNames: ['cilium'],
    isEnvoy: true,
    podsOf: () => ({ namespace: 'kube-system', labels: new Map(), onNode: true }),
  },
  {
    name: 'Contour',
    controllerName: 'projectcontour.io/gateway-controller',
    classNames: ['contour'],
    isEnvoy: true,
    podsOf: fixed('projectcontour', { app: 'envoy' }),
  },
  {
    name: 'Traefik',
    controllerName: 'traefik.io/gateway-controller',
    classNames: ['traefik'],
    isEnvoy: false,
    podsOf: fixed('traefik', { 'app.kubernetes.io/name': 'traefik' }),
  },
];

/** The implementation of a class of Gateways, by its GatewayClass; `undefined` where that is missing or nobody's. */
export function implementationOf(className: string, manifests: readonly Manifest[]): Implementation | undefined {
  const controller = controllerOf(className, manifests);
  return IMPLEMENTATIONS.find(({ controllerName }) => controllerName === controller);
}

/** The same, else the implementation whose class has that name by itself. */
export function likelyImplementationOf(className: string, manifests: readonly Manifest[]): Implementation | undefined {
  return controllerOf(className, manifests) === undefined
    ? IMPLEMENTATIONS.find(({ classNames }) => classNames.includes(className))
    : implementationOf(className, manifests);
}

function controllerOf(className: string, manifests: readonly Manifest[]): string | undefined {
  const found = manifests.find(
    ({ kind, group, name }) => kind === 'GatewayClass' && group === 'gateway.networking.k8s.io' && name === className,
  );
  const spec = found?.object.spec;
  return isMapping(spec) && typeof spec.controllerName === 'string' ? spec.controllerName : undefined;
}
