import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { claimsOn, secondProblems } from '../claims';
import { fieldsWith } from '../fields';
import { addedAnnotations, keepNginxAnnotations, nginxAnnotations } from '../nginx-annotations';
import { nonEmpty } from '../non-empty';
import { type IPeer, Peer } from '../policy/peer';
import { peerProblems } from '../policy/problems';
import { type Tls, tlsProblems } from '../tls';
import { flag, host, objectName, oneOf, urlPath } from '../values';
import type { ExposurePart } from './part';
import { PathType } from './path-type';
import type { ServiceEnd } from './service-end';

/** Settings of `Exposure.ingress`. */
export interface IngressExposureProps {
  /** The host that requests name, such as "shop.example.com"; "*.example.com" stands for one more label. */
  readonly host: string;

  /**
   * The path that requests begin with, by whole elements: "/shop" is "/shop" and "/shop/cart", not "/shopping".
   *
   * @default "/"
   */
  readonly path?: string;

  /**
   * How the path is compared.
   *
   * @default PathType.PREFIX
   */
  readonly pathType?: PathType;

  /**
   * Where the certificate for HTTPS comes from.
   *
   * @default - HTTP only
   */
  readonly tls?: Tls;

  /**
   * Whether HTTP is always redirected to HTTPS, by 308. With `tls` the controller does so by itself, unless its
   * configuration says otherwise; this says it in the manifest. Without `tls` here, something before the controller or
   * its default certificate has to answer for HTTPS.
   *
   * @default false
   */
  readonly httpsOnly?: boolean;

  /**
   * The IngressClass, which picks the controller.
   *
   * @default "nginx"
   */
  readonly className?: string;

  /**
   * The name of the Ingress.
   *
   * @default - the name of the Service
   */
  readonly ingressName?: string;

  /**
   * Annotations of the Ingress. One that the library writes itself is refused.
   *
   * @default - none but those of the other settings
   */
  readonly annotations?: { readonly [key: string]: string };

  /**
   * The controller, which a closed namespace lets in.
   *
   * @default - ingress-nginx in the namespace "ingress-nginx"
   */
  readonly controller?: IPeer;
}

/** An Ingress that leads to a Service. */
export interface IngressRoute {
  readonly kind: 'ingress';
  readonly ingressName: string;
  readonly className: string;
  readonly host: string;
  readonly path: string;
  readonly pathType: PathType;
  readonly controller: Peer;
}

/** An Ingress for the Service. */
export function ingressPart(props: IngressExposureProps): ExposurePart {
  return {
    name: 'ingress',
    problems: (what) => {
      const problems = PROPS(what, props);
      return problems.length > 0 ? problems : (props.tls?._hostProblems(`${what}.host`, [props.host]) ?? []);
    },
    get callers() {
      return [controllerOf(props)];
    },
    routeObject: (service) => ({ object: `Ingress "${nameOf(props, service)}"`, setting: 'ingressName' }),
    route: (scope, service) => addIngress(scope, service, props),
  };
}

/** Those that an Ingress knows. */
const INGRESS_PATH_TYPES = [PathType.PREFIX, PathType.EXACT, PathType.IMPLEMENTATION_SPECIFIC];

const PROPS = fieldsWith(['host'], {
  host,
  path: urlPath,
  pathType: (what, value) => oneOf(what, value, INGRESS_PATH_TYPES),
  tls: tlsProblems,
  httpsOnly: flag,
  className: objectName,
  ingressName: objectName,
  annotations: addedAnnotations,
  controller: peerProblems,
});

function controllerOf({ controller }: IngressExposureProps): Peer {
  return controller?.peer ?? Peer.ingressController();
}

function nameOf({ ingressName }: IngressExposureProps, service: string): string {
  return ingressName ?? service;
}

function addIngress(scope: Construct, service: ServiceEnd, props: IngressExposureProps): IngressRoute {
  const { namespace } = service;
  const { host, path = '/', pathType = PathType.PREFIX, className = 'nginx', tls } = props;
  const name = nameOf(props, service.name);
  const settings = { forceSslRedirect: props.httpsOnly ? true : undefined };
  const annotations = { ...props.annotations, ...nginxAnnotations(settings) };
  const ingressController = controllerOf(props);
  const id = `${name}-certificate`;
  const secretName = tls?._secretFor({ scope, id, name, namespace, hosts: [host], ingressController });
  const ingress = new k8s.KubeIngress(scope, `${name}-ingress`, {
    metadata: { name, namespace: namespace?.name, annotations: nonEmpty(annotations) },
    spec: {
      ingressClassName: className,
      tls: secretName === undefined ? undefined : [{ hosts: [host], secretName }],
      rules: [{ host, http: { paths: [ingressPath(service, path, pathType)] } }],
    },
  });
  keepNginxAnnotations(ingress, settings);
  // Ingresses of another chart may be for another cluster. The controller knows two types of paths.
  const isExact = pathType === PathType.EXACT;
  const alike = claimsOn(scope, ['ingress-path', Chart.of(scope).node.path, className, host, path, isExact]);
  alike.add(ingress);
  const text = `both take ${host}${path}; the controller serves the older one, leave one out`;
  scope.node.addValidation({ validate: () => secondProblems(alike, ingress, text) });
  return { kind: 'ingress', ingressName: name, className, host, path, pathType, controller: ingressController };
}

/** The path of a rule that leads to a Service. */
export function ingressPath(service: ServiceEnd, path: string, pathType: PathType): k8s.HttpIngressPath {
  return { path, pathType, backend: { service: { name: service.name, port: { number: service.port } } } };
}
