import type { GatewayPods } from './implementations';

/** Software that serves Ingresses with pods of its own, as its own manifests install it. */
export interface IngressController extends GatewayPods {
  readonly name: string;
  /** What its IngressClasses name as their controller. */
  readonly controllers: readonly string[];
  /** What its IngressClass is called by itself. */
  readonly classes: readonly string[];
}

const labelled = (namespace: string, labels: Readonly<Record<string, string>>): GatewayPods => ({
  namespace,
  labels: new Map(Object.entries(labels)),
  onNode: false,
});

/**
 * The router that serves Routes, and Ingresses beside.
 *
 * @see https://docs.openshift.com/container-platform/4.15/networking/ingress-operator.html
 */
export const OPENSHIFT_ROUTER: IngressController = {
  name: 'the OpenShift router',
  controllers: ['openshift.io/ingress-to-route'],
  classes: ['openshift-default'],
  ...labelled('openshift-ingress', {
    'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': 'default',
  }),
};

/**
 * Labels that a namespace of OpenShift has by itself: policies let the router in by them.
 *
 * @see https://docs.openshift.com/container-platform/4.15/networking/network_security/network_policy/about-network-policy.html
 */
export const OPENSHIFT_INGRESS_LABELS = new Map([
  ['network.openshift.io/policy-group', 'ingress'],
  ['policy-group.network.openshift.io/ingress', ''],
]);

/**
 * Controllers of Ingresses beside ingress-nginx.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/
 * @see https://doc.traefik.io/traefik/providers/kubernetes-ingress/
 * @see https://docs.nginx.com/nginx-ingress-controller/
 * @see https://www.haproxy.com/documentation/kubernetes-ingress/
 * @see https://docs.konghq.com/kubernetes-ingress-controller/
 * @see https://projectcontour.io/docs/
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/kubernetes-ingress/
 */
export const INGRESS_CONTROLLERS: readonly IngressController[] = [
  {
    name: 'Traefik',
    controllers: ['traefik.io/ingress-controller'],
    classes: ['traefik'],
    ...labelled('traefik', { 'app.kubernetes.io/name': 'traefik' }),
  },
  {
    name: 'F5 NGINX Ingress Controller',
    controllers: ['nginx.org/ingress-controller'],
    classes: [],
    ...labelled('nginx-ingress', { 'app.kubernetes.io/name': 'nginx-ingress' }),
  },
  {
    name: 'HAProxy Kubernetes Ingress Controller',
    controllers: ['haproxy.org/ingress-controller', 'haproxy.org/ingress-controller/haproxy'],
    classes: ['haproxy'],
    ...labelled('haproxy-controller', { 'app.kubernetes.io/name': 'kubernetes-ingress' }),
  },
  {
    name: 'Kong',
    controllers: ['ingress-controllers.konghq.com/kong'],
    classes: ['kong'],
    ...labelled('kong', { 'app.kubernetes.io/name': 'gateway' }),
  },
  {
    name: 'Contour',
    controllers: ['projectcontour.io/contour', 'projectcontour.io/ingress-controller'],
    classes: ['contour'],
    ...labelled('projectcontour', { app: 'envoy' }),
  },
  {
    name: 'Istio',
    controllers: ['istio.io/ingress-controller'],
    classes: ['istio'],
    ...labelled('istio-system', { istio: 'ingressgateway' }),
  },
  {
    name: 'Cilium',
    controllers: ['cilium.io/ingress-controller'],
    classes: ['cilium'],
    namespace: 'kube-system',
    labels: new Map(),
    onNode: true,
  },
  OPENSHIFT_ROUTER,
];

/** The controller of a class of Ingresses, by its IngressClass, else by its name. */
export function ingressController(className: string, controller: string | undefined): IngressController | undefined {
  return INGRESS_CONTROLLERS.find(({ controllers, classes }) =>
    controller === undefined ? classes.includes(className) : controllers.includes(controller),
  );
}
