import { type Check, fieldsWith, listOf } from '../fields';
import type { PodLabels } from '../policy/end';
import { Peer } from '../policy/peer';
import { selectorProblems } from '../policy/problems';
import { flag, namespace, objectName, oneOf, type Problems, shown } from '../values';
import { GatewayFeature, type Report } from './feature';
import type { GatewayImplementationProps } from './implementation-props';
import { havingIt, REPORTS } from './reports';

/** A Gateway, as far as the labels of its Pods depend on it. */
interface GatewayPlace {
  readonly name: string;
  /** Nothing when no manifest names it. */
  readonly namespace: string | undefined;
}

type PodsOf = (gateway: GatewayPlace) => { readonly namespace: string | undefined; readonly labels: PodLabels };

interface Facts extends Omit<GatewayImplementationProps, 'pods' | 'features'> {
  readonly name: string;
  /** What whoever names it says that it has. */
  readonly features?: readonly GatewayFeature[];
  readonly podsOf?: PodsOf;
  /** What to do about closed namespaces where no NetworkPolicy can tell the Pods. */
  readonly remedy?: string;
}

/** Pods beside their Gateway, which carry its name. */
const BESIDE: PodsOf = ({ name, namespace: own }) => ({
  namespace: own,
  labels: { 'gateway.networking.k8s.io/gateway-name': name },
});

/**
 * Software that serves Gateways: which Pods it runs, and what it knows beyond the core of the Gateway API. Facts are those of
 * its default installation.
 *
 * @see https://gateway-api.sigs.k8s.io/implementations/
 * @see https://gateway-api.sigs.k8s.io/geps/gep-1762/
 */
export class GatewayImplementation {
  /**
   * Envoy Gateway, which runs Envoys in `envoy-gateway-system`. It knows the status 308 since release 1.8.
   *
   * @see https://gateway.envoyproxy.io/docs/
   */
  public static readonly ENVOY_GATEWAY = new GatewayImplementation({
    name: 'Envoy Gateway',
    controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
    className: 'eg',
    regularExpressions: true,
    redirect308: true,
    podsOf: ({ name, namespace: own }) => ({
      namespace: 'envoy-gateway-system',
      labels: {
        'app.kubernetes.io/component': 'proxy',
        'app.kubernetes.io/managed-by': 'envoy-gateway',
        'app.kubernetes.io/name': 'envoy',
        'gateway.envoyproxy.io/owning-gateway-name': name,
        ...(own === undefined ? {} : { 'gateway.envoyproxy.io/owning-gateway-namespace': own }),
      },
    }),
  });

  /**
   * Istio, which runs an Envoy beside each Gateway.
   *
   * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/
   */
  public static readonly ISTIO = new GatewayImplementation({
    name: 'Istio',
    controllerName: 'istio.io/gateway-controller',
    className: 'istio',
    regularExpressions: true,
    redirect308: true,
    podsOf: BESIDE,
  });

  /**
   * NGINX Gateway Fabric, which runs an nginx beside each Gateway since release 2.0. It knows the status 308 since
   * release 2.5.
   *
   * @see https://docs.nginx.com/nginx-gateway-fabric/overview/gateway-architecture/
   */
  public static readonly NGINX_GATEWAY_FABRIC = new GatewayImplementation({
    name: 'NGINX Gateway Fabric',
    controllerName: 'gateway.nginx.org/nginx-gateway-controller',
    className: 'nginx',
    regularExpressions: true,
    redirect308: true,
    podsOf: BESIDE,
  });

  /**
   * kgateway, which runs an Envoy beside each Gateway. It knows the status 308 since release 2.3.
   *
   * @see https://kgateway.dev/docs/
   */
  public static readonly KGATEWAY = new GatewayImplementation({
    name: 'kgateway',
    controllerName: 'kgateway.dev/kgateway',
    className: 'kgateway',
    regularExpressions: true,
    redirect308: true,
    podsOf: BESIDE,
  });

  /**
   * Cilium, whose Envoys run on the nodes and have an identity of their own, which no NetworkPolicy selects.
   *
   * @see https://docs.cilium.io/en/stable/network/servicemesh/gateway-api/gateway-api/
   */
  public static readonly CILIUM = new GatewayImplementation({
    name: 'Cilium',
    controllerName: 'io.cilium/gateway-controller',
    className: 'cilium',
    regularExpressions: true,
    redirect308: true,
    remedy:
      'Cilium gives its gateways an identity that no NetworkPolicy selects, so let them in by a CiliumNetworkPolicy with fromEntities: [ingress], and give the Gateway admittedElsewhere: true',
  });

  /**
   * Contour, which runs Envoys in `projectcontour`.
   *
   * @see https://projectcontour.io/docs/main/guides/gateway-api/
   */
  public static readonly CONTOUR = new GatewayImplementation({
    name: 'Contour',
    controllerName: 'projectcontour.io/gateway-controller',
    className: 'contour',
    regularExpressions: true,
    podsOf: () => ({ namespace: 'projectcontour', labels: { app: 'envoy' } }),
  });

  /**
   * Traefik, installed to the namespace `traefik`. It knows the status 308 since release 3.7.
   *
   * @see https://doc.traefik.io/traefik/providers/kubernetes-gateway/
   */
  public static readonly TRAEFIK = new GatewayImplementation({
    name: 'Traefik',
    controllerName: 'traefik.io/gateway-controller',
    className: 'traefik',
    regularExpressions: true,
    redirect308: true,
    podsOf: () => ({ namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } }),
  });

  /**
   * Kong Ingress Controller with the gateway of its Helm chart `kong/ingress`, installed to the namespace `kong`.
   *
   * @see https://developer.konghq.com/kubernetes-ingress-controller/gateway-api/
   */
  public static readonly KONG = new GatewayImplementation({
    name: 'Kong',
    controllerName: 'konghq.com/kic-gateway-controller',
    className: 'kong',
    podsOf: () => ({
      namespace: 'kong',
      labels: { 'app.kubernetes.io/component': 'app', 'app.kubernetes.io/name': 'gateway' },
    }),
  });

  /**
   * Another implementation, or one that is installed otherwise. Wrong values are refused by the Gateway that is given it.
   */
  public static of(props: GatewayImplementationProps): GatewayImplementation {
    const { pods, features = [], ...facts } = Object(props) as GatewayImplementationProps;
    const podsOf: PodsOf | undefined =
      pods && (({ namespace: own }) => ({ namespace: pods.namespace?.name ?? own, labels: pods.labels }));
    return new GatewayImplementation({ ...facts, features, name: String(facts.controllerName), podsOf }, (what) =>
      PROPS(what, props),
    );
  }

  /** The controller that its GatewayClasses name. */
  public readonly controllerName: string;

  /** The GatewayClass that it brings; nothing when it is not known. */
  public readonly className?: string;

  /** Whether paths and headers may be compared with regular expressions. */
  public readonly regularExpressions: boolean;

  /** Whether redirects may have the status 308. */
  public readonly redirect308: boolean;

  private constructor(
    private readonly facts: Facts,
    /** @internal */
    public readonly _problems: (what: string) => Problems = () => [],
  ) {
    this.controllerName = facts.controllerName;
    this.className = facts.className;
    this.regularExpressions = facts.regularExpressions ?? false;
    this.redirect308 = facts.redirect308 ?? false;
  }

  /**
   * Its conformance report; nothing where whoever names it says what it has.
   *
   * @internal
   */
  public get _report(): Report | undefined {
    return REPORTS.get(this.facts.name);
  }

  /**
   * Why something is not to be asked of it, and what to do; nothing where it has it.
   *
   * @internal
   */
  public _lack(feature: GatewayFeature): string | undefined {
    const { features, name } = this.facts;
    const report = this._report;
    if ((features ?? report?.features ?? []).includes(feature)) {
      return undefined;
    }
    return features !== undefined || report === undefined
      ? `${name} is not known to have ${feature}; give GatewayImplementation.of features, or leave it out`
      : `the conformance report of ${name} ${report.release} for Gateway API ${report.gatewayApi} does not have ${feature}; leave it out, or take one of ${havingIt(feature).join(', ')}`;
  }

  /** @internal */
  public get _name(): string {
    return this.facts.name;
  }

  /**
   * The Pods of a Gateway; nothing where no NetworkPolicy can tell them.
   *
   * @internal
   */
  public _peerOf(gateway: GatewayPlace): Peer | undefined {
    const pods = this.facts.podsOf?.(gateway);
    const isBeside = pods?.namespace === gateway.namespace || gateway.namespace === undefined;
    const name = isBeside ? gateway.name : `${gateway.namespace}-${gateway.name}`;
    return pods && Peer._at(`gateway-${name}`, pods.namespace, () => pods.labels);
  }

  /**
   * What to do about closed namespaces where there is no such peer.
   *
   * @internal
   */
  public get _remedy(): string {
    return (
      this.facts.remedy ?? 'say which Pods serve it: give GatewayImplementation.of pods, or the Gateway a controller'
    );
  }
}

/** Why a feature is not to be asked of a Gateway; nothing where its implementation has it. */
export function lackProblems(
  what: string,
  implementation: GatewayImplementation | undefined,
  feature: GatewayFeature,
): Problems {
  const why = implementation
    ? implementation._lack(feature)
    : `not every Gateway has ${feature}; name its implementation, such as ${havingIt(feature).join(', ')}`;
  return why === undefined ? [] : [`${what} is given, and ${why}`];
}

const CONTROLLER_NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

const controllerName: Check = (what, value) =>
  typeof value === 'string' && value.length <= 253 && CONTROLLER_NAME.test(value)
    ? []
    : [`${what} is ${shown(value)}; give a domain and a path such as "example.com/gateway-controller"`];

const PROPS = fieldsWith(['controllerName'], {
  controllerName,
  className: objectName,
  pods: fieldsWith(['labels'], { labels: selectorProblems, namespace }),
  regularExpressions: flag,
  redirect308: flag,
  features: listOf((what, value) => oneOf(what, value, Object.values(GatewayFeature)), '[GatewayFeature.CORS]'),
});

/** What is wrong with an implementation. */
export const implementationProblems: Check = (what, value) =>
  value instanceof GatewayImplementation
    ? value._problems(what)
    : [`${what} is ${shown(value)}; give a GatewayImplementation such as GatewayImplementation.ENVOY_GATEWAY`];
