import type { Manifest } from '../../manifest';
import { isMapping } from '../../manifest/value';
import type { AddressRange } from '../addresses';
import { blocksOf } from '../networks';

/** What stands outside of the cluster and opens connections to pods from addresses of its own. */
export interface Balancer {
  readonly name: string;
  /** Where its addresses are known: all of them; else they are of the network that the cluster is in. */
  readonly addresses?: (() => readonly AddressRange[]) | undefined;
}

/**
 * Google's load balancers and health checks come from these.
 *
 * @see https://cloud.google.com/load-balancing/docs/firewall-rules
 */
const GOOGLE = blocksOf('35.191.0.0/16', '130.211.0.0/22', '2600:2d00:1:1::/64', '2600:2d00:1:b029::/64');

/** @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/security-groups.html */
const LATTICE = blocksOf('169.254.171.0/24', 'fd00:ec2:80::/64');

/**
 * Load balancers that serve Ingresses: by the controller of their IngressClass, and by the names that their classes have.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/ingress
 * @see https://learn.microsoft.com/azure/application-gateway/ingress-controller-overview
 */
const INGRESS: readonly (Balancer & {
  readonly controllers: readonly string[];
  readonly classes: readonly string[];
})[] = [
  {
    name: 'AWS Application Load Balancer',
    controllers: ['ingress.k8s.aws/alb', 'eks.amazonaws.com/alb'],
    classes: ['alb'],
  },
  { name: 'Google Cloud load balancer', controllers: ['k8s.io/ingress-gce'], classes: ['gce'], addresses: GOOGLE },
  { name: 'Google Cloud internal load balancer', controllers: [], classes: ['gce-internal'] },
  {
    name: 'Azure Application Gateway',
    controllers: ['azure/application-gateway'],
    classes: ['azure-application-gateway', 'azure/application-gateway'],
  },
  {
    name: 'Azure Application Gateway for Containers',
    controllers: ['alb.networking.azure.io/alb-controller'],
    classes: ['azure-alb-external'],
  },
  { name: 'OCI load balancer', controllers: ['oci.oraclecloud.com/native-ingress-controller'], classes: ['native-ic'] },
];

/** The load balancer of a class of Ingresses, by its IngressClass, else by its name. */
export function ingressBalancer(className: string, controller: string | undefined): Balancer | undefined {
  return INGRESS.find(({ controllers, classes }) =>
    controller === undefined ? classes.includes(className) : controllers.includes(controller),
  );
}

/** Load balancers that serve Gateways, by the controller of their GatewayClass and how its name begins. */
const GATEWAYS: readonly (Balancer & { readonly controllers: readonly string[]; readonly classes: RegExp })[] = [
  {
    name: 'Google Cloud load balancer',
    controllers: ['networking.gke.io/gateway'],
    classes: /^gke-l7-(global-external|gxlb)/,
    addresses: GOOGLE,
  },
  { name: 'Google Cloud load balancer', controllers: ['networking.gke.io/gateway'], classes: /^gke-l7-/ },
  { name: 'AWS Load Balancer', controllers: ['gateway.k8s.aws/alb', 'gateway.k8s.aws/nlb'], classes: /^$/ },
  {
    name: 'Amazon VPC Lattice',
    controllers: ['application-networking.k8s.aws/gateway-api-controller'],
    classes: /^amazon-vpc-lattice$/,
    addresses: LATTICE,
  },
  {
    name: 'Azure Application Gateway for Containers',
    controllers: ['alb.networking.azure.io/alb-controller'],
    classes: /^azure-alb-external$/,
  },
];

/** The load balancer of a class of Gateways. */
export function gatewayBalancer(className: string, manifests: readonly Manifest[]): Balancer | undefined {
  const declared = manifests.find(({ kind, name }) => kind === 'GatewayClass' && name === className);
  const spec = declared?.object.spec;
  const controller = isMapping(spec) && typeof spec.controllerName === 'string' ? spec.controllerName : undefined;
  return (
    GATEWAYS.find(
      ({ controllers, classes }) =>
        classes.test(className) && (controller === undefined || controllers.includes(controller)),
    ) ??
    GATEWAYS.find(({ controllers, addresses }) => controllers.includes(controller ?? '') && addresses === undefined)
  );
}
